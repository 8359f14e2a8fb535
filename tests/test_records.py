"""Our data classes do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, replace

import pytest

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    name: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Place(Point):
    marks: list[str] = field(default_factory=list, compare=False)


@dataclass(slots=True)
class Counter:
    count: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, eq=False)
class Thing:
    x: int


@dataclass(frozen=True, slots=True, order=True)
class Version:
    major: int
    minor: int


def test_objects_with_equal_fields_are_equal_and_have_one_hash() -> None:
    assert Point(1) == Point(1, 2, "other")
    assert hash(Point(1)) == hash(Point(1, 2, "other"))
    assert Point(1) != Point(2)
    assert Point(1) != Place(1)
    assert Nothing() == Nothing()
    assert len({Point(1), Point(1, 2), Place(1), Nothing(), Nothing()}) == 3


def test_an_object_that_changes_has_no_hash() -> None:
    assert Counter(1) == Counter(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter())


def test_without_eq_an_object_is_equal_to_itself_only() -> None:
    thing = Thing(1)
    assert thing == thing
    assert thing != Thing(1)
    assert {thing: 1}[thing] == 1


def test_what_is_shown_is_what_the_standard_library_shows() -> None:
    standard = dataclasses.make_dataclass("Point", [("x", int), ("y", int)], frozen=True)
    assert repr(Point(1)) == repr(standard(1, 2)) == "Point(x=1, y=2)"
    assert repr(Place(1, marks=["a"])) == "Place(x=1, y=2, marks=['a'])"


def test_the_tools_of_the_standard_library_work() -> None:
    place = replace(Place(1, name="here"), y=5)
    assert (place.x, place.y, place.name) == (1, 5, "here")
    assert dataclasses.asdict(place) == {"x": 1, "y": 5, "name": "here", "marks": []}
    assert copy.deepcopy(place) == place
    assert pickle.loads(pickle.dumps(place)) == place
    assert Version(1, 2) < Version(2, 0)
    with pytest.raises(AttributeError):
        place.colour = "red"  # type: ignore[attr-defined]
