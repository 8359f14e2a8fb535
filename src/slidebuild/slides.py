"""A resolved slide to its HTML tree: content classes inside out, Markdown, and remark's two passes over the DOM."""

from __future__ import annotations

from dataclasses import dataclass

from slidebuild.deck import ResolvedSlide
from slidebuild.dom import Node


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide as HTML trees. Passes change the trees; all else is fixed."""

    resolved: ResolvedSlide
    content: Node
    """Root whose children are those of `.remark-slide-content` (without the slide number)."""
    notes: Node
    """Root whose children are those of `.remark-slide-notes`."""

    @property
    def trees(self) -> tuple[Node, Node]:
        """Content, then notes."""
        return self.content, self.notes
