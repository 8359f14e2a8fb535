"""Runs `tests/spec/*.md`: one file a construct, each case a title, a deck, and the slides it makes.

A case is a `## title`, a fence `~~~~ deck`, a fence `~~~~ slides` and, when there is something to say, `~~~~ says` with
the diagnostics (`code line:column`). Other files of a case stand in fences `~~~~ file PATH`, options in `~~~~ options`.
`python tests/test_spec.py --write` fills in what the code makes now: read the difference before you commit it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from slidebuild import dom
from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile
from slidebuild.source import SourceFile as Source
from slidebuild.yaml_text import read_mapping

FOLDER = Path(__file__).parent / "spec"
FENCE = re.compile(r"^~~~~ (\w+)(?: (\S+))?\n(.*?)^~~~~\n", re.MULTILINE | re.DOTALL)


@dataclass
class Case:
    title: str
    deck: str
    slides: str = ""
    says: str = ""
    options: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def cases(path: Path) -> Iterator[Case]:
    text = path.read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        found = Case(title.strip(), "")
        for kind, name, content in FENCE.findall(body):
            if kind == "file":
                found.files[name] = content.encode()
            else:
                setattr(found, kind, content)
        yield found


def outcome(case: Case) -> tuple[str, str]:
    """What the deck of a case makes: its slides and its diagnostics, as the fences write them."""
    diagnostics = Diagnostics()
    options = read_mapping(Source("options", case.options)).values
    defaults = {"theme": "remark", **options}
    inputs = Inputs(DictLoader(case.files), stronger=(Layer(defaults),), assets="link")
    compiled = compile_deck(SourceFile("decks/talk.md", case.deck), inputs, diagnostics)
    lines = []
    for entry in compiled.slides:
        slide = entry.slide
        resolved = slide.resolved
        head = [f"=== {resolved.number}/{compiled.total}", *(f".{name}" for name in resolved.class_names)]
        head += [f"#{resolved.name}"] if resolved.name else []
        head += ["step"] if resolved.continues else []
        head += [f"{{{entry.style}}}"] if entry.style else []
        lines.append(" ".join(head))
        lines.append(dom.inner_html(slide.content).strip("\n"))
        notes = dom.inner_html(slide.notes).strip("\n")
        if notes:
            lines += ["???", notes]
    says = [f"{item.code} {item.span.position.line}:{item.span.position.column}" for item in diagnostics if item.span]
    return "\n".join(line for line in lines if line) + "\n", "".join(f"{line}\n" for line in says)


ALL = [
    pytest.param(case, id=f"{path.stem}: {case.title}") for path in sorted(FOLDER.glob("*.md")) for case in cases(path)
]


@pytest.mark.parametrize("case", ALL)
def test_spec(case: Case) -> None:
    slides, says = outcome(case)
    assert slides == case.slides
    assert says == case.says


def write() -> None:
    """Fill in the fences with what the code makes now."""
    for path in sorted(FOLDER.glob("*.md")):
        head, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for index, (case, part) in enumerate(zip(list(cases(path)), parts, strict=True)):
            slides, says = outcome(case)
            kept = re.sub(r"\n*^~~~~ (?:slides|says)\n.*?^~~~~\n", "\n", part, flags=re.MULTILINE | re.DOTALL)
            said = f"~~~~ says\n{says}~~~~\n" if says else ""
            parts[index] = f"{kept.rstrip()}\n~~~~ slides\n{slides}~~~~\n{said}\n"
        path.write_text(head + "".join(f"## {part}" for part in parts).rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    write()
