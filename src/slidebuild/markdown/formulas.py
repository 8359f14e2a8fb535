"""Finding the formulas of a text, and hiding them from rules that must not look inside.

`$…$` and `$$…$$` mean nothing to Markdown, so `$x_{1} + x_{2}$` would be emphasised and a line `= b` in a display
formula would make a heading of the line before. The rules therefore read a *shape* of the text: the same text, as
long, with characters in place of formulas that no rule knows. What they cut out is cut from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from slidebuild.markdown.brackets import Tails
from slidebuild.markdown.characters import SPACES
from slidebuild.markdown.delimiters import Delimiters
from slidebuild.patterns import regex

# Unicode noncharacters: no HTML text may hold them, so none is lost by keeping them for ourselves.
OPENING: Final = "\ufdd0"
INSIDE: Final = "\ufdd1"
CLOSING: Final = "\ufdd2"
_HARMLESS = str.maketrans(dict.fromkeys((OPENING, INSIDE, CLOSING), "\ufdd3"))

ESCAPABLE: Final = frozenset("\\`*{}[]()#+-.!_>~|")
"""What a backslash takes its meaning from in the remark dialect; before all else the backslash stays."""

_NOTABLE = regex(r"\\|`|<|\$++|https?://|\]\(")
_FORMULA_MARK = regex(r"\\|`|\$++")
_TEX = regex(r"\\[a-zA-Z]{2}|[_^]\{|\w\^\w|(?<!\w)\w_\w(?!\w)")
_VERBATIM = regex(r"<(code|pre|script|style|textarea)\b", re.IGNORECASE)
_ELEMENT = regex(
    r"</|<!--|<(?:abbr|br|center|code|del|div|em|figure|font|h[1-6]|hr|iframe|img|ins|kbd|li|mark|ol|p|pre|small|span|"
    r"strong|sub|sup|svg|table|t[dhr]|ul|video)[\s/>]",
    re.IGNORECASE,
)
_INDENTATION = regex(r" *+")
_LINE_OPENING = regex(r"[ >]*+(?:(?:[*+-]|\d++[.)]) ++)*+")
_ITEM = regex(r"(?P<indentation> *+)(?:[*+-]|\d++[.)]) ")


def inline_shape(text: str) -> str:
    """The text with every formula as one `OPENING`, some `INSIDE` and one `CLOSING`, as long as it was."""
    if text.count("$") < 2:
        return plain_shape(text)
    pieces: list[str] = []
    position = 0
    for start, end in find_formulas(text):
        pieces += plain_shape(text[position:start]), OPENING, INSIDE * (end - start - 2), CLOSING
        position = end
    return "".join(pieces) + plain_shape(text[position:])


def plain_shape(text: str) -> str:
    """The text with nothing in it that could be taken for a hidden formula."""
    return text.translate(_HARMLESS) if OPENING in text or INSIDE in text or CLOSING in text else text


def block_shape(text: str) -> str:
    """The paragraph with the inside of each `$$…$$` that runs over lines hidden, but for line breaks and indentation.

    `text` is a run of lines without blank ones. A formula doesn't reach from one list item into the next.
    """
    lines: list[str] | None = None
    for start, end in find_formulas(text, display_only=True):
        if "\n" not in text[start:end] or _leaves_item(text, start, end):
            continue
        lines = lines or text.split("\n")
        first, last = text.count("\n", 0, start), text.count("\n", 0, end)
        column = start - (text.rfind("\n", 0, start) + 1)
        lines[first] = lines[first][: column + 2] + INSIDE * (len(lines[first]) - column - 2)
        for number in range(first + 1, last):
            lines[number] = _hidden(lines[number], len(lines[number]))
        lines[last] = _hidden(lines[last], end - (text.rfind("\n", 0, end) + 1))
    return "\n".join(lines) if lines else text


def _hidden(line: str, stop: int) -> str:
    start = len(line) - len(line.lstrip(" "))
    return line[:start] + INSIDE * (stop - start) + line[stop:]


def _leaves_item(text: str, start: int, end: int) -> bool:
    """Whether a list item begins inside that stands beside, or above, the item in which the formula opens.

    Where text stands before the opening dollars, an item that holds the closing ones does not belong to a formula
    either (`mid $$⏎- high $$`).
    """
    opens_line = _LINE_OPENING.fullmatch(text[:start].rpartition("\n")[2]) is not None
    if not opens_line and _ITEM.match(text, text.rfind("\n", 0, end) + 1):
        return True
    limit = -1
    for line in text[: text.find("\n", start)].split("\n"):
        item = _ITEM.match(line)
        limit = len(item["indentation"]) if item else limit
    items = (_ITEM.match(line) for line in text[start:end].split("\n")[1:])
    return any(item is not None and len(item["indentation"]) <= limit for item in items)


def find_formulas(text: str, *, display_only: bool = False) -> Iterator[tuple[int, int]]:
    """Where formulas start and end, dollars included.

    `$$…$$` holds anything. `$…$` has no white space just inside its dollars, unless it is plainly TeX (`is_tex`), and
    no digit or `{` after the second (`$5 and $6` is money). Neither holds `__`, which TeX refuses
    (`__$a__text__$b__` is emphasis). Code spans, tags and the addresses of links come first: what begins inside one is
    no formula, nor is what would hold a code span or an HTML element.
    """
    delimiters, tails = Delimiters(text), Tails(text)
    position = 0
    while (found := _NOTABLE.search(text, position)) is not None:
        start, mark = found.start(), found[0]
        if mark[0] != "$":
            position = _after_other(text, delimiters, tails, start, mark)
            continue
        end = _formula_end(text, delimiters, start, len(mark))
        if end is not None and (len(mark) == 2 or not display_only):
            yield start, end
        position = end or found.end()


def _formula_end(text: str, delimiters: Delimiters, start: int, width: int) -> int | None:
    if width > 2:
        return None
    opening = start + width
    close = _closing_dollar(text, delimiters, opening, width)
    if close is None or close == opening or _ELEMENT.search(text, opening, close):
        return None
    following = text[close + 1 : close + 2]
    has_blanks = text[opening] in SPACES or text[close - 1] in SPACES
    if width == 1 and (following.isdecimal() or following == "{" or (has_blanks and not is_tex(text[opening:close]))):
        return None
    if text.find("__", opening, close) >= 0:
        return None
    return close + width


def is_tex(text: str) -> bool:
    """Whether a text on one line can hardly be anything but TeX: it holds a command, a superscript or a subscript.

    MathJax, which decks were written for, has no rule about blanks, so `$ \\mathbf{W} x + b $` is a formula there.
    """
    return _TEX.search(text) is not None and "\n" not in text


def _closing_dollar(text: str, delimiters: Delimiters, position: int, width: int) -> int | None:
    """The next run of as many dollars. A single dollar inside `$$…$$` is text (`\\text{if $x$}`)."""
    while (found := _FORMULA_MARK.search(text, position)) is not None:
        if found[0] == "\\":
            position = found.end() + 1
        elif found[0] == "`":
            if delimiters.code(found.start()) is not None:
                return None
            position = delimiters.run_end(found.start())
        elif len(found[0]) == width:
            return found.start()
        elif width == 1 or len(found[0]) > 2:
            return None
        else:
            position = found.end()
    return None


def _after_other(text: str, delimiters: Delimiters, tails: Tails, start: int, mark: str) -> int:
    """The end of what stands at `start` and is no formula, but may hold dollars."""
    match mark[0]:
        case "\\":
            return start + 2 if text[start + 1 : start + 2] in ESCAPABLE | {"$"} else start + 1
        case "`":
            code = delimiters.code(start)
            return code.end if code else delimiters.run_end(start)
        case "<":
            return _after_angle(text, delimiters, start)
        case "h":
            return delimiters.url(start) or start + len(mark)
        case _:
            return tails.find(start + 1).end if tails.exists(start + 1) else start + 2


def _after_angle(text: str, delimiters: Delimiters, start: int) -> int:
    """After the tag, comment or address; after the whole element where TeX is no formula (`<code>$HOME</code>`)."""
    address = delimiters.address(start)
    end = address.end if address else delimiters.tag(start)
    if end is None:
        return start + 1
    verbatim = _VERBATIM.match(text, start)
    if verbatim is None:
        return end
    close = re.compile(rf"</{verbatim[1]}\b", re.IGNORECASE).search(text, end)
    return close.end() if close else end
