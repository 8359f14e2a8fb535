"""What is counted through the deck: equations and captions of a slide, and the numbers that it is given for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final

from slidebuild.records import dataclass

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Counted:
    """What on a slide is counted, in the order in which it stands there."""

    equations: tuple[tuple[str, str], ...] = ()
    """TeX, and the text as it stands in the slide, delimiters included."""
    captions: tuple[tuple[str, str, str], ...] = ()
    """`figure` or `table`, the id that leads to it or nothing, and a text by which it is found in the source."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.equations or self.captions)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a slide shows of the count."""

    equations: tuple[tuple[str, ...], ...] = ()
    """The numbers of each of its equations."""
    captions: tuple[str, ...] = ()
    """What its captions begin with: `Figure 3`."""
    targets: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """Label of an equation anywhere in the deck -> what leads to its slide, behind `#`."""
    names: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """Id of a figure or table anywhere in the deck -> what it is called: `Figure 3`."""


LABEL: Final = "label:"
"""What the names of labels begin with among the macros of formulas; no macro can be called so."""

NOTHING_COUNTED: Final = Counted()
NO_NUMBERS: Final = Numbers()
