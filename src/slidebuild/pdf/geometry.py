"""Exact page sizes from a browser that rounds them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from slidebuild.records import dataclass

_STEP: Final = 8
"""CSS px. Chromium rounds page sizes to whole points and those to 0.24 pt; 8 px = 6 pt = 25 * 0.24 pt is exact."""

_PT: Final = Decimal("0.75")
"""Points in a CSS px."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet a slide is printed on: a little larger than the slide, which lies at its top left."""

    width: int
    """Of the slide, in CSS px."""
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Of the sheet in CSS px: the next multiples of 8 beyond the slide's, so there is always some slack."""
        return (self.width // _STEP + 1) * _STEP, (self.height // _STEP + 1) * _STEP

    @property
    def printed_box(self) -> tuple[Decimal, ...]:
        """The MediaBox that the browser must have written."""
        width, height = self.size
        return Decimal(0), Decimal(0), width * _PT, height * _PT

    @property
    def media_box(self) -> tuple[Decimal, ...]:
        """The MediaBox that shows the slide and nothing else (1210x681 px on 1216x688: 0 5.25 907.5 516)."""
        top = self.size[1] * _PT
        return Decimal(0), top - self.height * _PT, self.width * _PT, top

    @property
    def css(self) -> str:
        """The rules that hold a slide in its box and each box on a sheet of its own, whatever the deck's CSS says."""
        width, height = self.size
        return f"""
@page {{ size: {width}px {height}px !important; margin: 0 !important; }}
html, body, .remark-slides-area {{
  display: block !important; position: static !important; float: none !important; transform: none !important;
  width: auto !important; height: auto !important; min-height: 0 !important; max-height: none !important;
  margin: 0 !important; padding: 0 !important; border: 0 !important; overflow: visible !important;
  columns: auto !important; zoom: 1 !important;
}}
.remark-slide-container {{
  display: block !important; position: relative !important; inset: auto !important; float: none !important;
  transform: none !important; box-sizing: border-box !important; visibility: visible !important;
  width: {self.width}px !important; min-width: 0 !important; max-width: none !important;
  height: {self.height}px !important; min-height: 0 !important; max-height: none !important;
  margin: 0 !important; padding: 0 !important; border: 0 !important; overflow: hidden !important;
  break-before: auto !important; break-after: page !important; break-inside: avoid !important;
  contain: layout paint !important; /* coordinates of its own: else gradients depend on the page's number */
}}
* , *::before, *::after {{ transition: none !important; }}
"""

    @property
    def stacked_css(self) -> str:
        """The rule that lays all slides at the same place: what is measured must not depend on a slide's number.

        Browsers measure in single precision, which is coarser further down a page.
        """
        return """
.remark-slide-container:not([hidden]) { position: absolute !important; top: 0 !important; left: 0 !important; }
"""
