"""Templates of a theme and its ancestors, found by name; filling them in is `environment`'s, loaded when one is.

Templates are named below `templates/`. One that a theme lacks is its nearest ancestor's; `{% extends
"parent/page.html.j2" %}` is the next one up the chain, so a child can override a single block.

What was filled in with the same values is kept: Jinja takes 25 ms to load and to compile the templates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeAlias

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.theme.environment import ThemeEnvironment

Read: TypeAlias = Callable[[str, str], str | None]
"""(theme, path below its folder) -> text of the file."""


class TemplateFaultError(Exception):
    """A mistake in a template."""

    def __init__(self, message: str, file: str | None, line: int) -> None:
        super().__init__(message)
        self.file = file
        """The template it was raised in, if it was in one: `themes/mine/templates/page.html.j2`."""
        self.line = line
        """1-based; 0 where there is no file."""


@dataclass(slots=True, eq=False)
class Templates:
    """The templates along a chain of themes. A full name is `theme:path`."""

    chain: tuple[str, ...]
    """A theme's own name, then its ancestors'."""
    _read: Read
    _used: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Digest of every file that was asked for; None for one that is not there."""
    _environment: ThemeEnvironment | None = None

    def read(self, theme: str, path: str) -> str | None:
        """The text of a template, by its path below `templates/`; None if the theme has none such."""
        text = self._read(theme, f"templates/{path}")
        self._used[theme, path] = _digest(text)
        return text

    def owner(self, path: str, after: str | None = None) -> str | None:
        """The full name of the nearest template of that path (beyond the theme `after`)."""
        start = self.chain.index(after) + 1 if after is not None else 0
        for theme in self.chain[start:]:
            if self.read(theme, path) is not None:
                return f"{theme}:{path}"
        return None

    def fill(
        self, wanted: Sequence[tuple[str, Mapping[str, Any]]], common: Mapping[str, Any], kept: Cache = NO_CACHE
    ) -> list[str]:
        """Fill in templates, each with values of its own and the common ones; `kept` keeps what came of them all.

        Raises TemplateFaultError.
        """
        if kept is NO_CACHE:
            return self._fill(wanted, common)
        key = self._key(wanted, common)
        texts = self._recall(kept.get(key))
        if texts is None:
            texts = self._fill(wanted, common)
            used = [[*place, digest] for place, digest in self._used.items()]
            kept.put(key, json.dumps([used, texts]).encode())
        return texts

    def _fill(self, wanted: Sequence[tuple[str, Mapping[str, Any]]], common: Mapping[str, Any]) -> list[str]:
        from slidebuild.theme.environment import environment

        if self._environment is None:
            self._environment = environment(self)
        return [self._environment.fill(path, {**common, **context}) for path, context in wanted]

    def _key(self, wanted: Sequence[tuple[str, Mapping[str, Any]]], common: Mapping[str, Any]) -> str:
        parts = (part for path, context in wanted for part in (path, *_parts(context)))
        return entry_key("templates", *self.chain, *_parts(common), *parts)

    def _recall(self, entry: bytes | None) -> list[str] | None:
        """What was kept, if the templates are what they were."""
        if entry is None:
            return None
        used, texts = json.loads(entry)
        is_current = all(_digest(self.read(theme, path)) == digest for theme, path, digest in used)
        return list(texts) if is_current else None


def _parts(context: Mapping[str, Any]) -> Iterator[str]:
    """What tells values from others."""
    for name, value in context.items():
        yield name
        yield value if isinstance(value, str) else repr(value)


def _digest(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
