"""What ends beyond a slide is one rule: the preview's badge and the printer's audit tell the same of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from slidebuild.pdf import audit
from slidebuild.player.join import join_modules
from slidebuild.preview import pages

pytestmark = pytest.mark.browser

CSS = """body { margin: 0; font: 20px/30px 'DejaVu Sans' } p { margin: 0 }
.remark-slide-container { position: relative; height: 681px }
.remark-slide-scaler { width: 1210px; height: 681px; transform-origin: top left }
.remark-slide, .remark-slide-content { height: 100%; padding: 0 }"""
PREVIEW = """.remark-slide-container { position: absolute; top: 0; display: none } .remark-visible { display: block }
.remark-slide-scaler { transform: scale(0.5) }"""
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='200'/%3E"
OVER = {
    "too many lines": "<p>line</p>" * 24,
    "a word at the right": '<p style="white-space: nowrap; padding-left: 1190px">beyond</p>',
    "a picture": f'<img src="{PICTURE}" alt="A plot" width="1300" height="100">',
    "a box that ends beyond the slide": f'<pre style="overflow: hidden; margin: 0">{"line<br>" * 60}</pre>',
}
FINE = {
    "some lines": "<p>line</p>" * 22,
    "a background": '<p style="background: red; margin: -50px; padding: 50px; height: 900px">text</p>',
    "the box of a text": '<p style="padding-bottom: 900px">text</p>',
    "a box that scrolls": f'<pre style="overflow: auto; width: 400px">{"x" * 100}</pre>',
    "a picture moved out": f'<p>x</p><img src="{PICTURE}" style="position: absolute; right: -9px; top: 0" width="300">',
    "a picture as large as the slide": f'<img src="{PICTURE}" style="width: 1300px; height: 800px; margin: -20px">',
    "hidden text": '<p>x</p><p style="position: absolute; top: 900px; visibility: hidden">never</p>',
    "text for ears": '<p>x</p><p style="position: absolute; left: -9999px">skip</p>',
    "the number": '<p>x</p><div class="remark-slide-number" style="position: absolute; top: 900px">1</div>',
    "a picture that is missing": f'<img src="data:image/png;base64,AAAA">{"<p>line</p>" * 24}',
}
HIDING = '<div style="overflow: hidden; height: 100px"><p style="height: 160px">cut</p></div>'
SCROLLING = '<div style="overflow: scroll; height: 100px"><p style="height: 160px">scrolls</p></div>'


def html(contents: list[str], css: str) -> str:
    boxes = "".join(
        f'<div class="remark-slide-container{" remark-visible" * (not index)}"><div class="remark-slide-scaler">'
        f'<div class="remark-slide"><div class="remark-slide-content">{content}</div></div></div></div>'
        for index, content in enumerate(contents)
    )
    return f'<style>{CSS}{css}</style><div class="remark-slides-area">{boxes}</div>'


def audited(browser: Browser, contents: list[str]) -> list[dict[str, Any]]:
    page = browser.new_page(viewport={"width": 1210, "height": 681})
    try:
        page.set_content(html(contents, ""))
        found: list[dict[str, Any]] = page.evaluate(audit.audit_script())
        return found
    finally:
        page.close()


def previewed(browser: Browser, contents: list[str]) -> list[dict[str, Any] | None]:
    code = join_modules("overflow.js", pages._module)
    page = browser.new_page(viewport={"width": 1210, "height": 681})
    try:
        page.set_content(html(contents, PREVIEW))
        found: list[dict[str, Any] | None] = page.evaluate(
            f"""() => new Promise((done) => {{
              {code}
              const slides = [...document.querySelectorAll('.remark-slide-container')];
              const measuring = createMeasuring(() => done(slides.map(measuring.of)));
              measuring.measure(slides);
            }})"""
        )
        assert page.locator("[style*=clip-path]").count() == 0
        return found
    finally:
        page.close()


def worst(sides: dict[str, Any]) -> tuple[str, int]:
    return max(((side, over["px"]) for side, over in sides.items()), key=lambda found: found[1])


def test_both_tell_the_same_of_what_ends_beyond_a_slide(browser: Browser) -> None:
    contents = [*OVER.values(), *FINE.values()]
    printed = [worst(found["out"]) if found["out"] else None for found in audited(browser, contents)]
    shown = [(found["side"], found["pixels"]) if found else None for found in previewed(browser, contents)]
    assert shown == printed
    assert [name for name, found in zip((*OVER, *FINE), printed, strict=True) if found] == list(OVER)


def test_only_what_can_be_done_about_it_is_told_of_boxes_that_hide_something(browser: Browser) -> None:
    cutting, scrolling = audited(browser, [HIDING, SCROLLING])
    assert (cutting["cut"], scrolling["cut"][0]["bottom"] >= 60) == ([], True)
    shown = previewed(browser, [HIDING, SCROLLING])
    assert shown == [{"what": "“cut”", "side": "bottom", "pixels": 60}, None]
