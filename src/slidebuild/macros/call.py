"""What a macro gets to know about its call."""

from __future__ import annotations

from slidebuild.records import dataclass
from slidebuild.source import Loader, Span, resolve_address


@dataclass(frozen=True, slots=True)
class Call:
    """One `![:name …](target)`."""

    name: str
    target: str | None
    """What stands in the parentheses; None without them."""
    span: Span
    """Where it was written."""
    loader: Loader

    def need_target(self, what: str) -> str:
        """The target; ValueError saying what is missing without one."""
        if not self.target:
            raise ValueError(f"write {what} in parentheses: ![:{self.name}]({what})")
        return self.target.strip()

    def read(self, address: str) -> str:
        """Text of a project file by its address relative to the deck; FileNotFoundError if there is none."""
        path = resolve_address(self.span.source.path, address)
        data = self.loader.read(path) if path is not None else None
        if data is None:
            raise FileNotFoundError(f"there is no file {address} in the project")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
