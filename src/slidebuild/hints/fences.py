"""Code fences that are no code, or too much of it."""

from __future__ import annotations

from typing import assert_never

from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.prose import FenceFault
from slidebuild.hints.written import Written


def check_fences(slides: list[Written], diagnostics: Diagnostics, *, is_remark: bool) -> None:
    """Report fences without an end, and those with several words, which remark takes for text (`unclosed-fence`)."""
    split = ""
    for written in slides:
        for fault in written.prose.fences:
            text = written.source_text[fault.start : fault.end].strip()
            if split and text == split:
                split = ""  # the end of the code whose beginning was reported on a slide before
                continue
            _report(fault, written, diagnostics, is_remark=is_remark)
            if fault.kind == "unclosed" and len(text.split()) > 1:
                split = text[: len(text) - len(text.lstrip("`~"))]


def _report(fault: FenceFault, written: Written, diagnostics: Diagnostics, *, is_remark: bool) -> None:
    span = written.span(fault.start, fault.end)
    info = span.text.strip().lstrip("`~")
    mark = span.text[: len(span.text.strip()) - len(info)]
    several = len(info.split()) > 1 and is_remark
    first = info.split()[0].strip("{},") if several else ""
    words = f"more than one word follows this {mark}, so it begins no code"
    match fault.kind:
        case "unclosed" if several:
            message = f"{words}, and a separator in it splits the slide"
            hint: str | None = f"leave one word: {mark}{first}"
        case "unclosed":
            message = f"the code that this {mark} begins has no end on its slide"
            hint = f"end the code with a line {mark}; what holds such a line itself needs a longer fence"
        case "merges":
            message = f"the code that this {mark} begins ends only on a later slide, and all between counts as code"
            hint = f"end the code with a line {mark}"
        case "words":
            message, hint = f"{words}, as in remark.js", f"leave one word: {mark}{first}"
            if not several:
                return
        case _:
            assert_never(fault.kind)
    diagnostics.add("unclosed-fence", message, span, hint=hint)
