"""Macros: `![:name a, b](target)` becomes Markdown that a Python function returns.

A macro is a function `f(call: Call, *arguments: str) -> str`. Built in are those of `slidebuild.macros.builtin`; a
project adds its own by naming Python modules in `slidebuild.yml` (`macros: [talkmacros]`, every public function of the
module is one) or installs packages with entry points of the group `slidebuild.macros`. Macros are code and trusted;
decks only call them. The text returned is parsed again, so it may hold content classes, code and other macros.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from slidebuild.deck import ContentClass, MacroCall, Node, Run, SourceDeck, SourceSlide, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.installed import entry_points
from slidebuild.macros import builtin
from slidebuild.macros.call import Call
from slidebuild.parser import parse_fragment
from slidebuild.records import dataclass
from slidebuild.source import Loader

__all__ = ["Call", "Macro", "Registry", "expand", "find_macros"]

Macro: TypeAlias = Callable[..., str]
Registry: TypeAlias = Mapping[str, Macro]

ENTRY_POINTS: Final = "slidebuild.macros"
"""Group of installed macros: the name is the macro's, the value the function."""

MAX_DEPTH: Final = 16
"""Macros that return macros are followed this deep."""


def find_macros(modules: Iterable[object] = ()) -> Registry:
    """Built-in macros, those of installed packages, then those of given modules; the later one of a name wins."""
    found: dict[str, Macro] = dict(builtin.MACROS)
    for entry in entry_points(ENTRY_POINTS):
        found[entry.name] = entry.load()
    for module in modules:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == getattr(module, "__name__", None):
                found[name] = function
    return found


@dataclass(frozen=True, slots=True)
class _Expansion:
    registry: Registry
    loader: Loader
    diagnostics: Diagnostics


def expand(deck: SourceDeck, registry: Registry, loader: Loader, diagnostics: Diagnostics) -> SourceDeck:
    """The deck without macro calls. An unknown macro stays as it was written, with a diagnostic."""
    expansion = _Expansion(registry, loader, diagnostics)

    def of(slide: SourceSlide) -> SourceSlide:
        content = _expand(slide.content, expansion, 0)
        notes = _expand(slide.notes, expansion, 0)
        unchanged = content is slide.content and notes is slide.notes
        return slide if unchanged else replace(slide, content=content, notes=notes)

    return replace(deck, slides=tuple(of(slide) for slide in deck.slides))


def _expand(nodes: tuple[Node, ...], expansion: _Expansion, depth: int) -> tuple[Node, ...]:
    """Nodes with their macro calls replaced; the same tuple when there are none. (Depth is bounded by the lexer.)"""
    out: list[Node] = []
    changed = False
    for node in nodes:
        match node:
            case MacroCall():
                changed = True
                out.extend(_call(node, expansion, depth))
            case ContentClass():
                children = _expand(node.children, expansion, depth)
                changed = changed or children is not node.children
                out.append(node if children is node.children else replace(node, children=children))
            case Text():
                out.append(node)
    return _join(out) if changed else nodes


def _call(call: MacroCall, expansion: _Expansion, depth: int) -> tuple[Node, ...]:
    function = expansion.registry.get(call.name)
    if function is None or depth >= MAX_DEPTH:
        _report_unknown(call, expansion, too_deep=function is not None)
        return (_verbatim(call),)
    arguments = call.arguments if call.arguments != ("",) else ()
    context = Call(call.name, call.target, call.span, expansion.loader)
    try:
        text = str(function(context, *arguments))
    except Exception as error:  # noqa: BLE001  a macro is the user's code: whatever it raises is shown, not fatal
        expansion.diagnostics.add(
            "macro-failed",
            f"macro `{call.name}` failed: {error}",
            call.span,
            hint=(inspect.getdoc(function) or "").partition("\n")[0] or None,
        )
        return (_verbatim(call),)
    return _expand(parse_fragment(text, call.span, expansion.diagnostics), expansion, depth + 1)


def _report_unknown(call: MacroCall, expansion: _Expansion, *, too_deep: bool) -> None:
    import difflib

    if too_deep:
        message, hint = f"macro `{call.name}` calls itself more than {MAX_DEPTH} times", None
    else:
        near = difflib.get_close_matches(call.name, expansion.registry, 1)
        message = f"there is no macro `{call.name}`, so its source is shown"
        hint = f"did you mean `{near[0]}`?" if near else "known: " + ", ".join(sorted(expansion.registry))
    expansion.diagnostics.add("unknown-macro", message, call.span, hint=hint)


def _verbatim(call: MacroCall) -> Text:
    """The source of a call as inline code, so that Markdown doesn't take it for a picture."""
    source = call.span.text or f"![:{call.name}]"
    return Text((Run(f"`{source}`", call.span),))


def _join(nodes: list[Node]) -> tuple[Node, ...]:
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].runs + node.runs)
        else:
            joined.append(node)
    return tuple(joined)
