"""What is done to the trees of slides once Markdown is HTML: one concern a module, the order in one place.

1. links: what `#name` and `#12` may lead to               (then checked for the whole deck)
2. math in code: formulas written as inline code are text  (with `math: code`); what formulas define holds on all slides
3. code: lines, marked lines, highlighting
4. math: TeX becomes MathML
5. scripts: made inert
6. progress: bars told how far the talk is
7. animations: what moves, read from addresses as written
8. outline: what the slide is called                       (after math, before addresses)
9. assets: addresses looked up and rewritten; backgrounds
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final

from slidebuild.css import background_style
from slidebuild.deck import Animation, ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes.animations import find_animations
from slidebuild.passes.assets import AssetResolver
from slidebuild.passes.code import highlight_code
from slidebuild.passes.counted import NO_NUMBERS, NOTHING_COUNTED, Counted, Numbers
from slidebuild.passes.links import SlideLinks, find_links
from slidebuild.passes.outline import slide_title
from slidebuild.passes.progress import fill_progress
from slidebuild.passes.scripts import disarm_scripts
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.source import Loader

_BEGINS_FORMULA: Final = regex(r"[$\\]|&(?:#|bsol;|dollar;)")
"""Either as written, or as HTML lets them be written; nothing of what formulas take is loaded for `R&D`."""
_NO_MACROS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Passes:
    """The passes with what they need. What formulas take is imported where there are any."""

    settings: Settings
    loader: Loader
    assets: AssetResolver
    diagnostics: Diagnostics
    formula_macros: Mapping[str, str] = field(default_factory=lambda: _NO_MACROS)
    """What formulas of all slides define."""
    numbers: Numbers = NO_NUMBERS
    """What the slide shows of what is counted through the deck."""

    def links(self, slide: Slide) -> SlideLinks:
        """Links inside the deck and what they may lead to. Comes first."""
        return find_links(slide)

    def definitions(self, slide: Slide) -> Mapping[str, str]:
        """What the slide's formulas define, for all slides; with `math: code` formulas are taken out of code before."""
        if not self.settings.math.enabled or not may_hold_formulas(slide.resolved):
            return _NO_MACROS
        from slidebuild.passes.math import formula_macros
        from slidebuild.passes.math_in_code import release_formulas

        if self.settings.math.in_code:
            release_formulas(slide)
        return formula_macros((slide,))

    def counted(self, slide: Slide) -> Counted:
        """What on the slide is counted through the deck. Comes after `definitions`, before what changes it."""
        equations: tuple[tuple[str, str], ...] = ()
        captions: tuple[tuple[str, str, str], ...] = ()
        if self.settings.math.enabled and _may_hold_equations(slide, self.settings.math.tags):
            from slidebuild.passes.math import equations as find_equations

            equations = find_equations(slide, self.settings.math.tags)
        if self.settings.figures.numbering:
            from slidebuild.passes.captions import find_captions

            captions = find_captions(slide)
        return Counted(equations, captions) if equations or captions else NOTHING_COUNTED

    def before_addresses(self, slide: Slide, total: int) -> tuple[tuple[Animation, ...], frozenset[str]]:
        """Passes that see addresses as written: what moves on the slide, and what the math font must hold."""
        highlight_code(slide, self.settings, self.diagnostics)
        needed: frozenset[str] = frozenset()
        if self.settings.math.enabled and may_hold_formulas(slide.resolved):
            from slidebuild.passes.math import Numbering, typeset_math

            math = self.settings.math
            numbering = Numbering(math.tags, self.numbers.equations, self.numbers.targets, math.engine != "mathml")
            macros = {**dict(math.macros), **self.formula_macros}
            needed = typeset_math(slide, self.diagnostics, macros, numbering)
        if self.settings.figures.numbering:
            from slidebuild.passes.captions import number_captions

            number_captions(slide, self.numbers)
        disarm_scripts(slide, self.diagnostics)
        fill_progress(slide, total)
        return find_animations(slide, self.loader, self.assets.lock), needed

    def addresses(self, slide: Slide) -> tuple[str, str]:
        """Title of the slide and the declarations of its background; all addresses are rewritten."""
        title = slide_title(slide)
        self.assets.rewrite(slide)
        style = background_style(slide.resolved.properties, lambda address: self.assets.background(slide, address))
        return title, style


def _may_hold_equations(slide: Slide, tags: str) -> bool:
    """Whether there may be formulas that bear numbers or labels: without numbering, only labels count."""
    return may_hold_formulas(slide.resolved) and (
        tags != "none" or any("label" in run.text for run in slide.resolved.runs())
    )


def may_refer(slide: ResolvedSlide) -> bool:
    """Whether it may hold references to equations."""
    return any("ref" in run.text for run in slide.runs())


def may_hold_formulas(slide: ResolvedSlide) -> bool:
    """Whether there is anything to look for: a formula begins with a dollar or a backslash."""
    return any(_BEGINS_FORMULA.search(run.text) for run in slide.runs())
