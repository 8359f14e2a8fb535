"""Markdown to HTML, in two dialects. The only door to markdown-it-py, which is loaded at the first rendering.

`remark` is what remark.js makes of a slide (see `remark`), `commonmark` is CommonMark with tables and `~~deletions~~`
(see `commonmark`). In both, formulas between dollars are kept from the Markdown (see `formulas`), headings get ids by
the same rule, and references are resolved by the definitions handed in, which a deck's slides share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, assert_never

from slidebuild.deck import LinkDefinition
from slidebuild.records import dataclass

Dialect: TypeAlias = Literal["remark", "commonmark"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and what the author may want to hear."""

    html: str
    undefined: tuple[str, ...]
    """Labels, in lower case and in order, of `[text][label]`s left as text because nothing defines the label."""


def render(text: str, links: Mapping[str, LinkDefinition], dialect: Dialect, *, math: bool = True) -> str:
    """The HTML of a Markdown text; `links` are definitions by their labels in lower case. Never raises on a text.

    With `math`, formulas (`$…$`, `$$…$$`) pass as text: in the remark dialect backslash escapes are taken from them,
    as remark.js did, in CommonMark they are as written.
    """
    return render_with_report(text, links, dialect, math=math).html


def render_with_report(
    text: str, links: Mapping[str, LinkDefinition], dialect: Dialect, *, math: bool = True
) -> Rendered:
    """As `render`, with the references that nothing defines."""
    if not text:  # the notes of most slides
        return Rendered("", ())
    match dialect:
        case "remark":
            from slidebuild.markdown import remark

            return Rendered(*remark.render(text, links, math=math))
        case "commonmark":
            from slidebuild.markdown import commonmark

            return Rendered(*commonmark.render(text, links, math=math))
        case _:
            assert_never(dialect)
