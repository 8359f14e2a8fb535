"""The page to print, cut into its slides, so that each can be printed alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from html import escape, unescape
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from slidebuild.patterns import regex
from slidebuild.records import dataclass

_START: Final = '<div class="remark-slide-container"'
_STUB: Final = f"{_START} hidden></div>"
"""Stands for a slide that is not printed now: `:nth-child` and `+` in style sheets find it in its place."""
_STUB_CSS: Final = "<style>div.remark-slide-container[hidden] { display: none !important }</style>"
_COUNTERS: Final = regex(r"counter-(?:increment|reset|set)", re.IGNORECASE)
"""What makes a slide depend on those before it."""
_ABOUT: Final = regex(r"<title>.*?</title>|<meta name=\"(?:author|description|keywords)\"[^>]*>", re.DOTALL)
"""What the page says about itself: nothing that is printed (the PDF gets it in other ways)."""
_MARKUP: Final = regex(
    r"""<!--.*?-->|<(?P<raw>script|style|textarea|title)\b[^>]*>.*?</(?P=raw)\s*>"""
    r"""|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, an element whose content is no markup, or a tag, as browsers and we write them."""
_VALUE: Final = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"""
_ID: Final = regex(rf"\sid{_VALUE}", re.IGNORECASE)
_HREF: Final = regex(rf"\shref{_VALUE}", re.IGNORECASE)


@dataclass(frozen=True)
class Slices:
    """A page with slides that do not depend on one another."""

    head: str
    """All before the first slide, without title and author of the deck: they may change without the slides."""
    slides: tuple[str, ...]
    tail: str
    """All after the last."""

    def some(self, indexes: Collection[int]) -> str:
        """The page with these slides only; the others leave empty, hidden boxes."""
        wanted = set(indexes)
        boxes = (slide if index in wanted else _STUB for index, slide in enumerate(self.slides))
        return f"{self.head}{''.join(boxes)}{self.tail}"

    def together(self, indexes: Collection[int], known: Collection[str]) -> str:
        """The page with some slides, and hidden targets for their links: the browser drops links that lead nowhere.

        `known` are ids that `print_pdf` resolves itself. Places on the slides that others lead to are linked to, so
        that the browser tells where they are.
        """
        return f"{self.some(indexes)}<div hidden>{''.join(self._beside(index, known) for index in indexes)}</div>"

    def shape(self, index: int, known: Collection[str]) -> tuple[str, ...]:
        """All that a slide's page is made of, but for what all slides share (`frame`)."""
        return str(index), self.slides[index], self._beside(index, known)

    @property
    def frame(self) -> tuple[str, ...]:
        """What all slides share."""
        return self.head, self.tail, str(len(self.slides))

    def _beside(self, index: int, known: Collection[str]) -> str:
        own = self.ids[index]
        targets = sorted(self._targets[index] - own - set(known))
        stubs = "".join(f'<i id="{escape(name)}"></i>' for name in targets if name in self._all_ids)
        asked = sorted((self._linked & own) - set(known))
        return stubs + "".join(f'<a href="#{escape(name)}"></a>' for name in asked)

    def around(self, index: int) -> str:
        """A slide with all that stands outside the slides: what its files are named in."""
        return f"{self.head}{self.slides[index]}{self.tail}"

    def targets(self, index: int) -> frozenset[str]:
        """What stands after `#` in the slide's links."""
        return self._targets[index]

    @cached_property
    def ids(self) -> tuple[frozenset[str], ...]:
        """The ids on each slide."""
        return tuple(frozenset(_values(_ID, slide)) for slide in self.slides)

    @cached_property
    def _all_ids(self) -> frozenset[str]:
        return frozenset().union(*self.ids)

    @cached_property
    def _targets(self) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset(unquote(value[1:]) for value in _values(_HREF, slide) if value.startswith("#"))
            for slide in self.slides
        )

    @cached_property
    def _linked(self) -> frozenset[str]:
        return frozenset().union(*self._targets)


def slices(html: str) -> Slices | None:
    """Cut a page; None where that cannot be done, or slides may depend on others (counters in CSS)."""
    starts = [match.start() for match in re.finditer(re.escape(_START), html)]
    if not starts or _COUNTERS.search(html):
        return None
    head, last = html[: starts[0]], html[starts[-1] :]
    end = _end_of_first(last)
    if end is None or head.count("</head>") != 1:
        return None
    parts = [html[start:stop] for start, stop in pairwise(starts)]
    head = _ABOUT.sub("", head).replace("</head>", f"{_STUB_CSS}</head>")
    return Slices(head, (*parts, last[:end]), last[end:])


def _values(pattern: re.Pattern[str], html: str) -> Iterable[str]:
    return (unescape(match[1] or match[2] or match[3] or "") for match in pattern.finditer(html))


def _end_of_first(html: str) -> int | None:
    """Where the first `<div>` ends."""
    depth = 0
    for found in _MARKUP.finditer(html):
        if (found["tag"] or "").lower() == "div":
            depth += -1 if found["end"] else 1
            if depth == 0:
                return found.end()
    return None
