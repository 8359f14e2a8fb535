"""The colours of the player's own surfaces."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("slidebuild.player") / "desk.css").read_text(encoding="utf-8")
COLORS = dict(re.findall(r"--sb-(desk[\w-]*): (#[0-9a-f]{6});", CSS))


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", ["desk", "desk-panel"])
@pytest.mark.parametrize("ink", ["desk-ink", "desk-dim", "desk-accent", "desk-warm"])
def test_text_stands_out_as_wcag_aa_asks(ink: str, ground: str) -> None:
    assert _contrast(COLORS[ink], COLORS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["desk", "desk-panel"])
def test_edges_of_what_can_be_pressed_stand_out_too(ground: str) -> None:
    assert _contrast(COLORS["desk-edge"], COLORS[ground]) >= 3
