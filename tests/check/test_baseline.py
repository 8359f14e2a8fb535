"""Old findings are left out, wherever their lines have gone."""

from __future__ import annotations

import json

import pytest
from checkdeck import check, codes

from slidebuild.check.baseline import Baseline, BaselineError, as_baseline
from slidebuild.fingerprints import told_apart

OLD = "# A\n\n![x](one.png)\n\n![x](two.png) ![x](two.png)\n---\n# B\n\n..red[x]\n"


def new(deck: str, known: bytes) -> list[str]:
    return [f"{item.code} {item.message}" for item in Baseline.read(known).new(check(deck))]


def test_what_was_found_before_is_left_out() -> None:
    assert new(OLD, as_baseline(check(OLD))) == []


def test_lines_may_move() -> None:
    moved = (
        "# New\n\ntext\n---\n# B\n\n..red[x]\n---\n# A\n\n\n\n![x](two.png)   ![x](two.png)\n\ntext\n\n![x](one.png)\n"
    )
    assert new(moved, as_baseline(check(OLD))) == []


def test_what_is_new_is_told_even_if_it_is_like_something_old() -> None:
    known = as_baseline(check(OLD))
    again = "\n---\n# C\n\n![x](one.png)\n"
    assert new(OLD + again, known) == ["missing-image there is no picture one.png"]
    assert new(OLD.replace("one.png", "three.png"), known) == ["missing-image there is no picture three.png"]


def test_baseline_is_the_same_whatever_the_order_and_one_finding_a_line() -> None:
    found = check(OLD)
    data = as_baseline(found)
    assert as_baseline(reversed(found)) == data
    assert [entry["code"] for entry in json.loads(data)["findings"]].count("missing-image") == 2
    assert sum(b'"fingerprint"' in line for line in data.splitlines()) == len(json.loads(data)["findings"])


def test_what_stops_a_build_is_never_old() -> None:
    deck = "name: a\ntemplate: b\n---\nname: b\ntemplate: a\n\nx\n"
    found = check(deck)
    assert "template-cycle" in codes(found)
    assert "template-cycle" not in as_baseline(found).decode()


def test_nothing_found_is_a_baseline_too() -> None:
    found = check(OLD)
    assert Baseline.read(as_baseline([])).new(found) == found


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"version": 1}', b'{"version": 2, "findings": []}', b"\xff"])
def test_a_file_that_is_no_baseline_is_refused(data: bytes) -> None:
    with pytest.raises(BaselineError):
        Baseline.read(data)


def test_every_finding_has_a_fingerprint_of_its_own() -> None:
    marks = [mark for _, mark in told_apart(check(OLD))]
    assert len(marks) == len(set(marks)) == 4
