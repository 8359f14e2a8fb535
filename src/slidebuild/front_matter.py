"""YAML front matter: deck settings between a first line `---` and the next one.

Front matter is what parses as a mapping without blank lines or headings and holds at least one key that is a deck
setting and none that is a slide property; else these are slides, as in remark, which knows no front matter.
"""

from __future__ import annotations

import re
from typing import Final

from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.settings import KEYS, NESTED, SLIDE_PROPERTIES
from slidebuild.source import SourceFile

_BLOCK: Final = regex(r"---[ \t]*\n(?P<yaml>(?:(?!---[ \t]*(?:\n|\Z))[^\n]*\n)*?)---[ \t]*(?:\n|\Z)")
_KEY: Final = regex(r"^([\w-]+)[ \t]*:(?:\s|$)", re.MULTILINE | re.ASCII)
_BLANK_OR_HEADING: Final = regex(r"^(?:[ \t]*$|#{1,6} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Settings at the head of a deck."""

    layer: Layer
    end: int
    """Offset at which the slides begin."""


def split(source: SourceFile, diagnostics: Diagnostics) -> FrontMatter:
    """The front matter of a deck; without any, an empty layer and offset 0.

    What was clearly meant as front matter but is no YAML is the error `bad-settings`.
    """
    none = FrontMatter(Layer({}, is_trusted=False), 0)
    found = _BLOCK.match(source.text)
    if found is None:
        return none
    text = found["yaml"]
    keys = set(_KEY.findall(text))
    if _BLANK_OR_HEADING.search(text.rstrip("\n")) or not keys & {*KEYS, *NESTED} or keys & SLIDE_PROPERTIES:
        return none
    from slidebuild.yaml_text import YamlError, read_mapping

    try:
        mapping = read_mapping(source, found.start("yaml"), found.end("yaml"))
    except YamlError as error:
        diagnostics.add("bad-settings", f"front matter: {error}", error.span, hint="quote texts that hold `: ` or `#`")
        return FrontMatter(none.layer, found.end())
    return FrontMatter(Layer(mapping.values, mapping.where, source.path, is_trusted=False), found.end())
