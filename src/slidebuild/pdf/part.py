"""One printed slide, as it is kept: its page, and what was known of it before it was printed."""

from __future__ import annotations

import json

from slidebuild.pdf.findings import Finding, pack, unpack
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A slide cut out of what was printed."""

    pdf: bytes
    """One page."""
    box: str
    """Id of the slide's box."""
    links: tuple[tuple[str, float, float], ...]
    """Name and place of its links, as in `LinkBox`."""
    findings: tuple[Finding, ...] = ()
    """What is amiss with the slide; the page they name is its only one."""
    drawn: bytes = b"{}"
    """What its content draws (`pack_drawn`)."""

    def pack(self) -> bytes:
        """As bytes."""
        head = json.dumps([self.box, self.links]).encode()
        return b"\n".join((head, pack(self.findings), self.drawn, self.pdf))

    @classmethod
    def unpack(cls, data: bytes) -> Part:
        """From the bytes of `pack`."""
        head, findings, drawn, pdf = data.split(b"\n", 3)
        box, links = json.loads(head)
        return cls(pdf, box, tuple((name, x, y) for name, x, y in links), unpack(findings), drawn)
