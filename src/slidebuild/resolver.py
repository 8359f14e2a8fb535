"""What each slide shows: includes, exclusion, layouts, templates, `--` steps, `{{content}}`, `{{variables}}`, numbers.

As in remark 0.15 (`slideshow.js`, `slide.js`) slides inherit *source text*, so Markdown comes later. Where remark
shares and overwrites a template's content by mistake (`{{content}}` inside a content class, an excluded template,
content classes turned into `[object Object]`) the meaning is kept instead.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from slidebuild.deck import (
    Ancestor,
    ContentClass,
    LinkDefinition,
    MacroCall,
    Node,
    ResolvedDeck,
    ResolvedSlide,
    Run,
    SourceDeck,
    SourceSlide,
    Text,
)
from slidebuild.diagnostics import Diagnostics
from slidebuild.settings import Settings
from slidebuild.source import Span, resolve_address

ParseFile = Callable[[str], SourceDeck | None]
"""Parses an included deck by its root-relative path, macros expanded; None if there is none."""

PLACEHOLDER_HEADING: Final = "pdf animation replacement"
"""Heading by which decks have marked the slide that replaces animated ones, compared in lower case."""

_Kind: TypeAlias = Literal["step", "template", "layout"]

_NOT_INHERITED: Final = frozenset(("name", "layout", "count", "print"))
_VARIABLE: Final = re.compile(r"(\\)?(\{\{([^}\n]+)\}\})")
_HEADING: Final = re.compile(r"\s*#{1,6}[ \t]*(.+?)[ \t#]*(?:\n|$)")


def resolve(deck: SourceDeck, parse_file: ParseFile, settings: Settings, diagnostics: Diagnostics) -> ResolvedDeck:
    """The slides shown, in order, each with all it inherits."""
    includes: dict[str, Span] = {}
    written = list(_included(deck, parse_file, includes, diagnostics))
    placeholder = _find_placeholder(written, settings, diagnostics)
    shown = _Slideshow(settings, diagnostics).build(written)
    links: dict[str, LinkDefinition] = {}
    for slide in shown:
        links.update(slide.links)
    total = shown[-1].number if shown else 0
    resolved = tuple(slide.finish(with_notes=settings.include_presenter_notes) for slide in shown)
    stand_in = _Inheriting(placeholder).finish() if placeholder else None
    if stand_in is not None:
        resolved_names = {slide.name for slide in resolved}
        stand_in = replace(stand_in, index=-1, name=None if stand_in.name in resolved_names else stand_in.name)
    return ResolvedDeck(resolved, links, total, stand_in, placeholder.links if placeholder else {}, includes)


# -- includes ----------------------------------------------------------------------------------------------------------


def _included(
    deck: SourceDeck, parse_file: ParseFile, includes: dict[str, Span], diagnostics: Diagnostics
) -> Iterator[SourceSlide]:
    """All slides, those of `include: other.md` after the slide that names it (in its place if it is blank)."""
    stack: list[tuple[str, Iterator[SourceSlide]]] = [(deck.path, iter(deck.slides))]
    while stack:
        slide = next(stack[-1][1], None)
        if slide is None:
            stack.pop()
            continue
        wanted = slide.properties.get("include")
        if wanted is None or slide.flag("exclude"):
            yield slide
            continue
        if not _is_blank(slide):
            yield slide
        path = resolve_address(wanted.span.source.path, wanted.value)
        chain = [name for name, _ in stack]
        if path in chain:
            diagnostics.add(
                "include-cycle",
                f"{wanted.value} includes itself: " + " → ".join([*chain[chain.index(path) :], path]),
                wanted.span,
                hint="take one of these `include:` out",
            )
            continue
        included = parse_file(path) if path is not None else None
        if included is None or path is None:
            diagnostics.add(
                "missing-include",
                f"there is no deck {wanted.value} to include",
                wanted.span,
                hint="addresses count from the folder of the file they stand in, and stay inside the project",
            )
            continue
        includes.setdefault(path, wanted.span)
        stack.append((path, iter(included.slides)))


def _is_blank(slide: SourceSlide) -> bool:
    return all(isinstance(node, Text) and not node.text.strip() for node in slide.content)


# -- the placeholder for animated slides -------------------------------------------------------------------------------


def _find_placeholder(slides: list[SourceSlide], settings: Settings, diagnostics: Diagnostics) -> SourceSlide | None:
    """The slide that replaces animated ones in the PDF: `pdf.placeholder`, else `skipped`, else by its heading."""
    wanted = settings.pdf.placeholder
    by_name = [slide for slide in slides if _value(slide, "name") == (wanted or "skipped")]
    if wanted is not None and not by_name:
        span = slides[0].span if slides else None
        diagnostics.add("unknown-template", f"`pdf.placeholder` names no slide: {wanted}", span, hint=f"name: {wanted}")
    found = by_name or ([] if wanted else [slide for slide in slides if _heading(slide) == PLACEHOLDER_HEADING])
    if len(found) > 1:
        diagnostics.add(
            "several-placeholders",
            f"{len(found)} slides could replace animated ones in the PDF; the first one does",
            found[1].span,
            hint="keep one `name: skipped`",
        )
    return found[0] if found else None


def _heading(slide: SourceSlide) -> str:
    first = slide.content[0] if slide.content else None
    found = _HEADING.match(first.text) if isinstance(first, Text) else None
    return found[1].strip().lower() if found else ""


def _value(slide: SourceSlide, name: str) -> str | None:
    found = slide.properties.get(name)
    return found.value if found else None


# -- inheritance -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Inheriting:
    """A slide while it takes what its template has."""

    source: SourceSlide
    number: int = 0
    index: int = 0
    continues: bool = False
    properties: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    ancestor: Ancestor | None = None
    content: tuple[Node, ...] = ()
    notes: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        self.properties = {name: found.value for name, found in self.source.properties.items()}
        self.places = {name: (found.span,) for name, found in self.source.properties.items()}
        self.content = self.source.content
        self.notes = self.source.notes

    @property
    def links(self) -> Mapping[str, LinkDefinition]:
        return self.source.links

    def inherit(self, template: _Inheriting, kind: _Kind, *, with_notes: bool) -> None:
        """Properties that are not set, classes before one's own, content first or around `{{content}}`."""
        self.ancestor = Ancestor(kind, template.properties.get("name"), template.source.span, template.ancestor)
        own_class = self.properties.get("class")
        for name, value in template.properties.items():
            if name in _NOT_INHERITED:
                continue
            if name == "class" and own_class:
                self.properties[name] = f"{value}, {own_class}"
                self.places[name] = template.places.get(name, ()) + self.places.get(name, ())
            elif name not in self.properties or name == "class":
                self.properties[name] = value
                self.places[name] = template.places.get(name, ())
        content, used = _with_content(template.content, self.content)
        self.content = content if used else _concatenate(template.content, self.content)
        if with_notes and template.notes:
            self.notes = _concatenate(template.notes, self.notes)

    def finish(self, *, with_notes: bool = True) -> ResolvedSlide:
        """The slide with its variables filled in."""
        return ResolvedSlide(
            index=self.index,
            number=self.number,
            name=self.properties.get("name") or None,
            content=_with_variables(self.content, self.properties),
            notes=self.notes if with_notes else (),
            properties=self.properties,
            continues=self.continues,
            is_counted=self.properties.get("count") != "false",
            span=self.source.span,
            ancestor=self.ancestor,
            property_spans=self.places,
        )


@dataclass(slots=True)
class _Slideshow:
    """Walks through the slides in order, as remark does, with the layout and the names known so far."""

    settings: Settings
    diagnostics: Diagnostics
    _shown: list[_Inheriting] = field(default_factory=list)
    _by_name: dict[str, _Inheriting] = field(default_factory=dict)
    _layout: _Inheriting | None = None
    _number: int = 0

    def build(self, slides: list[SourceSlide]) -> list[_Inheriting]:
        names = [name for slide in slides if (name := _value(slide, "name"))]
        self._check_cycles(slides)
        first = True
        for source in slides:
            slide = _Inheriting(source)
            if source.flag("exclude"):
                self._exclude(slide)
                continue
            self._take(slide, names, is_first=first)
            first = False
        return self._shown

    def _exclude(self, slide: _Inheriting) -> None:
        """An excluded slide isn't shown, but a template stays one (in remark it vanishes, gnab/remark#386)."""
        name = slide.properties.get("name")
        if name:
            self._by_name.setdefault(name, slide)

    def _take(self, slide: _Inheriting, names: list[str], *, is_first: bool) -> None:
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

    def _template(self, slide: _Inheriting, names: list[str], *, steps: bool) -> tuple[_Inheriting | None, _Kind]:
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

    def _remember(self, slide: _Inheriting) -> None:
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

    def _report_unknown_template(self, slide: _Inheriting, wanted: str, names: list[str]) -> None:
        near = difflib.get_close_matches(wanted, names, 1)
        if wanted in names:
            hint = "a template must stand before the slides that use it"
        else:
            hint = f"did you mean `{near[0]}`?" if near else "give the template slide a `name:`"
        message = f"there is no slide called `{wanted}` before this one, so the template is ignored"
        self.diagnostics.add("unknown-template", message, slide.source.properties["template"].span, hint=hint)

    def _check_cycles(self, slides: list[SourceSlide]) -> None:
        """Templates only look back, so nothing can loop; but who writes a cycle meant something else."""
        wants = {
            own: slide for slide in slides if (own := _value(slide, "name")) and _value(slide, "template") is not None
        }
        settled: set[str] = set()
        for start in wants:
            chain: list[str] = []
            name: str | None = start
            while name in wants and name not in settled and name not in chain:
                chain.append(name)
                name = _value(wants[name], "template")
            if name is not None and name in chain:
                cycle = [*chain[chain.index(name) :], name]
                self.diagnostics.add(
                    "template-cycle",
                    "templates inherit from each other: " + " → ".join(cycle),
                    wants[chain[-1]].properties["template"].span,
                    hint="take one of these `template:` out",
                )
            settled.update(chain)


# -- text that is put together -----------------------------------------------------------------------------------------


def _concatenate(first: tuple[Node, ...], second: tuple[Node, ...]) -> tuple[Node, ...]:
    """remark keeps the pieces apart, but the Markdown step joins their texts anyway."""
    if first and second and isinstance(first[-1], Text) and isinstance(second[0], Text):
        return (*first[:-1], Text(first[-1].runs + second[0].runs), *second[1:])
    return first + second


def _with_content(template: tuple[Node, ...], content: tuple[Node, ...]) -> tuple[tuple[Node, ...], bool]:
    """The template's nodes with `content` where `{{content}}` stands, and whether it stood anywhere."""
    out: tuple[Node, ...] = ()
    used = False
    for node in template:
        match node:
            case Text():
                parts, here = _split_at_content(node)
                used = used or here
                for index, part in enumerate(parts):
                    if index:
                        out = _concatenate(out, content)
                    if part.runs:
                        out = _concatenate(out, (part,))
            case ContentClass():
                children, here = _with_content(node.children, content)
                used = used or here
                out = (*out, replace(node, children=children) if here else node)
            case MacroCall():
                out = (*out, node)
    return out, used


def _split_at_content(text: Text) -> tuple[list[Text], bool]:
    parts: list[list[Run]] = [[]]
    for run in text.runs:
        at = 0
        for found in _VARIABLE.finditer(run.text):
            if found[1] or found[3].strip() != "content":
                continue
            parts[-1].append(_part(run, at, found.start()))
            parts.append([])
            at = found.end()
        parts[-1].append(_part(run, at, len(run.text)))
    return [Text(tuple(run for run in part if run.text)) for part in parts], len(parts) > 1


def _with_variables(nodes: tuple[Node, ...], properties: Mapping[str, str]) -> tuple[Node, ...]:
    """`{{key}}` filled in from the slide's properties; unknown ones stay, `{{content}}` becomes nothing."""
    out: list[Node] = []
    for node in nodes:
        match node:
            case Text(runs=runs):
                if any("{{" in run.text for run in runs):
                    runs = tuple(part for run in runs for part in _fill(run, properties))
                out.append(Text(runs))
            case ContentClass():
                out.append(replace(node, children=_with_variables(node.children, properties)))
            case MacroCall():
                out.append(node)
    return tuple(out)


def _fill(run: Run, properties: Mapping[str, str]) -> Iterator[Run]:
    at = 0
    for found in _VARIABLE.finditer(run.text):
        if found[1]:
            value = found[2]
        else:
            name = found[3].strip()
            value = properties.get(name, "" if name == "content" else found[2])
        if found.start() > at:
            yield _part(run, at, found.start())
        at = found.end()
        if value:
            yield Run(value, _span(run, found.start(), at))
    if at < len(run.text):
        yield _part(run, at, len(run.text))


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], _span(run, start, end))


def _span(run: Run, start: int, end: int) -> Span:
    exact = run.span.end - run.span.start == len(run.text)
    return run.span.part(start, end) if exact else run.span
