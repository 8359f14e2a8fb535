"""`slidebuild verify`: a build repeated, and what is said when it comes out otherwise."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))
from sites import Talks

from slidebuild.verify.comparing import compare

THEME = {
    "themes/ours/theme.yml": "name: ours\nparent: default\ncss: [ours.css]\n",
    "themes/ours/ours.css": "h1 { color: teal }\n",
    "decks/_part.md": "# Part\nof it\n",
}
MACRO = "def hello(call):\n    return 'hello'\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    """A site with a theme, a macro and an include of its own."""
    talks = Talks.make(tmp_path_factory.mktemp("talks"), "theme: ours\nmacros: mine\n")
    for path, text in {**THEME, "mine.py": MACRO}.items():
        (talks.root / path).parent.mkdir(parents=True, exist_ok=True)
        (talks.root / path).write_text(text, encoding="utf-8")
    talks.edit("decks/two.md", "resonance", "![:hello]()\n---\ninclude: _part.md\n---\nresonance")
    talks.build()
    return talks


@pytest.fixture
def talks(built: Talks, tmp_path: Path) -> Talks:
    return Talks(Path(shutil.copytree(built.root, tmp_path / "copy")))


def verified(talks: Talks, code: int = 1) -> dict[str, Any]:
    return talks.run("verify", "--jobs", "1", code=code)


def test_a_copy_in_another_folder_time_zone_and_language_is_identical(talks: Talks) -> None:
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "3", "SOURCE_DATE_EPOCH": "1"}
    found = talks.run("verify", "--jobs", "2", **elsewhere)
    assert (found["ok"], found["environment"]) == (True, [])
    assert found["outputs"] > 10


def test_verifying_changes_nothing_in_the_project(talks: Talks) -> None:
    before = talks.files
    verified(talks, 0)
    assert talks.files == before


def change_date(talks: Talks) -> None:
    talks.edit("slidebuild.yml", "theme: ours", "theme: ours\nauthor: Somebody")


PLANTED: dict[str, tuple[Callable[[Talks], object], str, str | None]] = {
    "a byte in a picture": (lambda t: t.edit("img/prism.svg", "M0 3", "M0 2"), "img/prism.svg", "#start Light"),
    "a line of a theme": (lambda t: t.edit("themes/ours/ours.css", "teal", "navy"), "themes/ours/ours.css", None),
    "a setting": (change_date, "slidebuild.yml", None),
    "a macro": (lambda t: t.edit("mine.py", "'hello'", "'bye'"), "mine.py", "#echo Echo"),
    "an included deck": (lambda t: t.edit("decks/_part.md", "of it", "of all"), "decks/_part.md", "#3 Part"),
    "a word of a slide": (lambda t: t.edit("decks/one.md", "See", "Hear"), "decks/one.md", "#3 Prism"),
    "a note": (lambda t: t.edit("decks/one.md", "Say it", "Say this"), "decks/one.md", "#3 Prism"),
    "a new deck": (lambda t: (t.root / "decks/four.md").write_text("# Four\n"), "decks/four.md", "#1 Four"),
    "a deck that is gone": (lambda t: (t.root / "decks/2025/three.md").unlink(), "decks/2025/three.md", None),
    "a picture that is gone": (lambda t: (t.root / "img/prism.svg").unlink(), "img/prism.svg", "#start Light"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_change_is_found_and_named(talks: Talks, planted: str) -> None:
    plant, cause, slide = PLANTED[planted]
    plant(talks)
    found = verified(talks)
    causes = {entry["what"] for output in found["different"] for entry in output["causes"]}
    assert causes == {cause}
    slides = {name for output in found["different"] for name in output["slides"]}
    assert slide is None or slide in slides


@pytest.mark.parametrize(
    ("name", "other", "cause"),
    [
        ("libraries", {"pygments": "0.1"}, "library pygments"),
        ("browser", "90.0", "browser"),
        ("python", "2.7", "Python"),
        ("fonts", ["Comic Sans"], "installed font Comic Sans"),
        ("code", "0", "slidebuild's own files"),
    ],
)
def test_an_environment_that_changed_is_named_where_no_file_explains_it(
    built: Talks, name: str, other: object, cause: str
) -> None:
    before, after = built.manifest, built.manifest
    environment = before["environment"]
    environment[name] = {**environment[name], **other} if isinstance(other, dict) else other
    before["decks"]["decks/one.md"]["outputs"]["one/index.html"] = "0" * 64
    found = compare(before, after, built.root / "dist")
    (output,) = found.different
    assert (output.path, [entry.what for entry in output.causes]) == ("one/index.html", [cause])


def test_a_file_that_somebody_changed_after_the_build_is_named(talks: Talks) -> None:
    (talks.root / "dist/two/index.html").write_text("mine", encoding="utf-8")
    (talks.root / "dist/search.js").unlink()
    found = verified(talks)
    assert found["altered"] == ["search.js", "two/index.html"]
    assert found["different"] == []


def test_a_manifest_is_a_receipt_of_all_outputs(built: Talks) -> None:
    manifest = built.manifest
    listed = dict(manifest["site"])
    for deck in manifest["decks"].values():
        listed |= deck["outputs"]
    files = {path: hashlib.sha256(data).hexdigest() for path, data in built.files.items() if path != "manifest.json"}
    assert files == listed


def test_what_is_no_manifest_is_refused(talks: Talks) -> None:
    cut = json.dumps({**talks.manifest, "decks": {"decks/one.md": {}}})
    for text in ("no json", "[]", '{"manifest": 99, "decks": {}}', '{"manifest": 1, "decks": {}}', cut):
        (talks.root / "dist/manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(json.JSONDecodeError):
            verified(talks)
