r"""Formulas written as inline code, which is how xaringan keeps Markdown away from them: `` `\(x_1\)` ``.

Its pages took the `<code>` away before MathJax ran; with `math: code` it is taken away here, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slidebuild import dom
from slidebuild.patterns import regex
from slidebuild.slides import Slide

_FORMULA: Final = regex(r"\\\([\s\S]+\\\)|\\\[[\s\S]+\\\]|\$\$[\s\S]+\$\$")
_ENVIRONMENT: Final = regex(r"\\begin\{([^}]+)\}[\s\S]+\\end\{[^}]+\}")


def release_formulas(slide: Slide) -> None:
    """Make text of all inline code that is a formula as a whole; an environment gets the `$$` it lacks."""
    for tree in slide.trees:
        for code, text in list(formulas_in_code(tree)):
            bare = _ENVIRONMENT.fullmatch(text) and not _is_delimited(code)
            dom.replace(code, dom.escape(f"$${text}$$" if bare else text))


def formulas_in_code(tree: dom.Node) -> Iterator[tuple[dom.Node, str]]:
    """Elements of inline code that are a formula, with their text."""
    for code in dom.select(tree, "code"):
        if code.parent is not None and dom.tag(code.parent) != "pre" and not dom.select(code, "*"):
            text = dom.text(code).strip()
            if _FORMULA.fullmatch(text) or _ENVIRONMENT.fullmatch(text):
                yield code, text


def _is_delimited(code: dom.Node) -> bool:
    """Whether `$$` stands right before it."""
    before = code.prev
    return before is not None and dom.is_text(before) and dom.text(before).rstrip().endswith("$$")
