"""What is done to the trees of slides once Markdown is HTML: one concern a module, the order in one place.

1. links: `#name` and `#12` lead somewhere                 (whole deck)
2. math in code: formulas written as inline code are text  (whole deck, with `math: code`)
3. code: lines, marked lines, highlighting
4. math: TeX becomes MathML
5. scripts: made inert
6. progress: bars told how far the talk is
7. animations: what moves, read from addresses as written
8. outline: what the slide is called                       (after math, before addresses)
9. assets: addresses looked up and rewritten; backgrounds
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from slidebuild.css import background_style
from slidebuild.deck import Animation
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes.animations import find_animations
from slidebuild.passes.assets import AssetResolver
from slidebuild.passes.code import highlight_code
from slidebuild.passes.links import check_links
from slidebuild.passes.math import formula_macros, typeset_math
from slidebuild.passes.math_in_code import release_formulas
from slidebuild.passes.outline import slide_title
from slidebuild.passes.progress import fill_progress
from slidebuild.passes.scripts import disarm_scripts
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.source import Loader


@dataclass(frozen=True, slots=True)
class Passes:
    """The passes with what they need."""

    settings: Settings
    loader: Loader
    assets: AssetResolver
    diagnostics: Diagnostics
    formula_characters: set[str] = field(default_factory=set)
    """Characters that the math font must hold, gathered from all slides."""
    formula_macros: dict[str, str] = field(default_factory=dict)
    """What formulas define; it holds on all slides."""

    def whole_deck(self, slides: Sequence[Slide]) -> None:
        """Passes that look at all slides at once."""
        check_links(slides, self.diagnostics)
        if self.settings.math == "code":
            for slide in slides:
                release_formulas(slide)
        if self.settings.math:
            self.formula_macros.update(formula_macros(slides))

    def before_addresses(self, slide: Slide, total: int) -> tuple[Animation, ...]:
        """Passes that see addresses as written; what moves on the slide."""
        if self.settings.math == "code":
            release_formulas(slide)  # the slide that stands in for animated ones is not among those of the deck
        highlight_code(slide, self.settings, self.diagnostics)
        if self.settings.math:
            self.formula_characters.update(typeset_math(slide, self.diagnostics, self.formula_macros))
        disarm_scripts(slide, self.diagnostics)
        fill_progress(slide, total)
        return find_animations(slide, self.loader)

    def addresses(self, slide: Slide) -> tuple[str, str]:
        """Title of the slide and the declarations of its background; all addresses are rewritten."""
        title = slide_title(slide)
        self.assets.rewrite(slide)
        style = background_style(slide.resolved.properties, lambda address: self.assets.background(slide, address))
        return title, style
