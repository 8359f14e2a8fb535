"""Commands to a browser and what it answers and tells, as the DevTools protocol has it.

https://chromedevtools.github.io/devtools-protocol/: a command has a number, which its answer repeats; what has none is
an event. Each page, frame and worker that is attached to has a session. What is told is read while an answer is waited
for; nothing is lost meanwhile, the browser keeps what it has to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from slidebuild.browser.errors import DrivingError
from slidebuild.browser.pipe import Pipe

Command: TypeAlias = tuple[str, dict[str, Any]]
"""Its name, `Page.navigate`, and what goes with it."""
Hear: TypeAlias = Callable[[str, dict[str, Any]], None]
"""Takes the name of an event and what goes with it."""


class Connection:
    """A browser at the other end of a pipe. Only one thread may use it."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._number = 0
        self._answers: dict[int, dict[str, Any] | None] = {}
        self._listeners: dict[str, Hear] = {}

    @property
    def is_open(self) -> bool:
        """Whether the browser was there when it was last asked."""
        return self._pipe.is_open

    def listen(self, session: str, hear: Hear) -> None:
        """Let events of a session be heard, while answers are waited for. What `hear` raises ends the waiting."""
        self._listeners[session] = hear

    def leave(self, session: str) -> None:
        """Hear nothing more of a session."""
        self._listeners.pop(session, None)

    def post(self, method: str, session: str | None = None, /, **parameters: Any) -> int:
        """Send a command whose answer nobody waits for; its number."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        self._pipe.write(json.dumps(message, separators=(",", ":")).encode())
        return self._number

    def ask(self, method: str, session: str | None = None, /, *, until: float | None = None, **parameters: Any) -> Any:
        """What a command is answered. Raises DrivingError; TimeoutError at the time `until` (`time.monotonic`)."""
        return self.ask_all([(method, parameters)], session, until=until)[0]

    def ask_all(
        self, commands: Sequence[Command], session: str | None = None, *, until: float | None = None
    ) -> list[Any]:
        """Several commands sent at once, and what each is answered. Raises as `ask`."""
        numbers = [self.post(method, session, **parameters) for method, parameters in commands]
        self._answers |= dict.fromkeys(numbers)
        try:
            return [self._answer(number, until) for number in numbers]
        finally:
            for number in numbers:
                self._answers.pop(number, None)

    def hear(self, until: float | None = None) -> None:
        """Wait for the next answer or event. Raises as `ask`."""
        message = json.loads(self._pipe.read(until))
        number = message.get("id")
        if number in self._answers:
            self._answers[number] = message
        elif number is None and (hear := self._listeners.get(message.get("sessionId", ""))) is not None:
            hear(message["method"], message.get("params", {}))

    def _answer(self, number: int, until: float | None) -> Any:
        while (message := self._answers[number]) is None:
            self.hear(until)
        if "error" in message:
            raise DrivingError(str(message["error"].get("message", "no reason given")).partition("\n")[0])
        return message.get("result", {})
