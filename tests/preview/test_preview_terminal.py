"""What is said in the terminal."""

from __future__ import annotations

from slidebuild.diagnostics import Diagnostics
from slidebuild.preview.live import State
from slidebuild.preview.terminal import Terminal
from slidebuild.source import SourceFile


def findings(text: str, *messages: str) -> State:
    source = SourceFile("decks/a.md", text)
    found = Diagnostics()
    for message in messages:
        found.add("missing-image", message, source.span(len(text)), hint="look again")
    return State(diagnostics=tuple(found), seconds=0.0421)


def test_each_build_is_one_line_with_time_and_counts() -> None:
    said: list[str] = []
    terminal = Terminal(said.append)
    terminal.built("decks/a.md", State(seconds=0.0421))
    assert said[0].endswith(" decks/a.md built in 42 ms")
    terminal.built("decks/a.md", findings("x", "one", "two"))
    assert said[1].endswith(" decks/a.md built in 42 ms, 2 warnings")


def test_finding_is_told_once_until_it_was_gone() -> None:
    said: list[str] = []
    terminal = Terminal(said.append)
    states = (findings("x", "one"), findings("xx", "one", "two"), findings("x"), findings("x", "one"))
    told = []
    for state in states:
        said.clear()
        terminal.built("decks/a.md", state)
        told.append(len(said) - 1)
    assert told == [1, 1, 0, 1]
    assert "decks/a.md:1:2" in said[1]
    assert "look again" in said[1]


def test_bug_is_told_with_its_traceback() -> None:
    said: list[str] = []
    Terminal(said.append).built("decks/a.md", State(failed=True, crash="Traceback …\nRuntimeError: oh\n"))
    assert "no new page" in said[0]
    assert said[1] == "Traceback …\nRuntimeError: oh"


def test_what_was_measured_is_told_once_until_it_was_gone() -> None:
    said: list[str] = []
    terminal = Terminal(said.append)
    wide, tall = (f"decks/a.md:{{}}: warning: {what} [slide-overflow]" for what in ("too wide", "too tall"))
    for findings in ([wide.format(3)], [wide.format(4), tall.format(9)], [], [wide.format(3)]):
        terminal.measured("decks/a.md", findings)
    assert said == [wide.format(3), tall.format(9), wide.format(3)]
