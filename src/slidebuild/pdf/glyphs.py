"""Characters that no font has: they print as boxes, and the box is embedded like any other shape.

Glyph 0 is a font's shape for what it lacks (`.notdef`; OpenType specification, “Glyph 0: the .notdef glyph”). The
browser writes it as code 0 of composite and Type 3 fonts, often with the character as /ActualText.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from pikepdf import Name, Object, Pdf, Stream

from slidebuild import dom
from slidebuild.patterns import regex
from slidebuild.pdf.artifacts import is_form, resources, xobjects
from slidebuild.pdf.content import content_bytes, pieces
from slidebuild.pdf.findings import Finding

_STRING: Final = regex(rb"<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_SUSPECT: Final = {
    width: regex(rb"<(?:(?:[0-9A-Fa-f]{%d})*?0{%d}|[0-9A-Fa-f]*+\s)" % (width * 2, width * 2)) for width in (1, 2)
}
"""Cheap test, by bytes in a code: without it no string holds code 0."""
_ACTUAL: Final = regex(rb"/ActualText\s*<([0-9A-Fa-f\s]*)>")
_MAPPED: Final = regex(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>(?:\s*<([0-9A-Fa-f]+)>)?")
_UNSEEN: Final = frozenset(("Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Zs"))
"""General categories of what has no shape of its own."""
_NEAR: Final = regex(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_MOST: Final = 5
"""Characters that are named of a slide."""


def missing_glyphs(pdf: Pdf, html: str) -> tuple[Finding, ...]:
    """The pages of a finished file on which glyph 0 stands (`missing-glyph`). `html`: the page it was printed from."""
    found = {index: texts for index, page in enumerate(pdf.pages) if (texts := _boxes(page.obj)) is not None}
    if not found:
        return ()
    known = _known(pdf)
    boxes = dom.select(dom.parse(html), ".remark-slide-container")
    return tuple(
        _finding(index, texts or _unknown(boxes[index] if index < len(boxes) else None, known))
        for index, texts in found.items()
    )


def _finding(index: int, characters: str) -> Finding:
    if not characters:
        return Finding("missing-glyph", "a character that no font has prints as a box", index, "", _hint(""))
    names = ", ".join(f"{one} (U+{ord(one):04X})" for one in characters[:_MOST])
    more = f" and {len(characters) - _MOST} more" if len(characters) > _MOST else ""
    return Finding("missing-glyph", f"no font has {names}{more}", index, characters[0], _hint(characters))


def _hint(characters: str) -> str:
    if any(unicodedata.category(one) == "So" and ord(one) >= 0x2300 for one in characters):
        return "get an emoji font: slidebuild doctor --install"
    package = "fonts-noto-cjk" if _NEAR.search(characters) else "fonts-noto"
    return f"install a font that has it (Debian: {package}), or let the theme bring one"


def _boxes(page: Object) -> str | None:
    """The characters that a page shows as boxes, as far as it says which; None when it shows none as a box."""
    characters: dict[str, None] = {}
    has_box = False
    seen: set[tuple[int, int]] = set()
    waiting = [page]
    while waiting:
        holder = waiting.pop()
        for text in _zeros(holder):
            has_box = True
            characters |= dict.fromkeys(text)
        for form in xobjects(holder).values():
            if is_form(form) and form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append(form)
    return "".join(one for one in characters if _has_shape(one)) if has_box else None


def _zeros(holder: Object) -> Iterator[str]:
    """For each code 0 in a content stream the text that it stands for; empty where the stream does not say."""
    data = content_bytes(holder)
    widths = _code_widths(holder)
    if not any(_SUSPECT[width].search(data) for width in set(widths.values())):
        return
    width = 0
    actual: list[str] = []
    for piece in pieces(data):
        match piece.kind:
            case "font":
                width = widths.get(piece.name, 0)
            case "begin" | "mark":
                told = _ACTUAL.search(piece.operands)
                actual.append(_utf16(told[1]) if told else "")
            case "end" if actual:
                actual.pop()
            case "text" if width and any(_has_zero(found, width) for found in _STRING.finditer(piece.operands)):
                yield next(filter(None, reversed(actual)), "")


def _has_zero(found: re.Match[bytes], width: int) -> bool:
    if found[1] is None:
        return False  # the browser writes codes as hexadecimal numbers
    codes = bytes.fromhex(found[1].decode("ascii"))
    return any(not any(codes[at : at + width]) for at in range(0, len(codes) - width + 1, width))


def _code_widths(holder: Object) -> Mapping[str, int]:
    """Bytes in a code of the fonts whose code 0 is glyph 0."""
    own = resources(holder)
    fonts = own.get(Name.Font) if own is not None else None
    kinds = {"/Type0": 2, "/Type3": 1}
    if fonts is None:
        return {}
    return {name: kinds[str(font.Subtype)] for name, font in fonts.items() if str(font.Subtype) in kinds}


def _known(pdf: Pdf) -> frozenset[str]:
    """All characters that the file's fonts have shapes for."""
    found: set[str] = set()
    for obj in pdf.objects:
        unicode = obj.get(Name.ToUnicode) if hasattr(obj, "keys") else None
        if isinstance(unicode, Stream):
            for first, last, start in _MAPPED.findall(unicode.read_bytes()):
                count = int(last, 16) - int(first, 16) if start else 0
                text = _utf16(start or last)
                found.update(
                    text[:-1], (chr(ord(text[-1]) + step) for step in range(min(count, 65535) + 1)) if text else ""
                )
    return frozenset(unicodedata.normalize("NFD", "".join(found)) + "".join(found))


def _unknown(slide: dom.Node | None, known: frozenset[str]) -> str:
    """Characters of a slide's text that no font of the file has a shape for."""
    if slide is None:
        return ""
    tree = dom.parse(dom.inner_html(slide))
    for apart in dom.select(tree, ".remark-slide-notes, script, style, template"):
        dom.replace(apart, "")
    text = dict.fromkeys(dom.text(tree))
    return "".join(
        one for one in text if _has_shape(one) and known.isdisjoint({*one, *one.upper(), *one.lower(), *_parts(one)})
    )


def _parts(character: str) -> str:
    return unicodedata.normalize("NFKD", character)


def _has_shape(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _utf16(digits: bytes) -> str:
    data = bytes.fromhex(digits.decode("ascii"))
    return data.removeprefix(b"\xfe\xff").decode("utf-16-be", "replace")
