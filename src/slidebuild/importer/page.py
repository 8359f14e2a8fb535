"""An old deck's HTML page: its elements with their places, and the text of its slides as remark.js reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from slidebuild import dom
from slidebuild.importer.literals import Member, Object
from slidebuild.importer.scripts import Creation, Script, read_script
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import SourceFile, Span, is_local

_TAG: Final = regex(
    r"<!--(?:[\s\S]*?-->|[\s\S]*)|<(?P<name>[a-zA-Z][^\s/>]*+)(?:[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?P<end>>|\Z)"
)
_RAW: Final = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"))
"""Elements whose content is text to the HTML parser (scripting on)."""
_REMARK: Final = regex(r"remark(?:[-.][\w.-]*)?\.js", re.IGNORECASE)
_JAVASCRIPT: Final = regex(r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|module|)", re.IGNORECASE)
_NUMBERED: Final = regex(r"\b(?:autoNumber|tags)['\"]?\s*:\s*['\"](ams|all)['\"]", re.IGNORECASE)
_NUMBERED_BY_2: Final = regex(r"x-mathjax-config[^$]*?\bautoNumber['\"]?\s*:\s*['\"](ams|all)['\"]", re.IGNORECASE)
"""In the settings of MathJax: which equations have numbers."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page."""

    node: dom.Node
    tag: str
    span: Span
    """Its start tag."""
    text: Span
    """What stands between its tags, where that is text; else the point behind the start tag."""
    in_body: bool

    def get(self, name: str) -> str:
        """Value of an attribute, blanks around it taken off; empty when it is not there."""
        return (dom.attribute(self.node, name) or "").strip()


@dataclass(frozen=True, slots=True)
class ReadScript:
    """A script that is part of the page, or a file of it that calls remark.js."""

    element: Element
    code: Span
    script: Script

    def span(self, start: int, end: int) -> Span:
        """A stretch of its code."""
        return self.code.part(start, end)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read."""

    source: SourceFile
    root: dom.Node
    elements: tuple[Element, ...]
    """All that stand outside the slides, in document order."""
    slides: Element | None
    """The element `#source`."""
    scripts: tuple[ReadScript, ...]
    """Those of the page itself, and files of it that call remark.js or add macros."""
    creation: tuple[ReadScript, Creation] | None
    """The first call of `remark.create`."""

    @property
    def is_deck(self) -> bool:
        """Whether remark.js makes slides of it: it is called, or loaded, and there is a text to make them of."""
        if self.creation is not None:
            names = {"source", "sourceUrl"}
            return self.slides is not None or any(member.name in names for member in self.options)
        return self.slides is not None and any(is_remark(element) for element in self.elements)

    @property
    def options(self) -> tuple[Member, ...]:
        """Members of the object given to `remark.create`."""
        call = self.creation[1] if self.creation is not None else None
        if call is None or call.options is None or not isinstance(call.options.content, Object):
            return ()
        return call.options.content.members

    def option(self, name: str) -> Member | None:
        """The last member of a name, which is the one that counts."""
        return next((member for member in reversed(self.options) if member.name == name), None)

    @property
    def has_math(self) -> bool:
        """Whether anything outside the slides speaks of MathJax or KaTeX."""
        return self._says("mathjax|katex")

    @property
    def equation_tags(self) -> str | None:
        """`ams` or `all`, where the settings of MathJax (2: `autoNumber`, 3: `tags`) have equations numbered.

        MathJax 2 reads settings from any place of the page, slides included.
        """
        if not self.has_math:
            return None
        found = _NUMBERED.search(self._outside()) or _NUMBERED_BY_2.search(self.source.text)
        return found[1].lower() if found is not None else None

    @property
    def is_knitted(self) -> bool:
        """Whether xaringan made it; its pages take the `<code>` from around formulas."""
        return self._says("xaringan|releaseMath|dynamically load mathjax for compatibility with self-contained")

    def _says(self, pattern: str) -> bool:
        return bool(re.search(pattern, self._outside(), re.IGNORECASE))

    def _outside(self) -> str:
        """All of the page but the slides."""
        start, end = (self.slides.text.start, self.slides.text.end) if self.slides else (0, 0)
        text = self.source.text
        return text[:start] + text[end:]


LoadScript: TypeAlias = Callable[[str], SourceFile | None]
"""The local script at an address, as the page writes it; None for one that is not there or not text."""


def read_page(source: SourceFile, load: LoadScript = lambda _address: None) -> Page:
    """Read a page and its scripts; nothing in it is run."""
    root = dom.parse_document(source.text)
    slides: Element | None = None
    elements: list[Element] = []
    for element in _elements(source, root):
        if slides is None and dom.attribute(element.node, "id") == "source":
            slides = element
        elif slides is None or not _is_within(element.node, slides.node):
            elements.append(element)
    scripts = tuple(script for element in elements if (script := _script(element, load)) is not None)
    calls = ((script, call) for script in scripts for call in script.script.creations)
    return Page(source, root, tuple(elements), slides, scripts, next(calls, None))


def _script(element: Element, load: LoadScript) -> ReadScript | None:
    if element.tag != "script" or not _JAVASCRIPT.fullmatch(element.get("type")):
        return None
    if not element.get("src"):
        return ReadScript(element, element.text, read_script(element.text.text))
    source = load(element.get("src")) if is_local(element.get("src")) and not is_remark(element) else None
    if source is None:
        return None
    script = read_script(source.text)
    return ReadScript(element, source.span(0, len(source.text)), script) if script.creations or script.macros else None


def slides_text(element: Element) -> str:
    """What remark.js takes the slides of `#source` from: `innerHTML`, four entities undone in this order."""
    text = dom.inner_html(element.node).replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&").replace("&quot;", '"')


def is_remark(element: Element) -> bool:
    """Whether this loads remark.js itself."""
    name = element.get("src").partition("?")[0].rpartition("/")[2]
    return element.tag == "script" and bool(_REMARK.fullmatch(name))


def _is_within(node: dom.Node, ancestor: dom.Node) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id == ancestor.mem_id:
            return True
        above = above.parent
    return False


@dataclass(slots=True)
class _Places:
    """Start tags in the text by name; the n-th of a name is the n-th element of that name."""

    by_name: dict[str, list[tuple[Span, Span]]]

    def take(self, name: str, nothing: Span) -> tuple[Span, Span]:
        found = self.by_name.get(name)
        return found.pop() if found else (nothing, nothing)


def _elements(source: SourceFile, root: dom.Node) -> Iterator[Element]:
    places = _Places({})
    for name, span, text in _start_tags(source):
        places.by_name.setdefault(name, []).append((span, text))
    for found in places.by_name.values():
        found.reverse()
    nothing = source.span(0)
    in_body = False
    for node in dom.walk(root):
        if not dom.is_element(node):
            continue
        tag = dom.tag(node)
        in_body = in_body or tag == "body"
        if tag in ("head", "body"):  # these are there without being written
            continue
        span, text = places.take(tag, nothing)
        yield Element(node, tag, span, text, in_body)


def _start_tags(source: SourceFile) -> Iterator[tuple[str, Span, Span]]:
    """Name, start tag and text content of every start tag, as the HTML tokenizer goes through a page."""
    text = source.text
    lower = text.lower() if len(text.lower()) == len(text) else text
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        if not found["end"]:  # a comment, or a tag that the text breaks off in
            continue
        name = found["name"].lower()
        end = at
        if name in _RAW:
            end = lower.find(f"</{name}", at)
            end = len(text) if end < 0 else end
        yield name, source.span(*found.span()), source.span(at, end)
        at = end
