"""Rules that look at a deck's text: what is told, and what is not."""

from __future__ import annotations

import pytest
from checkdeck import check, codes, told

from slidebuild.check.rules import RULES
from slidebuild.diagnostics import CODES

PLOT = {"decks/plot.png": b"\x89PNG plot", "decks/odd name.png": b"\x89PNG odd"}


@pytest.mark.parametrize(
    ("deck", "line"),
    [
        ("# A\n\n![](plot.png)\n", 3),
        ("# A\n\ntext\n\n<img src='plot.png' width=50>\n", 5),
        ("# A\n\n![](odd%20name.png)\n", 3),
        ("# A\n\n![:img 50%](plot.png)\n", 3),
        ("# A\n\n.center[\n![ ](plot.png)\n]\n", 4),
        ("# A\n\n<figure><img src=plot.png></figure>\n", 3),
        ("# A\n\n![one](plot.png)\n![](plot.png)\n", 4),
    ],
)
def test_picture_without_a_text_is_told_where_it_stands(deck: str, line: int) -> None:
    (found,) = check(deck, PLOT)
    assert (found.code, found.span and found.span.position.line) == ("missing-alt", line)


@pytest.mark.parametrize(
    "deck",
    [
        "![A plot](plot.png)\n",
        '<img src="plot.png" alt="">\n',
        '<img src="plot.png" role="presentation">\n',
        '<div aria-hidden="true"><img src="plot.png"></div>\n',
        '<img src="plot.png" title="A plot">\n',
        "<figure><img src=plot.png><figcaption>A plot</figcaption></figure>\n",
        "`![](plot.png)`\n",
        "```\n<img src=plot.png>\n```\n",
    ],
)
def test_picture_with_a_text_or_one_that_is_decoration_is_not(deck: str) -> None:
    assert check(f"# A\n\n{deck}", PLOT) == []


def test_missing_picture_without_a_text_lacks_both() -> None:
    found = check("# A\n\n![](gone.png)\n")
    assert codes(found) == ["missing-alt", "missing-image"]
    assert told(found)[0] == "3: gone.png has no text for those who do not see it"


def test_heading_that_skips_a_level_is_told() -> None:
    deck = "# A\n\ntext\n\n### B\n\n---\n## C\n\ntext\n\n### D\n\ntext\n\n# E\n"
    assert told(check(deck)) == ["5: a heading of level 3 follows one of level 1"]


def test_second_line_of_a_heading_and_a_lone_small_one_are_not() -> None:
    assert check("# A\n### An evening lecture\n\ntext\n\n---\n#### Small on purpose\n") == []


def test_title_that_comes_again_later_is_told() -> None:
    deck = "# Results\n\none\n---\n# More\n---\n# *Results*\n\ntwo\n"
    assert told(check(deck)) == ["7: slide 3 is called “Results”, as slide 1 is"]


@pytest.mark.parametrize(
    "deck",
    [
        "# A\n\none\n---\n# A\n\ntwo\n",
        "# A\n--\n\none\n---\n# A\n\ntwo\n",
        "# Agenda\n\n- x\n---\n# B\n---\n# Agenda\n\n- x\n",
        "# Done\n\n- one thing\n---\n# B\n---\n# Done\n\n- ~~one thing~~\n- and another\n",
        "x\n---\n# B\n---\nx\n",
        "# A\n\none\n---\n# B\n---\ntitle: A, continued\n\n# A\n\ntwo\n",
    ],
    ids=["in a row", "steps", "the same slide again", "more of the same slide", "no heading", "told apart by title"],
)
def test_titles_that_may_be_the_same_are_not(deck: str) -> None:
    assert told(check(deck), "duplicate-title") == []


def test_slide_of_too_many_words_is_told_code_and_tables_not_counted() -> None:
    words = " ".join(["word"] * 140)
    code = f"\n```\n{words}\n```\n\n| a |\n|---|\n| {words} |\n\n$$ {words} $$\n"
    assert told(check(f"# A\n\n{words}\n{code}"), "too-much-text") == []
    assert told(check(f"# A\n\n{words}\n\n- {words}\n---\n# B\n")) == ["1: slide 1 has 281 words"]


def test_words_of_steps_are_counted_once() -> None:
    words = " ".join(["word"] * 80)
    assert told(check(f"# A\n\n{words}\n--\n\n{words}\n")) == ["6: slide 2 has 161 words"]


def test_notes_are_asked_for_only_when_the_deck_says_so() -> None:
    deck = "# A\n---\n# B\n???\nsay this\n"
    assert check(deck) == []
    found = check(deck, settings={"check": {"missing-notes": "warn"}})
    assert [f"{item.severity} {message}" for item, message in zip(found, told(found), strict=True)] == [
        "warning 1: slide 1 has no speaker notes"
    ]


def test_link_to_a_file_that_is_not_there_is_told() -> None:
    deck = "# A\n\n[paper](paper.pdf) [data](../data/x.csv) [deck](../other/) [page](x.html) [top](#1)\n"
    assert told(check(deck, {"data/x.csv": b"1"})) == ["3: there is no file paper.pdf"]


def test_links_to_what_the_site_puts_beside_a_page_are_well() -> None:
    deck = "# A\n\n[PDF](talk.pdf) [notes](talk.notes.md) [other](../2024/old/old.pdf) [none](../gone/gone.pdf)\n"
    assert told(check(deck, {"decks/2024/old.md": b"# Old"})) == ["3: there is no file ../gone/gone.pdf"]


def test_what_stylesheets_load_from_other_hosts_is_told() -> None:
    settings = {"css": ["own.css"], "style": "p { background: url(//example.org/b.png) }"}
    own = b"@import url(http://example.org/c.css); p { background: url(local.png) }"
    found = check("# A\n", {"decks/own.css": own, "decks/local.png": b"x"}, settings=settings)
    assert told(found, "remote-asset") == [
        f"-: {address} is loaded from the network" for address in ("http://example.org/c.css", "//example.org/b.png")
    ]


def test_slide_that_moves_needs_an_address_where_to_watch_it() -> None:
    deck = "# A\n---\n# B\n\n<video src=clip.webm></video>\n"
    files = {"decks/clip.webm": b"x"}
    wanted = "3: 1 animated slide(s) are replaced in the PDF, but nothing says where the deck is online"
    assert told(check(deck, files)) == [wanted]
    assert check(deck, files, settings={"url": "https://example.org/talk/"}) == []
    assert check(deck, files, settings={"pdf": {"animations": "poster"}}) == []


def test_picture_of_many_bytes_is_told_once() -> None:
    deck = "# A\n\n![x](big.png)\n---\n# B\n\n![x](big.png)\n"
    assert told(check(deck, {"decks/big.png": b"\x89PNG" + bytes(6_000_000)})) == ["3: big.png has 6.0 MB"]


def test_every_rule_has_a_code_a_subject_and_a_reason_of_one_line() -> None:
    for rule in RULES:
        assert rule.code in CODES
        assert rule.sees
        assert 10 < len(rule.reason) < 80
