"""How seldom Python looks for objects that hold one another. Imported first: loading click, it looks 25 times else."""

from __future__ import annotations

import gc
from typing import Final

ROOM: Final = 100_000
"""Objects that may come into being before Python looks for cycles among them. What a deck is made of stays until the
page is written and holds none: with the usual 700 a fifth of the time of a large deck goes into looking, and a tenth
of that of loading the program."""

gc.set_threshold(ROOM)
