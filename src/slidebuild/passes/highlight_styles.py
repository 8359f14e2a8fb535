"""Style sheets for highlighted code under the style names of highlight.js 9.

The rules are made from palettes and from Pygments' styles; every colour is moved away from the background until it can
be read on it and on marked lines (contrast 4.5 : 1, WCAG 2.2 criterion 1.4.3), because slides are read from the back of
a room.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from slidebuild.passes.highlight_palettes import NEAREST, PALETTES, Palette
from slidebuild.records import dataclass

_CONTRAST: Final = 4.5

_ROLES: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "comment": ("comment quote", "comment", "Comment"),
        "doctag": ("doctag", "meta", "Comment.Special"),
        "keyword": ("keyword meta-keyword", "keyword", "Keyword"),
        "literal": ("literal", "number", "Keyword.Constant"),
        "type": ("type", "type", "Keyword.Type"),
        "built_in": ("built_in builtin-name", "type", "Name.Builtin"),
        "number": ("number", "number", "Literal.Number"),
        "string": ("string meta-string code formula", "string", "Literal.String"),
        "regexp": ("regexp", "string", "Literal.String.Regex"),
        "subst": ("subst template-tag", "text", "Literal.String.Interpol"),
        "symbol": ("symbol bullet link", "number", "Literal.String.Symbol"),
        "title": ("title section selector-id", "title", "Name.Function"),
        "class": ("selector-class", "title", "Name.Class"),
        "name": ("name selector-tag", "name", "Name.Tag"),
        "attribute": ("attr attribute selector-attr", "attribute", "Name.Attribute"),
        "pseudo": ("selector-pseudo meta", "meta", "Name.Decorator"),
        "variable": ("variable template-variable", "variable", "Name.Variable"),
        "addition": ("addition", "", "Generic.Inserted"),
        "deletion": ("deletion", "", "Generic.Deleted"),
    }
)
"""Role -> hljs classes (without `hljs-`), field of a palette, Pygments token type."""


@dataclass(frozen=True, slots=True)
class _Look:
    colour: str
    is_bold: bool = False
    is_italic: bool = False

    @property
    def css(self) -> str:
        weight = ";font-weight:bold" if self.is_bold else ""
        slant = ";font-style:italic" if self.is_italic else ""
        return f"color:#{self.colour}{weight}{slant}"


@dataclass(frozen=True, slots=True)
class _Style:
    background: str
    mark: str
    """Behind marked lines."""
    text: str
    looks: Mapping[str, _Look]
    """By role."""


def highlight_style_names() -> tuple[str, ...]:
    """Every style name there are rules for: those of highlight.js 9, in order."""
    return tuple(sorted({*PALETTES, *NEAREST}))


def highlight_css(styles: Iterable[str]) -> str:
    """CSS for some styles, each under its class `hljs-NAME` (of `.remark-slide-content`), as remark.js nests them.

    Beside the rules for tokens (`.hljs-github .hljs-keyword`) and for code that was highlighted (`.hljs-github .hljs`),
    a style says its colours as custom properties, for themes that want all code to look alike: `--sb-code-background`,
    `--sb-code-text` and `--sb-code-mark` (behind a marked line). A name that is not known gives no rules: it may be a
    style of the deck's own.
    """
    known = set(highlight_style_names())
    return "".join(_css(name) for name in sorted(known.intersection(styles)))


@cache
def _css(name: str) -> str:
    style = _style(NEAREST.get(name, name))
    scope = f".hljs-{name.replace('.', chr(92) + '.')}"
    rules = [
        f"{scope}{{--sb-code-background:#{style.background};--sb-code-text:#{style.text};--sb-code-mark:#{style.mark}}}",
        f"{scope} .hljs{{background:#{style.background};color:#{style.text}}}",
        *(f"{selectors}{{{css}}}" for css, selectors in _by_look(scope, style)),
        f"{scope} .hljs-emphasis{{font-style:italic}}",
        f"{scope} .hljs-strong{{font-weight:bold}}",
    ]
    return "\n".join(rules) + "\n"


def _by_look(scope: str, style: _Style) -> Iterator[tuple[str, str]]:
    """Declarations -> selectors, equal ones together."""
    plain = _Look(style.text)
    groups: dict[str, list[str]] = {}
    for role, look in style.looks.items():
        if look != plain or role == "subst":  # a substitution stands inside a string, whose colour it must not take
            groups.setdefault(look.css, []).extend(f"{scope} .hljs-{name}" for name in _ROLES[role][0].split())
    for css, selectors in groups.items():
        yield css, ",".join(selectors)


def _style(name: str) -> _Style:
    if name in PALETTES:
        return _of_palette(PALETTES[name])
    from pygments.styles import get_style_by_name

    return _of_pygments(get_style_by_name(name))


def _of_palette(palette: Palette) -> _Style:
    background = palette.background
    grounds = (background, _mark(background, palette.text))
    colours = {role: getattr(palette, field) for role, (_, field, _) in _ROLES.items() if field}
    colours |= _changes(background)
    bold = {"keyword"} if palette in {PALETTES["default"], PALETTES["idea"], PALETTES["zenburn"]} else set()
    looks = {
        role: _Look(_readable(colour, grounds), role in bold, role == "comment") for role, colour in colours.items()
    }
    return _Style(*grounds, _readable(palette.text, grounds), looks)


def _of_pygments(style: Any) -> _Style:
    from pygments.token import Token, string_to_tokentype

    background = _full(style.background_color)
    text = style.style_for_token(Token)["color"] or ("24292f" if _is_light(background) else "e6e6e6")
    grounds = (background, _mark(background, _full(text)))
    text = _readable(_full(text), grounds)
    looks = {}
    for role, (_, _, kind) in _ROLES.items():
        found = style.style_for_token(string_to_tokentype(kind))
        colour = _readable(_full(found["color"]), grounds) if found["color"] else text
        looks[role] = _Look(colour, bool(found["bold"]), bool(found["italic"]))
    for role, colour in _changes(background).items():
        if looks[role].colour == text:
            looks[role] = _Look(_readable(colour, grounds))
    return _Style(*grounds, text, looks)


def _changes(background: str) -> dict[str, str]:
    """Colours of added and deleted lines, which palettes don't have."""
    if _is_light(background):
        return {"addition": "1a7f37", "deletion": "c0202f"}
    return {"addition": "7ee787", "deletion": "ff8a80"}


def _full(colour: str) -> str:
    """`#abc` as `aabbcc`, in lower case."""
    digits = colour.lstrip("#").lower()
    return "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _is_light(colour: str) -> bool:
    return _contrast(colour, "000000") > _contrast(colour, "ffffff")


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def _mark(background: str, text: str) -> str:
    """What is behind marked lines: yellow on light grounds, some of the text's colour on dark ones."""
    return _mix(background, "ffc800", 0.22) if _is_light(background) else _mix(background, text, 0.16)


def _readable(colour: str, grounds: tuple[str, str]) -> str:
    """The colour, made darker or lighter in its own hue until it stands out from background and mark."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step = -0.01 if _is_light(grounds[0]) else 0.01
    while min(_contrast(colour, ground) for ground in grounds) < _CONTRAST and 0 < lightness < 1:
        lightness = min(1.0, max(0.0, lightness + step))
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "".join(f"{round(255 * channel):02x}" for channel in channels)
    return colour
