"""Formulas: `$…$` and `$$…$$` in the text of a slide become MathML when the deck is built.

The TeX is the text as the Markdown step leaves it, for authors write `\\_` and `\\\\\\\\` with that in mind.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes.counted import LABEL
from slidebuild.passes.math_find import find_formulas
from slidebuild.passes.math_font import italic
from slidebuild.passes.math_macros import NO_MACROS, defined_labels, defined_macros, reference_of
from slidebuild.passes.math_numbers import Tags, is_equation, with_numbers
from slidebuild.passes.math_tex import Problem, convert
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.slides import Slide
from slidebuild.source import Span

__all__ = ["Numbering", "equations", "formula_macros", "typeset_math"]

_OPAQUE: Final = frozenset(
    (
        "code",
        "pre",
        "script",
        "style",
        "textarea",
        "kbd",
        "samp",
        "svg",
        "math",
        "select",
        "title",
        "template",
        "iframe",
    )
)
"""Elements whose text is no prose."""

_OPAQUE_CLASSES: Final = frozenset(("no-math", "tex2jax_ignore", "mathjax_ignore", "sb-math", "sb-math-error"))


@dataclass(slots=True)
class _Run:
    """Text nodes and line breaks that stand side by side, so that a formula may reach over them."""

    nodes: list[dom.Node] = field(default_factory=list)
    text: str = ""
    """Their text, a `<br>` as a line feed."""
    breaks: dict[int, str] = field(default_factory=dict)
    """Place of a `<br>` in the text -> its HTML."""

    def add(self, node: dom.Node) -> None:
        """Append a text node or a `<br>`."""
        self.nodes.append(node)
        if dom.is_text(node):
            self.text += dom.text(node)
        else:
            self.breaks[len(self.text)] = dom.outer_html(node)
            self.text += "\n"

    def html(self, start: int, end: int) -> str:
        """A stretch of it as HTML again."""
        pieces = []
        for place in (place for place in self.breaks if start <= place < end):
            pieces += [dom.escape(self.text[start:place]), self.breaks[place]]
            start = place + 1
        return "".join(pieces) + dom.escape(self.text[start:end])

    @property
    def is_in_link(self) -> bool:
        """Whether it is in a link, which can hold no other."""
        above = self.nodes[0].parent
        while above is not None and dom.tag(above) != "a":
            above = above.parent
        return above is not None

    def replace(self, html_text: str) -> None:
        """Put HTML in the place of all its nodes."""
        dom.insert_before(self.nodes[0], html_text)
        for node in self.nodes:
            dom.remove(node)


@dataclass(frozen=True, slots=True)
class Numbering:
    """What a slide's formulas show of the numbering of all equations of the deck."""

    tags: Tags = "none"
    """Which equations are numbered."""
    numbers: Sequence[Sequence[str]] = ()
    """Of each of the slide's `equations`."""
    targets: Mapping[str, str] = field(default_factory=lambda: NO_MACROS)
    """Label of an equation -> what leads to its slide, behind `#`."""
    keeps_tags: bool = False
    """The TeX with its numbers is needed in the page (`data-tagged`): an engine typesets it anew."""


NO_NUMBERS: Final = Numbering()


@dataclass(frozen=True, slots=True)
class _Known:
    """What formulas may use: macros, and labels of equations."""

    macros: Mapping[str, str]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, macros: Mapping[str, str]) -> _Known:
        """Both out of one mapping, as `formula_macros` has them: few formulas refer, so most need no labels."""
        return cls({name: body for name, body in macros.items() if not name.startswith(LABEL)}, macros)


def typeset_math(
    slide: Slide,
    diagnostics: Diagnostics,
    macros: Mapping[str, str] = NO_MACROS,
    numbering: Numbering = NO_NUMBERS,
) -> frozenset[str]:
    r"""Replace the formulas in a slide's content and notes by MathML; return the characters that its font must hold.

    A formula becomes `<span class="sb-math" data-tex="…"><math>…</math></span>`, a display formula with the class
    `sb-math-display` and `data-display="true"` as well; one that only defines macros is hidden. `\$` becomes a dollar.
    Text inside code, `.no-math` and the like is left alone. TeX that cannot be typeset is a `bad-formula`
    warning: an unknown command is shown in red in its formula, else the TeX stays to be read as
    `<span class="sb-math-error">`.

    `macros`: what other slides define, see `formula_macros`; `numbering` adds numbers to equations. A formula that is
    no more than a reference is a link to its equation. No characters mean that there is no formula.
    """
    needed: set[str] = set()
    seen: Counter[str] = Counter()
    numbers = iter(numbering.numbers)
    known = _Known.of(macros)
    for tree in slide.trees:
        for run in list(_runs(tree)):
            pieces: list[str] = []
            at = 0
            for found in find_formulas(run.text):
                pieces.append(run.html(at, found.start))
                at = found.end
                if found.tex is None:
                    pieces.append("$")
                    continue
                raw = run.text[found.start : found.end]
                tagged = found.tex
                if found.display and tree is slide.content and is_equation(found.tex, numbering.tags):
                    tagged = with_numbers(found.tex, next(numbers, ()), numbering.tags)
                data = f' data-tagged="{dom.escape_attribute(tagged)}"' if numbering.keeps_tags else ""
                markup, characters, problem = _typeset(
                    found.tex, tagged, known, display=found.display, data=data if tagged != found.tex else ""
                )
                pieces.append(_linked(found.tex, markup, macros, numbering, run))
                needed |= characters
                if problem is not None:
                    span = _span(slide, (raw, found.tex.strip(), problem.command or ""), seen[raw])
                    _report(found.tex, problem, span, diagnostics)
                seen[raw] += 1
            if pieces:
                run.replace("".join(pieces) + run.html(at, len(run.text)))
    return frozenset(needed)


def formula_macros(slides: Iterable[Slide]) -> dict[str, str]:
    r"""What formulas define with `\newcommand` or `\def`: as in MathJax it holds on all slides, and before it too.

    Labels of tagged equations are among them, for references from other slides. Call it before `typeset_math` has
    changed the slides. Names without their backslash, the later one of two wins.
    """
    macros: dict[str, str] = {}
    for slide in slides:
        for tree in slide.trees:
            if "\\" not in dom.inner_html(tree):
                continue
            for run in _runs(tree):
                for found in find_formulas(run.text):
                    if found.tex is not None:
                        macros.update(defined_macros(found.tex))
                        macros.update(defined_labels(found.tex))
    return macros


def equations(slide: Slide, tags: Tags) -> tuple[tuple[str, str], ...]:
    """TeX of the display formulas that bear numbers or labels, each with its text as it stands; those in notes do not.

    Call it before `typeset_math` has changed the slide.
    """
    return tuple(
        (found.tex, run.text[found.start : found.end])
        for run in _runs(slide.content)
        for found in find_formulas(run.text)
        if found.display and found.tex is not None and is_equation(found.tex, tags)
    )


def _runs(tree: dom.Node) -> Iterator[_Run]:
    """Runs of text that hold a `$` or a backslash, in document order."""
    if not _may_hold_formulas(dom.inner_html(tree)):
        return
    stack = list(dom.children(tree))[::-1]
    run = _Run()
    while stack:
        node = stack.pop()
        if dom.is_text(node) or dom.tag(node) == "br":
            run.add(node)
            following = node.next
            if following is None or not (dom.is_text(following) or dom.tag(following) == "br"):
                if "$" in run.text or "\\" in run.text:
                    yield run
                run = _Run()
        elif dom.is_element(node) and not _is_opaque(node):
            stack += list(dom.children(node))[::-1]


def _may_hold_formulas(html_text: str) -> bool:
    """Whether there is anything to look for: walking the trees of all slides takes a tenth of the whole compilation."""
    return "$" in html_text or "\\" in html_text


def _is_opaque(element: dom.Node) -> bool:
    return dom.tag(element) in _OPAQUE or not _OPAQUE_CLASSES.isdisjoint(dom.classes(element))


def _linked(tex: str, markup: str, macros: Mapping[str, str], numbering: Numbering, run: _Run) -> str:
    """A formula that is no more than a reference as a link, its tag as text where it is plain; others as they are."""
    target = numbering.targets.get(label := reference_of(tex))
    if target is None:
        return markup
    tag = macros.get(LABEL + label, "")
    data = ""
    if tag and not set(tag) & set("\\$'{}^_~"):
        markup = dom.escape(f"({tag})" if "eqref" in tex else tag)
        data = f' data-tex="{dom.escape_attribute(tex)}"'
    if run.is_in_link:
        return markup
    return f'<a class="sb-ref" href="#{dom.escape_attribute(target)}"{data}>{markup}</a>'


def _typeset(
    tex: str, tagged: str, known: _Known, *, display: bool, data: str
) -> tuple[str, frozenset[str], Problem | None]:
    """The markup of a formula, the characters it shows in the math font, and what is wrong with it.

    `tagged` is its TeX with the numbers that the deck gives it, `data` further attributes.
    """
    conversion = convert(tagged, display=display, macros=known.macros, labels=known.labels)
    data = f'data-tex="{dom.escape_attribute(tex)}"' + (' data-display="true"' if display else "") + data
    place = " sb-math-display" if display else ""
    if conversion.mathml is None:
        message = dom.escape_attribute(conversion.problem.message if conversion.problem else "")
        dollars = "$$" if display else "$"
        shown = dom.escape(f"{dollars}{tex}{dollars}")
        return (
            f'<span class="sb-math-error{place}" {data} title="{message}">{shown}</span>',
            frozenset(),
            conversion.problem,
        )
    if defined_macros(tex) and not _TAG.sub("", conversion.mathml).strip():
        data += " hidden"
    spoken = " ".join(tex.split())
    mathml = _annotated(conversion.mathml, spoken)
    return f'<span class="sb-math{place}" {data}>{mathml}</span>', glyphs(conversion.mathml), conversion.problem


def _annotated(mathml: str, tex: str) -> str:
    """MathML with its TeX beside it: as alternative text, and as annotation for programs that it is pasted into.

    A table as wide as the slide, with tags at its edge, has that width only where it stands right in `<math>`.
    """
    start = mathml.index(">") + 1
    opening = f'<math alttext="{dom.escape_attribute(tex)}"{mathml[len("<math") : start]}'
    if "width: 100%" in mathml:
        return opening + mathml[start:]
    annotation = f'<annotation encoding="application/x-tex">{dom.escape(tex)}</annotation>'
    return f"{opening}<semantics><mrow>{mathml[start : -len('</math>')]}</mrow>{annotation}</semantics></math>"


_LONE_LETTER: Final = regex(r"<mi>(\w)</mi>|<mi>([∂∇])</mi>")
_TAG: Final = regex(r"<[^>]*>")
_DRAWN: Final = {"<msqrt": "√", "<mroot": "√"}


@lru_cache(maxsize=4096)
def glyphs(mathml: str) -> frozenset[str]:
    """The characters whose glyphs a browser draws for MathML: its text, italics for lone letters, radical signs."""
    drawn = set(html.unescape(_TAG.sub("", mathml)))
    drawn |= {italic(match[1] or match[2]) for match in _LONE_LETTER.finditer(mathml)}
    drawn |= {sign for element, sign in _DRAWN.items() if element in mathml}
    return frozenset(character for character in drawn if character.isprintable()) | {" "}


def _span(slide: Slide, needles: Iterable[str], nth: int) -> Span:
    """Where the first of the texts that can be found was written; else the slide."""
    whole = slide.resolved.span
    for needle in needles:
        if needle:
            span = slide.resolved.locate(needle, nth)
            if span != whole:
                return span
            span = slide.resolved.locate(needle)
            if span != whole:
                return span
    return whole


def _report(tex: str, problem: Problem, span: Span, diagnostics: Diagnostics) -> None:
    short = " ".join(tex.split())
    short = short if len(short) <= 60 else short[:57] + "…"
    diagnostics.add(
        "bad-formula",
        f"formula `{short}`: {problem.message[:1].lower()}{problem.message[1:]}",
        span,
        hint=_hint(tex, problem),
    )


def _hint(tex: str, problem: Problem) -> str:
    command = problem.command
    if "\\" not in tex:
        return "write `\\$` where a dollar sign is meant, `\\_` and `\\^` for those characters"
    if command is None:
        return "check that every brace is closed and every command has its arguments"
    if command.startswith("\\begin"):
        return f"there is no environment {command[6:]}; try aligned, cases, matrix or array"
    if problem.message.startswith("The macro"):
        return f"correct it where it is defined: `math: {{macros: …}}`, or \\newcommand{{{command}}} in a formula"
    if problem.message.startswith("No numbered equation"):
        return f"give an equation a number and \\label{{{command}}}: by \\tag{{1}}, or all with `math: {{tags: ams}}`"
    if problem.message.startswith("Unknown command"):
        return f"check how {command} is spelt, or define it: $\\newcommand{{{command}}}{{…}}$, or `math: {{macros: …}}`"
    return f"look at {command}"
