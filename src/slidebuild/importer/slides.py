"""The slides of an old deck's text as trees, each by itself: what they load, and whether they hold formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from slidebuild import css, dom, parser
from slidebuild.deck import ContentClass, LinkDefinition, MacroCall, Node, ResolvedSlide, SourceSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.macros import expand, find_macros
from slidebuild.passes.assets import loading_attributes, srcset_candidates
from slidebuild.passes.math_find import find_formulas
from slidebuild.passes.math_in_code import formulas_in_code
from slidebuild.records import dataclass
from slidebuild.slides import Converter, Slide
from slidebuild.source import DictLoader, SourceFile

_CODE: Final = frozenset(("code", "pre", "script", "style", "textarea"))


@dataclass(frozen=True, slots=True)
class Use:
    """An address on a slide."""

    address: str
    kind: Literal["picture", "media", "frame", "link"]
    """`link`: nothing is loaded, so that it may lead nowhere."""


@dataclass(frozen=True, slots=True)
class OldSlides:
    """Slides as written; layouts, templates and steps are not applied, so that every text is there once."""

    slides: tuple[Slide, ...]
    definitions: tuple[LinkDefinition, ...]
    calls: tuple[MacroCall, ...]
    """Macros of the page are not known here, but what they are given may be addresses."""

    def uses(self) -> Iterator[Use]:
        """All addresses, as the browser gets them."""
        for slide in self.slides:
            for tree in slide.trees:
                yield from _in_tree(tree)
            for reference in css.references(slide.resolved.properties.get("background-image", "")):
                yield Use(reference.address, "picture")
        for definition in self.definitions:
            yield Use(definition.address, "link")
        for call in self.calls:
            for text in (call.target or "", *call.arguments):
                yield Use(text.strip(), "link")

    def has_formulas(self) -> bool:
        """Whether slidebuild would typeset anything."""
        texts = (
            dom.text(node)
            for slide in self.slides
            for tree in slide.trees
            for node in dom.walk(tree)
            if dom.is_text(node) and (node.parent is None or dom.tag(node.parent) not in _CODE)
        )
        return any(found.tex is not None for text in texts for found in find_formulas(text))

    def has_formulas_in_code(self) -> bool:
        """Whether inline code is a formula, as xaringan has it."""
        trees = (tree for slide in self.slides for tree in slide.trees)
        return any(True for tree in trees for _ in formulas_in_code(tree))


def read_slides(text: str) -> OldSlides:
    """The slides of a deck's text. What is amiss in it is told when the deck is built."""
    ignored = Diagnostics()
    written = parser.parse(SourceFile("-", text), ignored)
    deck = expand(written, find_macros(), DictLoader(), ignored)
    links: dict[str, LinkDefinition] = {}
    for slide in deck.slides:
        links.update(slide.links)
    converter = Converter(links, "remark", has_math=True, diagnostics=ignored)
    slides = tuple(converter.slide(_alone(slide)) for slide in deck.slides)
    definitions = tuple(definition for slide in deck.slides for definition in slide.links.values())
    calls = tuple(call for slide in written.slides for call in _macro_calls((*slide.content, *slide.notes)))
    return OldSlides(slides, definitions, calls)


def _macro_calls(nodes: tuple[Node, ...]) -> Iterator[MacroCall]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, MacroCall):
            yield node
        elif isinstance(node, ContentClass):
            stack.extend(node.children)


def _alone(slide: SourceSlide) -> ResolvedSlide:
    properties = {name: found.value for name, found in slide.properties.items()}
    return ResolvedSlide(
        index=0,
        number=1,
        name=None,
        content=slide.content,
        notes=slide.notes,
        properties=properties,
        continues=False,
        is_counted=True,
        span=slide.span,
    )


def _in_tree(tree: dom.Node) -> Iterator[Use]:
    for node, name in loading_attributes(tree):
        value = dom.attribute(node, name) or ""
        if name == "srcset":
            yield from (Use(address, "picture") for address, _ in srcset_candidates(value))
        else:
            tag = dom.tag(node)
            kind: Literal["picture", "media", "frame"] = "picture" if tag in ("img", "image", "input") else "media"
            yield Use(value.strip(), "frame" if tag in ("iframe", "object", "embed") else kind)
    for node in dom.select(tree, "[style*='url(']"):
        for reference in css.references(dom.attribute(node, "style") or ""):
            yield Use(reference.address, "picture")
    for node in dom.select(tree, "a[href]"):
        yield Use((dom.attribute(node, "href") or "").strip(), "link")


def rewrite_addresses(text: str, changes: dict[str, str]) -> tuple[str, frozenset[str]]:
    """The text with addresses changed where they are addresses, and those that were found nowhere.

    An address also stands in prose, code and file names. So each place where its text occurs gets a name of its own,
    and the slides are read again: the names that arrive as addresses tell which places to change.
    """
    if not changes:
        return text, frozenset()
    forms = {form: address for address in changes for form in (address, dom.escape_attribute(address))}
    pattern = re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))
    prefix = "sbprobe"
    while prefix in text:
        prefix += "x"
    places = list(pattern.finditer(text))
    probed = _replaced(text, places, [f"{prefix}{number}" for number in range(len(places))])
    arrived = {use.address for use in read_slides(probed).uses()}
    real = [place for number, place in enumerate(places) if f"{prefix}{number}" in arrived]
    lost = frozenset(changes) - {forms[place[0]] for place in real}
    return _replaced(text, real, [changes[forms[place[0]]] for place in real]), lost


def _replaced(text: str, places: list[re.Match[str]], replacements: list[str]) -> str:
    parts, at = [], 0
    for place, replacement in zip(places, replacements, strict=True):
        parts += [text[at : place.start()], replacement]
        at = place.end()
    return "".join([*parts, text[at:]])
