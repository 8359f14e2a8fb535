"""What the braces of fences say about the code of a slide: which lines stand out at its step, numbers, file, signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.fence_attributes import FenceAttributes, Lines, read
from slidebuild.installed import PACKAGE
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.source import Span

_ATTRIBUTE: Final = "data-sb-fence"
_MARKS: Final = ("data-sb-number", "data-sb-sign", "data-sb-file", "data-sb-copy")

PIXELS_A_COLUMN: Final = 13
"""The built-in themes show a column of code in 11 to 12 px and leave some 150 px free at the sides."""
MOST_LINES: Final = 24
"""The built-in themes show 20 (`default`) to 30 (`remark`) lines of code and nothing else."""


@dataclass(frozen=True, slots=True)
class Fence:
    """The braces of one fence on one slide."""

    attributes: FenceAttributes
    braces: str
    """As written."""
    marked: Lines
    """What stands out at the slide's step."""


_PLAIN: Final = Fence(FenceAttributes(), "", Lines())


def take_fences(codes: Sequence[dom.Node], slide: Slide, diagnostics: Diagnostics) -> list[Fence]:
    """The braces of each `<code>`, which then lose them; words in them that mean nothing are `bad-fence-attribute`.

    Fences are stepped through one after another; where the slide says no step all have reached their last one.
    """
    value = slide.resolved.properties.get("code-step", "")
    step = int(value) - 1 if value.isascii() and value.isdigit() else None
    found = []
    for code in codes:
        braces = dom.attribute(code, _ATTRIBUTE)
        if braces is None:
            found.append(_PLAIN)
            continue
        dom.remove_attribute(code, _ATTRIBUTE)
        attributes = read(braces)
        _report_unknown(attributes, braces, slide, diagnostics)
        last = max(len(attributes.steps) - 1, 0)
        place = last if step is None else min(max(step, 0), last)
        step = None if step is None else step - last
        found.append(Fence(attributes, braces, attributes.steps[place] if attributes.steps else Lines()))
    return found


def dress(code: dom.Node, fence: Fence) -> None:
    """Classes and attributes of the elements around the lines."""
    attributes = fence.attributes
    names = ["sb-numbered"] * (attributes.first_number is not None) + ["sb-diff"] * attributes.is_diff
    if names:
        dom.set_attribute(code, "class", " ".join([*dom.classes(code), *names]))
    if code.parent is not None and attributes.file:
        dom.set_attribute(code.parent, "data-sb-file", attributes.file)
    if code.parent is not None and attributes.has_copy:
        dom.set_attribute(code.parent, "data-sb-copy", "")


def check_size(text: str, fence: Fence, slide: Slide, settings: Settings, diagnostics: Diagnostics) -> None:
    """Say where code is too wide or too tall for a slide (notices), and which lines are named in vain."""
    lines = text.rstrip("\n").split("\n")
    furthest = max((step.furthest for step in fence.attributes.steps), default=0)
    if furthest > len(lines):
        message = f"there is no line {furthest}; the code has {len(lines)}"
        diagnostics.add("bad-fence-attribute", message, _place(slide, fence.braces))
    columns = settings.ratio.pixels[0] // PIXELS_A_COLUMN
    longest = max(lines, key=len)
    if len(longest) > columns:
        message = f"this line of code has {len(longest)} columns; a slide shows some {columns}"
        diagnostics.add("long-code-line", message, _place(slide, longest), hint="break it, or it is wrapped or cut")
    if len(lines) > MOST_LINES:
        message = f"this code has {len(lines)} lines; a slide shows some {MOST_LINES}"
        hint = "show a part of it, or step by step on several slides"
        diagnostics.add("tall-code", message, _place(slide, "\n".join(lines[:3])), hint=hint)


def chrome_css(html: Sequence[str]) -> str:
    """The style sheet of numbers, signs, file names and copy buttons; empty where the HTML of slides has none."""
    if not any(mark in text for text in html for mark in _MARKS):
        return ""
    return (PACKAGE / "passes" / "code.css").read_text(encoding="utf-8")


def _report_unknown(attributes: FenceAttributes, braces: str, slide: Slide, diagnostics: Diagnostics) -> None:
    for word in attributes.unknown:
        diagnostics.add(
            "bad-fence-attribute",
            f"`{word}` means nothing here",
            _place(slide, braces),
            hint="lines as 2,4-6, steps as 1|3-4|all, numbers, file=NAME, copy, diff",
        )


def _place(slide: Slide, text: str) -> Span:
    return slide.resolved.locate(text)
