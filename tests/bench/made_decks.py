"""Decks of a given length with what lecture slides hold: text, lists, code, formulas, tables, columns, notes."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import Final

DECKS: Final = {"short": 37, "long": 180, "huge": 1000}
"""Name -> number of slides."""

KINDS: Final = r"""class: center, middle

# Part NUMBER

*what the next slides are about*

---

## Slide NUMBER

- a first thing to say, with **weight** on it
- a second, with a [link](https://example.org/NUMBER)
  - and a detail
- a third

???
Say this slowly.

---

## Code NUMBER

```python
def loss_NUMBER(y, p):
    # cross entropy
    return -sum(a * log(b) for a, b in zip(y, p))
```

which is `O(n)`.

---

## Formula NUMBER

With $\sigma(x) = \frac{1}{1 + e^{-x}}$ follows

$$\nabla L = \sum_{i=1}^{NUMBER} (p_i - y_i)\, x_i$$

---

## Table NUMBER

| layer | units  | parameters |
|-------|-------:|-----------:|
| dense | NUMBER | 4 096      |
| dense | 10     | 650        |

---

name: two-NUMBER

## Columns NUMBER

.left-column[
### Left
- one
- two
]
.right-column[
A paragraph beside it.
]
""".split("\n---\n\n")


def write_deck(file: Path, slides: int) -> None:
    """Write a deck; the text `EDIT` stands once, on the slide in the middle."""
    parts = [kind.replace("NUMBER", str(n)) for n, kind in enumerate(islice(cycle(KINDS), slides))]
    parts[slides // 2] = "## In the middle\n\nEDIT\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n---\n\n".join(parts), encoding="utf-8")
