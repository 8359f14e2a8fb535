"""Joins ES modules into one classic script.

Chromium refuses module files from `file://`, so a page carries the player as one inline script. The joiner knows
exactly the JavaScript that the player is written in: at the left margin stand only imports of names, declarations and
their closing brackets; everything else is indented. What it does not know is an error, not a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from slidebuild.patterns import regex
from slidebuild.player.shorten import shorten
from slidebuild.records import dataclass

_IMPORT: Final = regex(r"import \{ ([\w$]+(?:, [\w$]+)*) \} from '\./([\w-]+\.js)';")
_DECLARATION: Final = regex(r"(export )?(?:(?:async )?function\*? |class |const |let )([\w$]+)\b")
_CAST: Final = regex(r"/\*\* @type \{[^*]*\} \*/ ")
"""A type for the checker in front of an expression."""
_STRING: Final = regex("('[^']*')")
_SIGNS: Final = r"[=!<>?:,;{}()\[\]*&|]"
"""They need no blanks around them. Not `+` and `-`, which two of them would turn into something else."""
_NEEDLESS: Final = regex(f" (?={_SIGNS})|(?<={_SIGNS}) ")
_OPEN_END: Final = regex(r"(?<=[{;,(\[])\n")
"""The end of a line that means nothing after such a sign."""
_CLOSER: Final = regex(r"[\])}][\])};,]*")


class JoinError(Exception):
    """A module holds what the joiner does not understand; the text names module and line."""


@dataclass(frozen=True, slots=True)
class _Module:
    """One module: its code without imports and comments, and the names that pass in and out."""

    name: str
    code: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    declared: tuple[str, ...]
    exported: frozenset[str]


def join_modules(entry: str, read: Callable[[str], str]) -> str:
    """The code of `entry` and of all it imports, each module once, after those that it imports.

    `read` gives the text of a module by its file name. Raises JoinError where a module imports what is not there,
    modules import each other in a circle, two of them declare the same name, or a line is not understood.
    """
    modules = _in_import_order(entry, read)
    declared: dict[str, str] = {}
    for module in modules.values():
        for name in module.declared:
            if name in declared:
                raise JoinError(f"{module.name}: {name} is already declared in {declared[name]}")
            declared[name] = module.name
        for source, names in module.imports:
            missing = [name for name in names if name not in modules[source].exported]
            if missing:
                raise JoinError(f"{module.name}: {source} does not export {', '.join(missing)}")
    joined = _compact("".join(module.code for module in modules.values()))
    return shorten(joined, declared.keys() - modules[entry].exported)


def _compact(code: str) -> str:
    """Without blanks and line ends that mean nothing.

    Only lines of plain code and plain strings are touched: none with a template, a regular expression, a comment or a
    backslash.
    """
    lines = [line if re.search(r"[`/\\\"]", line) else _without_blanks(line) for line in code.split("\n")]
    parts = re.split(r"(.*//.*\n)", "\n".join(lines))
    return "".join(part if "//" in part else _OPEN_END.sub("", part) for part in parts)


def _without_blanks(line: str) -> str:
    return "".join(part if part.startswith("'") else _NEEDLESS.sub("", part) for part in _STRING.split(line))


def _in_import_order(entry: str, read: Callable[[str], str]) -> dict[str, _Module]:
    """Modules by name, in the order in which a browser would run them."""
    done: dict[str, _Module] = {}
    first = _parse(entry, read(entry))
    open_modules: list[tuple[_Module, Iterator[str]]] = [(first, _sources(first))]
    while open_modules:
        module, sources = open_modules[-1]
        source = next(sources, None)
        if source is None:
            done[module.name] = module
            open_modules.pop()
        elif any(source == other.name for other, _ in open_modules):
            raise JoinError(f"{module.name}: imports {source} in a circle")
        elif source not in done:
            imported = _parse(source, read(source))
            open_modules.append((imported, _sources(imported)))
    return done


def _sources(module: _Module) -> Iterator[str]:
    return iter([source for source, _ in module.imports])


def _parse(name: str, text: str) -> _Module:
    imports: list[tuple[str, tuple[str, ...]]] = []
    declared: list[str] = []
    exported: set[str] = set()
    code: list[str] = []
    for number, line in _code_lines(name, text):
        if found := _IMPORT.fullmatch(line):
            imports.append((found[2], tuple(found[1].split(", "))))
            continue
        if found := _DECLARATION.match(line):
            declared.append(found[2])
            if found[1]:
                exported.add(found[2])
            line = line.removeprefix("export ")
        elif not line.startswith(" ") and not _CLOSER.fullmatch(line):
            raise JoinError(f"{name}:{number}: not understood: {line}")
        code.append(line.strip() + "\n")
    return _Module(name, "".join(code), tuple(imports), tuple(declared), frozenset(exported))


def _code_lines(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without blank ones and those that are all comment.

    A comment or template text that begins or ends within a line of code would make this cutting unsafe: refused.
    """
    in_comment = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if in_comment or bare.startswith("/*"):
            in_comment = "*/" not in bare
            if not in_comment and not bare.endswith("*/"):
                raise JoinError(f"{name}:{number}: code after a comment: {bare}")
        elif bare and not bare.startswith("//"):
            if bare.count("`") % 2:
                raise JoinError(f"{name}:{number}: template text over several lines: {bare}")
            if bare.count("/*") != bare.count("*/"):
                raise JoinError(f"{name}:{number}: a comment that goes on in the next line: {bare}")
            yield number, _CAST.sub("", line.rstrip())
    if in_comment:
        raise JoinError(f"{name}: a comment does not end")
