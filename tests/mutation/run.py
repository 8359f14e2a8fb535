"""Makes small mistakes in the lexer, the parser and the resolver, and tells which no test notices: `make mutation`.

mutmut makes the mistakes (one a mutant, in `mutants/`) and runs the tests that reach it, as `[tool.mutmut]` says. What
survives has to stand in `survivors.txt` with a reason: a mistake that is none (same behaviour), one that only takes
time, one that only changes the words of a message. A survivor that is not listed fails the run, and so does a listed
one that is gone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
MUTANTS = REPOSITORY / "mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"
LISTED = HERE / "survivors.txt"

KILLED = frozenset((1, 3))
"""Exit codes of pytest: a test failed; pytest itself did."""
UNTESTED = frozenset((5, 33))
SECONDS_UP = frozenset((36, 24, -24, 152, 255))
"""The tests took far longer than usual: an endless loop."""


@dataclass(frozen=True, order=True)
class Mutant:
    """A mistake: where, and the lines taken out and put in (mutmut's numbers change with every edit)."""

    function: str
    change: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.function, *(f"    {line}" for line in self.change)))


def main() -> int:
    """Run mutmut and compare what survives with the list. With `--again` only what survived last time is tried."""
    if "--again" in sys.argv:
        forget_survivors()
    else:
        shutil.rmtree(MUTANTS, ignore_errors=True)
    jobs = os.environ.get("JOBS", "1")
    subprocess.run([MUTMUT, "run", "--max-children", jobs], cwd=REPOSITORY, check=True)
    codes = dict(exit_codes())
    outcomes = Counter("killed" if code in KILLED | SECONDS_UP else "survived" for code in codes.values())
    survivors = {mutant_of(name) for name, code in codes.items() if code not in KILLED | SECONDS_UP}
    listed = set(listed_survivors(LISTED.read_text(encoding="utf-8")))
    print(f"\n{len(codes)} mutants, {outcomes['killed']} killed, {outcomes['survived']} not, {len(listed)} explained")
    report(
        "No test notices these; write one, or list them with the reason in tests/mutation/survivors.txt:",
        survivors - listed,
    )
    report("These are listed in tests/mutation/survivors.txt, but do not survive (any more):", listed - survivors)
    return int(survivors != listed)


def forget_survivors() -> None:
    """mutmut keeps what it found out about a mutant, even when tests change."""
    (MUTANTS / "mutmut-stats.json").unlink(missing_ok=True)
    for path in MUTANTS.glob("src/**/*.meta"):
        kept = json.loads(path.read_text(encoding="utf-8"))
        codes = kept["exit_code_by_key"]
        codes.update({name: None for name, code in codes.items() if code not in KILLED})
        path.write_text(json.dumps(kept), encoding="utf-8")


def exit_codes() -> Iterator[tuple[str, int | None]]:
    """Name of each mutant and the exit code of its tests, as mutmut keeps them."""
    for path in sorted(MUTANTS.glob("src/**/*.meta")):
        yield from json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items()


def mutant_of(name: str) -> Mutant:
    """A mutant by mutmut's name: `slidebuild.lexer.xǁ_Fencesǁclosing__mutmut_7`."""
    shown = subprocess.run([MUTMUT, "show", name], cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    lines = shown.partition("@@")[2].splitlines()[1:]
    change = [line[0] + " " + line[1:].strip() for line in lines if line[:1] in ("+", "-") and line[1:].strip()]
    function = re.sub(r"__mutmut_\d+$", "", name).replace(".x_", ".").replace(".xǁ", ".").replace("ǁ", ".")
    return Mutant(function, tuple(change))


def listed_survivors(text: str) -> Iterator[Mutant]:
    """The mutants of the list: a line `module.function`, indented lines `- old` and `+ new`; `#` begins a reason."""
    function, change = "", []
    for line in [*text.splitlines(), ""]:
        if line.startswith(" "):
            change.append(line.strip())
            continue
        if change:
            yield Mutant(function, tuple(change))
            change = []
        if line and not line.startswith("#"):
            function = line


def report(heading: str, mutants: set[Mutant]) -> None:
    """Print mutants under a heading, if there are any."""
    if mutants:
        print(f"\n{heading}\n")
        print("\n\n".join(str(mutant) for mutant in sorted(mutants)))


if __name__ == "__main__":
    sys.exit(main())
