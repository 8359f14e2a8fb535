"""The page as it is printed does not remember how it came to be."""

from __future__ import annotations

import pytest

from slidebuild.browser.session import Session
from slidebuild.pdf.lay_out import lay_out_script

PAGE = """<!DOCTYPE html><style>@keyframes fade { to { opacity: 0.5 } } p { animation: fade 1s forwards }</style>
<p>See</p>"""
BOXES = "() => { window.before = document.getAnimations()[0]; return document.getAnimations().length; }"
SAME = "() => document.getAnimations().includes(window.before)"
SHOWN = "() => [document.documentElement.style.display, getComputedStyle(document.querySelector('p')).opacity]"


@pytest.mark.browser
def test_boxes_are_made_anew_as_the_animations_that_go_with_them_show(session: Session) -> None:
    with session.page(PAGE, {}, width=400, height=300, timeout=30) as page:
        assert page.evaluate(BOXES) == 1
        page.evaluate(lay_out_script(), "")
        assert page.evaluate(SAME) is False
        assert page.evaluate(SHOWN) == ["", "0.5"]
