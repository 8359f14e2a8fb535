"""Values out of JavaScript literals: strings, numbers, booleans, null, arrays, objects, regular expressions.

What only running the script could tell (a function, a variable, a sum of strings) is read as `Unreadable`, never
guessed at. Trailing commas, unquoted keys, comments and `!0` for `true` are understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from slidebuild.importer.javascript import Token
from slidebuild.patterns import regex
from slidebuild.records import dataclass

MAX_DEPTH: Final = 32
"""Arrays and objects nested deeper are unreadable."""


@dataclass(frozen=True, slots=True)
class RegExp:
    """`/pattern/flags`."""

    pattern: str
    flags: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is no literal."""

    what: Literal["function", "expression"]


@dataclass(frozen=True, slots=True)
class Array:
    """`[a, b]`."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """`name: value` of an object; the name is empty for `...rest` and `[computed]: value`."""

    name: str
    value: Value
    start: int


@dataclass(frozen=True, slots=True)
class Object:
    """`{a: 1, "b": 2}`, in the order written."""

    members: tuple[Member, ...]


Content: TypeAlias = "str | float | bool | RegExp | Array | Object | Unreadable | None"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it is in the code."""

    content: Content
    start: int
    end: int


@dataclass(slots=True)
class Reader:
    """Reads values from tokens, one after another."""

    tokens: Sequence[Token]
    at: int = 0
    """Index of the next token."""

    def peek(self, *texts: str) -> bool:
        """Whether the next token is one of these marks or words."""
        return self.at < len(self.tokens) and self.tokens[self.at].text in texts

    def value(self, *, in_statement: bool = False, depth: int = 0) -> Value:
        """The value that begins here; the reader is left at what ends it (`,` `)` `]` `}` `;` or the end).

        `in_statement`: a line break ends it as well, where JavaScript would insert a semicolon.
        """
        first = self.at
        content = self._primary(depth)
        if not self._is_over(in_statement=in_statement):
            self.at = first
            self._skip(in_statement=in_statement)
            content = Unreadable(_what(self.tokens[first : self.at]))
        start = self.tokens[first].start if first < len(self.tokens) else self._end()
        return Value(content, start, max(start, self._end()))

    def arguments(self) -> tuple[Value, ...]:
        """The values up to the `)` that closes a call, which is passed over."""
        found = []
        while self.at < len(self.tokens) and not self.peek(")"):
            before = self.at
            found.append(self.value())
            if not self.peek(",", ")") and self.at == before:
                self.at += 1
            if self.peek(","):
                self.at += 1
        self.at = min(self.at + 1, len(self.tokens))
        return tuple(found)

    def _end(self) -> int:
        return self.tokens[self.at - 1].end if self.at else 0

    def _is_over(self, *, in_statement: bool) -> bool:
        if self.at >= len(self.tokens):
            return True
        token = self.tokens[self.at]
        if token.kind == "mark" and token.text in (",", ")", "]", "}", ";"):
            return True
        return in_statement and token.begins_line and token.kind == "word"

    def _skip(self, *, in_statement: bool) -> None:
        """Pass over an expression, to what ends it outside of all brackets."""
        depth = 0
        first = self.at
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if depth == 0 and self.at > first and self._is_over(in_statement=in_statement):
                return
            if token.kind == "mark":
                if token.text in ("(", "[", "{"):
                    depth += 1
                elif token.text in (")", "]", "}"):
                    if depth == 0:
                        return
                    depth -= 1
            self.at += 1

    def _primary(self, depth: int) -> Content:
        """A literal; `Unreadable`, nothing passed over, where there is none."""
        if self.at >= len(self.tokens):
            return Unreadable("expression")
        token = self.tokens[self.at]
        self.at += 1
        content: Content
        match token.kind:
            case "string" | "template":
                if token.kind == "string" or "${" not in token.text:
                    return unquote(token.text)
            case "number":
                return _number(token.text)
            case "regexp":
                pattern, _, flags = token.text[1:].rpartition("/")
                return RegExp(pattern, flags)
            case "word":
                if token.text in _WORDS:
                    return _WORDS[token.text]
            case "mark":
                content = self._marked(token, depth)
                if not isinstance(content, Unreadable):
                    return content
        self.at -= 1
        return Unreadable("expression")

    def _marked(self, token: Token, depth: int) -> Content:
        """What begins with a mark; the reader stands behind it and comes back there when it is no literal."""
        after = self.at
        following = self.tokens[after] if after < len(self.tokens) else None
        content: Content = Unreadable("expression")
        if token.text in ("+", "-", "!") and following is not None and following.kind == "number":
            self.at += 1
            number = _number(following.text)
            content = not number if token.text == "!" else -number if token.text == "-" else number
        elif token.text == "[" and depth < MAX_DEPTH:
            content = self._array(depth)
        elif token.text == "{" and depth < MAX_DEPTH:
            content = self._object(depth)
        if isinstance(content, Unreadable):
            self.at = after
        return content

    def _array(self, depth: int) -> Array | Unreadable:
        items = []
        while not self.peek("]"):
            items.append(self.value(depth=depth + 1))
            if self.peek(","):
                self.at += 1
            elif not self.peek("]"):
                return Unreadable("expression")
        self.at += 1
        return Array(tuple(items))

    def _object(self, depth: int) -> Object | Unreadable:
        members = []
        while not self.peek("}"):
            if self.at >= len(self.tokens):
                return Unreadable("expression")
            members.append(self._member(depth))
            if self.peek(","):
                self.at += 1
            elif not self.peek("}"):
                return Unreadable("expression")
        self.at += 1
        return Object(tuple(members))

    def _member(self, depth: int) -> Member:
        token = self.tokens[self.at]
        name = ""
        if token.kind in ("word", "string", "number"):
            name = unquote(token.text) if token.kind == "string" else token.text
            self.at += 1
            if self.peek(":"):
                self.at += 1
                return Member(name, self.value(depth=depth + 1), token.start)
            is_method = self.peek("(") or (self.at < len(self.tokens) and self.tokens[self.at].kind == "word")
            what: Literal["function", "expression"] = "function" if is_method else "expression"
        else:
            what = "expression"
        self.at -= 1 if name else 0
        self._skip(in_statement=False)
        return Member(name, Value(Unreadable(what), token.start, self._end()), token.start)


_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE: Final = regex(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([\s\S]))")


def unquote(text: str) -> str:
    """The text that a quoted string means (ECMAScript, 12.9.4); lone surrogates become U+FFFD."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code is None:
            return _ESCAPES.get(match[4], match[4])
        return chr(min(int(code, 16), 0x10FFFF))

    value = _ESCAPE.sub(character, text[1:-1])
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(text: str) -> float:
    if text[:2].lower() == "0x":
        return int(text, 16)
    value = float(text)
    return int(value) if value.is_integer() else value


def _what(tokens: Sequence[Token]) -> Literal["function", "expression"]:
    """Whether tokens make a function: `function…`, `async…`, `x => …`, `(…) => …`."""
    if tokens and tokens[0].text in ("function", "async"):
        return "function"
    depth = 0
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in ("(", "[", "{"):
            depth += 1
        elif token.text in (")", "]", "}"):
            depth -= 1
        elif token.text == "=>" and depth == 0:
            return "function"
    return "expression"
