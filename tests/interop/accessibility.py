"""axe-core on the built page: all slides as read without the player, one in it, help, overview, presenter view.

Each built-in theme is looked at, light and dark.

What axe calls serious or critical fails; contrast is among it (WCAG AA). axe cannot see a picture's colours, so text on
pictures is left out by it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from slidebuild.browser.find import need_browser
from slidebuild.theme import BuiltInThemes

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
DECK = HERE / "layouts.md"
RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  });
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map((violation) =>
    [violation.id, violation.nodes.map((node) => `${node.html.slice(0, 120)} :: ${node.failureSummary}`)]);
}"""

ALL_LAID_OUT = """document.styleSheets[0].insertRule(
  '.remark-slide-scaler { content-visibility: visible !important }', document.styleSheets[0].cssRules.length)"""


def pages(folder: Path) -> Iterator[tuple[str, Path]]:
    """The deck in every theme, light and dark: what it is called and where it is."""
    for theme in BuiltInThemes().names():
        for scheme in ("light", "dark"):
            config, page = folder / "config.json", folder / f"{theme}-{scheme}.html"
            config.write_text(json.dumps({"colorScheme": scheme}), encoding="utf-8")
            options = ["--theme", theme, "--config", config, "--assets", "inline", "-q", "-o", page]
            subprocess.run([sys.executable, "-m", "slidebuild", "html", DECK, *options], check=True)
            yield f"{theme}, {scheme}", page


def views(page: Page) -> Iterator[str]:
    """Shows one view after another."""
    page.evaluate(f"document.documentElement.classList.remove('sb-js'); {ALL_LAID_OUT}")
    yield "all slides"
    page.evaluate("document.documentElement.classList.add('sb-js'); slideshow.gotoSlide(3)")
    yield "one slide"
    page.keyboard.press("h")
    yield "help"
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_function("document.querySelectorAll('.sb-thumb .remark-slide').length > 8")
    yield "overview"
    page.keyboard.press("/")
    page.keyboard.type("link")
    yield "search"
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    yield "presenter view"


def check(name: str, address: str, page: Page) -> list[str]:
    """What axe finds on a page, a line for each fault."""
    page.goto(address)
    page.evaluate((HERE / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    faults = []
    # What was left fades for a second.
    for view in views(page):
        page.wait_for_function("!document.querySelector('.remark-fading')")
        faults += [f"{name}, {view}: {rule}: {node}" for rule, nodes in page.evaluate(RUN) for node in nodes]
    return faults


def check_all(folder: Path) -> str:
    """Every theme in every scheme; one line about it. AssertionError with all faults where there are any."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    faults, count = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_browser(None, os.environ).path, args=arguments)
        for name, path in pages(folder):
            window = browser.new_page(viewport={"width": 1280, "height": 720})
            faults += check(name, path.as_uri(), window)
            window.close()
            count += 1
        browser.close()
    assert not faults, "axe finds\n" + "\n".join(faults)
    return f"axe-core: {count} pages, nothing serious on slides, in help, overview, search and presenter view"
