"""Where code spans, tags, addresses and emphasis of one piece of inline text end.

A piece is looked at once, when the first question of a kind is asked, and the places are kept in sorted lists. Each
further question is a look-up, so a text full of openers that nothing closes costs no more than any other.
Positions are offsets into the text; `None` says that what was asked about does not end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from slidebuild.markdown.characters import NOT_SPACE, SPACE, WORD, is_word
from slidebuild.patterns import regex

_TAG_NAME = regex(rf"</?{WORD}++")
_TAG_MARK = regex(r"['\">]")
_URL = regex(r"https?://")
_URL_END = regex(rf"(?:{SPACE}|<)")
_DELETION_START = regex(rf"~~{NOT_SPACE}")
_DELETION_END = regex(rf"(?<={NOT_SPACE})~(?=~)")
_NOT_LAST_IN_URL = ".,:;\"')]"


class Code(NamedTuple):
    """A code span: where its text starts and stops, and the end of the closing backticks."""

    start: int
    stop: int
    end: int


class Address(NamedTuple):
    """An address in angle brackets: what stands between them, and whether it is that of a mailbox."""

    text: str
    is_mail: bool
    end: int


class _Runs:
    """The runs of one character: `starts[i]` to `ends[i]`, in order."""

    def __init__(self, text: str, character: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for run in re.finditer(re.escape(character) + "++", text):
            self.starts.append(run.start())
            self.ends.append(run.end())

    def end(self, position: int) -> int:
        """The end of the run that `position` lies in."""
        return self.ends[bisect_right(self.starts, position) - 1]


class Delimiters:
    """The closing places of one piece of inline text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tag_ends: dict[int, int | None] = {}
        self._next: dict[str, int] = {}

    # ---- code spans

    def code(self, position: int) -> Code | None:
        """The code span whose backticks start at `position`.

        It is closed by the next run of exactly as many backticks. Where there is none, fewer opening backticks count,
        and the rest of them belong to the text: ``` ``a` ``` is a span with the text `` `a ``.
        """
        runs, lengths, last, starts = self._backticks
        own_end = runs.end(position)
        index = bisect_right(lengths, own_end - position) - 1
        if index < 0 or last[index] < own_end:
            return None
        while starts[lengths[index]][-1] < own_end:
            index -= 1
        length = lengths[index]
        close = starts[length][bisect_left(starts[length], own_end)]
        return Code(position + length, close, close + length)

    def run_end(self, position: int) -> int:
        """The end of the run of backticks that `position` lies in."""
        return self._backticks[0].end(position)

    @cached_property
    def _backticks(self) -> tuple[_Runs, list[int], list[int], dict[int, list[int]]]:
        runs = _Runs(self.text, "`")
        starts: dict[int, list[int]] = {}
        for start, end in zip(runs.starts, runs.ends, strict=True):
            starts.setdefault(end - start, []).append(start)
        lengths = sorted(starts)
        last: list[int] = []
        for length in lengths:
            last.append(max(starts[length][-1], last[-1] if last else -1))
        return runs, lengths, last, starts

    # ---- emphasis

    def strong(self, position: int) -> int | None:
        """Where the two closing characters of `**strong**` or `__strong__` start.

        They are the last two of the first run of two or more that leaves at least one character between.
        """
        character = self.text[position]
        runs, closers, _, _ = self._stars if character == "*" else self._underscores
        if runs.end(position) - position < 2:
            return None
        index = bisect_left(closers, position + 3)
        return closers[index] if index < len(closers) else None

    def star_emphasis(self, position: int) -> int | None:
        """Where the closing star of `*em*` stands: the last star of the first odd run.

        Doubled stars are passed over in pairs. Only when every later run is even does the last star of all close
        (`*a **b` is `<em>a *</em>b`). No blanks need to stand or not to stand anywhere: `2 * 3 * 4` is emphasis.
        """
        runs, _, odd, even = self._stars
        own_end = runs.end(position)
        following = own_end - position - 1
        if following % 2 and following > 1:
            return own_end - 1
        index = bisect_left(odd, own_end)
        if index < len(odd):
            return odd[index]
        if even and even[-1] >= own_end:
            return even[-1]
        return own_end - 1 if following and not following % 2 else None

    def underscore_emphasis(self, position: int) -> int | None:
        """Where the closing underscore of `_em_` stands: the last one of the first odd run, if no word goes on there.

        `a_b_` closes and so does `_a_.`; `_a_b` does not, and nothing after it is tried.
        """
        runs, _, odd, _ = self._underscores
        own_end = runs.end(position)
        following = own_end - position - 1
        if following == 1:
            return None
        if following % 2:
            close = own_end - 1
        else:
            index = bisect_left(odd, own_end)
            if index == len(odd):
                return None
            close = odd[index]
        return None if is_word(self.text[close + 1 : close + 2]) else close

    @cached_property
    def _stars(self) -> tuple[_Runs, list[int], list[int], list[int]]:
        return _closers(_Runs(self.text, "*"))

    @cached_property
    def _underscores(self) -> tuple[_Runs, list[int], list[int], list[int]]:
        return _closers(_Runs(self.text, "_"))

    def deletion(self, position: int) -> int | None:
        """Where the closing `~~` starts: after something that is no white space, as the opening is before such."""
        if not _DELETION_START.match(self.text, position):
            return None
        index = bisect_left(self._deletion_ends, position + 3)
        return self._deletion_ends[index] if index < len(self._deletion_ends) else None

    @cached_property
    def _deletion_ends(self) -> list[int]:
        return [found.start() for found in _DELETION_END.finditer(self.text)]

    # ---- tags and addresses

    def tag(self, position: int) -> int | None:
        """The end of the tag or comment at `position`.

        Lenient: from `<name` or `</name` to the next `>` outside quotes. `<img src="a", width=5>` is a tag; what its
        attributes are is the HTML parser's affair.
        """
        if self.text.startswith("<!--", position):
            end = self.find("-->", position + 4)
            return None if end < 0 else end + 3
        name = _TAG_NAME.match(self.text, position)
        return self.tag_end(name.end()) if name else None

    def tag_end(self, position: int) -> int | None:
        """The offset after the next `>` that stands in no quotes, counting from `position` outside quotes."""
        passed: list[int] = []
        mark = self._tag_mark(position)
        while mark >= 0 and mark not in self._tag_ends:
            passed.append(mark)
            if self.text[mark] == ">":
                self._tag_ends[mark] = mark + 1
                break
            close = self.text.find(self.text[mark], mark + 1)
            mark = self._tag_mark(close + 1) if close >= 0 else -1
        end = self._tag_ends[mark] if mark >= 0 else None
        for each in passed:
            self._tag_ends[each] = end
        return end

    def _tag_mark(self, position: int) -> int:
        index = bisect_left(self._tag_marks, position)
        return self._tag_marks[index] if index < len(self._tag_marks) else -1

    @cached_property
    def _tag_marks(self) -> list[int]:
        return [found.start() for found in _TAG_MARK.finditer(self.text)]

    def address(self, position: int) -> Address | None:
        """The address in angle brackets at `position`: no blank in it, a `:/` or `@` somewhere inside.

        Where both occur the last one decides whether it is a mailbox.
        """
        stop = self.find(">", position + 1)
        if stop < 0 or -1 < self.find(" ", position + 1) < stop:
            return None
        first, inner = position + 2, stop - 1
        if not (-1 < self.find("@", first) < inner or -1 < self.find(":/", first) < inner - 1):
            return None
        is_mail = self.text.rfind("@", first, inner) > self.text.rfind(":/", first, inner)
        return Address(self.text[position + 1 : stop], is_mail, stop + 1)

    def url(self, position: int) -> int | None:
        """The end of the bare `http://` or `https://` address at `position`; punctuation at its end stays outside."""
        start = _URL.match(self.text, position)
        if start is None:
            return None
        stop = _URL_END.search(self.text, start.end())
        address = self.text[start.end() : stop.start() if stop else len(self.text)].rstrip(_NOT_LAST_IN_URL)
        return start.end() + len(address) if len(address) > 1 else None

    # ---- shared

    def find(self, needle: str, position: int) -> int:
        """`str.find`, remembering its last answer: for questions at ever greater positions."""
        known = self._next.get(needle, -2)
        if known == -1 or known >= position:
            return known
        self._next[needle] = found = self.text.find(needle, position)
        return found


def _closers(runs: _Runs) -> tuple[_Runs, list[int], list[int], list[int]]:
    """The runs; where the last two of a run of two or more start; the last of odd runs; the last of even runs."""
    pairs: list[int] = []
    odd: list[int] = []
    even: list[int] = []
    for start, end in zip(runs.starts, runs.ends, strict=True):
        if end - start > 1:
            pairs.append(end - 2)
        (odd if (end - start) % 2 else even).append(end - 1)
    return runs, pairs, odd, even
