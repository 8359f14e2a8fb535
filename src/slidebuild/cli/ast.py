"""`slidebuild ast`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild import __version__
from slidebuild.cli.options import examples
from slidebuild.cli.run import EXIT_ERROR
from slidebuild.cli.single import CONFIG, ROOT, open_single

if TYPE_CHECKING:
    from slidebuild.deck import Node, ResolvedDeck


@click.command(
    epilog=examples("""
slidebuild ast decks/talk.md                               an outline to read
slidebuild ast decks/talk.md --json                        all of it, for editors and scripts
slidebuild ast decks/talk.md --json | jq '.slides[].name'  the names of the slides
slidebuild ast --schema                                    the JSON Schema of what --json prints
""")
)
@click.argument("deck", required=False, metavar="DECK")
@click.option("--schema", "wants_schema", is_flag=True, help="Print the JSON Schema instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, not an outline.")
@CONFIG
@ROOT
def ast(
    deck: str | None,
    wants_schema: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    config: Path | None,
    root: Path | None,
) -> None:
    """Print the slides of a deck, with all they inherit and where it was written.

    The shape of the JSON is versioned (`schema`): members may be added, none changes its meaning under the same
    number. Exits with 1 when the deck has errors, which are among the `diagnostics`.
    """
    from slidebuild.compiler import resolve_deck
    from slidebuild.deck_tree import deck_tree, json_schema
    from slidebuild.policy import judge, levels

    if wants_schema:
        click.echo(json_schema(), nl=False)
        return
    if deck is None:
        raise click.UsageError("Name a deck: slidebuild ast decks/talk.md")
    single = open_single(deck, config, root)
    resolved = resolve_deck(single.opened.source, single.opened.inputs, single.diagnostics)
    found = judge(single.diagnostics, levels(resolved.settings), [single.opened.source])
    if as_json:
        tree = deck_tree(resolved.deck, single.deck.path, found.sorted(), __version__)
        click.echo(json.dumps(tree, ensure_ascii=False, separators=(",", ":")))
    else:
        click.echo("\n".join(_outline(resolved.deck)))
    sys.exit(EXIT_ERROR if found.has_errors else 0)


def _outline(deck: ResolvedDeck) -> Iterator[str]:
    for slide in deck.slides:
        words = [f"{slide.index + 1}", *(f".{name}" for name in slide.class_names)]
        words += [f"#{slide.name}"] if slide.name else []
        words += ["step"] if slide.continues else []
        text = slide.span.text
        start = slide.span.part(len(text) - len(text.lstrip()), len(text))
        yield f"{' '.join(words)}  {start.source.path}:{start.position.line}"
        yield from _nodes(slide.content, 1)
        if slide.notes:
            yield "  ???"
            yield from _nodes(slide.notes, 1)


def _nodes(nodes: tuple[Node, ...], depth: int) -> Iterator[str]:
    """(Recursion is bounded: content classes nest at most `lexer.MAX_CLASS_DEPTH` deep.)"""
    from slidebuild.deck import ContentClass, Text

    for node in nodes:
        if isinstance(node, ContentClass):
            yield f"{'  ' * depth}.{'.'.join(node.names)}["
            yield from _nodes(node.children, depth + 1)
            yield f"{'  ' * depth}]"
        elif isinstance(node, Text) and (text := " ".join(node.text.split())):
            yield f"{'  ' * depth}{text if len(text) <= 90 else text[:89] + '…'}"
