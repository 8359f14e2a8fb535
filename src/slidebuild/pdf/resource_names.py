"""Content streams with resources named in the order in which they are used.

Skia names resources after the numbers of its objects (`/G3`, `/F12`), which depend on all that is printed before. PDF
1.7, 7.8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from struct import unpack
from typing import Final

from pikepdf import Dictionary, Name, Object, Stream

from slidebuild.patterns import regex
from slidebuild.records import dataclass

_KINDS: Final[Mapping[str, str]] = {
    "/ExtGState": "G",
    "/Font": "F",
    "/XObject": "X",
    "/Pattern": "P",
    "/Shading": "S",
    "/ColorSpace": "C",
}
"""Kinds of resources, and the letter that their names begin with."""
_TOKEN: Final = regex(
    rb"(?P<dictionary><<(?:[^<>()]++|<[0-9A-Fa-f\s]*+>|\((?:[^()\\]++|\\.)*+\))*+>>)"
    rb"|(?P<codes><[0-9A-Fa-f]*+>)|(?P<string>\((?:[^()\\]++|\\.)*+\))|(?P<name>/[^\s()<>\[\]{}/%]++)|(?P<picture>\bBI\s)",
    re.DOTALL,
)


class Unreadable(Exception):  # noqa: N818 (named as what it is)
    """A stream that holds what Skia does not write: text in brackets, pictures in the stream, halves of codes."""


@dataclass(slots=True)
class Renaming:
    """Goes through the streams that a page draws."""

    used: dict[tuple[int, int], tuple[Object, set[int]]] = field(default_factory=dict)
    """Fonts, with the codes that are shown."""
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def page(self, page: Object) -> None:
        """Rename in a page and all that it draws. Raises Unreadable."""
        contents = page.get(Name.Contents)
        if not isinstance(contents, Stream):
            raise Unreadable
        waiting: list[tuple[Object, list[Stream]]] = [(page, [contents])]
        while waiting:
            holder, streams = waiting.pop()
            waiting += [inner for inner in self._holder(holder, streams) if self._is_new(inner[0])]

    def drawn_font(self, font: Object) -> None:
        """Rename in the glyphs of a Type 3 font and all that they draw. Raises Unreadable."""
        drawn = (font.CharProcs[name] for name in sorted(font.CharProcs.keys()))
        glyphs = [glyph for glyph in drawn if isinstance(glyph, Stream)]
        waiting: list[tuple[Object, list[Stream]]] = [(font, glyphs)]
        while waiting:
            holder, streams = waiting.pop()
            waiting += [inner for inner in self._holder(holder, streams) if self._is_new(inner[0])]

    def _is_new(self, holder: Object) -> bool:
        known = holder.objgen in self._seen
        self._seen.add(holder.objgen)
        return not known

    def _holder(self, holder: Object, streams: list[Stream]) -> Iterator[tuple[Object, list[Stream]]]:
        """What has resources of its own among what some streams draw."""
        resources = holder.get(Name.Resources, Dictionary())
        names = _Names(resources)
        for stream in streams:
            self._stream(stream, names)
        kept = names.kept()
        if kept.keys() or Name.Resources in holder:
            holder[Name.Resources] = kept
        yield from _inner(kept)

    def _stream(self, stream: Stream, names: _Names) -> None:
        font: Object | None = None
        show: Callable[[bytes], None] | None = None

        def replaced(token: re.Match[bytes]) -> bytes:
            nonlocal font, show
            match token.lastgroup:
                case "name":
                    found = names.font(token[0])
                    if found is not None:
                        font, show = found, None
                    return names.renamed(token[0])
                case "codes":
                    if show is None:
                        show = self._shown(font)
                    show(token[0])
                case "string" | "picture":
                    raise Unreadable
            return token[0]

        data = stream.read_bytes()
        written = _TOKEN.sub(replaced, data)
        stream.write(written)

    def _shown(self, font: Object | None) -> Callable[[bytes], None]:
        """What notes the codes of strings that are shown in a font."""
        if font is None:
            raise Unreadable
        width = 2 if font.get(Name.Subtype) == Name.Type0 else 1
        found = self.used.setdefault(font.objgen, (font, set()))[1]

        def show(codes: bytes) -> None:
            if (len(codes) - 2) % (2 * width):
                raise Unreadable
            shown = bytes.fromhex(codes[1:-1].decode("ascii"))
            found.update(shown if width == 1 else unpack(f">{len(shown) // 2}H", shown))

        return show


@dataclass(slots=True)
class _Names:
    resources: Object
    new: dict[bytes, bytes] = field(default_factory=dict)
    _kinds: dict[bytes, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in _KINDS:
            for name in self.resources.get(kind, Dictionary()).keys():  # noqa: SIM118 (no Python dictionary)
                if name.encode() in self._kinds:
                    raise Unreadable
                self._kinds[name.encode()] = kind

    def renamed(self, name: bytes) -> bytes:
        kind = self._kinds.get(name)
        if kind is None:
            return name
        if name not in self.new:
            count = sum(self._kinds[other] == kind for other in self.new)
            self.new[name] = f"/{_KINDS[kind]}{count}".encode()
        return self.new[name]

    def font(self, name: bytes) -> Object | None:
        found: Object | None = self.resources.Font[name.decode()] if self._kinds.get(name) == "/Font" else None
        return found

    def kept(self) -> Dictionary:
        """The resources that are used, under their new names."""
        found = Dictionary()
        for name, new in self.new.items():
            kind = self._kinds[name]
            if kind not in found:
                found[kind] = Dictionary()
            found[kind][new.decode()] = self.resources[kind][name.decode()]
        return found


def _inner(resources: Dictionary) -> Iterator[tuple[Object, list[Stream]]]:
    """Forms and patterns among resources, and forms that masks are made of."""
    for kind in ("/XObject", "/Pattern"):
        for obj in resources.get(kind, Dictionary()).values():
            if isinstance(obj, Stream) and obj.get(Name.Subtype) != Name.Image:
                yield obj, [obj]
    for state in resources.get(Name.ExtGState, Dictionary()).values():
        mask = state.get(Name.SMask)
        form = mask.get(Name.G) if isinstance(mask, Dictionary) else None
        if isinstance(form, Stream):
            yield form, [form]
