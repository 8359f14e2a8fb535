"""Headings, titles, notes, and how much there is to read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from slidebuild import dom
from slidebuild.check.subject import FinalSlide, Subject, place_of_text
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.source import Span

MAX_WORDS: Final = 150
"""Words of prose on a slide. One reads about 200 in a minute, and listens to nothing meanwhile."""
_SAME: Final = 0.8
"""Share of the words of the shorter of two slides that makes them one slide shown twice."""
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORD: Final = regex(r"[^\W_][^\s]*")
_NO_PROSE: Final = frozenset(("pre", "code", "math", "svg", "script", "style", "table"))
_INLINE: Final = frozenset(
    ("a", "b", "i", "em", "strong", "span", "u", "s", "small", "big", "sub", "sup", "mark", "font")
)


def check_headings(subject: Subject, diagnostics: Diagnostics) -> None:
    """`heading-order`: on one slide, a heading more than one level below the one before it.

    With what level a slide begins is a matter of taste; a heading right below another one is its second line.
    """
    for slide in subject.slides:
        last = 0
        for node in dom.select(slide.tree.content, ", ".join(_HEADINGS)):
            text = " ".join(dom.text(node).split())
            level = int(dom.tag(node)[1])
            if last and level > last + 1 and text and not _is_second_line(node):
                diagnostics.add(
                    "heading-order",
                    f"a heading of level {level} follows one of level {last}",
                    _place_of_heading(slide.resolved, level, text),
                    hint=f"write {'#' * (last + 1)}, and change its size in the theme",
                )
            last = level if text else last


def _place_of_heading(slide: ResolvedSlide, level: int, text: str) -> Span:
    place = slide.locate(f"{'#' * level} {text}")
    return place if place != slide.span else place_of_text(slide, text)


def _is_second_line(heading: dom.Node) -> bool:
    """Whether nothing stands between a heading and the one before it."""
    before = heading.prev
    while before is not None and not dom.is_element(before) and not dom.text(before).strip():
        before = before.prev
    return before is not None and dom.tag(before) in _HEADINGS


def check_titles(subject: Subject, diagnostics: Diagnostics) -> None:
    """`duplicate-title`: a title that an earlier slide has, other slides between them.

    Slides in a row may share theirs (one thought on several slides). So may a slide that comes again, with more on it
    maybe: an agenda, a check list.
    """
    seen: dict[str, list[tuple[int, FinalSlide]]] = defaultdict(list)
    for index, slide in enumerate(subject.slides):
        title = " ".join(slide.compiled.title.split())
        if not title or not re.search(r"\w", title):
            continue
        before = seen[title.casefold()]
        if before and before[-1][0] != index - 1 and not any(_comes_again(slide, other) for _, other in before):
            first = before[0][1].resolved
            diagnostics.add(
                "duplicate-title",
                f"slide {slide.resolved.index + 1} is called “{title}”, as slide {first.index + 1} is",
                place_of_text(slide.resolved, title),
                hint="in bookmarks and in the overview they can't be told apart; `title:` may say more",
            )
        before.append((index, slide))


def _comes_again(slide: FinalSlide, other: FinalSlide) -> bool:
    """Whether nearly all words of one are on the other, too."""
    one, two = ({*dom.text(each.tree.content).casefold().split()} for each in (slide, other))
    return len(one & two) >= _SAME * min(len(one), len(two))


def check_notes(subject: Subject, diagnostics: Diagnostics) -> None:
    """`missing-notes`: a slide without speaker notes."""
    for slide in subject.slides:
        if not dom.text(slide.tree.notes).strip():
            what = f"slide {slide.resolved.index + 1} has no speaker notes"
            diagnostics.add("missing-notes", what, slide.title_span, hint="write them below `???`")


def check_amount(subject: Subject, diagnostics: Diagnostics) -> None:
    """`too-much-text`: more than `MAX_WORDS` words of prose; code, formulas and tables do not count."""
    for slide in subject.slides:
        count = len(_WORD.findall(prose(slide.tree.content)))
        if count > MAX_WORDS:
            what = f"slide {slide.resolved.index + 1} has {count} words"
            hint = "cut it in two, or keep the sentences for the notes"
            diagnostics.add("too-much-text", what, slide.title_span, hint=hint)


def prose(tree: dom.Node, language: str | None = None) -> str:
    """The text of a tree without code, formulas, drawings and tables; a blank between any two blocks.

    With a language (`en`), also without what is marked as being in another one.
    """
    parts: list[str] = []
    node = tree.first_child
    while node is not None:
        if dom.is_text(node):
            parts.append(dom.text(node))
        below = node.first_child if dom.tag(node) not in _NO_PROSE and _is_in(node, language) else None
        if below is not None:
            node = below
            continue
        if dom.tag(node) == "br":
            parts.append(" ")
        while node.next is None:
            node = node.parent
            if node is None or node.mem_id == tree.mem_id:
                return "".join(parts)
            if dom.tag(node) not in _INLINE:
                parts.append(" ")
        node = node.next
    return "".join(parts)


def _is_in(node: dom.Node, language: str | None) -> bool:
    """Whether an element is not marked as being in another language."""
    if language is None or not dom.is_element(node):
        return True
    own = dom.attribute(node, "lang")
    return not own or own.partition("-")[0].lower() == language.partition("-")[0].lower()
