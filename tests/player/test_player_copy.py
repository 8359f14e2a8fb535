"""The button that copies code."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import DictLoader, SourceFile

pytestmark = pytest.mark.browser

DECK = """# Code

```python {numbers diff copy}
 def area(r):
-    return 3 * r**2
+    return math.pi * r**2
```

```python
x = 1
```
---
# Next
"""


def page_of(deck: str) -> str:
    diagnostics = Diagnostics()
    compiled = compile_deck(SourceFile("decks/copy.md", deck), Inputs(DictLoader({}), assets="inline"), diagnostics)
    page = make_page(compiled, diagnostics)
    assert list(diagnostics) == []
    return page.html


def test_the_button_copies_the_code_without_numbers_signs_and_deleted_lines(
    context: BrowserContext, tmp_path: Path
) -> None:
    file = tmp_path / "copy.html"
    file.write_text(page_of(DECK), encoding="utf-8")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(file.as_uri())
    button = page.get_by_role("button", name="Copy")
    assert button.count() == 1
    button.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "def area(r):\n    return math.pi * r**2\n"
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0


def test_a_slide_that_is_put_in_anew_gets_its_button(context: BrowserContext, tmp_path: Path) -> None:
    file = tmp_path / "copy.html"
    file.write_text(page_of(DECK), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate(
        """() => { const content = document.querySelector('.remark-slide-content');
            content.querySelector('.sb-copy').remove(); content.append(document.createElement('p')); }"""
    )
    page.locator(".sb-copy").first.wait_for()


def test_the_button_speaks_the_decks_language_or_says_that_it_is_english(
    context: BrowserContext, tmp_path: Path
) -> None:
    file = tmp_path / "copy.html"
    page = context.new_page()
    for lang, label, own in (("de-AT", "Kopieren", "de-AT"), ("cy", "Copy", "en")):
        file.write_text(page_of(f"---\nlang: {lang}\n---\n{DECK}"), encoding="utf-8")
        page.goto(file.as_uri())
        button = page.get_by_role("button", name=label)
        assert button.get_attribute("lang") == own


def test_pages_without_such_code_have_no_such_script() -> None:
    assert "offerCopies" not in page_of("# Code\n\n```python\nx = 1\n```\n")
    assert "offerCopies" in page_of(DECK)
