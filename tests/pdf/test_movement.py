from __future__ import annotations

import pytest
from printdeck import Deck

from slidebuild.browser.session import Session
from slidebuild.pdf.movement import find_css_animations

pytestmark = pytest.mark.browser

CSS = """@keyframes fade { from { opacity: 0 } } @keyframes spin { to { rotate: 1turn } }
.fade { animation: fade .3s } .spin { animation: spin 2s infinite } .gone { animation: nowhere 2s infinite }
.after::after { content: 'x'; animation: spin 1s } .hover:hover { animation: spin 2s } .zero { animation: spin 0s }
.both { animation: spin 2s, fade 1s } .content-fade { animation: fade 1s } .sb-region { animation: spin 1s infinite }
@media (prefers-reduced-motion: no-preference) { .polite { animation: fade 1s } }"""


def test_slides_whose_content_moves_are_found_whatever_the_clock_says(session: Session) -> None:
    contents = {
        "plain": ("<p>x", False),
        "short": ("<p class=fade>x", True),
        "endless": ("<p class=spin>x", True),
        "pseudo": ("<p class=after>x", True),
        "polite": ("<p class=polite>x", True),
        "unknown keyframes": ("<p class=gone>x", False),
        "only when pointed at": ("<p class=hover>x", False),
        "no time": ("<p class=zero>x", False),
        "the page number": ('<div class="remark-slide-number spin">1</div>', False),
        "a region of the theme": ('</div><div class="sb-region">logo</div><div>', False),
    }
    deck = Deck([(title, "", html) for title, (html, _) in contents.items()], CSS)
    found = find_css_animations(session, deck.html, {})
    moving = {title for index, title in enumerate(contents) if index in found}
    assert moving == {title for title, (_, moves) in contents.items() if moves}


def test_way_in_of_a_whole_slide_does_not_count_unless_it_never_ends(session: Session) -> None:
    css = CSS + ".remark-slide-container:nth-child(1) .remark-slide-content { animation: fade 1s }"
    css += ".remark-slide-container:nth-child(2) .remark-slide-content { animation: spin 9s infinite }"
    deck = Deck([("A", "", "a"), ("B", "", "b")], css)
    assert find_css_animations(session, deck.html, {}) == {1: ("spin",)}


def test_all_animations_of_a_slide_are_named(session: Session) -> None:
    deck = Deck([("A", "", "<p class=both>x<p class=fade>y")], CSS)
    assert find_css_animations(session, deck.html, {}) == {0: ("fade", "spin")}


def test_what_scripts_animate_is_found_where_they_run(session: Session) -> None:
    script = "<script>document.querySelector('p').animate({ rotate: ['0deg', '90deg'] }, { duration: 900 })</script>"
    deck = Deck([("A", "", "a"), ("B", "", f"<p>b</p>{script}")])
    assert find_css_animations(session, deck.html, {}) == {}
    assert find_css_animations(session, deck.html, {}, javascript=True) == {1: ("script",)}
