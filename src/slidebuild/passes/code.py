"""Code as remark.js shows it: tokens coloured, a `<div>` for each line, marked lines and spans.

The rules are those of remark.js 0.15 (`highlightCodeBlocks` of its slide view) and of the highlight.js 9 it holds. They
work on the HTML of a line, and so does this; but markers never reach the lexer, which sees the code as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes.code_fences import Fence, check_size, dress, take_fences
from slidebuild.passes.code_languages import close_names, is_known, is_not_highlighted
from slidebuild.passes.code_spans import Part, span_pattern, split_spans
from slidebuild.passes.code_stars import doubtful_stars
from slidebuild.passes.code_tokens import Token, tokenise
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Slide

_LINE_END: Final = regex(r"\r?\n")
_LINE_MARKER: Final = regex(r"^\*( ?)")
_LANGUAGE_PREFIX: Final = regex(r"\blang(?:uage)?-([\w-]+)", re.ASCII | re.IGNORECASE)
_BEFORE_LANGUAGE: Final = ("```", "``` ", "~~~", "~~~ ", 'class="', 'class="language-', "class='")
_ENTITY: Final = regex("&(amp|lt|gt|nbsp);")
_CHARACTERS: Final = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\u00a0"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of code without its markers."""

    parts: tuple[Part, ...]
    is_marked: bool
    sign: str = ""
    """`+` or `-` where the code shows changes, else a blank."""
    number: int | None = None

    @property
    def html(self) -> str:
        return "".join(part for part, _ in self.parts)

    @property
    def text(self) -> str:
        return "".join(_text(part) for part, _ in self.parts)


@dataclass(frozen=True, slots=True)
class _Language:
    """What the classes of an element say about its language."""

    name: str
    """The highlighter's name for it; empty when there is none."""
    is_off: bool = False
    """The classes say that nothing shall be highlighted."""
    unknown: str = ""
    """The class that should have named a language."""


def highlight_code(slide: Slide, settings: Settings, diagnostics: Diagnostics) -> None:
    """Change the `<code>` elements of a slide's content and notes into what remark.js makes of them.

    A block (`pre > code`) gets the classes `hljs` and `remark-code`, its tokens `<span class="hljs-…">` and each line a
    `<div class="remark-code-line">`; other code gets `remark-inline-code`. Code that holds markup already keeps it and
    gets no tokens. A language without a lexer is an `unknown-language` notice. What stood in braces after the language
    of a fence decides on marked lines, numbers, file name, copy button and signs of changes.
    """
    pattern = _span_pattern(settings, diagnostics)
    for tree in slide.trees:
        # The last first: a block is parsed anew, which does away with the nodes inside it.
        codes = dom.select(tree, "code")
        for code, fence in reversed(list(zip(codes, take_fences(codes, slide, diagnostics), strict=True))):
            parent = code.parent
            is_block = parent is not None and dom.tag(parent) == "pre"
            own_class = dom.attribute(code, "class")
            if not own_class and settings.highlight_language:
                dom.set_attribute(code, "class", settings.highlight_language)
            if is_block or settings.highlight_inline_code:
                language = _language(code)
                if is_block and language.unknown:
                    _report_unknown(language.unknown, slide if own_class else None, diagnostics)
            if is_block and settings.highlight_lines:
                _check_stars(code, language.name, slide, diagnostics)
            if is_block:
                check_size(dom.text(code), fence, slide, settings, diagnostics)
                _highlight_block(code, language, settings, pattern, fence)
                dress(code, fence)
            else:
                _add_class(code, "remark-inline-code")
                if settings.highlight_inline_code:
                    _highlight_inline(code, language)


def _span_pattern(settings: Settings, diagnostics: Diagnostics) -> re.Pattern[str] | None:
    try:
        return span_pattern(settings.highlight_spans)
    except re.error as error:
        diagnostics.add("bad-setting-value", f"highlightSpans is no regular expression: {error}")
        return None


def _language(code: dom.Node) -> _Language:
    """The first class of the element or its parent that is a language, as highlight.js looks for it."""
    own = dom.classes(code)
    names = own + (dom.classes(code.parent) if code.parent is not None else [])
    prefixed = _LANGUAGE_PREFIX.search(" ".join(names))
    if prefixed:
        name = prefixed[1]
        return _Language(name) if is_known(name) else _Language("", is_off=True, unknown=name)
    for name in names if own else ():
        if is_not_highlighted(name):
            return _Language("", is_off=True)
        if is_known(name):
            return _Language(name)
    return _Language("", is_off=not own, unknown=own[0] if own else "")


def _report_unknown(name: str, slide: Slide | None, diagnostics: Diagnostics) -> None:
    """Say that a language has no lexer, and where it was written (`slide` is None for that of the settings)."""
    span = None
    if slide is not None:
        places = (slide.resolved.locate(before + name) for before in _BEFORE_LANGUAGE)
        span = next((place for place in places if place != slide.resolved.span), slide.resolved.span)
    nearest = close_names(name)
    hint = f"did you mean `{nearest[0]}`?" if nearest else "write `text` where nothing shall be coloured"
    diagnostics.add("unknown-language", f"no highlighter for the language “{name}”", span, hint=hint)


def _check_stars(code: dom.Node, language: str, slide: Slide, diagnostics: Diagnostics) -> None:
    """Say where a mark may be code."""
    if "*" not in (text := dom.text(code)):
        return
    for line in doubtful_stars(language, text.split("\n")):
        place = slide.resolved.locate(f"\n{line}")
        diagnostics.add(
            "star-line-marker",
            f"the `*` before this line marks it and vanishes, but may be part of the {language} code",
            place.part(1, 2) if place != slide.resolved.span else place.part(0, 0),
            hint="begin the line with a blank where the `*` shall show, or set `highlightLines: false`",
        )


def _highlight_block(
    code: dom.Node, language: _Language, settings: Settings, pattern: re.Pattern[str] | None, fence: Fence
) -> None:
    source = dom.inner_html(code)
    rows = enumerate(_LINE_END.split(source), start=1)
    lines = [_dressed(_line(line, settings.highlight_lines), number, fence) for number, line in rows]
    if not language.is_off:
        _add_class(code, "hljs")
    _add_class(code, "remark-code")
    if "<" in source:
        _wrap_markup(code, lines, pattern)
        return
    if not lines[-1].html:
        lines.pop()
    if pattern is not None:
        lines = [replace(line, parts=tuple(split_spans(line.html, pattern))) for line in lines]
    tokens = tokenise(language.name, "\n".join(line.text for line in lines)) if language.name and lines else None
    if tokens is None:
        tokens = tuple((("", line.text),) for line in lines)
    dom.set_inner_html(code, "".join(_wrapped(line, _cut(line, row)) for line, row in zip(lines, tokens, strict=True)))


def _line(html: str, has_markers: bool) -> _Line:  # noqa: FBT001
    is_marked = has_markers and html.startswith("*")
    # The star becomes a blank where one follows it, so that code lines up; else it goes.
    return _Line(((_LINE_MARKER.sub(r"\1\1", html) if is_marked else html, False),), is_marked)


def _dressed(line: _Line, number: int, fence: Fence) -> _Line:
    """The line as its fence wants it; `number` counts from 1."""
    sign, parts, attributes = "", line.parts, fence.attributes
    if attributes.is_diff:
        html = line.html
        sign = html[:1] if html[:1] in ("+", "-") else " "
        parts = ((html[html[:1] in ("+", "-", " ") :], False),)
    shown = None if attributes.first_number is None else attributes.first_number + number - 1
    return _Line(parts, line.is_marked or number in fence.marked, sign, shown)


def _wrap_markup(code: dom.Node, lines: list[_Line], pattern: re.Pattern[str] | None) -> None:
    """Lines of a block with markup of its own: what becomes of an element left open at a line end, the parser says."""
    if "><" in f">{lines[-1].html}<":
        # Meant is the empty line at the end; as in remark, one that begins or ends with markup goes with it.
        lines = lines[:-1]
    dom.set_inner_html(code, "".join(_wrapped(_Line(line.parts, is_marked=False), [line.html]) for line in lines))
    for line, node in zip(lines, list(dom.children(code)), strict=False):
        if not dom.is_element(node):
            continue
        if line.is_marked:
            _add_class(node, "remark-code-line-highlighted")
        if pattern is not None and pattern.search(before := dom.inner_html(node)):
            dom.set_inner_html(node, "".join(_marked(*part) for part in split_spans(before, pattern)))


def _highlight_inline(code: dom.Node, language: _Language) -> None:
    if language.is_off:
        return
    _add_class(code, "hljs")
    source = dom.inner_html(code)
    tokens = tokenise(language.name, _text(source)) if language.name and "<" not in source else None
    if tokens is not None:
        dom.set_inner_html(code, "\n".join("".join(_token(*token) for token in line) for line in tokens))


def _wrapped(line: _Line, content: Iterable[str]) -> str:
    marked = " remark-code-line-highlighted" if line.is_marked else ""
    number = "" if line.number is None else f' data-sb-number="{line.number}"'
    sign = f' data-sb-sign="{line.sign}"' if line.sign else ""
    return f'<div class="remark-code-line{marked}"{number}{sign}>{"".join(content)}</div>'


def _cut(line: _Line, tokens: Iterable[Token]) -> Iterator[str]:
    """The tokens of a line, cut where a marked span begins or ends."""
    waiting = iter(tokens)
    name, text = "", ""
    for part, is_marked in line.parts:
        missing = len(_text(part))
        pieces = []
        while missing:
            if not text:
                name, text = next(waiting)
            pieces.append(_token(name, text[:missing]))
            text, missing = text[missing:], missing - len(text[:missing])
        yield _marked("".join(pieces), is_marked)


def _marked(html: str, is_marked: bool) -> str:  # noqa: FBT001
    return f'<span class="remark-code-span-highlighted">{html}</span>' if is_marked else html


def _token(name: str, text: str) -> str:
    return f'<span class="hljs-{name}">{dom.escape(text)}</span>' if name else dom.escape(text)


def _text(html: str) -> str:
    """The text of HTML without markup, as a tree writes it."""
    return _ENTITY.sub(lambda m: _CHARACTERS[m[1]], html)


def _add_class(node: dom.Node, name: str) -> None:
    names = dom.attribute(node, "class") or ""
    if name not in names.split():
        dom.set_attribute(node, "class", f"{names} {name}".lstrip())
