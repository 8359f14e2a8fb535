"""Draw every picture of the demo lecture, from real computations.

Run from anywhere: `python img/figures.py [NAME…]` (names: the keys of GROUPS; all without one). It needs more than
slidebuild itself does: `pip install numpy matplotlib av` (PyAV brings the VP9 encoder). Seeds are fixed, the files
carry no dates and the sums run on one thread, so two runs with the same versions give the same bytes. It takes about
three minutes on one core and prints the numbers that the lecture quotes.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from plots import style

style.use()

from plots import convolution, curves, diagrams, nbody, photoz, training  # noqa: E402 - matplotlib's defaults come first

GROUPS = {
    "nbody": nbody.draw,
    "training": training.draw,
    "photoz": photoz.draw,
    "curves": curves.draw,
    "diagrams": diagrams.draw,
    "convolution": convolution.draw,
}


def main(names: list[str]) -> None:
    """Draw the named groups, or all."""
    for name in names or GROUPS:
        begin = time.perf_counter()
        GROUPS[name]()
        print(f"{name}: {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
