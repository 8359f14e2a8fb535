"""Findings that a deck says are meant, and how bad the others are."""

from __future__ import annotations

import pytest
from checkdeck import check, codes, told
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.policy.waivers import find_waivers
from slidebuild.source import DictLoader, SourceFile

WAIVER = "<!-- slidebuild-ignore: missing-image, missing-alt: drawn on the board -->"
LINE = "<!-- slidebuild-ignore-line: missing-alt: mere ornament -->"


@pytest.mark.parametrize(
    "deck",
    [
        f"{WAIVER}\n# A\n\n![](gone.png)\n",
        f"# A\n\n![](gone.png)\n\n{WAIVER}\n",
        f"# A\n\n.red[\n![](gone.png)\n\n{WAIVER}\n]\n",
        f"name: a\n{WAIVER}\n\n![](gone.png)\n",
        f"# A\n--\n\n![](gone.png)\n--\n\n{WAIVER}\n",
        f"![](gone.png) {WAIVER}\n",
    ],
    ids=["at the top", "at the end", "in a class", "among properties", "on a later step", "on the line"],
)
def test_waiver_covers_its_slide_with_its_steps(deck: str) -> None:
    assert check(deck) == []


def test_waiver_covers_no_other_slide_and_no_other_rule() -> None:
    deck = f"# A\n\n{WAIVER}\n\n![](gone.png)\n\n..red[x]\n---\n# B\n\n![x](gone.png)\n"
    assert codes(check(deck)) == ["suspicious-class-dots", "missing-image"]


def test_waiver_of_a_line_covers_that_line_only() -> None:
    files = {f"decks/{name}.png": b"\x89PNG" for name in "abc"}
    deck = f"# A\n\n![](a.png) {LINE}\n\n{LINE}\n\n![](b.png)\n\n![](c.png)\n"
    assert told(check(deck, files)) == ["9: c.png has no text for those who do not see it"]


def test_waiver_in_an_included_deck_covers_its_slide() -> None:
    files = {"decks/part.md": f"# P\n\n![](gone.png)\n\n{WAIVER}\n".encode()}
    assert check("include: part.md\n", files) == []


def test_waiver_without_a_reason_holds_but_is_a_warning() -> None:
    (found,) = check("# A\n\n![x](gone.png)\n\n<!-- slidebuild-ignore: missing-image -->\n")
    assert (found.code, str(found.severity)) == ("waiver-without-reason", "warning")
    assert found.message == "this does not say why missing-image is meant"


def test_waiver_of_what_was_not_found_is_a_notice() -> None:
    (found,) = check(f"# A\n\n![](gone.png)\n\n{WAIVER}\n---\n# B\n\n{LINE}\n")
    assert (found.code, str(found.severity)) == ("unused-waiver", "notice")
    assert (told([found]), found.hint) == (["9: no missing-alt was found here"], "delete the comment")


def test_waiver_of_a_rule_that_did_not_run_is_not_unused() -> None:
    deck = "# A\n\n<!-- slidebuild-ignore: slide-overflow, unreachable-link, page-count: later -->\n"
    assert check(deck) == []


def test_waiver_of_no_rule_says_what_may_be_meant() -> None:
    (found,) = check("# A\n\n<!-- slidebuild-ignore: mising-alt: x -->\n")
    assert (found.code, found.message, found.hint) == (
        "unknown-rule",
        "there is no rule `mising-alt`",
        "did you mean `missing-alt`?",
    )


def test_waiver_in_code_is_code() -> None:
    deck = f"# A\n\n```html\n{WAIVER}\n```\n\n`{LINE}`\n\n![x](gone.png)\n"
    assert codes(check(deck)) == ["missing-image"]


def test_what_stops_a_build_cannot_be_waived() -> None:
    deck = "name: a\ntemplate: b\n<!-- slidebuild-ignore: template-cycle: no -->\n---\nname: b\ntemplate: a\n\nx\n"
    assert "template-cycle" in codes(check(deck))


@pytest.mark.parametrize(
    "place", ["{}\n# A\n\ntext\n", "# A\n\n{}\n\ntext\n", "# A\n\ntext\n{}\nmore\n", "# A\n{}\n- x\n"]
)
def test_before_the_first_content_class_nothing_of_it_reaches_the_slide(place: str) -> None:
    with_waiver, without = (_content(text) for text in (place.format(WAIVER), place.replace("{}\n", "")))
    assert "slidebuild-ignore" not in with_waiver
    assert with_waiver.split() == without.split()


def test_below_a_content_class_it_is_a_comment_that_makes_no_paragraph() -> None:
    content = _content(f"# A\n\n.red[x]\n\n{WAIVER}\n# B\n\n{WAIVER}\n- x\n")
    assert content.count("<p>") == 1
    assert content.count("<!--") == 2


def _content(deck: str) -> str:
    found = compile_deck(SourceFile("d.md", deck), Inputs(DictLoader({})), Diagnostics())
    return found.slides[0].content


def test_waivers_are_found_in_time_linear_in_the_deck() -> None:
    text = f"# A\n\n{WAIVER}\n" + "<!-- slidebuild-ignore: a" * 5_000 + "\n" + f"{LINE}\nx\n" * 500
    assert len(find_waivers(SourceFile("d.md", text))) == 501


def test_settings_say_how_bad_a_finding_is() -> None:
    deck = "# A\n\n![](gone.png)\n"
    levels = {"check": {"missing-image": "error", "missing-alt": "off"}}
    assert [(item.code, str(item.severity)) for item in check(deck, settings=levels)] == [("missing-image", "error")]


def test_front_matter_adds_to_what_the_project_says_of_rules() -> None:
    deck = "---\ncheck: {missing-image: notice}\n---\n# A\n\n![](gone.png)\n"
    found = check(deck, settings={"check": {"missing-alt": "off", "missing-image": "error"}})
    assert [(item.code, str(item.severity)) for item in found] == [("missing-image", "notice")]


def test_a_rule_that_is_off_leaves_its_waivers_alone() -> None:
    assert check(f"# A\n\n{LINE}\n", settings={"check": {"missing-alt": "off"}}) == []


@pytest.mark.parametrize(
    ("check_setting", "code", "message"),
    [
        ({"mising-alt": "off"}, "unknown-setting", "there is no setting `check.mising-alt`"),
        ({"missing-alt": "loud"}, "bad-setting-value", "`check.missing-alt` must be off, notice, warn or error"),
        (["missing-alt"], "bad-setting-value", "`check` must be a mapping of rules (`check: {missing-alt: off}`)"),
        (
            {"template-cycle": "off"},
            "bad-setting-value",
            "`check.template-cycle` must be error, since nothing can be built with it",
        ),
    ],
)
def test_what_settings_say_wrongly_of_rules_is_told(check_setting: object, code: str, message: str) -> None:
    (found,) = check("# A\n", settings={"check": check_setting})
    assert (found.code, found.message) == (code, message)


PIECES = st.lists(
    st.sampled_from(
        [
            WAIVER,
            LINE,
            "<!-- slidebuild-ignore",
            "-line",
            ": a",
            ": b -->",
            "-->",
            "\n",
            "\n---\n",
            "--\n",
            "```\n",
            "text",
            "`",
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_any_text_has_waivers_that_cover_something_of_their_file(text: str) -> None:
    for waiver in find_waivers(SourceFile("d.md", text)):
        assert waiver.span.text.startswith("<!--")
        assert 0 <= waiver.scope[0] <= waiver.scope[1] <= len(text) + 1
