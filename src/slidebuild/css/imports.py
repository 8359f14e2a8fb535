"""A stylesheet with what it imports as one text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from slidebuild.css.addresses import normalise, quote, references
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import resolve_address

IMPORT_DEPTH: Final = 16
"""How deep stylesheets may import one another; what lies deeper is left out."""


@dataclass(frozen=True, slots=True)
class FlatStylesheet:
    """A stylesheet with what it imports."""

    imports: tuple[str, ...]
    """`@import` rules for other hosts; they must stand first in a `<style>`, outside any `@layer`."""
    text: str
    """All the rest. Local addresses count from the root that was read from, without a leading `/`."""
    missing: tuple[str, ...]
    """Imported paths that could not be read, or that import themselves."""


def flatten(path: str, read: Callable[[str], str | None]) -> FlatStylesheet:
    """The stylesheet at a root-relative path, local imports in place (`layer`, `supports` and media kept)."""
    imports: dict[str, None] = {}
    missing: dict[str, None] = {}
    text = _flat(path, read, (), imports, missing)
    return FlatStylesheet(tuple(imports), text, tuple(missing))


def _flat(
    path: str,
    read: Callable[[str], str | None],
    above: tuple[str, ...],
    imports: dict[str, None],
    missing: dict[str, None],
) -> str:
    """One stylesheet of a chain of imports; the depth is bounded by `IMPORT_DEPTH`, not by the input."""
    source = None if path in above or len(above) >= IMPORT_DEPTH else read(path)
    if source is None:
        missing[path] = None
        return ""
    text = re.sub(r'\A\ufeff?(?:@charset "[^"]*";)?', "", normalise(source))
    parts, at = [], 0
    for reference in references(text):
        if reference.start < at:
            continue
        local = resolve_address(path, reference.address)
        if reference.kind == "url":
            parts += [text[at : reference.start], f"url({quote(local or reference.address)})"]
            at = reference.end
            continue
        end = text.find(";", reference.end)
        end = len(text) if end < 0 else end
        conditions = text[reference.end : end].strip()
        parts.append(text[at : text.rfind("@", at, reference.start)])
        at = min(end + 1, len(text))
        if local is None:
            imports[f"@import url({quote(reference.address)}){' ' if conditions else ''}{conditions};"] = None
        else:
            parts.append(_wrapped(_flat(local, read, (*above, path), imports, missing), conditions))
    return "".join([*parts, text[at:]])


_LAYER: Final = regex(r"\Alayer(?:\(\s*([\w.-]+)\s*\)|(?![\w(-]))\s*", re.IGNORECASE)


def _wrapped(text: str, conditions: str) -> str:
    """Imported text under the conditions of its rule: `@import "x" layer(a) supports(b) media`."""
    layer = _LAYER.match(conditions)
    rest = conditions[layer.end() :] if layer else conditions
    supports = ""
    if rest.lower().startswith("supports("):
        end = _closing(rest, len("supports("))
        supports, rest = rest[len("supports") : end], rest[end:].strip()
    if rest:
        text = f"@media {rest} {{\n{text}\n}}"
    if supports:
        text = f"@supports {supports} {{\n{text}\n}}"
    if layer:
        text = f"@layer {layer[1] or ''} {{\n{text}\n}}"
    return text


def _closing(text: str, at: int) -> int:
    """Offset after the bracket that closes the one before `at`."""
    depth = 1
    while at < len(text) and depth:
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at
