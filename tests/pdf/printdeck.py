"""A hand-made page to print: what the document writer makes, reduced to the boxes that printing relies on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.job import Metadata, PrintJob, PrintPage

A_TALK = Metadata("A talk")

CSS = "body { font: 24px 'DejaVu Sans', sans-serif; margin: 3em } h1 { margin: 1em }"


@dataclass(frozen=True)
class Deck:
    """Slides as (title, name, content)."""

    slides: Sequence[tuple[str, str, str]]
    css: str = ""
    assets: Mapping[str, bytes] | None = None
    width: int = 1210
    height: int = 681
    base_url: str | None = None
    metadata: Metadata = A_TALK
    labels: Sequence[str] | None = None
    javascript: bool = False

    @property
    def html(self) -> str:
        boxes = "".join(
            '<div class="remark-slide-container"><div class="remark-slide-scaler"><div class="remark-slide">'
            f'<div class="remark-slide-content"{f" id=slide-{name}" if name else ""}>{content}</div>'
            "</div></div></div>\n"
            for _, name, content in self.slides
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title><style>{CSS}{self.css}</style>'
            f'</head><body class="remark-container"><div class="remark-slides-area">{boxes}</div></body></html>'
        )

    def job(self, expected: int | None = None) -> PrintJob:
        labels = self.labels or [str(number) for number in range(1, len(self.slides) + 1)]
        pages = tuple(
            PrintPage(title, label, name or str(number), (str(number),))
            for number, ((title, name, _), label) in enumerate(zip(self.slides, labels, strict=True), 1)
        )
        return PrintJob(
            self.html,
            self.assets or {},
            self.width,
            self.height,
            pages[:expected],
            self.metadata,
            self.base_url,
            self.javascript,
        )


def picture(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def codes(diagnostics: Diagnostics) -> list[str]:
    return [diagnostic.code for diagnostic in diagnostics]
