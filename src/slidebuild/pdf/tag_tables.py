"""Tables as PDF wants them: rows of cells that fill the grid, and headers that say what they head.

PDF 1.7, 14.8.4.3.4 and 14.8.5.7; ISO 14289-1, 7.5. Chromium leaves empty data cells out, so rows come too short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object

from slidebuild.pdf.structure import Content, Element, Reference, Tree, walk
from slidebuild.records import dataclass

_CELLS: Final = frozenset(("TH", "TD"))
_GROUPS: Final = frozenset(("THead", "TBody", "TFoot"))
_PARTS: Final = frozenset(("TR", "Caption", *_GROUPS))
_WIDEST: Final = 1000
"""Columns or rows that a cell may span, as in HTML."""


def settle_tables(tree: Tree) -> None:
    """Complete all tables; what looks like a part of a table but stands in none is a box."""
    for element in list(tree.walk()):
        if element.kind == "Table":
            element.kids = _table(tree, element)
            rows = list(table_rows(element))
            _fill(tree, rows)
            _give_scopes(rows)
        elif element.kind not in _GROUPS:
            for kid in element.elements:
                if kid.kind in _PARTS - {"Caption"} or (kid.kind in _CELLS and element.kind != "TR"):
                    kid.kind = "Div"


def table_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its groups included."""
    for part in table.elements:
        if part.kind in _GROUPS:
            yield from (row for row in part.elements if row.kind == "TR")
        elif part.kind == "TR":
            yield part


def attribute(element: Element, key: Name) -> Object | None:
    """A table attribute of a cell."""
    for entry in attributes(element):
        if key in entry:
            return entry[key]
    return None


def attributes(element: Element) -> Iterator[Object]:
    """The attribute dictionaries of an element."""
    found = element.obj.get(Name.A)
    if found is not None:
        yield from (
            entry for entry in (found if isinstance(found, Array) else [found]) if isinstance(entry, Dictionary)
        )


def span(cell: Element, key: Name) -> int:
    """How many rows or columns a cell takes."""
    found: Any = attribute(cell, key)
    return min(max(int(found), 1), _WIDEST) if isinstance(found, int) else 1


def _table(tree: Tree, table: Element) -> list[Element | Content | Reference]:
    """Rows and groups, a caption first; anything else in a row of its own."""
    captions: list[Element | Content | Reference] = []
    rows: list[Element | Content | Reference] = []
    for kid in table.kids:
        if isinstance(kid, Element) and kid.kind == "Caption" and not captions:
            captions.append(kid)
        elif isinstance(kid, Element) and kid.kind in _PARTS - {"Caption"}:
            rows.append(kid)
        else:
            rows.append(tree.new("TR", [tree.new("TD", [kid])]))
    for row in (row for row in rows if isinstance(row, Element) and row.kind == "TR"):
        row.kids = [
            kid if isinstance(kid, Element) and kid.kind in _CELLS else tree.new("TD", [kid]) for kid in row.kids
        ]
    return captions + rows


def _fill(tree: Tree, rows: list[Element]) -> None:
    """Put empty cells where the grid has holes."""
    grid = TableGrid.of_rows(rows)
    for number, row in enumerate(rows):
        cells: list[Element | Content | Reference] = []
        last: Element | None = None
        for column in range(grid.width):
            cell = grid.cells.get((number, column))
            if cell is None:
                cells.append(tree.new("TD", []))
            elif cell is not last and grid.cells.get((number - 1, column)) is not cell:
                cells.append(cell)
            last = cell
        row.kids = cells


@dataclass(frozen=True, slots=True)
class TableGrid:
    """Where the cells of a table stand."""

    height: int
    width: int
    cells: Mapping[tuple[int, int], Element]
    """By row and column; a cell that spans several stands in all of them."""

    @classmethod
    def of(cls, table: Element, standard: Callable[[Element], str]) -> TableGrid:
        """The grid of any table. `standard` tells the standard type of a tag."""
        parts = [inner for part in table.elements for inner in (part.elements if standard(part) in _GROUPS else [part])]
        return cls.of_rows([part for part in parts if standard(part) == "TR"])

    @classmethod
    def of_rows(cls, rows: list[Element]) -> TableGrid:
        """A cell that names the header of its column stands there; the others follow one another."""
        columns: dict[bytes, int] = {}
        cells: dict[tuple[int, int], Element] = {}
        for number, row in enumerate(rows):
            column = 0
            for cell in row.elements:
                while (number, column) in cells:
                    column += 1
                told = _column(cell, columns)
                if told is not None and told > column and (number, told) not in cells:
                    column = told
                width, height = span(cell, Name.ColSpan), min(span(cell, Name.RowSpan), len(rows) - number)
                cells |= {(number + down, column + right): cell for down in range(height) for right in range(width)}
                if cell.kind == "TH" and Name.ID in cell.obj and attribute(cell, Name.Scope) != Name.Row:
                    columns[bytes(cell.obj[Name.ID])] = column
                column += width
        return cls(len(rows), max((column for _, column in cells), default=-1) + 1, cells)

    @property
    def is_full(self) -> bool:
        """Whether a cell stands everywhere."""
        return len(self.cells) == self.height * self.width


def _column(cell: Element, columns: Mapping[bytes, int]) -> int | None:
    """The column that a cell's headers tell."""
    headers = attribute(cell, Name.Headers)
    names = [bytes(name) for name in headers] if isinstance(headers, Array) else []
    found = [columns[name] for name in names if name in columns]
    return min(found, default=None)


def _give_scopes(rows: list[Element]) -> None:
    """A header says whether it heads a column or a row: above others the one, else the other."""
    for number, row in enumerate(rows):
        for cell in row.elements:
            if cell.kind == "TH" and attribute(cell, Name.Scope) is None:
                scope = Name.Column if number == 0 else Name.Row
                cell.obj[Name.A] = Array([*attributes(cell), Dictionary(O=Name.Table, Scope=scope)])


def header_cells(top: Element) -> Iterator[Element]:
    """Header cells with a name, in document order."""
    yield from (element for element in walk(top) if element.kind == "TH" and Name.ID in element.obj)
