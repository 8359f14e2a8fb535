"""Link definitions that nothing uses."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Final

from slidebuild.deck import LinkDefinition, SourceDeck
from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import SourceFile

_LABEL: Final = regex(r"^ *\[[^\]\n]{1,1000}\]:|\[([^\[\]]{1,1000})\]", re.MULTILINE)
_COMMENTS: Final = frozenset(("#", "<>", "<", ""))
"""Addresses by which a definition is a comment in disguise: `[//]: # (a remark)`."""


@dataclass(slots=True)
class Definitions:
    """The definitions of a deck's first file, and the labels that all its files use."""

    _defined: dict[str, LinkDefinition] | None = None
    _used: set[str] = field(default_factory=set)

    def read(self, deck: SourceDeck, source: SourceFile) -> None:
        """Take note of a file."""
        if self._defined is None:
            shown = (slide for slide in deck.slides if not slide.flag("exclude"))
            self._defined = {id_: link for slide in shown for id_, link in slide.links.items()}
        if self._defined:
            self._used.update(label.lower() for label in _LABEL.findall(source.text))

    def check(self, diagnostics: Diagnostics) -> None:
        """Report definitions of the deck's own file that no label means (`unused-link-definition`)."""
        for label, link in (self._defined or {}).items():
            if label in self._used or link.address in _COMMENTS or not re.search(r"\w", label):
                continue
            written = link.span.text
            start = len(written) - len(written.lstrip())
            diagnostics.add(
                "unused-link-definition",
                f"no slide uses the link definition `[{label}]`",
                link.span.part(start, len(written.rstrip())),
                hint=f"write `[text][{label}]` where the link belongs, or take the definition out",
            )
