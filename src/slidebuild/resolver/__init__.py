"""What each slide shows: includes, exclusion, layouts, templates, `--` steps, `{{content}}`, `{{variables}}`, numbers.

As in remark 0.15 (`slideshow.js`, `slide.js`) slides inherit *source text*, so Markdown comes later. Where remark
shares and overwrites a template's content by mistake (`{{content}}` inside a content class, an excluded template,
content classes turned into `[object Object]`) the meaning is kept instead.
"""

from __future__ import annotations

from dataclasses import replace

from slidebuild.deck import LinkDefinition, ResolvedDeck, SourceDeck
from slidebuild.diagnostics import Diagnostics
from slidebuild.resolver.code_steps import with_code_steps
from slidebuild.resolver.includes import ParseFile, included
from slidebuild.resolver.inheritance import Inheriting
from slidebuild.resolver.placeholder import find_placeholder
from slidebuild.resolver.slideshow import Slideshow
from slidebuild.settings import Settings
from slidebuild.source import Span

__all__ = ["ParseFile", "resolve"]


def resolve(deck: SourceDeck, parse_file: ParseFile, settings: Settings, diagnostics: Diagnostics) -> ResolvedDeck:
    """The slides shown, in order, each with all it inherits."""
    includes: dict[str, Span] = {}
    written = list(included(deck, parse_file, includes, diagnostics))
    placeholder = find_placeholder(written, settings, diagnostics)
    shown = Slideshow(settings, diagnostics).build(list(with_code_steps(written, settings)))
    links: dict[str, LinkDefinition] = {}
    for slide in shown:
        links.update(slide.links)
    total = shown[-1].number if shown else 0
    with_notes = settings.include_presenter_notes
    resolved = tuple(slide.finish(with_notes=with_notes) for slide in shown)
    stand_in = Inheriting(placeholder).finish(with_notes=with_notes) if placeholder else None
    if stand_in is not None:
        resolved_names = {slide.name for slide in resolved}
        stand_in = replace(stand_in, index=-1, name=None if stand_in.name in resolved_names else stand_in.name)
    return ResolvedDeck(resolved, links, total, stand_in, placeholder.links if placeholder else {}, includes)
