"""Hints about deck syntax that is legal but hardly meant: what remark.js shows without a word.

Every stage reports what it cannot make sense of; what is said here needs a second look at the text as it was written.
A `Hints` looks at the files of a deck one by one, and at the end at what only all of them together can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Final

from slidebuild.deck import SourceDeck, SourceSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.brackets import check_class_dots, check_stray_brackets
from slidebuild.hints.definitions import Definitions
from slidebuild.hints.elements import check_attributes, check_unclosed_elements
from slidebuild.hints.fences import check_fences
from slidebuild.hints.formulas import check_unclosed_math
from slidebuild.hints.old_remark import check_age
from slidebuild.hints.properties import check_late_properties, check_property_names
from slidebuild.hints.quiet import Quiet
from slidebuild.hints.separators import check_separators
from slidebuild.hints.written import Written, shown_slides, written_slides
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.source import SourceFile

Rule = Callable[[list[Written], Diagnostics], None]

RULES: Final[tuple[Rule, ...]] = (
    check_separators,
    check_class_dots,
    check_stray_brackets,
    check_late_properties,
    check_attributes,
    check_unclosed_elements,
    check_age,
)
"""What is looked for in every file, on each slide with its steps."""


@dataclass(slots=True)
class Hints:
    """Looks at the files of one deck."""

    settings: Settings
    diagnostics: Diagnostics
    quiet: Quiet | None = None
    """Remembers slides that there is nothing to say about."""
    _definitions: Definitions = field(default_factory=Definitions)

    def look_at(self, deck: SourceDeck, source: SourceFile) -> None:
        """Report what is odd in a file: the deck itself first, then those it includes."""
        slides = shown_slides(deck)
        check_property_names(slides, source, self.diagnostics)
        if self.quiet is not None:
            settings = (self.settings.markdown, self.settings.math.enabled)
            slides = self.quiet.others(source.path, slides, settings, self._look)
        self._look(slides, self.diagnostics)
        self._definitions.read(deck, source)

    def finish(self) -> None:
        """Report what shows when all files are known."""
        self._definitions.check(self.diagnostics)

    def _look(self, slides: list[SourceSlide], diagnostics: Diagnostics) -> None:
        written = written_slides(slides)
        for rule in RULES:
            rule(written, diagnostics)
        check_fences(written, diagnostics, is_remark=self.settings.markdown == "remark")
        if self.settings.math.enabled:
            check_unclosed_math(written, diagnostics)
