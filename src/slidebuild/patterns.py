"""Regular expressions that are compiled when they are first used.

A build after an edit loads 200 patterns and uses few of them: most are for what no changed slide holds, and each takes
0.1 ms to compile. What is made here takes their place in the constants of modules. After the first use a call takes
10 ns more than that of a compiled pattern (Python 3.11). The type check takes `regex` for `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

__all__ = ["regex"]

_ATTRIBUTES: Final = (
    "findall",
    "finditer",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "pattern",
    "scanner",
    "search",
    "split",
    "sub",
    "subn",
)
"""All that a compiled pattern has."""

if TYPE_CHECKING:
    from re import compile as regex
else:

    def regex(pattern: str | bytes, flags: int = 0) -> _Waiting:
        """As `re.compile`; that a pattern is wrong (`re.error`) shows at its first use."""
        return _Waiting(pattern, flags)


class _Waiting:
    """A pattern that was not used yet: none of its attributes is there."""

    __slots__ = ("_written", *_ATTRIBUTES)

    def __init__(self, *written: Any) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(f"a pattern has no {name}", name=name, obj=self)
        compiled = re.compile(*self._written)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        self.__class__ = _Compiled  # type: ignore[assignment]  # without __getattr__: faster
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"regex{self._written!r}"


class _Compiled:
    """A pattern that was used; laid out like one that was not."""

    __slots__ = _Waiting.__slots__
    __repr__ = _Waiting.__repr__
