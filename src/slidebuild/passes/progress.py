"""Progress pass: tells `.sb-progress` bars (the macro `progress`) how far the talk has come."""

from __future__ import annotations

from slidebuild import dom
from slidebuild.slides import Slide


def fill_progress(slide: Slide, total: int) -> None:
    """Set `--sb-progress` (0 to 1, by slide numbers) on each bar of a slide; `total` is the last slide's number."""
    for tree in slide.trees:
        for bar in dom.select(tree, ".sb-progress"):
            share = slide.resolved.number / total if total else 0.0
            dom.set_attribute(bar, "style", f"--sb-progress: {share:.4g}")
