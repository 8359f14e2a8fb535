"""`slidebuild explain`."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from slidebuild import __version__
from slidebuild.cli.options import examples
from slidebuild.cli.run import fail
from slidebuild.cli.single import CONFIG, ROOT, open_single

if TYPE_CHECKING:
    from slidebuild.deck import ResolvedDeck, ResolvedSlide
    from slidebuild.origins import Origin, Part
    from slidebuild.source import Span

_SHOWN = 60
"""Characters of a part that are shown."""


@click.command(
    epilog=examples("""
slidebuild explain decks/talk.md 12           the 12th slide, #12 in the browser
slidebuild explain decks/talk.md summary      the slide called summary
slidebuild explain decks/talk.md --number 9   the slide that shows the number 9
""")
)
@click.argument("deck", metavar="DECK")
@click.argument("slide", metavar="SLIDE")
@click.option("--number", "by_number", is_flag=True, help="SLIDE is the slide number shown, not the place in the deck.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@CONFIG
@ROOT
def explain(
    deck: str,
    slide: str,
    by_number: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    config: Path | None,
    root: Path | None,
) -> None:
    """Tell where each part of a slide comes from: itself, a layout, a template, a step, an include, a macro.

    SLIDE is the name of a slide, or its place in the deck as in the browser's address (#12).
    """
    from slidebuild.compiler import resolve_deck

    single = open_single(deck, config, root)
    resolved = resolve_deck(single.opened.source, single.opened.inputs, single.diagnostics).deck
    found = _find(resolved, slide.removeprefix("#"), by_number=by_number)
    if as_json:
        data = _as_json(found, resolved, single.deck.path)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_drawn(found, resolved, single.deck.path)))


def _find(deck: ResolvedDeck, wanted: str, *, by_number: bool) -> ResolvedSlide:
    if by_number:
        found = [slide for slide in deck.slides if str(slide.number) == wanted]
    else:
        found = [slide for slide in deck.slides if slide.name == wanted]
        found = found or [slide for slide in deck.slides if str(slide.index + 1) == wanted]
    if not found:
        _refuse(deck, wanted, by_number=by_number)
    return found[0]


def _refuse(deck: ResolvedDeck, wanted: str, *, by_number: bool) -> NoReturn:
    names = [slide.name for slide in deck.slides if slide.name]
    near = difflib.get_close_matches(wanted, names, 1)
    hint = f"did you mean {near[0]}?" if near else f"the deck shows {len(deck.slides)} slides"
    what = f"no slide shows the number {wanted}" if by_number else f"there is no slide {wanted}"
    fail(what, hint=hint)


# -- text --------------------------------------------------------------------------------------------------------------


def _drawn(slide: ResolvedSlide, deck: ResolvedDeck, path: str) -> Iterator[str]:
    from slidebuild.origins import include_chain, parts

    name = f" “{slide.name}”" if slide.name else ""
    step = ", a step of the slide before it" if slide.continues else ""
    counted = "" if slide.is_counted else ", not counted"
    yield f"slide {slide.index + 1} of {len(deck.slides)}{name}: number {slide.number} of {deck.total}{counted}{step}"
    yield f"  written at  {_lines(slide.span)}"
    for place in include_chain(deck, slide.span.source.path, path):
        yield f"  included by {_line(place)}"
    yield f"  address     #{slide.anchor}"
    yield f"  classes     {' '.join(slide.class_names) or 'none'}"
    for title, found in (("content", parts(slide, path)), ("notes", parts(slide, path, notes=True))):
        if found:
            yield ""
            yield title
            yield from _table([(_line(part.span), _described(part), _excerpt(part.text)) for part in found])
    if slide.properties:
        yield ""
        yield "properties"
        yield from _table([(key, value, _places(slide, key, path)) for key, value in slide.properties.items()])


def _places(slide: ResolvedSlide, key: str, path: str) -> str:
    from slidebuild.origins import origin_of, origins

    known = origins(slide, path)
    spans = slide.property_spans.get(key, ())
    return ", ".join(f"{_line(span)} ({_kind(origin_of(span, known))})" for span in spans) or "settings"


def _table(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    first = max(len(row[0]) for row in rows)
    second = min(40, max(len(row[1]) for row in rows))
    for a, b, c in rows:
        yield f"  {a:<{first}}  {b:<{second}}  {c}".rstrip()


def _described(part: Part) -> str:
    texts = [_kind(part.origin), *([part.made_by] if part.made_by else [])]
    return ", ".join(texts)


def _kind(origin: Origin) -> str:
    name = f" {origin.name}" if origin.name else ""
    match origin.kind:
        case "own":
            return "own"
        case "step":
            return f"step of{name or ' the slide before'}"
        case "template" | "layout":
            return f"{origin.kind}{name}"
        case "other":
            return "elsewhere"


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _line(span: Span) -> str:
    return f"{span.source.path}:{span.position.line}"


def _lines(span: Span) -> str:
    """The lines of a slide without the blank ones at its ends."""
    text = span.text
    inner = span.part(len(text) - len(text.lstrip()), len(text.rstrip()))
    last = inner.source.position(inner.end).line
    return _line(inner) if last == inner.position.line else f"{_line(inner)}-{last}"


# -- JSON --------------------------------------------------------------------------------------------------------------


def _as_json(slide: ResolvedSlide, deck: ResolvedDeck, path: str) -> dict[str, Any]:
    from slidebuild.deck_tree import span_tree
    from slidebuild.origins import include_chain, origin_of, origins, parts

    known = origins(slide, path)
    return {
        "command": "explain",
        "version": __version__,
        "ok": True,
        "deck": path,
        "slide": {
            "index": slide.index,
            "number": slide.number,
            "total": deck.total,
            "name": slide.name,
            "anchor": slide.anchor,
            "step": slide.continues,
            "counted": slide.is_counted,
            "classes": list(slide.class_names),
            "span": span_tree(slide.span),
            "includedBy": [span_tree(span) for span in include_chain(deck, slide.span.source.path, path)],
            "content": [_part_json(part) for part in parts(slide, path)],
            "notes": [_part_json(part) for part in parts(slide, path, notes=True)],
            "properties": {
                key: {
                    "value": value,
                    "origins": [
                        {**_origin_json(origin_of(span, known)), "span": span_tree(span)}
                        for span in slide.property_spans.get(key, ())
                    ],
                }
                for key, value in slide.properties.items()
            },
        },
    }


def _part_json(part: Part) -> dict[str, Any]:
    from slidebuild.deck_tree import span_tree

    made = {"madeBy": part.made_by, "text": part.text, "span": span_tree(part.span)}
    return {**_origin_json(part.origin), **made}


def _origin_json(origin: Origin) -> dict[str, Any]:
    return {"origin": origin.kind, "of": origin.name if origin.kind != "own" else None, "included": origin.included}
