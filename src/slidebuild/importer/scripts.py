"""What a page's scripts tell: the options of `remark.create`, macros, and whether they do anything else."""

from __future__ import annotations

from collections.abc import Iterable

from slidebuild.importer.javascript import Token, tokens
from slidebuild.importer.literals import Object, Reader, Value
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Creation:
    """A call `remark.create(options, …)`."""

    start: int
    end: int
    options: Value | None
    """The first argument; the literal itself where a variable that is assigned once stands for it."""
    others: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MacroDefinition:
    """`remark.macros.name = function (a, b) {…}`."""

    name: str
    parameters: tuple[str, ...]
    code: str
    """The whole assignment as written."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Script:
    """What one script holds."""

    creations: tuple[Creation, ...]
    macros: tuple[MacroDefinition, ...]
    rest: int | None
    """Offset of the first code that is none of these; None when there is none."""


def read_script(code: str) -> Script:
    """Read a script without running it."""
    if "remark" not in code:  # a library that is part of the page may have megabytes
        first = tokens(code, limit=1)
        return Script((), (), first[0].start if first else None)
    found = tokens(code)
    reading = _Reading(code, found)
    at = 0
    while at < len(found):
        at = reading.step(at)
    used = {index for first, last in reading.used for index in range(first, last)}
    rest = next((token.start for index, token in enumerate(found) if index not in used and token.text != ";"), None)
    return Script(tuple(reading.creations), tuple(reading.macros), rest)


class _Reading:
    def __init__(self, code: str, found: tuple[Token, ...]) -> None:
        self._code = code
        self._tokens = found
        self.creations: list[Creation] = []
        self.macros: list[MacroDefinition] = []
        self.used: list[tuple[int, int]] = []
        """Ranges of tokens that are understood."""

    def step(self, at: int) -> int:
        """Read what begins at a token; where to go on."""
        if self._follows(at, "remark", ".", "create", "("):
            return self._creation(at)
        if self._follows(at, "remark", ".", "macros"):
            return self._macro(at)
        return at + 1

    def _follows(self, at: int, *texts: str) -> bool:
        part = self._tokens[at : at + len(texts)]
        return len(part) == len(texts) and all(token.text == text for token, text in zip(part, texts, strict=True))

    def _creation(self, at: int) -> int:
        reader = Reader(self._tokens, at + 4)
        arguments = reader.arguments()
        first, *others = arguments or (None,)
        options = self._variable(first) if first is not None and not self.creations else first
        end = self._tokens[reader.at - 1].end
        self.creations.append(Creation(self._tokens[at].start, end, options, tuple(others)))
        self.used.append((self._statement(at), reader.at))
        return reader.at

    def _statement(self, at: int) -> int:
        """The first token of `var slideshow = remark.create(…)`, given that of `remark`."""
        if at >= 2 and self._follows(at - 2, "window", "."):
            at -= 2
        if at >= 2 and self._tokens[at - 1].text == "=" and self._tokens[at - 2].kind == "word":
            at -= 2
            while at >= 2 and self._tokens[at - 1].text == ".":
                at -= 2
            if at and self._tokens[at - 1].text in ("var", "let", "const"):
                at -= 1
        return at

    def _variable(self, value: Value) -> Value:
        """The object that a variable was given, when that happens once; else the value itself."""
        name = self._code[value.start : value.end]
        places = [
            at
            for at, token in enumerate(self._tokens)
            if token.kind == "word" and token.text == name and self._follows(at + 1, "=")
        ]
        if len(places) != 1 or (places[0] and self._tokens[places[0] - 1].text == "."):
            return value
        at = places[0]
        reader = Reader(self._tokens, at + 2)
        assigned = reader.value(in_statement=True)
        if not isinstance(assigned.content, Object):
            return value
        first = at - 1 if at and self._tokens[at - 1].text in ("var", "let", "const") else at
        self.used.append((first, reader.at))
        return assigned

    def _macro(self, at: int) -> int:
        reader = Reader(self._tokens, at + 3)
        name = None
        if reader.peek(".") and reader.at + 1 < len(self._tokens):
            name = self._tokens[reader.at + 1].text
            reader.at += 2
        elif reader.peek("[") and self._string(reader.at + 1) is not None and self._follows(reader.at + 2, "]"):
            name = self._string(reader.at + 1)
            reader.at += 3
        if name is None or not reader.peek("="):
            return at + 3
        reader.at += 1
        first = reader.at
        reader.value(in_statement=True)
        start, end = self._tokens[at].start, self._tokens[reader.at - 1].end
        parameters = _parameters(self._tokens[first : reader.at])
        self.macros.append(MacroDefinition(name, parameters, self._code[start:end], start, end))
        self.used.append((self._statement(at), reader.at))
        return reader.at

    def _string(self, at: int) -> str | None:
        if at < len(self._tokens) and self._tokens[at].kind == "string":
            return self._tokens[at].text[1:-1]
        return None


def _parameters(function: Iterable[Token]) -> tuple[str, ...]:
    """Names of a function's parameters; defaults are left out."""
    names: list[str] = []
    depth = 0
    expected = True
    for token in function:
        if token.text in ("function", "async") and depth == 0:
            continue
        if token.text in (")", "=>") and depth <= 1:
            break
        if token.text in ("(", "[", "{"):
            depth += 1
            if depth == 1:
                names, expected = [], True
        elif token.text in (")", "]", "}"):
            depth -= 1
        elif token.text == "," and depth == 1:
            expected = True
        elif token.kind == "word" and expected:
            names.append(token.text)
            expected = False
    return tuple(names)
