"""The process that builds some of the decks: orders come by one pipe, records go by another.

It ends, and its browser with it, when its orders do: when the process that started it is gone, however it went.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from slidebuild.site.making import Workshop


def main() -> None:
    """Read what is to be built how from standard input, then one deck a line; answer each by standard output."""
    from slidebuild.site.making import Workshop
    from slidebuild.site.order import Order

    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a macro prints is no answer
    with Workshop(Order.from_json(sys.stdin.readline())) as workshop:
        serve(workshop, sys.stdin, answers)


def serve(workshop: Workshop, orders: Iterable[str], answers: TextIO) -> None:
    """Build one deck for each line; answer each with a line. Who is interrupted (Ctrl-C) leaves without a word."""
    try:
        for line in orders:
            print(json.dumps(_answer(workshop, json.loads(line))), file=answers, flush=True)
    except KeyboardInterrupt:
        return


def _answer(workshop: Workshop, task: dict[str, Any]) -> dict[str, Any]:
    from slidebuild.browser.errors import BrowserError

    try:
        return {"record": workshop.make(task["deck"]).as_data()}
    except BrowserError as error:
        return {"browser": str(error), "hint": error.hint}
    except Exception:  # noqa: BLE001 - a bug, told by the process that is looked at
        return {"crash": traceback.format_exc()}


if __name__ == "__main__":
    main()
