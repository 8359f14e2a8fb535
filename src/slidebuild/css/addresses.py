"""Addresses in a stylesheet: found by the parser, changed in the text, which otherwise stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, TypeAlias

from slidebuild.patterns import regex
from slidebuild.records import dataclass

Token: TypeAlias = Any
"""A component value of tinycss2 (the package has no types)."""

_URL: Final = regex(r"url\(\s*(?:\\.|[^)\\])*(?:\)|\Z)", re.IGNORECASE | re.DOTALL)
_STRING: Final = regex(r""" "(?:\\.|[^"\\\n])*(?:"|\Z) | '(?:\\.|[^'\\\n])*(?:'|\Z) """, re.DOTALL | re.VERBOSE)
_MAY_ADDRESS: Final = regex(r"url\(|@import|image-set\(", re.IGNORECASE)
"""Without any of these a text holds no address. (Nobody spells them with escapes.)"""
IMAGE_SETS: Final = frozenset(("image-set", "-webkit-image-set"))


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a stylesheet."""

    address: str
    """As CSS means it: escapes undone."""
    kind: Literal["url", "import"]
    start: int
    """Where the `url(…)` or the string begins in the text, see `normalise`."""
    end: int


def normalise(css: str) -> str:
    """The text as a CSS parser sees it: line ends are `\\n`, no NUL (CSS Syntax 3, section 3.3)."""
    return css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", "\ufffd")


def quote(value: str) -> str:
    """A double-quoted CSS string (CSSOM, "serialize a string")."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\{ord(m[0]):x} ", escaped) + '"'


def references(css: str) -> tuple[Reference, ...]:
    """All addresses, in order. `@namespace` names nothing to load and is left out; so is a mere `#fragment`."""
    text = normalise(css)
    if _MAY_ADDRESS.search(text) is None:  # most stylesheets; parsing one takes longer than all a slide needs
        return ()
    import tinycss2

    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = []
    for node, kind in _addresses(tinycss2.parse_component_value_list(text)):
        start = starts[node.source_line - 1] + node.source_column - 1
        match = (_STRING if node.type == "string" else _URL).match(text, start)
        address = _address(node)
        if match is not None and address and not address.startswith("#"):
            found.append(Reference(address, kind, start, match.end()))
    return tuple(sorted(found, key=lambda reference: reference.start))


def rewrite(css: str, change: Callable[[Reference], str | None]) -> str:
    """The stylesheet with the addresses that `change` returns; None leaves one as it stands."""
    text = normalise(css)
    parts, at = [], 0
    for reference in references(text):
        address = change(reference)
        if address is not None and reference.start >= at:
            literal = quote(address)
            parts += [text[at : reference.start], literal if text[reference.start] in "'\"" else f"url({literal})"]
            at = reference.end
    return "".join([*parts, text[at:]])


def _addresses(tokens: list[Token]) -> Iterator[tuple[Token, Literal["url", "import"]]]:
    """Tokens that hold an address, found without recursion."""
    stack: list[tuple[list[Token], bool]] = [(tokens, False)]
    while stack:
        level, strings_count = stack.pop()
        rule = ""
        for token in level:
            if token.type == "at-keyword":
                rule = token.lower_value
            elif token.type in ("url", "function") and _is_url(token):
                if rule != "namespace":
                    yield token, "import" if rule == "import" else "url"
                rule = ""
            elif token.type == "string":
                if rule == "import":
                    yield token, "import"
                    rule = ""
                elif strings_count:
                    yield token, "url"
            elif token.type == "function":
                stack.append((token.arguments, token.lower_name in IMAGE_SETS))
            elif token.type in ("{} block", "[] block", "() block"):
                stack.append((token.content, False))
                rule = "" if token.type == "{} block" else rule
            elif token.type == "literal" and token.value == ";":
                rule = ""


def _is_url(token: Token) -> bool:
    return token.type == "url" or (token.type == "function" and token.lower_name == "url" and _address(token) != "")


def _address(token: Token) -> str:
    """The address of a url token, a `url("…")` function or a string."""
    if token.type in ("url", "string"):
        return str(token.value).strip()
    strings = [argument for argument in token.arguments if argument.type == "string"]
    return str(strings[0].value).strip() if strings else ""
