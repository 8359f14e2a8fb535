"""Rules that look at slides as Chromium draws them: one deck for each rule, a slide for each case."""

from __future__ import annotations

import pytest
from checkdeck import check, png, told

from slidebuild.browser.session import Session

STYLE = """
.over { position: absolute; top: 9px; color: #eee }
body, .remark-slide-content { font-family: 'DejaVu Sans'; } p { margin: 0 }
@font-face { font-family: Shipped; src: url(shipped.woff2) }
"""
PICTURES = {
    "decks/night.png": png(64, 36, "#101030"),
    "decks/day.png": png(64, 36, "#f4f4f4"),
    "decks/huge.png": png(900, 600, noise=True),
    "decks/shipped.woff2": b"x",
}

pytestmark = pytest.mark.browser


def drawn(session: Session, code: str, *slides: str, style: str = STYLE) -> list[str]:
    """What one rule finds; `N: message` with the 1-based slide."""
    deck = "\n---\n".join(slides)
    starts = [deck[: deck.index(slide)].count("\n") + 1 for slide in slides]
    found = []
    for line in told(check(deck, PICTURES, settings={"style": style}, browser=session), code):
        number, _, message = line.partition(": ")
        found.append(f"{sum(start <= int(number) for start in starts)}: {message}")
    return found


def test_overflow_is_told_in_px_with_its_side_and_line(session: Session) -> None:
    deck = f"# Fits\n---\n# Long\n\n{chr(10).join('- item' for _ in range(40))}\n\n- the last one\n"
    (found,) = told(check(deck, settings={"style": STYLE}, browser=session), "slide-overflow")
    assert found.startswith("46: slide 2: “the last one” ends ")
    assert found.endswith(" px below the slide")


def test_picture_that_overflows_is_told_by_its_name(session: Session) -> None:
    slides = (
        "# Fits\n\n![x](day.png)",
        "# Wide\n\n<img src=day.png alt='' width=1500>",
        "# Gone\n\n![](gone.png)\n" * 3,
    )
    (found,) = drawn(session, "slide-overflow", *slides)
    assert found.startswith("2: slide 2: “day.")
    assert " px right of the slide" in found


CUT = (
    "<div style='height: 30px; overflow: hidden'><p>one</p><p>two is hidden</p></div>",
    "<pre style='overflow: auto; width: 200px'>" + "x" * 60 + "</pre>",
)
NOT_CUT = (
    "<div style='width: 60px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap'>shortened as meant</div>",
    "<span style='position: absolute; width: 1px; height: 1px; overflow: hidden'>for screen readers</span> x",
    "<div style='overflow: hidden'>fits</div>",
    "<div style='height: 28px; overflow: hidden; line-height: 28px'>one</div>",
)


def test_text_that_its_box_cuts_off_is_told(session: Session) -> None:
    found = drawn(session, "clipped-content", *CUT, *NOT_CUT)
    assert [line.partition(" is cut off")[0].partition(" hides")[0] for line in found] == [
        "1: slide 1: “two is hidden”",
        f"2: slide 2: <pre> “{'x' * 39}…”",
    ]


FAINT = (
    "<p style='color: #999; background: #fff'>grey on white</p>",
    "background-image: url(night.png)\nbackground-size: cover\n\n<p style='color: #445'>dark on night</p>",
    "<p style='color: #000; opacity: 0.3'>faded</p>",
    "<div style='background: linear-gradient(#222, #222)'><p style='color: #333'>on a gradient</p></div>",
    "<div style='position: relative'><img src=day.png alt='' width=300><p class=over>over a picture</p></div>",
)
CLEAR = (
    "<p style='color: #767676; background: #fff'>grey enough</p>",
    "<p style='color: #949494; background: #fff; font-size: 24px'>grey but large</p>",
    "background-image: url(night.png)\nbackground-size: cover\n\n<p style='color: #fff'>white on night</p>",
    "<p style='color: #fff; text-shadow: 0 0 3px #000'>with a shadow</p>",
    "<p style='color: #fff; background: #000'>white on black</p>",
    "<p style='color: #ccc'>…</p>",
    "<p style='visibility: hidden; color: #eee'>not shown</p>",
    "![](gone.png)\n\n<p style='position: absolute; top: 90px; left: 90px; color: #eee'>on a missing picture</p>",
)


def test_text_that_hardly_stands_out_is_told_with_its_colours(session: Session) -> None:
    found = drawn(session, "low-contrast", *FAINT, *CLEAR)
    assert [int(line.partition(":")[0]) for line in found] == [1, 2, 3, 4, 5]
    assert found[0] == "1: slide 1: “grey on white” has a contrast of 2.84:1, #999999 on #ffffff"
    assert found[1].endswith("#444455 on #101030")
    assert found[3].endswith("#333333 on #222222")
    assert found[4].endswith("#eeeeee on #f4f4f4")


def test_one_pair_of_colours_is_told_once_with_the_number_of_slides(session: Session) -> None:
    slide = "<p style='color: #999; background: #fff'>grey {}</p>"
    (found,) = drawn(session, "low-contrast", *(slide.format(number) for number in range(1, 4)))
    assert found.startswith("1: slide 1, as on 2 more: “grey 1”")


def test_text_dimmed_beside_a_slide_that_shows_it_clearly_is_meant(session: Session) -> None:
    slides = (
        "one\n\n<p style='color: #ccc'>two is to come</p>",
        "one\n\ntwo is to come",
        "# Far",
        "# Farther",
        "# Last",
    )
    far = "<p style='color: #ccc'>two is to come</p>"
    assert [line[:2] for line in drawn(session, "low-contrast", *slides, "# Still", far)] == ["7:"]


def test_small_text_is_told_as_it_is_drawn(session: Session) -> None:
    found = drawn(
        session,
        "small-text",
        "<p style='font-size: 11px'>small print</p>",
        "<p style='font-size: 20px; transform: scale(0.5)'>made small</p>",
        "<p style='font-size: 12px'>just so</p>",
        "x<sup style='font-size: 9px'>index mark</sup>",
        "<p style='font-size: 8px'>(1)</p>",
        "# T\n\n$x_{small index}$",
    )
    assert found == [
        "1: “small print” is 11.0 px high on a slide of 681 px",
        "2: “made small” is 10.0 px high on a slide of 681 px",
    ]


def test_fonts_that_nobody_ships_are_told_once(session: Session) -> None:
    style = "* { font-family: sans-serif } @font-face { font-family: Shipped; src: url(shipped.woff2) }"
    found = drawn(
        session,
        "unshipped-font",
        "<p style='font-family: Elsewhere, sans-serif'>here</p>",
        "<p style='font-family: Elsewhere, sans-serif'>again</p>",
        "<p style='font-family: Shipped, Elsewhere'>shipped</p> <p style='font-family: monospace'>generic</p>",
        style=style,
    )
    assert found == ["1: “here” is set in Elsewhere, which neither theme nor deck brings along"]


def test_picture_far_larger_than_shown_is_told_at_its_largest_use(session: Session) -> None:
    found = drawn(
        session,
        "oversized-picture",
        "<img src=huge.png alt=x width=60>",
        "<img src=huge.png alt=x width=90>",
        "<img src=day.png alt=x width=5>",
    )
    assert found == ["2: huge.png has 900 × 600 pixels and 1.6 MB, but is shown at 90 × 60"]


def test_pdf_is_weighed_where_it_has_a_budget(session: Session) -> None:
    found = check("# A\n", settings={"pdf": {"max_mb": 0.0001}}, browser=session)
    assert [item.code for item in found if item.code == "pdf-too-large"] == ["pdf-too-large"]
