"""The process that builds some of the decks: orders come by standard input, records go by standard output.

It ends, and its browser with it, when its input does: when the process that started it is gone, however it went.
"""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slidebuild.site.making import Workshop


def main() -> None:
    """Read an order, then one deck a line; answer each with a line."""
    from slidebuild.site.making import Workshop
    from slidebuild.site.order import Order

    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a macro prints is no answer
    with Workshop(Order.from_json(sys.stdin.readline())) as workshop:
        for line in sys.stdin:
            print(json.dumps(_answer(workshop, json.loads(line))), file=answers, flush=True)


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
