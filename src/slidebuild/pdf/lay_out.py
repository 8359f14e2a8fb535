"""The page as it is printed: boxes fixed, movement frozen."""

from __future__ import annotations

from functools import cache

from slidebuild.installed import PACKAGE
from slidebuild.pdf.still_svg import still_script


@cache
def lay_out_script() -> str:
    """A JavaScript function of a style sheet that lays the page out by it, and makes what moves stand still."""
    script = (PACKAGE / "pdf" / "lay_out.js").read_text("utf-8")
    return f"(css) => ({script})(css, {still_script()})"
