"""The only door to PyYAML: a mapping out of YAML (or JSON) text, with the place of each key.

Scalars are read by the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), as authors expect today:
`ratio: 16:9` is a text (YAML 1.1 reads the number 969), so are `date: 2026-11-23` and `on`, `off`, `yes`, `no`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml
import yaml.reader

from slidebuild.records import dataclass
from slidebuild.source import SourceFile, Span

MAX_ALIASES: Final = 100
"""More YAML aliases than that are refused: a few lines of them can stand for gigabytes."""


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  PyYAML's own form


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+0123456789."),
    ("tag:yaml.org,2002:null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("tag:yaml.org,2002:merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(rf"\A(?:{_pattern})\Z"), list(_first))


class YamlError(Exception):
    """Text that is no YAML mapping. `span` is where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """A mapping and where its keys stand."""

    values: Mapping[str, Any]
    places: Mapping[str, Span]
    """Dotted key (`pdf.steps`) -> key and value as written."""

    def where(self, key: str) -> Span | None:
        """The place of a key, or of the mapping that it would stand in."""
        return self.places.get(key) or self.places.get(key.rpartition(".")[0])


def read_mapping(source: SourceFile, start: int = 0, end: int | None = None) -> YamlMapping:
    """The mapping in `source.text[start:end]`; an empty text is an empty one. Raises YamlError."""
    text = source.text[start:end]
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        place = source.span(start + error.position, start + error.position + 1)
        raise YamlError(f"this is no YAML: the character U+{ord(place.text):04X} may not stand there", place) from error
    try:
        if text.count("*") > MAX_ALIASES:
            aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))
            if aliases > MAX_ALIASES:
                raise YamlError(f"more than {MAX_ALIASES} aliases", source.span(start))
        root = loader.get_single_node()
        if root is None:
            return YamlMapping({}, {})
        if not isinstance(root, yaml.MappingNode):
            raise YamlError("this must be a mapping: `key: value` on each line", source.span(start))
        places: dict[str, Span] = {}
        _collect(root, "", source, start, places)
        values = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = start + (min(mark.index, len(text)) if mark else 0)
        raise YamlError(f"this is no YAML: {error.problem or error}", source.span(at)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlError(f"this is no YAML: {str(error).splitlines()[0]}", source.span(start)) from error
    finally:
        loader.dispose()
    return YamlMapping({str(key): value for key, value in values.items()}, places)


def _collect(node: yaml.MappingNode, prefix: str, source: SourceFile, start: int, places: dict[str, Span]) -> None:
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = f"{prefix}{key.value}"
        end = value.end_mark.index if isinstance(value, yaml.ScalarNode) else key.end_mark.index
        places[name] = source.span(start + key.start_mark.index, start + end)
        if isinstance(value, yaml.MappingNode) and prefix.count(".") < 3:
            _collect(value, f"{name}.", source, start, places)
