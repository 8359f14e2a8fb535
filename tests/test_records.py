"""Our data classes do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field, replace
from typing import ClassVar

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    name: str
    size: int = 1


@dataclass(slots=True)
class Counted:
    """Not all of its fields are given."""

    left_out: int
    make1: list[int] = field(default_factory=list)
    total: int = field(init=False, default=0)
    KINDS: ClassVar[int] = 3

    def __post_init__(self) -> None:
        self.total = self.left_out + 1


@dataclass(slots=True)
class Odd:
    left_out: int
    make1: list[int] = field(default_factory=list)
    a0: int = 3
    self_: str = ""


def test_objects_are_made_as_the_standard_library_makes_them() -> None:
    standard = dataclasses.make_dataclass(
        "Odd", [("left_out", int), ("make1", list, field(default_factory=list)), ("a0", int, 3), ("self_", str, "")]
    )
    for given, named in (((1,), {}), ((1, [2]), {}), ((1, [2], 4, "x"), {}), ((), {"a0": 5, "left_out": 6})):
        assert dataclasses.asdict(Odd(*given, **named)) == dataclasses.asdict(standard(*given, **named))  # type: ignore[arg-type, call-overload]
    for given, named in (((), {}), ((1, [], 3, "", 5), {}), ((1,), {"left_out": 2}), ((1,), {"other": 2})):
        for kind in (Odd, standard):
            with pytest.raises(TypeError):
                kind(*given, **named)
    assert Odd(1).make1 is not Odd(1).make1
    assert str(inspect.signature(Odd)).startswith("(left_out, make1=<object")


def test_fields_that_are_named_or_not_given_and_what_is_done_afterwards_work() -> None:
    assert Named(name="a") == Named(size=1, name="a")
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[misc]
    counted = Counted(4)
    assert (counted.left_out, counted.make1, counted.total, Counted.KINDS) == (4, [], 5, 3)


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
