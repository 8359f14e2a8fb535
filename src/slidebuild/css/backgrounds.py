"""Backgrounds of slides as the CSSOM takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from slidebuild.css.addresses import IMAGE_SETS, Token, rewrite

_WIDE: Final = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_GRADIENTS: Final = frozenset(
    f"{prefix}{kind}-gradient" for prefix in ("", "repeating-") for kind in ("linear", "radial", "conic")
)
_MATHS: Final = frozenset(("calc", "min", "max", "clamp"))
_SIDES: Final = {"left": "x", "right": "x", "top": "y", "bottom": "y", "center": ""}
_COLOUR_FUNCTIONS: Final = frozenset(("color-mix", "light-dark", "color", "oklch", "oklab", "lab", "lch", "hwb"))


def background_style(properties: Mapping[str, str], address: Callable[[str], str] = lambda address: address) -> str:
    """The declarations that a slide's `background-*` properties leave in its `style` attribute; may be empty.

    remark sets them through the CSSOM: an invalid value disappears, a `url()` gets double quotes (remark-0.15
    `slideView.js`; measured in Chromium). `address` maps the addresses, after validation.
    """
    declarations = []
    for name, is_valid in _BACKGROUND.items():
        value = properties.get(name, "").strip()
        if not value:
            continue
        import tinycss2  # few slides have a background

        tokens = _bare(tinycss2.parse_component_value_list(value, skip_comments=True))
        if _is_broken(tokens):
            continue
        is_wide = len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value in _WIDE
        if is_wide or _has_variable(tokens) or all(is_valid(part) for part in _split(tokens)):
            declarations.append(f"{name}: {rewrite(value, lambda reference: address(reference.address))};")
    return " ".join(declarations)


def _bare(tokens: Iterable[Token]) -> list[Token]:
    """Tokens that count; what merely ends too early is closed by the parser, as in browsers."""
    return [
        token
        for token in tokens
        if token.type not in ("whitespace", "comment")
        and not (token.type == "error" and token.kind in ("eof-in-url", "eof-in-string"))
    ]


def _is_broken(tokens: list[Token]) -> bool:
    """Bad tokens and `;`, `!`, `{}` never stand in a property value."""
    return not tokens or any(
        token.type in ("error", "{} block", "at-keyword") or (token.type == "literal" and token.value in ";!")
        for token in tokens
    )


def _has_variable(tokens: list[Token]) -> bool:
    """With `var()` a value is only judged when it is used."""
    return any(token.type == "function" and token.lower_name in ("var", "env") for token in tokens)


def _split(tokens: list[Token]) -> list[list[Token]]:
    """The layers of a background, cut at commas."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_image(tokens: list[Token]) -> bool:
    if len(tokens) != 1:
        return False
    token = tokens[0]
    if token.type == "function":
        return bool(token.lower_name in (_GRADIENTS | IMAGE_SETS | {"url"}))
    return bool(token.type == "url" or (token.type == "ident" and token.lower_value == "none"))


def _is_colour(tokens: list[Token]) -> bool:
    if len(tokens) != 1:
        return False
    from tinycss2.color4 import parse_color

    token = tokens[0]
    is_function = bool(token.type == "function" and token.lower_name in _COLOUR_FUNCTIONS)
    return is_function or parse_color(token) is not None


def _is_length(token: Token) -> bool:
    if token.type == "number":
        return bool(token.value == 0)
    return bool(token.type in ("dimension", "percentage") or (token.type == "function" and token.lower_name in _MATHS))


def _is_size(tokens: list[Token]) -> bool:
    def is_auto(token: Token) -> bool:
        return bool(token.type == "ident" and token.lower_value == "auto")

    if len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value in ("cover", "contain"):
        return True
    return 1 <= len(tokens) <= 2 and all(is_auto(token) or _is_length(token) for token in tokens)


def _is_position(tokens: list[Token]) -> bool:
    """One to four sides and lengths; not two sides of the same axis, more than two only as side and offset."""
    if not 1 <= len(tokens) <= 4:
        return False
    sides = [token.lower_value for token in tokens if token.type == "ident"]
    if any(side not in _SIDES for side in sides):
        return False
    if not all(token.type == "ident" or _is_length(token) for token in tokens):
        return False
    axes = [_SIDES[side] for side in sides if _SIDES[side]]
    return len(axes) == len(set(axes)) and (len(tokens) <= 2 or (len(sides) == 2 and tokens[0].type == "ident"))


_BACKGROUND: Final[Mapping[str, Callable[[list[Token]], bool]]] = {
    "background-image": _is_image,
    "background-color": _is_colour,
    "background-size": _is_size,
    "background-position": _is_position,
}
