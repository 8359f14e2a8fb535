"""What is sent for a change: enough to make the next page of this one, and not more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smalldeck import page_of

from slidebuild.preview.patching import patch, rest_of, whole
from slidebuild.preview.workspace import LivePage, LiveSlide


def applied(old: LivePage, change: dict[str, Any]) -> list[tuple[str, str]]:
    """HTML and data of the slides after a patch, as the client makes them."""
    slides: list[tuple[str, str]] = []
    for step in change["slides"]:
        if isinstance(step, list):
            slides += [(slide.html, slide.data) for slide in old.slides[step[0] : step[0] + step[1]]]
        else:
            source = old.slides[step["from"]] if step["from"] is not None else None
            slides.append((html_after(source, step), step.get("data", source.data if source else "")))
    return slides


def html_after(source: LiveSlide | None, step: dict[str, Any]) -> str:
    if "html" in step:
        return str(step["html"])
    assert source
    container = source.container
    attributes = "".join(f' {name}="{value}"' for name, value in step.get("attributes", container.attributes).items())
    return f"<div{attributes}>{container.before}{step.get('number', container.number)}{container.after}</div>\n"


DECKS = st.lists(st.sampled_from(["a", "b", "c ??? note", "#name d", "e", ""]), min_size=1, max_size=9).map("---".join)


@given(DECKS, DECKS)
def test_patch_makes_one_deck_of_any_other(before: str, after: str) -> None:
    old, new = page_of(before), page_of(after)
    change = json.loads(json.dumps(patch(old, new)))
    assert applied(old, change) == [(slide.html, slide.data) for slide in new.slides]
    assert (change["base"], change["version"]) == (old.version, new.version)
    sources = [step["from"] for step in change["slides"] if isinstance(step, dict) and step["from"] is not None]
    assert sources == sorted(set(sources)), "a slide is used once, and in order"


@given(DECKS)
def test_whole_deck_can_be_told_slide_by_slide(text: str) -> None:
    page = page_of(text)
    assert applied(page, whole(page)) == [(slide.html, slide.data) for slide in page.slides]
    assert whole(page)["rest"] == rest_of(page)


def test_only_the_slide_that_changed_is_sent() -> None:
    old, new = (page_of(f"the first of them --- a --- {third} --- c --- d") for third in ("b", "other"))
    change = patch(old, new)
    assert change["slides"][0] == [0, 2]
    assert change["slides"][1] == {"from": 2, "html": new.slides[2].html, "data": new.slides[2].data}
    assert change["slides"][2] == [3, 2]
    assert len(change["slides"]) == 3
    assert not {"title", "styles", "data", "reload"} & change.keys()
    assert change["edited"] == [2, 2]


def test_slides_behind_a_new_one_only_tell_their_place() -> None:
    steps = patch(page_of("a --- b --- c"), page_of("new --- a --- b --- c"))["slides"]
    assert steps[0]["from"] is None
    assert [step["from"] for step in steps[1:]] == [0, 1, 2]
    assert all("html" not in step and step["number"] for step in steps[1:])


def test_style_and_title_are_sent_alone() -> None:
    old, new = page_of("one --- two"), page_of("one --- two", ".a { color: red }")
    change = patch(old, new)
    assert list(change["styles"]) == ["1"]
    assert "color: red" in change["styles"]["1"]
    assert change["slides"] == [[0, 2]]
    assert patch(page_of("one"), page_of("two"))["title"] == "two"


@pytest.mark.parametrize(
    ("shell", "is_other"),
    [
        ("<html{}><head><title>t</title></head><body>{}</body></html>", True),
        ('<html class="other"{}><head></head><body>{}</body></html>', True),
    ],
)
def test_what_stands_around_the_slides_asks_for_a_new_page(shell: str, is_other: bool) -> None:
    old = page_of("one")
    new = LivePage(shell.format("", "\0slides\0<script>\0data\0</script>"), old.data, old.slides)
    assert patch(old, new).get("reload", False) is is_other


def test_page_in_which_the_slides_stand_twice_is_loaded_anew() -> None:
    old = page_of("one")
    twice = LivePage(old.shell.replace("\0slides\0", "\0slides\0\0slides\0"), old.data, old.slides)
    assert patch(old, twice) == {"base": old.version, "version": twice.version, "reload": True}
    assert whole(twice) == {"version": twice.version, "reload": True}


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        ("a---b---c", "a---x---c", [1, 1]),
        ("a---b---c", "a---b---c---d", [3, 3]),
        ("a---b---c", "a---b", [1, 1]),
        ("a---b---c", "b---c", [0, 0]),
        ("a---b---c", "a---x---y", [1, 2]),
        ("a---b---c", "a---b---c", None),
        ("---".join("abcdefghijkl"), "---".join("mnopqrstuvwx"), None),
    ],
)
def test_place_of_the_edit_is_told(before: str, after: str, edited: list[int] | None) -> None:
    assert patch(page_of(before), page_of(after)).get("edited") == edited
