"""The README names everything there is, its links lead somewhere, and its first deck builds without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from slidebuild import theme
from slidebuild.check.rules import RULES
from slidebuild.cli import COMMANDS
from slidebuild.cli.formats import FORMATS
from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import Document, PageSlide, Section
from slidebuild.document.context import deck_context, slide_context
from slidebuild.macros.builtin import MACROS
from slidebuild.settings import KEYS, MATH, NESTED, SLIDE_PROPERTIES, Settings
from slidebuild.source import DictLoader, SourceFile
from slidebuild.theme.description import KEYS as THEME_KEYS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
PROSE = FENCE.sub("", README)
"""The README without its fences."""


def section(title: str) -> str:
    """The text below a heading, up to the next one of its level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PROSE, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found[1]


def first_cells(text: str) -> set[str]:
    """What stands as code in the first cells of tables."""
    return {code for cell in re.findall(r"^\| (.*?) \|", text, re.MULTILINE) for code in re.findall(r"`([^`]+)`", cell)}


def keys() -> Iterator[str]:
    yield from KEYS
    yield from (f"math.{key}" for key in MATH)
    for name, inner in NESTED.items():
        yield from (f"{name}.{key}" for key in inner)


def test_the_table_of_settings_has_every_key_and_no_other() -> None:
    assert first_cells(section("Settings")) == set(keys())


def test_every_built_in_macro_has_a_row() -> None:
    rows = first_cells(section("Syntax"))
    assert {name for row in rows for name in re.findall(r"^!\[:(\w+)", row)} >= set(MACROS)


def test_every_slide_property_has_a_row() -> None:
    rows = first_cells(section("Syntax"))
    assert {re.split(": ", row)[0] for row in rows} >= set(SLIDE_PROPERTIES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown(command: str) -> None:
    assert f"slidebuild {command}" in README


def test_every_key_of_the_player_has_a_row() -> None:
    table = (ROOT / "src/slidebuild/player/keyboard.js").read_text(encoding="utf-8")
    rows = re.findall(r"keys: (\[.*?\]),(?:\s*shown: (\[.*?\]),)?\s*label: '(.*?)'", table)
    assert len(rows) > 10
    lines = section("Player").splitlines()
    for keys_of_row, shown, label in rows:
        wanted = re.findall(r"'([^']*)'", shown or keys_of_row)
        line = next((line for line in lines if f"| {label}" in line), "")
        assert re.findall(r"`([^`]+)`", line.partition(f"| {label}")[0]) == wanted, label


def test_the_tests_that_the_players_table_names_are_there() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/player").glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", section("Player"))
    assert len(named) > 40
    assert [name for name in named if f"def {name}(" not in tests] == []


def test_every_theme_and_every_key_of_a_theme_has_a_row() -> None:
    rows = first_cells(section("Themes"))
    assert rows >= {*theme.BuiltInThemes().names(), *THEME_KEYS}


def test_every_class_that_is_named_has_a_look() -> None:
    """In one of the themes' stylesheets or templates."""
    details = re.search(r"<details>(.*?)</details>", section("Themes"), re.DOTALL)
    assert details
    named = {name for code in first_cells(details[1]) for name in code.partition("[")[0].strip(".").split(".")}
    folder = ROOT / "src/slidebuild/themes"
    looks = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.suffix in (".css", ".j2"))
    known = set(re.findall(r"\.([a-z][\w-]*)", looks)) | set(re.findall(r'"([a-z-]+)" in slide.classes', looks))
    assert (len(named) > 60, named - known) == (True, set())


def test_every_name_in_templates_has_a_row() -> None:
    rows = dict(re.findall(r"^\| (`[^|]*) \| (.*) \|$", section("Themes"), re.MULTILINE))
    span = SourceFile("a.md", "").span(0)
    slide = ResolvedSlide(0, 1, None, (), (), {}, continues=False, is_counted=True, span=span)
    page = PageSlide(slide, "")
    found = theme.find_theme("default", Diagnostics())
    document = Document(
        slides=[page], total=1, settings=Settings(), theme=found, title="", sections=[Section(0, "", "1")]
    )
    context = deck_context(document)
    of_slide = slide_context(document, page)

    def members(row: str) -> set[str]:
        return set(re.findall(r"`\.(\w+)`", rows[row]))

    assert members("`deck`") == set(context["deck"])
    assert members("`slide` (in regions)") == {*of_slide, *of_slide["sections"][0]}
    assert {f"`{name}`" for name in context if name != "deck"} == {
        *("`theme`", "`header`", "`footer`", "`logo`", "`logo_dark`")
    }
    assert "`theme`, `header`, `footer`, `logo`, `logo_dark`" in rows


def test_every_variable_of_a_theme_is_named() -> None:
    """`--sb-size-h1` as such, or as one of its group: `--sb-size-…` (`h1`, …)."""
    sheet = (ROOT / "src/slidebuild/themes/default/tokens.css").read_text(encoding="utf-8")
    text = section("Themes")
    groups = dict(re.findall(r"`(--sb-[a-z]+-)…` \(([^)]*)\)", text))
    colours = "red orange yellow green teal blue purple pink gray"
    names = set(re.findall(r"^\s+(--sb-[\w-]+):", sheet, re.MULTILINE))
    missing = {
        name
        for name in names
        if f"`{name}`" not in text
        and not any(
            name == f"{group}{part}" for group, rest in groups.items() for part in re.findall(r"`([^`]+)`", rest)
        )
        and name.removeprefix("--sb-color-") not in colours.split()
    }
    assert (len(names) > 30, missing) == (True, set())


def test_every_rule_of_check_has_a_row_with_what_it_looks_at_and_why() -> None:
    rows = [
        line for line in section("Checks").splitlines() if re.match(r"\| `[a-z-]+` \| (?:notice|warning|off)", line)
    ]
    needs = {"browser": ", `--render`", "web": ", `--links`", "dictionary": ", `--spell`"}
    wanted = [
        f"| `{rule.code}` | {rule.severity or 'off'}{needs.get(rule.need, '')} | {rule.sees} | {rule.reason}"
        for rule in RULES
    ]
    assert [row.partition(" (only")[0].removesuffix(" |") for row in rows] == wanted


def test_every_format_of_check_has_a_row() -> None:
    assert first_cells(section("Checks")) >= set(FORMATS)


def links() -> list[str]:
    """Addresses of the README that are neither of the web nor in code."""
    plain = re.sub(r"`[^`\n]+`", "", PROSE)
    found = re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r'\bsrc="([^"]+)"', plain)
    return [address for address in dict.fromkeys(found) if not address.startswith(("http:", "https:"))]


def slug(heading: str) -> str:
    """The id that GitHub and GitLab give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.skipif(not (ROOT / "decks").is_dir(), reason="the source distribution has only what the package needs")
def test_links_and_pictures_lead_to_something() -> None:
    headings = {f"#{slug(heading)}" for heading in re.findall(r"^#+ (.*)$", PROSE, re.MULTILINE)}
    assert len(links()) > 20
    assert [address for address in links() if address not in headings and not (ROOT / address).exists()] == []


def fences(language: str) -> list[str]:
    return [content for _, name, content in FENCE.findall(README) if name == language]


def test_the_first_deck_has_ten_lines_and_builds_without_a_word() -> None:
    deck = fences("markdown")[0]
    assert deck.count("\n") == 10
    diagnostics = Diagnostics()
    compiled = compile_deck(SourceFile("decks/light.md", deck), Inputs(DictLoader({})), diagnostics)
    assert "4 * G * mass" in re.sub(r"<[^>]+>", "", make_page(compiled, diagnostics).html)
    assert [item.message for item in diagnostics] == []


def test_recipes_are_yaml() -> None:
    recipes = [yaml.safe_load(text) for text in fences("yaml")]
    assert {"parent", "repos"} <= {key for recipe in recipes for key in recipe}
