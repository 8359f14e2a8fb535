"""Bytes of a deck to text: byte order marks, line ends, other character sets, and text that was decoded wrongly."""

from __future__ import annotations

import posixpath
from typing import Final

from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.patterns import regex
from slidebuild.source import SourceFile

_LATER: Final = r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SUSPICIOUS: Final = regex(rf"Ã{_LATER}|Â{_LATER}|â€|√[©®†®ßÆ¨™¢´ªπ∏§]|‚Ä[¶ìîôúù¢]|ð[Ÿ\x9f]|Ô¨|¬[´ª∞]")
"""What UTF-8 looks like when it was read as Windows-1252, Latin-1 or Mac Roman. Cheap: most texts hold none of it, and
every alternative begins with a letter, which regular expressions search for fastest."""


def decode(path: str, data: bytes, diagnostics: Diagnostics) -> SourceFile | None:
    """The text of a file, line ends as `\\n`; None (with an error) for what is no text.

    Bytes that are not UTF-8 are read as Windows-1252, with a warning. Looks for mojibake line by line of the whole.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        at = data.index(b"\0")
        diagnostics.add("binary-file", f"this is no text: byte {at} is zero", path=path, hint="is it really a deck?")
        return None
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = data.decode("cp1252", errors="replace")
            line = data.count(b"\n", 0, error.start) + 1
            source = SourceFile(path, _unix_lines(text))
            diagnostics.add(
                "not-utf-8",
                "the text is not UTF-8; it was read as Windows-1252",
                source.span(source.line_start(min(line, source.position(len(source.text)).line))),
                hint="save it as UTF-8",
            )
    source = SourceFile(path, _unix_lines(text))
    if not text.strip():
        diagnostics.add("empty-deck", "there is nothing in this file", source.span(0), hint="write `# A title`")
    for number, repaired in mojibake_lines(source.text).items():
        start = source.line_start(number)
        diagnostics.add(
            "mojibake",
            "text was once decoded with the wrong character set",
            source.span(start, start + len(source.line(number))),
            hint=f"it should be: {repaired.strip()} (`slidebuild check --fix` repairs it)",
            fix=_fix(source, number, repaired),
        )
    return source


def _fix(source: SourceFile, number: int, repaired: str) -> Fix:
    """What differs in a line, no more, so that other repairs of the line don't touch it."""
    line = source.line(number)
    first = len(posixpath.commonprefix((line, repaired)))
    last = len(posixpath.commonprefix((line[first:][::-1], repaired[first:][::-1])))
    start = source.line_start(number)
    return Fix(source.span(start + first, start + len(line) - last), repaired[first : len(repaired) - last])


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def repair_mojibake(text: str) -> str:
    """The text as it was before it was decoded wrongly; the same text when nothing looks wrong."""
    if not _SUSPICIOUS.search(text):
        return text
    import ftfy

    # The whole text first: ftfy is surer of a long text in one wrong character set than of its single lines.
    whole = ftfy.fix_encoding(text)
    if whole != text:
        return str(whole)
    return "\n".join(str(ftfy.fix_encoding(line)) if _SUSPICIOUS.search(line) else line for line in text.split("\n"))


def mojibake_lines(text: str) -> dict[int, str]:
    """1-based number of each line that was decoded wrongly -> the line repaired."""
    repaired = repair_mojibake(text)
    if repaired == text:
        return {}
    pairs = zip(text.split("\n"), repaired.split("\n"), strict=False)
    return {number: after for number, (before, after) in enumerate(pairs, 1) if before != after}
