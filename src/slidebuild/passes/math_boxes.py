r"""Coloured boxes in formulas, unknown to math-core: it sets a plain box with a sign in it that tells the colour.

math-core is asked for the colour, for it knows the names of LaTeX's packages, and complains of those that nobody knows.
"""

from __future__ import annotations

import re
from typing import Final

from slidebuild.passes.math_scan import argument, option_end, rewrite, skip_blanks, uses
from slidebuild.patterns import regex

_GROUND: Final = "sbground"
_FRAME: Final = "sbframe"
_SIGN: Final = r'<mrow style="color:(#\w{6});"><mtext>%s</mtext></mrow>'
_BOX: Final = regex(
    rf'<menclose notation="box">(<mrow>(?=<mrow ))?(?:{_SIGN % _FRAME})?(?:{_SIGN % _GROUND})?',
)
_LENGTH: Final = regex(r"\d*\.?\d+\s*(?:pt|px|em|ex|mu|cm|mm|in)")


def colour_boxes(tex: str) -> str:
    r"""`\colorbox{gold}{a $x$}` -> `\boxed{\textcolor{gold}{\text{sbground}}\text{a $x$}}`.

    `\fcolorbox{red}{gold}{…}` and `\bbox[gold, 5px, border: 1px solid red]{…}` too; in that stands a formula.
    """
    tex = rewrite(tex, "fcolorbox", 3, lambda a: _box(a[0], a[1], rf"\text{{{a[2]}}}"))
    tex = rewrite(tex, "colorbox", 2, lambda a: _box("", a[0], rf"\text{{{a[1]}}}"))
    for start, end in uses(tex, "bbox"):
        option = skip_blanks(tex, end)
        behind = option_end(tex, option) if tex[option : option + 1] == "[" else None
        inner = argument(tex, behind or end)
        if inner is not None:
            tex = tex[:start] + _of_options(tex[option + 1 : behind - 1] if behind else "", inner[0]) + tex[inner[1] :]
    return tex


def _of_options(options: str, body: str) -> str:
    frame = ground = ""
    for part in filter(None, map(str.strip, options.split(","))):
        if part.startswith("border"):
            frame = part.split()[-1]
        elif not _LENGTH.fullmatch(part):
            ground = part
    return _box(frame, ground, body)


def _box(frame: str, ground: str, body: str) -> str:
    signs = ((frame, _FRAME), (ground, _GROUND))
    told = "".join(rf"\textcolor{{{colour}}}{{\text{{{sign}}}}}" for colour, sign in signs if colour)
    return rf"\boxed{{{told}{body}}}" if told else f"{{{body}}}"


def boxes(mathml: str) -> str:
    """The boxes of `colour_boxes` in their colours, and without their signs; other boxes stay.

    Firefox draws a `menclose` without a notation as a long division.
    """
    return _BOX.sub(_coloured, mathml) if _GROUND in mathml or _FRAME in mathml else mathml


def _coloured(box: re.Match[str]) -> str:
    row, frame, ground = box.groups(default="")
    if not frame and not ground:
        return box[0]
    style = (f"background:{ground};" if ground else "") + (f"border:0.06em solid {frame};" if frame else "")
    return f'<menclose notation="none" class="sb-box" style="{style}">{row}'
