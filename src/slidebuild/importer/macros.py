"""Macros of an old page as skeletons of Python macros: the JavaScript as a comment, the body left to the author."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from typing import Final

from slidebuild.importer.scripts import MacroDefinition
from slidebuild.macros.builtin import MACROS
from slidebuild.records import dataclass

MODULE: Final = "deck_macros"
"""Name proposed for the module."""


@dataclass(frozen=True, slots=True)
class OldMacro:
    """A macro that has to be written anew."""

    name: str
    javascript: str
    python: str
    """A function that raises NotImplementedError until it is written."""


def old_macro(definition: MacroDefinition) -> OldMacro:
    """The skeleton of a macro."""
    return OldMacro(definition.name, definition.code, _skeleton(definition))


def hint(name: str) -> str:
    """What to do about a macro of the page."""
    if name in MACROS:
        return f"slidebuild has a macro `{name}` of its own, which may do; else port it to Python"
    return f"port it to Python and name its module in slidebuild.yml: `macros: [{MODULE}]`"


def module(macros: Iterable[OldMacro]) -> str:
    """A Python module with all skeletons, each once."""
    parts = dict.fromkeys(macro.python for macro in macros)
    head = f'"""Macros of this project; slidebuild.yml names this file: `macros: [{MODULE}]`."""\n'
    return "\n\n".join([head, *parts])


def _skeleton(definition: MacroDefinition) -> str:
    parameters = "".join(f', {_identifier(name)}: str = ""' for name in dict.fromkeys(definition.parameters))
    lines = [f"    # {line}".rstrip() for line in definition.code.split("\n")]
    code = "\n".join(lines)
    return (
        f"def {_identifier(definition.name)}(call{parameters}) -> str:\n"
        f'    """`this` of the JavaScript is `call.target`; returns Markdown or HTML."""\n{code}\n'
        f'    raise NotImplementedError("port the macro {_identifier(definition.name)}")\n'
    )


def _identifier(name: str) -> str:
    """A JavaScript name as a Python one."""
    word = re.sub(r"\W", "_", name)
    word = f"_{word}" if not word or word[0].isdigit() else word
    return f"{word}_" if keyword.iskeyword(word) or word == "call" else word
