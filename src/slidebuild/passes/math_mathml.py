"""What math-core's MathML lacks to look right in Chromium. All works on its text, which is well-formed."""

from __future__ import annotations

from typing import Final

from slidebuild.passes.math_boxes import boxes
from slidebuild.patterns import regex

_VARIATION: Final = regex("[\ufe00\ufe01]")
_SMALL_ACCENT: Final = regex('<mo(?: stretchy="false")?>([ˆˇ˜¯˙¨´`˘˚\u20d7\u20db\u20dc])</mo>')
_STYLED_TEXT: Final = regex("<(b|i)>([^<>&]*)</\\1>")
_CELL: Final = regex("<mtd(?P<style>[^>]*)>|</mtd>")
_STRUT: Final = '<mspace height="0.75em" depth="0.3em"/>'
_ALPHABETS: Final = {"b": (0x1D400, 0x1D41A, 0x1D7CE), "i": (0x1D434, 0x1D44E, None)}


def plain_letters(mathml: str) -> str:
    """`ℒ` without the variation selector that asks for another shape: the font's own is the right one."""
    return _VARIATION.sub("", mathml)


def accents(mathml: str) -> str:
    """`<mo>˙</mo>` -> without the space of an operator; `<mo>~</mo>` -> `˜`, which can stretch."""
    mathml = _SMALL_ACCENT.sub(r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>', mathml)
    return mathml.replace('<mo stretchy="true">~</mo>', '<mo stretchy="true">˜</mo>')


_CIRCLED: Final = regex("<mo(?P<rest>[^>]*)>(?=[⊎⊕⊖⊗⊙]</mo>)")


def small_signs(mathml: str) -> str:
    r"""`\odot`, `\oplus` and their like as small as other signs: Firefox 153 takes them for large."""
    return _CIRCLED.sub(r'<mo\g<rest> largeop="false">', mathml)


def styled_text(mathml: str) -> str:
    """`<b>ab</b>` -> `𝐚𝐛`: the font has no bold face, and a browser would smear its regular one."""
    return _STYLED_TEXT.sub(lambda m: "".join(_styled(letter, m[1]) for letter in m[2]), mathml)


def _styled(letter: str, style: str) -> str:
    capital, small, digit = _ALPHABETS[style]
    if "A" <= letter <= "Z":
        return chr(capital + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return "ℎ" if (letter, style) == ("h", "i") else chr(small + ord(letter) - ord("a"))
    if "0" <= letter <= "9" and digit is not None:
        return chr(digit + ord(letter) - ord("0"))
    return letter


def row_struts(mathml: str) -> str:
    """A strut at the end of each table cell, as in TeX: else rows are as high as their ink and stand unevenly.

    It is not at the beginning, where it would make a sign (`-1`) a difference. Stacked limits (cells without
    padding) stay tight.
    """
    if "<mtd" not in mathml:
        return mathml
    pieces: list[str] = []
    open_cells: list[bool] = []
    at = 0
    for cell in _CELL.finditer(mathml):
        pieces.append(mathml[at : cell.start()])
        at = cell.end()
        if cell["style"] is not None:
            open_cells.append("padding-top: 0" not in cell["style"])
        elif open_cells.pop():
            pieces.append(_STRUT)
        pieces.append(cell[0])
    return "".join(pieces) + mathml[at:]


_TABLE: Final = regex('<(/?)mtable(?: style="([^"]*)")?')
_LAST_RULE: Final = regex('<mtr><mtd style="border-top: (0\\.05em \\w+ currentcolor);[^"]*"></mtd></mtr>(?=</mtable>)')


def closing_rules(mathml: str) -> str:
    """A last row that holds nothing but a rule above it -> a border below the table."""
    for rule in reversed(list(_LAST_RULE.finditer(mathml))):
        depth = 0
        for table in reversed(list(_TABLE.finditer(mathml, 0, rule.start()))):
            depth += 1 if table[1] else -1
            if depth < 0:
                style = f'<mtable style="{table[2] or ""}border-bottom: {rule[1]};"'
                mathml = mathml[: table.start()] + style + mathml[table.end() : rule.start()] + mathml[rule.end() :]
                break
    return mathml


_FLAT: Final = (
    "(?:<(?:mi|mn|mtext)(?: [^>]*)?>[^<]*</(?:mi|mn|mtext)>|<mspace[^>]*/>|</?m(?:sub|sup|subsup)>"
    '|<mo(?: [^>]*)? stretchy="false"[^>]*>[^<]*</mo>|<mo(?: lspace[^>]*)?>[^<⁣()\\[\\]{}|‖⟨⟩⌊⌋⌈⌉∑∏∐∫-∳⋀-⋃⨀-⨆]*</mo>)*'
)
_FLAT_FENCE: Final = regex(f"<mrow><mo>([(\\[{{|‖⟨⌊⌈])</mo>({_FLAT})<mo>([)\\]}}|‖⟩⌋⌉])</mo></mrow>")


def flat_fences(mathml: str) -> str:
    r"""`\left(x_i\right)` -> brackets that do not stretch: TeX takes the small ones, too.

    Chromium 156 gives a bracket that may stretch the width of its widest form, whatever form it takes.
    """
    fence = '<mo stretchy="false">'
    return _FLAT_FENCE.sub(lambda m: f"<mrow>{fence}{m[1]}</mo>{m[2]}{fence}{m[3]}</mo></mrow>", mathml)


_ENCLOSED: Final = regex('<menclose notation="(?P<notation>[^"]*)">|</menclose>')
_STRIKES: Final = {"updiagonalstrike": "sb-strike-up", "downdiagonalstrike": "sb-strike-down"}


def strikes(mathml: str) -> str:
    """An empty row for each stroke of `\\cancel`, last in what it strikes out: the style sheet draws it there.

    A gradient behind the letters would be printed as a picture of few pixels.
    """
    pieces: list[str] = []
    opened: list[str] = []
    at = 0
    for token in _ENCLOSED.finditer(mathml):
        pieces.append(mathml[at : token.start()])
        at = token.end()
        if token["notation"] is not None:
            opened.append(token["notation"])
        elif opened:
            drawn = (_STRIKES.get(notation) for notation in opened.pop().split())
            pieces += [f'<mrow class="{name}"></mrow>' for name in drawn if name is not None]
        pieces.append(token[0])
    return "".join(pieces) + mathml[at:]


def tidied(mathml: str) -> str:
    """math-core's MathML with all of the above."""
    mathml = row_struts(closing_rules(flat_fences(styled_text(accents(plain_letters(mathml))))))
    return small_signs(boxes(strikes(mathml)))
