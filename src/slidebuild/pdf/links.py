"""Links of the printed file: page jumps made explicit, addresses of our own origin turned back or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.survey import LinkBox, Survey
from slidebuild.records import dataclass

SCHEMES: Final = frozenset(("http", "https", "ftp", "mailto", "tel", "sms", "geo", "doi", "xmpp", "matrix", "news"))
"""What a link out of the file may lead to. `file:` would tell about this machine, `javascript:` runs nothing."""


@dataclass(frozen=True, slots=True)
class LinkRules:
    """How addresses are changed."""

    relative: Callable[[str], str | None]
    """An address as the page wrote it if it is one of the page's own origin, else None."""
    base_url: str | None

    def online(self, uri: str) -> str | None:
        """Where a link leads in the PDF; None: nowhere."""
        own = self.relative(uri)
        if own is not None:
            return urljoin(self.base_url, own) if self.base_url else None
        return uri if urlsplit(uri).scheme.lower() in SCHEMES else None


def settle_links(pdf: Pdf, survey: Survey, rules: LinkRules, sheet: Sheet) -> None:
    """Give every link an explicit target and a description; those that lead nowhere are taken out."""
    targets = _destinations(pdf, survey)
    for index, page in enumerate(pdf.pages):
        annotations = page.obj.get(Name.Annots)
        if annotations is None:
            continue
        boxes = [box for box in survey.links if box.page == index]
        kept = []
        for annotation in annotations:
            if annotation.get(Name.Subtype) != Name.Link or _settle(annotation, targets, rules):
                kept.append(annotation)
                _describe(annotation, boxes, sheet)
        if kept:
            page.obj[Name.Annots] = Array(kept)
        else:
            del page.obj[Name.Annots]


def name_pages(pdf: Pdf, addresses: Mapping[str, int]) -> None:
    """Make `talk.pdf#name` and `talk.pdf#12` open the page: named destinations instead of those the browser wrote."""
    if Name.Dests in pdf.Root:
        del pdf.Root[Name.Dests]
    tree = NameTree.new(pdf)
    for address, index in sorted(addresses.items()):
        tree[address] = _fit(pdf, index)
    pdf.Root[Name.Names] = Dictionary(Dests=tree.obj)


def printed_pages(pdf: Pdf, survey: Survey) -> tuple[int | None, ...]:
    """The 0-based page on which each slide's box begins; None for a box that was not printed."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found = dict(_written(pdf))
    return tuple(numbers.get(found[id_][0].objgen) if id_ in found else None for id_ in survey.ids)


def _destinations(pdf: Pdf, survey: Survey) -> dict[str, Object]:
    """Explicit destinations by id: a slide shows as a whole, a place on a slide keeps its height."""
    slides = set(survey.ids)
    return {name: Array([at[0], Name.Fit]) if name in slides else at for name, at in _written(pdf)}


def _written(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    """Destinations the browser wrote, by id (it writes the names percent-encoded)."""
    for name, destination in pdf.Root.get(Name.Dests, Dictionary()).items():
        yield unquote(name.removeprefix("/")), destination


def _fit(pdf: Pdf, index: int) -> Array:
    return Array([pdf.pages[index].obj, Name.Fit])


def _settle(annotation: Object, targets: Mapping[str, Object], rules: LinkRules) -> bool:
    """Give a link its final target; False when it leads nowhere."""
    destination = annotation.get(Name.Dest)
    if destination is not None:
        found = targets.get(unquote(str(destination).removeprefix("/")))
        if found is not None:
            annotation[Name.Dest] = found
        return found is not None
    action = annotation.get(Name.A)
    if action is None or action.get(Name.S) != Name.URI:
        return False
    online = rules.online(str(action.URI))
    if online is not None:
        action.URI = String(online)
    return online is not None


def _describe(annotation: Object, boxes: list[LinkBox], sheet: Sheet) -> None:
    """/Contents: what the link reads on the slide (PDF/UA-1 7.18.5), found by its place; else its address."""
    left, _, _, top = (float(value) for value in annotation[Name.Rect])
    x, y = left / 0.75, sheet.size[1] - top / 0.75
    nearest = min(boxes, key=lambda box: (box.x - x) ** 2 + (box.y - y) ** 2, default=None)
    text = nearest.name if nearest is not None else ""
    if not text and Name.A in annotation:
        text = str(annotation[Name.A].get(Name.URI, ""))
    annotation[Name.Contents] = String(text or "link")
