"""Patterns that are compiled when first used do what compiled ones do."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from typing import Any

import pytest

import slidebuild
from slidebuild import patterns
from slidebuild.patterns import regex


def test_nothing_is_compiled_before_the_first_use() -> None:
    wrong = regex("(")
    with pytest.raises(re.error, match="unterminated subpattern"):
        wrong.match("")


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("match", ("12 ab",)),
        ("fullmatch", ("12",)),
        ("search", ("ab 12 cd", 2)),
        ("findall", ("12 ab 3",)),
        ("split", ("a12b3c", 1)),
        ("sub", ("<\\1>", "a12b3")),
        ("subn", ("", "a12b3")),
    ],
)
def test_methods_give_the_same(method: str, arguments: tuple[Any, ...]) -> None:
    ours, usual = regex(r"(\d)\d*"), re.compile(r"(\d)\d*")
    for _ in range(2):  # at the first use and later
        found, expected = getattr(ours, method)(*arguments), getattr(usual, method)(*arguments)
        assert str(found) == str(expected)


@pytest.mark.parametrize("attribute", ["pattern", "flags", "groups", "groupindex"])
def test_attributes_are_the_same(attribute: str) -> None:
    ours, usual = regex("(?P<word>[a-z]+)", re.IGNORECASE | re.ASCII), re.compile("(?P<word>[a-z]+)", re.I | re.A)
    assert getattr(ours, attribute) == getattr(usual, attribute)
    assert getattr(ours, attribute) == getattr(usual, attribute)


def test_iterators_go_through_text_and_bytes() -> None:
    assert [found[0] for found in regex(r"\d").finditer("1a2")] == ["1", "2"]
    assert [found[0] for found in regex(rb"\d").finditer(b"1a2")] == [b"1", b"2"]


def test_all_that_a_compiled_pattern_has_is_there() -> None:
    public = {name for name in dir(re.compile("")) if not name.startswith("_")}
    assert public <= {name for name in dir(regex("")) if not name.startswith("_")}


def test_what_a_pattern_has_not_is_an_error() -> None:
    waiting: Any = regex("a")
    with pytest.raises(AttributeError, match="a pattern has no replace"):
        _ = waiting.replace


def test_it_is_shown_as_written_before_and_after_its_use() -> None:
    shown = regex("a+", re.DOTALL)
    before = repr(shown)
    assert shown.match("aa")
    assert repr(shown) == before == f"regex{('a+', re.DOTALL)!r}"


def test_no_pattern_of_ours_is_wrong() -> None:
    gc.collect()  # patterns of other tests
    for module in pkgutil.walk_packages(slidebuild.__path__, "slidebuild."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours: list[Any] = [thing for thing in gc.get_objects() if type(thing) in (patterns._Waiting, patterns._Compiled)]
    assert len(ours) > 200
    assert all(isinstance(pattern.pattern, str | bytes) for pattern in ours)
