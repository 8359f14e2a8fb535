"""Where slides stand on the sheets of a hand-out. Lengths are CSS px, from the top left within the margins."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from slidebuild.records import dataclass

LayoutName: TypeAlias = Literal["1", "2", "4", "6", "notes", "lines"]
Paper: TypeAlias = Literal["a4", "letter"]

PAPERS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType({"a4": (793.7, 1122.5), "letter": (816.0, 1056.0)})
"""Width and height of the upright sheet: 210 × 297 mm, 8.5 × 11 in."""

MARGIN: Final = 48
LABEL: Final = 24
"""Room for the number below a slide."""
GAP: Final = 28
RULE: Final = 32
"""From one ruled line to the next: 8.5 mm."""
_SLACK: Final = 4
"""The browser rounds; a sheet that fills its page to the last px would push out an empty one."""
_GRIDS: Final[Mapping[str, tuple[tuple[int, int], ...]]] = MappingProxyType(
    {"1": ((1, 1),), "2": ((1, 2), (2, 1)), "4": ((2, 2),), "6": ((2, 3), (3, 2))}
)
"""Columns and rows that are tried."""
_BETTER: Final = 1.05
"""A sheet lies across only where slides become wider by this factor."""


def file_suffix(name: LayoutName) -> str:
    """What the hand-out's file name has beyond that of the PDF: `-notes`, `-lines`, `-4-up`."""
    return f"-{name}" if name in ("notes", "lines") else f"-{name}-up"


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of sheet."""

    name: LayoutName
    paper: tuple[float, float]
    """Width and height of the sheet as it lies."""
    slide: tuple[float, float]
    """Width and height of a slide on it."""
    places: tuple[tuple[float, float], ...]
    """Left top corners of the slides of a full sheet."""

    @property
    def content(self) -> tuple[float, float]:
        """Width and height within the margins."""
        return self.paper[0] - 2 * MARGIN, self.paper[1] - 2 * MARGIN - _SLACK

    @property
    def has_notes(self) -> bool:
        """Whether notes stand below each slide."""
        return self.name == "notes"

    @property
    def rules(self) -> tuple[float, float, int]:
        """Left and right end of ruled lines, from the slide's left side, and how many; none in other layouts."""
        if self.name != "lines":
            return 0, 0, 0
        left = self.slide[0] + GAP
        return left, self.content[0], int((self.content[1] / len(self.places) - GAP) / RULE)


def layout(name: LayoutName, paper: Paper, ratio: float) -> Layout:
    """The sheets of a hand-out for slides of a ratio of width to height: upright unless they lie clearly better."""
    upright = PAPERS[paper]
    match name:
        case "notes":
            return _fixed(name, upright, ratio, 1.0, 0.42, 1)
        case "lines":
            return _fixed(name, upright, ratio, 0.46, 0.3, 3)
        case _:
            across = (upright[1], upright[0])
            found = _best_grid(name, upright, ratio)
            lying = _best_grid(name, across, ratio)
            return lying if lying.slide[0] > found.slide[0] * _BETTER else found


def _fixed(
    name: LayoutName, paper: tuple[float, float], ratio: float, width: float, height: float, rows: int
) -> Layout:
    """Slides of at most a share of the width and height, one below the other."""
    space = Layout(name, paper, (0, 0), ()).content
    slide_width = min(space[0] * width, space[1] * height * ratio)
    slide = (slide_width, slide_width / ratio)
    left = (space[0] - slide_width) / 2 if rows == 1 else 0.0
    return Layout(name, paper, slide, tuple((left, space[1] / rows * row) for row in range(rows)))


def _best_grid(name: LayoutName, paper: tuple[float, float], ratio: float) -> Layout:
    made = [_grid(name, paper, ratio, columns, rows) for columns, rows in _GRIDS[name]]
    return max(made, key=lambda layout: layout.slide[0])


def _grid(name: LayoutName, paper: tuple[float, float], ratio: float, columns: int, rows: int) -> Layout:
    space = Layout(name, paper, (0, 0), ()).content
    cell = ((space[0] - GAP * (columns - 1)) / columns, (space[1] - GAP * (rows - 1)) / rows)
    width = min(cell[0], (cell[1] - LABEL) * ratio)
    slide = (width, width / ratio)
    inset = ((cell[0] - width) / 2, (cell[1] - LABEL - slide[1]) / 2)
    places = tuple(
        ((cell[0] + GAP) * column + inset[0], (cell[1] + GAP) * row + inset[1])
        for row in range(rows)
        for column in range(columns)
    )
    return Layout(name, paper, slide, places)
