"""All slides in order: which are shown, what each inherits from, how they are numbered."""

from __future__ import annotations

import re
from dataclasses import field

from slidebuild.deck import SourceSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.resolver.inheritance import Inheriting, Kind
from slidebuild.settings import Settings


@dataclass(slots=True)
class Slideshow:
    """Walks through the slides in order, as remark does, with the layout and the names known so far."""

    settings: Settings
    diagnostics: Diagnostics
    _shown: list[Inheriting] = field(default_factory=list)
    _by_name: dict[str, Inheriting] = field(default_factory=dict)
    _layout: Inheriting | None = None
    _number: int = 0

    def build(self, slides: list[SourceSlide]) -> list[Inheriting]:
        """The slides shown, each with what it inherits."""
        names = [name for slide in slides if (name := slide.value("name"))]
        self._check_cycles(slides)
        first = True
        for source in slides:
            slide = Inheriting(source)
            if source.flag("exclude"):
                self._exclude(slide)
                continue
            self._take(slide, names, is_first=first)
            first = False
        return self._shown

    def _exclude(self, slide: Inheriting) -> None:
        """An excluded slide isn't shown, but a template stays one (in remark it vanishes, gnab/remark#386)."""
        name = slide.properties.get("name")
        if name:
            self._by_name.setdefault(name, slide)

    def _take(self, slide: Inheriting, names: list[str], *, is_first: bool) -> None:
        properties = slide.properties
        slide.continues = slide.source.continues
        steps = slide.continues and not is_first
        is_layout = properties.get("layout") == "true"
        template, kind = self._template(slide, names, steps=steps)
        if steps and not self.settings.count_incremental_slides:
            properties.setdefault("count", "false")
        classes = re.split("[, ]", properties.get("class", ""))
        is_included = not set(classes) & set(self.settings.excluded_classes)
        if is_included and not is_layout and properties.get("count") != "false":
            self._number += 1
        slide.number = self._number
        if template is not None:
            slide.inherit(template, kind, with_notes=self.settings.inherit_presenter_notes)
        self._remember(slide)
        if is_layout:
            self._layout = slide
        elif is_included:
            slide.index = len(self._shown)
            self._shown.append(slide)

    def _template(self, slide: Inheriting, names: list[str], *, steps: bool) -> tuple[Inheriting | None, Kind]:
        """`--` before `template:` before `layout: false` before the current layout."""
        layout = slide.properties.get("layout")
        wanted = slide.properties.get("template")
        if steps:
            return (self._shown[-1] if self._shown else None), "step"
        if wanted is not None and wanted in self._by_name:
            return self._by_name[wanted], "template"
        if wanted is not None:
            self._report_unknown_template(slide, wanted, names)
        if layout == "false":
            self._layout = None
        return (None if layout == "true" else self._layout), "layout"

    def _remember(self, slide: Inheriting) -> None:
        name = slide.properties.get("name")
        if not name:
            return
        earlier = self._by_name.get(name)
        if earlier is not None and not earlier.source.flag("exclude"):
            self.diagnostics.add(
                "duplicate-slide-name",
                f"two slides are called `{name}`; links to `#{name}` go to the later one",
                slide.source.properties["name"].span,
                hint=f"the other one stands at {earlier.source.properties['name'].span}",
            )
        self._by_name[name] = slide

    def _report_unknown_template(self, slide: Inheriting, wanted: str, names: list[str]) -> None:
        import difflib

        near = difflib.get_close_matches(wanted, names)
        if wanted in names:
            hint = "a template must stand before the slides that use it"
        else:
            hint = f"did you mean `{near[0]}`?" if near else "give the template slide a `name:`"
        message = f"there is no slide called `{wanted}` before this one, so the template is ignored"
        self.diagnostics.add("unknown-template", message, slide.source.properties["template"].span, hint=hint)

    def _check_cycles(self, slides: list[SourceSlide]) -> None:
        """Templates only look back, so nothing can loop; but who writes a cycle meant something else."""
        wants = {own: slide for slide in slides if (own := slide.value("name")) and slide.value("template") is not None}
        settled: set[str] = set()
        for start in wants:
            chain: list[str] = []
            name: str | None = start
            while name in wants and name not in settled and name not in chain:
                chain.append(name)
                name = wants[name].value("template")
            if name is not None and name in chain:
                cycle = [*chain[chain.index(name) :], name]
                self.diagnostics.add(
                    "template-cycle",
                    "templates inherit from each other: " + " → ".join(cycle),
                    wants[chain[-1]].properties["template"].span,
                    hint="take one of these `template:` out",
                )
            settled.update(chain)
