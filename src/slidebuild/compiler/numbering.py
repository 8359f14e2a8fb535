"""Numbers of equations, figures and tables through a deck.

What is written once has one number, by the first slide that shows it: the steps after it, and the slides that inherit
it from a layout or template, show the same number again. So a thing is known by the place where it was written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import field, replace
from typing import Final

from slidebuild.compiler.keeping import mapping_digest
from slidebuild.deck import ResolvedSlide, Run
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes import may_refer
from slidebuild.passes.counted import LABEL, Counted, Numbers
from slidebuild.passes.math_numbers import count_numbers, labels
from slidebuild.patterns import regex
from slidebuild.player import say
from slidebuild.records import dataclass
from slidebuild.settings import Settings

_WORDS: Final = {"figure": "Figure %1", "table": "Table %1"}


@dataclass(slots=True)
class Numbering:
    """What is counted, and how far; slides are to come in order."""

    settings: Settings
    diagnostics: Diagnostics
    slides: dict[int, Numbers] = field(default_factory=dict)
    """Index of a slide -> its numbers."""
    labels: dict[str, str] = field(default_factory=dict)
    """`label:eq:a` -> the tag of that equation, as macros of formulas have it."""
    targets: dict[str, str] = field(default_factory=dict)
    """Label of an equation -> anchor of the first slide that shows it."""
    names: dict[str, str] = field(default_factory=dict)
    """Id of a figure or table -> what it is called."""
    _equations: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)
    _captions: dict[Hashable, str] = field(default_factory=dict)
    _last: Counter[str] = field(default_factory=Counter)
    _shared: tuple[str, str] | None = None
    """Digests of targets and names, once they are complete."""

    def add(self, slide: ResolvedSlide, counted: Counted) -> None:
        """Count what a slide has. A label that another equation has is a `duplicate-label`."""
        written = _Written(slide)
        equations: list[tuple[str, ...]] = []
        for nth, (_, raw) in enumerate(counted.equations):
            place = written.place(raw)
            if place not in self._equations:
                self._equations[place] = self._number(slide, counted, nth)
            equations.append(self._equations[place])
        captions = tuple(self._caption(kind, name, written.place(text)) for kind, name, text in counted.captions)
        self.slides[slide.index] = Numbers(tuple(equations), captions)

    def of(self, slide: ResolvedSlide) -> Numbers:
        """All that a slide shows of the count, once all slides are counted."""
        numbers = self.slides[slide.index]
        links = bool(self.names) and any("](#" in run.text or "<a" in run.text for run in slide.runs())
        refers = bool(self.targets) and may_refer(slide)
        return replace(numbers, targets=self.targets if refers else {}, names=self.names if links else {})

    def state(self, numbers: Numbers) -> str:
        """What tells apart two slides that differ only in the numbers they show; empty for none."""
        if not (numbers.equations or numbers.captions or numbers.targets or numbers.names):
            return ""
        if self._shared is None:
            self._shared = mapping_digest(self.targets), mapping_digest(self.names)
        targets, names = self._shared
        told = [numbers.equations, numbers.captions, targets if numbers.targets else "", names if numbers.names else ""]
        return f" {told}"

    def _number(self, slide: ResolvedSlide, counted: Counted, nth: int) -> tuple[str, ...]:
        """The numbers of an equation that no slide has shown before; its labels are noted."""
        tex, tags = counted.equations[nth][0], self.settings.math.tags
        first = self._last["equation"] + 1
        numbers = tuple(str(number) for number in range(first, first + count_numbers(tex, tags)))
        self._last["equation"] += len(numbers)
        for label, tag in labels(tex, numbers, tags).items():
            name = label.removeprefix(LABEL)
            if name in self.targets:
                written = f"\\label{{{name}}}"
                earlier = sum(written in other for other, _ in counted.equations[:nth])
                self.diagnostics.add(
                    "duplicate-label",
                    f"two equations have the label {name}; references lead to the later one",
                    slide.locate(written, earlier),
                    hint=f"the other one is on slide #{self.targets[name]}",
                )
            self.labels[label] = tag
            self.targets[name] = slide.anchor
        return numbers

    def _caption(self, kind: str, name: str, place: Hashable) -> str:
        if place not in self._captions:
            self._last[kind] += 1
            self._captions[place] = say(self.settings.lang, _WORDS[kind], self._last[kind])
        if name:
            self.names.setdefault(name, self._captions[place])
        return say(self.settings.lang, "%1:", self._captions[place])


_PIECE: Final = regex(r"&(?:amp|lt|gt|quot|nbsp|#\d+);|[\s\\&<>\"'_*`]+|(?P<kept>[^\s\\&<>\"'_*`]+)")
"""What Markdown and HTML may change between source and slide is left out when a text is looked for."""


def _first_step(slide: ResolvedSlide) -> tuple[str, int]:
    """Where the slide begins that this one is a step of."""
    span, above = slide.span, slide.ancestor
    while above is not None and above.kind == "step":
        span, above = above.span, above.parent
    return span.source.path, span.now.start


@dataclass(slots=True)
class _Written:
    """The text of a slide as it was written, without what may change on the way."""

    slide: ResolvedSlide
    _text: str = ""
    _starts: list[int] = field(default_factory=list)
    """Where in the text each piece begins."""
    _pieces: list[tuple[Run, int]] = field(default_factory=list)
    """Run of each piece, and its place there."""
    _seen: Counter[str] = field(default_factory=Counter)

    def place(self, text: str) -> Hashable:
        """Where a text was written, as a key: the n-th of equal texts is taken for the n-th in the source.

        One that is not found (a macro made it, say) is known by the slide that its steps begin with.
        """
        if not self._text:
            self._read()
        needle = "".join(piece["kept"] or "" for piece in _PIECE.finditer(text))
        nth = self._seen[needle]
        self._seen[needle] += 1
        return text, self._find(needle, nth) or (_first_step(self.slide), nth)

    def _read(self) -> None:
        parts: list[str] = []
        length = 0
        for run in self.slide.runs():
            for piece in _PIECE.finditer(run.text):
                if kept := piece["kept"]:
                    self._starts.append(length)
                    self._pieces.append((run, piece.start()))
                    parts.append(kept)
                    length += len(kept)
        self._text = "".join(parts)

    def _find(self, needle: str, nth: int) -> tuple[str | int, ...] | None:
        """File, place of the run and place in it of the n-th use of a text; None if there is none."""
        at = -1
        for _ in range(nth + 1):
            at = self._text.find(needle, at + 1) if needle else -1
            if at < 0:
                return None
        piece = bisect_right(self._starts, at) - 1
        run, offset = self._pieces[piece]
        offset += at - self._starts[piece]
        start = run.span.now.start
        if len(run.text) == run.span.end - run.span.start:
            return run.span.source.path, start + offset
        return run.span.source.path, start, offset


def number(
    slides: Sequence[ResolvedSlide], counted: Sequence[Counted], settings: Settings, diagnostics: Diagnostics
) -> Numbering:
    """The numbers of a deck's slides, which bear what `counted` tells of each."""
    numbering = Numbering(settings, diagnostics)
    for slide, found in zip(slides, counted, strict=True):
        numbering.add(slide, found)
    return numbering
