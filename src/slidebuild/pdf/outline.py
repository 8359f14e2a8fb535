"""Bookmarks and page labels: one for each page, from the slides' own titles and numbers."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from slidebuild.pdf.job import PrintPage


def write_outline(pdf: Pdf, pages: tuple[PrintPage, ...]) -> None:
    """One bookmark a page, in place of those the browser made of headings (it leaves hidden ones out)."""
    with pdf.open_outline() as outline:
        outline.root.clear()
        for index, page in enumerate(pages):
            outline.root.append(OutlineItem(page.title or page.label, Array([pdf.pages[index].obj, Name.Fit])))
    pdf.Root[Name.PageMode] = Name.UseOutlines


def write_labels(pdf: Pdf, pages: tuple[PrintPage, ...]) -> None:
    """Page labels as the slides are numbered; runs of plain numbers share an entry (PDF 1.7, 12.4.2)."""
    entries: list[object] = []
    expected: int | None = None
    for index, page in enumerate(pages):
        is_plain = page.label.isascii() and page.label.isdigit() and page.label == str(int(page.label)) != "0"
        number = int(page.label) if is_plain else None
        if number is None:
            entries += [index, Dictionary(P=String(page.label))]
        elif number != expected:
            entries += [index, Dictionary(S=Name.D, St=number)]
        expected = None if number is None else number + 1
    pdf.Root[Name.PageLabels] = Dictionary(Nums=Array(entries))
