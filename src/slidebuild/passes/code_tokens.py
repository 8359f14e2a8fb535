"""Program text cut into tokens, each with the class name highlight.js 9 would give it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from slidebuild.passes.code_languages import make_lexer

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Token: TypeAlias = tuple[str, str]
"""Class name (without `hljs-`; empty for plain text) and text, which holds no line end."""

_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Comment": "comment",
        "Comment.Hashbang": "meta",
        "Comment.Preproc": "meta",
        "Comment.PreprocFile": "meta-string",
        "Comment.Special": "doctag",
        "Generic.Deleted": "deletion",
        "Generic.Emph": "emphasis",
        "Generic.EmphStrong": "strong",
        "Generic.Heading": "section",
        "Generic.Inserted": "addition",
        "Generic.Prompt": "meta",
        "Generic.Strong": "strong",
        "Generic.Subheading": "section",
        "Keyword": "keyword",
        "Keyword.Constant": "literal",
        "Keyword.Pseudo": "built_in",
        "Keyword.Type": "type",
        "Literal": "string",
        "Literal.Date": "number",
        "Literal.Number": "number",
        "Literal.String": "string",
        "Literal.String.Interpol": "subst",
        "Literal.String.Regex": "regexp",
        "Literal.String.Symbol": "symbol",
        "Name.Attribute": "attr",
        "Name.Builtin": "built_in",
        "Name.Class": "title",
        "Name.Constant": "type",
        "Name.Decorator": "meta",
        "Name.Entity": "symbol",
        "Name.Exception": "built_in",
        "Name.Function": "title",
        "Name.Label": "symbol",
        "Name.Property": "attribute",
        "Name.Tag": "name",
        "Name.Variable": "variable",
        "Operator.Word": "keyword",
    }
)
"""Pygments token type -> hljs class; a type that is not here has the class of its nearest parent that is."""

_STYLESHEET: Final = {
    "Keyword": "attribute",
    "Keyword.Constant": "built_in",
    "Keyword.Type": "built_in",
    "Name.Tag": "selector-tag",
    "Name.Class": "selector-class",
    "Name.Namespace": "selector-id",
    "Name.Decorator": "selector-pseudo",
    "Name.Constant": "number",
}
_DATA: Final = {"Name.Tag": "attr", "Name.Namespace": "section", "Name.Variable": "string"}
_MARKDOWN: Final = {
    "Keyword": "bullet",
    "Name.Tag": "link",
    "Name.Attribute": "link",
    "Name.Label": "string",
    "Literal.String.Backtick": "code",
}

_CLASSES_OF: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "CSS": _STYLESHEET,
        "SCSS": _STYLESHEET,
        "Sass": _STYLESHEET,
        "LessCss": _STYLESHEET,
        "JSON": _DATA,
        "YAML": _DATA,
        "TOML": {"Keyword": "section"},
        "INI": {"Keyword": "section"},
        "Markdown": _MARKDOWN,
        "Rust": {"Literal.String.Doc": "comment"},
        "Diff": {"Generic.Heading": "comment", "Generic.Subheading": "meta"},
    }
)
"""What differs from `_CLASSES` in the languages that Pygments and highlight.js see differently, by lexer name."""

_BEFORE_TITLES: Final = frozenset(("class", "enum", "extends", "function", "interface", "trait"))


@lru_cache(maxsize=2048)
def tokenise(language: str, text: str) -> tuple[tuple[Token, ...], ...] | None:
    """The tokens of each line of a text; None when the language has no lexer.

    Joining the texts of a line's tokens gives the line back. Neighbouring tokens of one class are one token.
    """
    lexer = make_lexer(language, text)
    return None if lexer is None else _lines(lexer, text)


def _lines(lexer: Lexer, text: str) -> tuple[tuple[Token, ...], ...]:
    lines: list[list[Token]] = [[]]
    # Many lexers' rules end in a line end; get_tokens() would see to it, but also changes the text.
    whole = text + "\n"
    read, introduces_title = 0, False
    for _, kind, value in lexer.get_tokens_unprocessed(whole):
        read += len(value)
        name = _class(lexer.name, kind)
        # Pygments knows the names that Python or Java define, but not those of JavaScript.
        _append(lines, "title" if introduces_title and kind[:1] == ("Name",) and not name else name, value)
        if value.strip():
            introduces_title = name == "keyword" and value in _BEFORE_TITLES
    if read != len(whole) or "\n".join("".join(t for _, t in line) for line in lines) != whole:
        return tuple((("", line),) if line else () for line in text.split("\n"))
    return tuple(tuple(line) for line in lines[:-1])


def _append(lines: list[list[Token]], name: str, value: str) -> None:
    for number, part in enumerate(value.split("\n")):
        if number:
            lines.append([])
        if not part:
            continue
        line = lines[-1]
        if line and line[-1][0] == name:
            line[-1] = (name, line[-1][1] + part)
        else:
            line.append((name, part))


@cache
def _class(lexer_name: str, kind: tuple[str, ...]) -> str:
    special = _CLASSES_OF.get(lexer_name, {})
    for length in range(len(kind), 0, -1):
        name = ".".join(kind[:length])
        found = special.get(name) or _CLASSES.get(name)
        if found:
            return found
    return ""
