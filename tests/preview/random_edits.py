"""Edits as authors make them, and such as happen while they do: words, slides, syntax half typed, broken settings."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

SCRAPS: Final = (
    "word",
    " naïve café — ",
    "\n\nA new paragraph with **weight** and `code`.\n\n",
    "\n- a point\n  - a detail\n",
    "$e^{i\\pi} + 1 = 0$",
    "\n$$\n\\int_0^1 x\\,dx\n",
    "\n```python\nprint(1)\n```\n",
    "\n```\n",
    ".left[",
    "]",
    "\n.center[\nmiddle\n]\n",
    "![](../img/nowhere.png)",
    "<b>bold",
    "</div>",
    "<!-- a comment",
    "\n???\nNotes\n",
    "\n--\n",
    "\n---\n\n# A new slide\n",
    "\n---\nname: place\nclass: center, middle\n\n# Named\n",
    "\n---\nlayout: true\n\nunder all\n",
    "\n---\ntemplate: place\n",
    "\n---\nexclude: true\n\ngone\n",
    "[link](#place)",
    "\n[slides]: https://example.org\n",
    "![:nothing]",
    "&amp; &lt; <",
    "😀",
    "\t",
    "\u2028",
)


def insert(text: str, random: Random) -> str:
    """A scrap somewhere."""
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(SCRAPS) + text[at:]


def delete(text: str, random: Random) -> str:
    """Some letters less."""
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 1, 5, 40, 300)) :]


def reorder(text: str, random: Random) -> str:
    """Two slides change places."""
    parts = text.split("\n---\n")
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return "\n---\n".join(parts)


def double(text: str, random: Random) -> str:
    """A slide twice."""
    parts = text.split("\n---\n")
    at = random.randrange(len(parts))
    return "\n---\n".join([*parts[: at + 1], *parts[at:]])


def drop(text: str, random: Random) -> str:
    """A slide less."""
    parts = text.split("\n---\n")
    del parts[random.randrange(len(parts))]
    return "\n---\n".join(parts)


def settings(text: str, random: Random) -> str:
    """Front matter with another key, or with what is no YAML."""
    line = random.choice(('title: "Another"', "title: [", "ratio: 4:3", 'ratio: "16:9', "footer: at the *foot*"))
    return text.replace("---\n", f"---\n{line}\n", 1) if text.startswith("---\n") else f"---\n{line}\n---\n{text}"


def truncate(text: str, random: Random) -> str:
    """The file as it stands when an editor was interrupted."""
    return text[: random.randrange(len(text) + 1)]


EDITS: Final[tuple[Callable[[str, Random], str], ...]] = (
    *([insert] * 12),
    *([delete] * 6),
    *([reorder] * 2),
    double,
    drop,
    settings,
    truncate,
)


def edited(text: str, original: str, random: Random) -> str:
    """The text after another edit; now and then the original again, so that the deck stays one."""
    if random.random() < 0.12:
        return original
    return random.choice(EDITS)(text, random)
