"""The resolved slides of a deck as plain data, for editors and scripts: `slidebuild ast DECK --json`.

The shape is described by `schemas/ast-1.schema.json`. What is added keeps the number; what is renamed or dropped, or
means something else, gets a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from slidebuild.deck import ContentClass, LinkDefinition, MacroCall, Node, ResolvedDeck, ResolvedSlide, Text
from slidebuild.diagnostics import Diagnostic
from slidebuild.installed import PACKAGE
from slidebuild.origins import ancestors
from slidebuild.report import as_json
from slidebuild.source import Position, Span

SCHEMA: Final = 1
"""Version of the shape."""


def json_schema() -> str:
    """The JSON Schema of `deck_tree`."""

    return (PACKAGE / "schemas" / f"ast-{SCHEMA}.schema.json").read_text(encoding="utf-8")


def deck_tree(deck: ResolvedDeck, path: str, diagnostics: Iterable[Diagnostic], version: str) -> dict[str, Any]:
    """A deck as JSON data: its slides with all they inherit, and where everything was written."""
    return {
        "schema": SCHEMA,
        "generator": f"slidebuild {version}",
        "deck": path,
        "total": deck.total,
        "slides": [slide_tree(slide) for slide in deck.slides],
        "placeholder": None if deck.placeholder is None else slide_tree(deck.placeholder),
        "links": {label: _link(link) for label, link in deck.links.items()},
        "includes": {included: span_tree(span) for included, span in deck.includes.items()},
        "diagnostics": [as_json(item) for item in diagnostics],
    }


def slide_tree(slide: ResolvedSlide) -> dict[str, Any]:
    """One slide."""
    return {
        "index": slide.index,
        "number": slide.number,
        "name": slide.name,
        "anchor": slide.anchor if slide.index >= 0 else slide.name,
        "step": slide.continues,
        "counted": slide.is_counted,
        "classes": list(slide.class_names),
        "properties": {
            key: {"value": value, "spans": [span_tree(span) for span in slide.property_spans.get(key, ())]}
            for key, value in slide.properties.items()
        },
        "inherits": [
            {"kind": ancestor.kind, "name": ancestor.name, "span": span_tree(ancestor.span)}
            for ancestor in ancestors(slide)
        ],
        "span": span_tree(slide.span),
        "content": _nodes(slide.content),
        "notes": _nodes(slide.notes),
    }


def _nodes(nodes: tuple[Node, ...]) -> list[dict[str, Any]]:
    """(Recursion is bounded: content classes nest at most `lexer.MAX_CLASS_DEPTH` deep.)"""
    return [_node(node) for node in nodes]


def _node(node: Node) -> dict[str, Any]:
    match node:
        case Text(runs=runs):
            return {"type": "text", "runs": [{"text": run.text, "span": span_tree(run.span)} for run in runs]}
        case ContentClass(names=names, children=children, is_block=is_block, span=span):
            data: dict[str, Any] = {"type": "class", "names": list(names), "block": is_block, "span": span_tree(span)}
            return {**data, "children": _nodes(children)}
        case MacroCall(span=span):
            return {"type": "text", "runs": [{"text": span.text, "span": span_tree(span)}]}


def _link(link: LinkDefinition) -> dict[str, Any]:
    return {"address": link.address, "title": link.title, "span": span_tree(link.span)}


def span_tree(span: Span) -> dict[str, Any]:
    """Lines and columns from 1, offsets from 0, all in code points of the text with line feeds; ends are exclusive."""
    return {
        "path": span.source.path,
        "start": _position(span.position, span.start),
        "end": _position(span.source.position(span.end), span.end),
    }


def _position(position: Position, offset: int) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": offset}
