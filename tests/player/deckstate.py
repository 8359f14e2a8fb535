"""What tests ask of a page that is open in the browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

DECK = "http://deck.test/talk/index.html"
"""Where `open_deck` serves the page."""

OpenDeck = Callable[..., Page]


def box(page: Page, selector: str) -> dict[str, float]:
    """Where the first such element is seen: `x, y, width, height` in px."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {name: found[name] for name in ("x", "y", "width", "height")}  # type: ignore[literal-required]


def index(page: Page) -> int:
    """The current slide, counted from 0; the shown one is the one that the player believes in."""
    shown = page.evaluate(
        "[...document.querySelectorAll('.remark-slides-area > .remark-slide-container')]"
        ".flatMap((slide, index) => slide.classList.contains('remark-visible') ? [index] : [])"
    )
    current: int = page.evaluate("slideshow.getCurrentSlideIndex()")
    assert shown == [current]
    return current


def wait_for_index(page: Page, wanted: int) -> None:
    """Waits until a slide is shown (other windows, wheels and fingers take their time)."""
    page.wait_for_function(f"slideshow.getCurrentSlideIndex() === {wanted}")
    assert index(page) == wanted


def has_mode(page: Page, mode: str) -> bool:
    """Whether `body` has the class of a mode."""
    found: bool = page.evaluate(f"document.body.classList.contains('remark-{mode}-mode')")
    return found
