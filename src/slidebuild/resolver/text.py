"""Text that is put together: templates around content, values in the place of variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from slidebuild.deck import ContentClass, MacroCall, Node, Run, Text, mention
from slidebuild.patterns import regex
from slidebuild.source import Span

_VARIABLE: Final = regex(r"(\\)?(\{\{([^}\n]+)\}\})")


def concatenate(first: tuple[Node, ...], second: tuple[Node, ...]) -> tuple[Node, ...]:
    """remark keeps the pieces apart, but the Markdown step joins their texts anyway."""
    if first and second and isinstance(first[-1], Text) and isinstance(second[0], Text):
        return (*first[:-1], Text(first[-1].runs + second[0].runs), *second[1:])
    return first + second


def parted(first: tuple[Node, ...], second: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same with a blank line between, so that paragraphs stay apart."""
    if not first or not second:
        return first + second
    last = first[-1]
    place = last.runs[-1].span if isinstance(last, Text) else last.span
    blank_line = Text((Run("\n\n", Span(place.source, place.end, place.end)),))
    return concatenate(concatenate(first, (blank_line,)), second)


def with_content(template: tuple[Node, ...], content: tuple[Node, ...]) -> tuple[tuple[Node, ...], bool]:
    """The template's nodes with `content` where `{{content}}` stands, and whether it stood anywhere."""
    if not mention(template, "{{"):
        return template, False
    out: tuple[Node, ...] = ()
    used = False
    for node in template:
        match node:
            case Text():
                parts, here = _split_at_content(node)
                used = used or here
                for index, part in enumerate(parts):
                    if index:
                        out = concatenate(out, content)
                    if part.runs:
                        out = concatenate(out, (part,))
            case ContentClass():
                children, here = with_content(node.children, content)
                used = used or here
                out = (*out, replace(node, children=children))
            case MacroCall():
                out = (*out, node)
    return out, used


def _split_at_content(text: Text) -> tuple[list[Text], bool]:
    parts: list[list[Run]] = [[]]
    for run in text.runs:
        at = 0
        for found in _VARIABLE.finditer(run.text):
            if found[1] or found[3].strip() != "content":
                continue
            parts[-1].append(_part(run, at, found.start()))
            parts.append([])
            at = found.end()
        parts[-1].append(_part(run, at, len(run.text)))
    return [Text(tuple(run for run in part if run.text)) for part in parts], len(parts) > 1


def with_variables(nodes: tuple[Node, ...], properties: Mapping[str, str]) -> tuple[Node, ...]:
    """`{{key}}` filled in from the slide's properties; unknown ones stay, `{{content}}` becomes nothing."""
    if not mention(nodes, "{{"):
        return nodes
    out: list[Node] = []
    for node in nodes:
        match node:
            case Text(runs=runs):
                out.append(Text(tuple(part for run in runs for part in _fill(run, properties))))
            case ContentClass():
                out.append(replace(node, children=with_variables(node.children, properties)))
            case MacroCall():
                out.append(node)
    return tuple(out)


def _fill(run: Run, properties: Mapping[str, str]) -> Iterator[Run]:
    at = 0
    for found in _VARIABLE.finditer(run.text):
        if found[1]:
            value = found[2]
        else:
            name = found[3].strip()
            value = properties.get(name, "" if name == "content" else found[2])
        if found.start() > at:
            yield _part(run, at, found.start())
        at = found.end()
        if value:
            yield Run(value, _span(run, found.start(), at))
    if at < len(run.text):
        yield _part(run, at, len(run.text))


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], _span(run, start, end))


def _span(run: Run, start: int, end: int) -> Span:
    exact = run.span.end - run.span.start == len(run.text)
    return run.span.part(start, end) if exact else run.span
