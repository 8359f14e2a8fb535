from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.browser.connection import Connection
from slidebuild.browser.errors import DrivingError
from slidebuild.browser.pipe import Gone, Pipe

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")


class Ends:
    """A pipe to a browser that is played by the test."""

    def __init__(self) -> None:
        self.read, theirs = os.pipe()
        ours, self.write = os.pipe()
        self.pipe = Pipe(ours, theirs)

    def say(self, data: bytes) -> None:
        assert os.write(self.write, data) == len(data)

    def heard(self) -> bytes:
        return os.read(self.read, 1 << 16)

    def hang_up(self) -> None:
        os.close(self.write)
        os.close(self.read)
        self.write = self.read = -1

    def close(self) -> None:
        self.pipe.close()
        for end in (self.write, self.read):
            with suppress(OSError):
                os.close(end)


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    made.close()


@given(st.lists(st.binary(max_size=9).map(lambda data: data.replace(b"\0", b"-")), max_size=5), st.integers(1, 7))
def test_texts_come_out_whole_wherever_they_were_cut(texts: list[bytes], length: int) -> None:
    made = Ends()
    stream = b"".join(text + b"\0" for text in texts)
    found = []
    for at in range(0, len(stream), length):
        made.say(stream[at : at + length])
        with suppress(TimeoutError):
            while True:
                found.append(made.pipe.read(time.monotonic()))
    made.close()
    assert found == texts


def test_nothing_said_in_time_is_a_timeout_and_nothing_is_lost_by_it(ends: Ends) -> None:
    ends.say(b"ha")
    with pytest.raises(TimeoutError):
        ends.pipe.read(time.monotonic() + 0.01)
    ends.say(b"lf\0")
    assert ends.pipe.read(time.monotonic() + 10) == b"half"


def test_browser_that_hangs_up_is_gone_for_readers_and_writers(ends: Ends) -> None:
    ends.say(b"last\0")
    ends.hang_up()
    assert ends.pipe.read() == b"last"
    assert ends.pipe.is_open
    with pytest.raises(Gone):
        ends.pipe.read()
    assert not ends.pipe.is_open
    with pytest.raises(Gone):
        ends.pipe.write(b"hello")


def test_answers_find_their_commands_in_any_order_and_events_their_listeners(ends: Ends) -> None:
    connection = Connection(ends.pipe)
    heard: list[tuple[str, object]] = []
    connection.listen("S", lambda method, told: heard.append((method, told)))
    ends.say(b'{"method":"A.b","params":{"x":1},"sessionId":"S"}\0{"method":"A.c","sessionId":"other"}\0')
    ends.say(b'{"id":2,"result":{"n":2}}\0{"id":77,"result":{}}\0{"id":1,"result":{"n":1}}\0')
    assert connection.ask_all([("One", {"a": "b"}), ("Two", {})], "S") == [{"n": 1}, {"n": 2}]
    assert heard == [("A.b", {"x": 1})]
    one, two, _ = ends.heard().split(b"\0")
    assert one == b'{"id":1,"method":"One","params":{"a":"b"},"sessionId":"S"}'
    assert two == b'{"id":2,"method":"Two","params":{},"sessionId":"S"}'


def test_command_that_fails_raises_what_the_browser_says(ends: Ends) -> None:
    connection = Connection(ends.pipe)
    ends.say(b'{"id":1,"error":{"code":-32000,"message":"No such thing\\nat all"}}\0')
    with pytest.raises(DrivingError, match=r"^No such thing$"):
        connection.ask("Look")


def test_answer_that_comes_too_late_is_nobody_s(ends: Ends) -> None:
    connection = Connection(ends.pipe)
    with pytest.raises(TimeoutError):
        connection.ask("Slow", until=time.monotonic())
    ends.say(b'{"id":1,"result":{"n":1}}\0{"id":2,"result":{"n":2}}\0')
    assert connection.ask("Quick") == {"n": 2}


def test_listener_that_raises_ends_the_waiting_and_one_that_left_hears_nothing(ends: Ends) -> None:
    connection = Connection(ends.pipe)

    def hear(method: str, told: dict[str, object]) -> None:
        raise DrivingError(f"{method} happened: {told}")

    connection.listen("S", hear)
    ends.say(b'{"method":"Crash","sessionId":"S"}\0')
    with pytest.raises(DrivingError, match="Crash happened"):
        connection.ask("Look", "S")
    connection.leave("S")
    ends.say(b'{"method":"Crash","sessionId":"S"}\0{"id":2,"result":{}}\0')
    assert connection.ask("Look", "S") == {}
