"""Texts made fit for their place in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from slidebuild import dom


def safe(html: str) -> Markup:
    """HTML that templates put in as it is: serialised trees, our own attributes, escaped CSS and scripts."""
    return Markup(html)  # noqa: S704 - the callers' business, each serialises or escapes


def attributes(values: Mapping[str, str]) -> str:
    """Attributes of a tag, each with a blank before it."""
    return "".join(f' {name}="{dom.escape_attribute(value)}"' for name, value in values.items())


def style(css: str) -> Markup:
    """CSS for a `<style>`; its end tag cannot stand in it, and in CSS the backslash changes nothing."""
    return safe(re.sub(r"</(?=style)", r"<\\/", css.strip(), flags=re.IGNORECASE))


def script(script: str) -> Markup:
    """A classic script for a `<script>` (HTML standard, "restrictions for contents of script elements")."""
    return safe(re.sub(r"<(?=!--|/?script)", r"\\x3C", script.strip(), flags=re.IGNORECASE))
