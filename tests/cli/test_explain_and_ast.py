"""`slidebuild explain` and `slidebuild ast`: where the parts of slides come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import main
from slidebuild.deck_tree import json_schema

DECK = """---
title: Talk
---
name: base
layout: true
class: dark

.head[{{topic}}]

---
name: first
topic: stars
class: center

# One
???
a note
--
two
---
layout: false
include: more/part.md
---
template: base
count: false

![:img 50%](x.png)
"""
PART = "# Part\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks/more").mkdir(parents=True)
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n")
    (tmp_path / "decks/talk.md").write_text(DECK)
    (tmp_path / "decks/more/part.md").write_text(PART)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explained(*arguments: str) -> dict[str, Any]:
    slide: dict[str, Any] = json.loads(run("explain", "decks/talk.md", *arguments, "--json").stdout)["slide"]
    return slide


def pieces(slide: dict[str, Any]) -> list[tuple[str, str | None, str | None, int, str]]:
    return [
        (part["origin"], part["of"], part["madeBy"], part["span"]["start"]["line"], part["text"].strip())
        for part in slide["content"]
    ]


def test_a_step_is_explained_piece_by_piece(project: Path) -> None:
    slide = explained("2")
    assert pieces(slide) == [
        ("layout", "base", "variable topic", 8, "stars"),
        ("step", "first", None, 15, "# One"),
        ("own", None, None, 19, "two"),
    ]
    assert (slide["classes"], slide["number"], slide["step"]) == (["dark", "center"], 2, True)


def test_properties_tell_each_place_they_come_from(project: Path) -> None:
    properties = explained("first")["properties"]
    assert [(o["origin"], o["span"]["start"]["line"]) for o in properties["class"]["origins"]] == [
        ("layout", 6),
        ("own", 13),
    ]
    assert properties["class"]["value"] == "dark, center"
    assert [(o["origin"], o["of"]) for o in explained("2")["properties"]["topic"]["origins"]] == [("step", "first")]


def test_an_included_slide_tells_who_includes_it(project: Path) -> None:
    slide = explained("3")
    assert pieces(slide) == [("layout", "base", None, 8, "{{topic}}"), ("own", None, None, 1, "# Part")]
    assert slide["content"][1]["included"] == "decks/more/part.md"
    assert [(place["path"], place["start"]["line"]) for place in slide["includedBy"]] == [("decks/talk.md", 22)]


def test_a_template_and_a_macro_are_named(project: Path) -> None:
    slide = explained("#4")
    assert [part[:4] for part in pieces(slide)] == [
        ("template", "base", None, 8),
        ("own", None, "macro img", 27),
    ]
    assert (slide["counted"], slide["number"]) == (False, 3)


def test_notes_are_explained(project: Path) -> None:
    assert [part["text"].strip() for part in explained("first")["notes"]] == ["a note"]


def test_the_number_shown_can_be_asked_for(project: Path) -> None:
    assert explained("3", "--number")["index"] == 2


def test_text_names_places_origins_and_final_values(project: Path) -> None:
    text = run("explain", "decks/talk.md", "2").stdout
    assert text.splitlines() == [
        "slide 2 of 4: number 2 of 3, a step of the slide before it",
        "  written at  decks/talk.md:19",
        "  address     #2",
        "  classes     dark center",
        "",
        "content",
        "  decks/talk.md:8   layout base, variable topic  stars",
        "  decks/talk.md:15  step of first                # One",
        "  decks/talk.md:19  own                          two",
        "",
        "properties",
        "  topic  stars         decks/talk.md:12 (step of first)",
        "  class  dark, center  decks/talk.md:6 (layout base), decks/talk.md:13 (step of first)",
    ]
    assert "included by decks/talk.md:22" in run("explain", "decks/talk.md", "3").stdout
    assert "number 3 of 3, not counted" in run("explain", "decks/talk.md", "4").stdout


def test_an_unknown_slide_gets_the_nearest_name(project: Path) -> None:
    result = run("explain", "decks/talk.md", "frist")
    assert result.exit_code == 1
    assert "there is no slide frist" in result.stderr
    assert "did you mean first?" in result.stderr
    assert "the deck shows 4 slides" in run("explain", "decks/talk.md", "99").stderr


@pytest.mark.parametrize("command", [["explain", "decks/none.md", "1"], ["ast", "decks/none.md"]], ids=" ".join)
def test_a_deck_that_is_not_there_is_an_error(project: Path, command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert "[unreadable-file]" in result.stderr


# -- ast ---------------------------------------------------------------------------------------------------------------


def check(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str = "$") -> None:
    """Assert that a value is as the part of JSON Schema says that our own schema is written in."""
    known = {"$ref", "$schema", "$defs", "title", "description", "type", "const", "enum", "anyOf", "required"}
    assert schema.keys() <= known | {"properties", "additionalProperties", "items"}, where
    if "$ref" in schema:
        check(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, where)
    if "anyOf" in schema:
        faults = []
        for option in schema["anyOf"]:
            try:
                check(value, option, root, where)
                break
            except AssertionError as fault:
                faults.append(str(fault))
        else:
            raise AssertionError(f"{where}: {faults}")
    types = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "type" in schema:
        names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        assert type(value) in [types[name] for name in names], where
    assert "const" not in schema or value == schema["const"], where
    assert "enum" not in schema or value in schema["enum"], where
    if isinstance(value, dict):
        assert value.keys() >= set(schema.get("required", ())), where
        described = schema.get("properties", {})
        for key, inner in value.items():
            rule = described.get(key, schema.get("additionalProperties"))
            assert rule is not None or not described, f"{where}.{key} is not described"
            check(inner, rule or {}, root, f"{where}.{key}")
    if isinstance(value, list) and "items" in schema:
        for index, inner in enumerate(value):
            check(inner, schema["items"], root, f"{where}[{index}]")


def tree() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("ast", "decks/talk.md", "--json").stdout)
    return found


def test_the_output_is_as_its_schema_says(project: Path) -> None:
    (project / "decks/talk.md").write_text(
        DECK + "\n[id]: https://example.org\n---\nname: skipped\nexclude: true\n..red[x] .a[.b[\nc]]\n"
    )
    schema = json.loads(json_schema())
    data = tree()
    check(data, schema, schema)
    assert json.loads(run("ast", "--schema").stdout) == schema
    assert data["placeholder"]["name"] == "skipped"
    assert data["links"]["id"]["address"] == "https://example.org"
    assert [item["code"] for item in data["diagnostics"] if "fix" in item] == ["suspicious-class-dots"]
    assert {item["severity"] for item in data["diagnostics"]} == {"notice", "warning"}


def test_slides_are_resolved_and_know_their_places(project: Path) -> None:
    data = tree()
    assert (data["schema"], data["deck"], data["total"]) == (1, "decks/talk.md", 3)
    assert [(s["name"], s["number"], s["step"], s["counted"]) for s in data["slides"]] == [
        ("first", 1, False, True),
        (None, 2, True, True),
        (None, 3, False, True),
        (None, 3, False, False),
    ]
    step = data["slides"][1]
    assert [(a["kind"], a["name"]) for a in step["inherits"]] == [("step", "first"), ("layout", "base")]
    head = next(node for node in step["content"] if node["type"] == "class")
    assert (head["names"], head["block"], head["span"]["start"]) == (
        ["head"],
        False,
        {"line": 8, "column": 1, "offset": 57},
    )
    assert head["children"] == [
        {
            "type": "text",
            "runs": [
                {
                    "text": "stars",
                    "span": {
                        "path": "decks/talk.md",
                        "start": {"line": 8, "column": 7, "offset": 63},
                        "end": {"line": 8, "column": 16, "offset": 72},
                    },
                }
            ],
        }
    ]
    assert data["includes"]["decks/more/part.md"]["start"]["line"] == 22


def test_runs_are_what_their_spans_cover_unless_made_by_a_macro_or_variable(project: Path) -> None:
    def runs(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for node in nodes:
            found += node["runs"] if node["type"] == "text" else runs(node["children"])
        return found

    texts = {"decks/talk.md": DECK, "decks/more/part.md": PART}
    for slide in tree()["slides"]:
        for run_ in runs(slide["content"]) + runs(slide["notes"]):
            span = run_["span"]
            written = texts[span["path"]][span["start"]["offset"] : span["end"]["offset"]]
            assert written == run_["text"] or written.startswith(("{{", "![:"))


def test_without_json_it_is_an_outline(project: Path) -> None:
    assert run("ast", "decks/talk.md").stdout.splitlines()[:8] == [
        "1 .dark .center #first  decks/talk.md:11",
        "  .head[",
        "    stars",
        "  ]",
        "  # One",
        "  ???",
        "  a note",
        "2 .dark .center step  decks/talk.md:19",
    ]


def test_ast_of_a_deck_with_errors_exits_with_1_and_tells_them(project: Path) -> None:
    (project / "decks/talk.md").write_text("include: gone.md\n")
    result = run("ast", "decks/talk.md", "--json")
    assert result.exit_code == 1
    assert [item["code"] for item in json.loads(result.stdout)["diagnostics"]] == ["missing-include"]


def test_ast_needs_a_deck(project: Path) -> None:
    assert run("ast").exit_code == 2
