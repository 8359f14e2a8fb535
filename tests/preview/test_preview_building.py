"""The preview on real decks, compiled by the real compiler."""

from __future__ import annotations

import base64
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, expect
from random_edits import edited

from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.preview import open_workspace
from slidebuild.preview.workspace import Built, Workspace
from slidebuild.project import Project

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "talks").resolve()
    for folder in ("decks", "img"):
        (root / folder).mkdir(parents=True)
    (root / "slidebuild.yml").write_text("theme: remark\n", encoding="utf-8")
    (root / "img" / "dot.png").write_bytes(PNG)
    (root / "decks" / "talk.md").write_text("# One\n\n![](../img/dot.png)\n\n---\n\n# Two\n", encoding="utf-8")
    return root


def html_of(built: Built) -> str:
    return built.page.html if built.page else ""


def codes(workspace: Workspace) -> list[str]:
    return [item.code for item in workspace.build("decks/talk.md").diagnostics]


def test_deck_is_built_with_its_pictures(root: Path) -> None:
    workspace = open_workspace(root)
    assert workspace.decks() == ("decks/talk.md",)
    built = workspace.build("decks/talk.md")
    assert built.page
    assert "<h1" in built.page.html
    assert root / "img" / "dot.png" in built.assets.values()
    assert list(built.diagnostics) == []


def test_all_that_was_read_is_a_dependency(root: Path) -> None:
    built = open_workspace(root).build("decks/talk.md")
    for path in ("decks/talk.md", "slidebuild.yml", "img/dot.png"):
        assert root / path in built.dependencies


def test_missing_picture_is_a_dependency_too(root: Path) -> None:
    (root / "img" / "dot.png").unlink()
    workspace = open_workspace(root)
    assert codes(workspace) == ["missing-image"]
    assert root / "img" / "dot.png" in workspace.build("decks/talk.md").dependencies


def test_settings_file_is_read_anew(root: Path) -> None:
    workspace = open_workspace(root)
    assert codes(workspace) == []
    (root / "slidebuild.yml").write_text("theme: nowhere\n", encoding="utf-8")
    assert codes(workspace) == ["unknown-theme"]
    assert workspace.build("decks/talk.md").page is None


def test_macro_module_is_a_dependency_and_read_anew(root: Path) -> None:
    (root / "slidebuild.yml").write_text("theme: remark\nmacros: [shout]\n", encoding="utf-8")
    (root / "decks" / "talk.md").write_text("![:shout](hello)\n", encoding="utf-8")
    module = root / "shout.py"
    workspace = open_workspace(root)
    for mark in ("?", "!!"):
        module.write_text(f"def shout(call):\n    return call.target + '{mark}'\n", encoding="utf-8")
        built = workspace.build("decks/talk.md")
        assert module in built.dependencies
        assert f"hello{mark}" in html_of(built)


def test_options_go_over_the_deck(root: Path) -> None:
    built = open_workspace(root, options={"title": "Another title"}).build("decks/talk.md")
    assert "<title>Another title</title>" in html_of(built)


def test_settings_of_a_file_go_over_the_deck_and_are_a_dependency(root: Path) -> None:
    config = root / "more.json"
    config.write_text('{"title": "From the file"}', encoding="utf-8")
    built = open_workspace(root, config=config).build("decks/talk.md")
    assert "<title>From the file</title>" in html_of(built)
    assert config in built.dependencies


def test_folder_narrows_the_decks(root: Path) -> None:
    for path in ("decks/2026/new.md", "drafts/idea.md", "drafts/deep/note.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("# Text\n", encoding="utf-8")
    assert open_workspace(root).decks() == ("decks/2026/new.md", "decks/talk.md")
    assert open_workspace(root, folder="decks/2026").decks() == ("decks/2026/new.md",)
    assert open_workspace(root, folder="drafts").decks() == ("drafts/idea.md",)


def test_page_is_that_of_a_build(root: Path) -> None:
    (root / "decks" / "talk.md").write_text(
        "# One\n\n$x^2$\n\n---\nname: two\n\n# Two\n\n--\n\nmore\n", encoding="utf-8"
    )
    workspace = open_workspace(root)
    found = Diagnostics()
    for _ in range(2):
        page = workspace.build("decks/talk.md").page
        opened = Project.open(root, found).open_deck("decks/talk.md", found)
        assert page
        assert opened
        assert page.html == make_page(compile_deck(opened.source, opened.inputs, found), found).html
        (root / "decks" / "talk.md").write_text("# Before\n\n---\n\n# Only\n", encoding="utf-8")


def test_slides_that_have_not_changed_are_the_same_objects(root: Path) -> None:
    workspace = open_workspace(root)
    before = workspace.build("decks/talk.md").page
    (root / "decks" / "talk.md").write_text("# One\n\n![](../img/dot.png)\n\n---\n\n# Three\n", encoding="utf-8")
    after = workspace.build("decks/talk.md").page
    assert before
    assert after
    assert [old is new for old, new in zip(before.slides, after.slides, strict=True)] == [True, False]
    assert before.shell == after.shell


def test_a_slide_that_is_renamed_takes_its_id_from_the_content_of_another(root: Path) -> None:
    deck = root / "decks" / "talk.md"
    deck.write_text("name: x\n# One\n---\n# Two\n", encoding="utf-8")
    workspace = open_workspace(root)
    assert html_of(workspace.build("decks/talk.md")).count('id="slide-x"') == 1
    deck.write_text("name: x\n# One\n---\nname: slide-x\n# Two\n", encoding="utf-8")
    assert html_of(workspace.build("decks/talk.md")).count('id="slide-x"') == 1


LONG = """---
math: {tags: ams}
figures: {numbering: true}
---
name: base
layout: true
class: middle

# {{title}}

---
title: First

See .red[this and \\eqref{eq:one}.

$$ a = b \\label{eq:one} $$

--
more

???
Notes with ]

---
layout: false
template: base
clas: center

## One
##Tight

```python {1|2}
a
b
```

FAR

---
name: base

$$ c = d \\label{eq:one} $$

[gone](#nowhere) <b>bold

---BLANK
blank after it

FAR

---
# End

[x]: https://example.org

```
open

FAR

---

# Last

![A figure](../img/dot.png "With a caption")
""".replace("FAR", "Words that fill a slide.\n" * 600).replace("BLANK", " ")


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_build_tells_what_a_first_one_tells(root: Path, seed: int) -> None:
    random = Random(seed)
    deck = root / "decks" / "talk.md"
    kept, text = open_workspace(root), LONG
    for _ in range(15):
        deck.write_text(text, encoding="utf-8")
        assert told(kept) == told(open_workspace(root))
        text = edited(text, LONG, random)


def told(workspace: Workspace) -> tuple[object, ...]:
    built = workspace.build("decks/talk.md")
    findings = [
        (item.code, item.message, item.hint, str(item.span), item.span and item.span.text, built.slides_of.get(item))
        for item in built.diagnostics.sorted()
    ]
    return html_of(built), findings


def test_picture_changed_on_disk_has_a_new_address(root: Path) -> None:
    workspace = open_workspace(root)
    before = workspace.build("decks/talk.md").page
    (root / "img" / "dot.png").write_bytes(PNG + b"more")
    after = workspace.build("decks/talk.md").page
    assert before
    assert after
    assert before.slides[0].html != after.slides[0].html
    assert before.slides[1] is after.slides[1]


def test_theme_of_the_project_is_read_anew_when_it_changes(root: Path) -> None:
    theme = root / "themes" / "own"
    theme.mkdir(parents=True)
    (theme / "theme.yml").write_text("parent: remark\ncss: [own.css]\n", encoding="utf-8")
    (root / "slidebuild.yml").write_text("theme: own\n", encoding="utf-8")
    workspace = open_workspace(root)
    for colour in ("red", "blue", "blue"):
        (theme / "own.css").write_text(f"p {{ color: {colour} }}", encoding="utf-8")
        built = workspace.build("decks/talk.md")
        assert f"color: {colour}" in html_of(built)
        assert theme in built.dependencies
    (theme / "own.css").unlink()
    assert [item.code for item in workspace.build("decks/talk.md").diagnostics] == ["bad-theme"]
    assert codes(workspace) == ["bad-theme"], "it is said each time"


def test_findings_belong_to_slides(root: Path) -> None:
    text = "layout: true\n\n![](no.png)\n\n---\n\n# One\n\n---\n\n![](none.png)\n"
    (root / "decks" / "talk.md").write_text(text, encoding="utf-8")
    built = open_workspace(root).build("decks/talk.md")
    assert {item.message: slide for item, slide in built.slides_of.items()} == {
        "there is no picture no.png": 0,
        "there is no picture none.png": 1,
    }


def test_deck_as_it_will_print_has_steps_folded_and_moving_slides_replaced(root: Path) -> None:
    text = "# One\n\n--\n\nmore\n\n---\n\n# Film\n\n<video src='f.mp4'></video>\n\n"
    text += "---\n\nname: skipped\nexclude: true\n\nSkipped here\n"
    (root / "decks" / "talk.md").write_text(text, encoding="utf-8")
    built = open_workspace(root).build("decks/talk.md")
    assert built.replaced == (2,)
    assert built.details
    sheets = built.details.sheets()
    assert sheets.count == 2
    assert "Skipped here" in sheets.html
    assert "<video" not in sheets.html
    cover = built.details.cover()
    assert (cover.count, "more" in cover.html) == (1, False)
    assert [text.title for text in built.details.texts()] == ["One", "One", "Film"]


def test_without_a_placeholder_the_theme_gives_one(root: Path) -> None:
    (root / "decks" / "talk.md").write_text("# Film\n\n<video src='f.mp4'></video>\n", encoding="utf-8")
    details = open_workspace(root).build("decks/talk.md").details
    assert details
    assert "<video" not in details.sheets().html


def test_deck_that_is_not_there_is_an_error(root: Path) -> None:
    built = open_workspace(root).build("decks/none.md")
    assert built.page is None
    assert built.diagnostics.has_errors
    assert root / "decks" / "none.md" in built.dependencies


@pytest.mark.browser
def test_real_deck_is_patched_in_place(root: Path, browser: Browser) -> None:
    from previewing import Server

    server = Server(open_workspace(root, deck="decks/talk.md"))
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    try:
        page.goto(f"{server.address}#2")
        page.evaluate("window.mark = 'same page'")
        (root / "decks" / "talk.md").write_text("# One\n\n---\n\n# Twice\n", encoding="utf-8")
        expect(page.locator(".remark-visible")).to_contain_text("Twice", timeout=60_000)
        assert page.evaluate("window.mark === 'same page'")
        assert page.url.endswith("decks/talk.md#2")
        (root / "img" / "dot.png").unlink()
        (root / "decks" / "talk.md").write_text("# Only\n\n![](../img/dot.png)\n", encoding="utf-8")
        expect(page.locator("#sb-preview-overlay .badge")).to_have_text("1 warning", timeout=60_000)
        (root / "img" / "dot.png").write_bytes(PNG)
        expect(page.locator("#sb-preview-overlay .badge")).to_have_text("No findings", timeout=60_000)
    finally:
        page.close()
        server.stop()


@pytest.mark.browser
def test_a_deck_that_loses_all_its_slides_has_none_in_its_data_either(root: Path, browser: Browser) -> None:
    from previewing import Server

    file = root / "decks" / "talk.md"
    file.write_text("---\ntitle: Talk\n---\n# One\n---\n# Two\n", encoding="utf-8")
    server = Server(open_workspace(root, deck="decks/talk.md"))
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    slides = "JSON.parse(document.getElementById('sb-deck').textContent).slides.length"
    try:
        page.goto(server.address)
        assert page.evaluate(slides) == 2
        file.write_text("---\ntitle: Talk\n---\nlayout: true\n# One\n", encoding="utf-8")
        expect(page.locator(".remark-slides-area > .remark-slide-container")).to_have_count(0, timeout=60_000)
        assert page.evaluate(slides) == 0
        file.write_text("---\ntitle: Talk\n---\n# One\n", encoding="utf-8")
        expect(page.locator(".remark-visible")).to_contain_text("One", timeout=60_000)
    finally:
        page.close()
        server.stop()
