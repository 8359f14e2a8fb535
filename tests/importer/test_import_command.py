"""`slidebuild import` as a user runs it: what is written, what is told, and that the deck builds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import oldpages
import pytest
from click.testing import CliRunner, Result

from slidebuild import front_matter
from slidebuild.cli import main
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import SourceFile


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an old talk, and a new project beside it that is the current folder."""
    files: dict[str, str | bytes] = {
        "index.html": oldpages.REMARK,
        "img/oven.png": oldpages.PIXEL,
        "files/recipe.txt": "flour",
        "more.html": "<p>no deck</p>",
        "css/base.css": '@import "deep/colours.css";\n@font-face { font-family: x; src: url(../fonts/x.woff2) }\n',
        "css/deep/colours.css": "b { color: red }\n",
        "fonts/x.woff2": b"wOF2",
    }
    write(tmp_path / "old/bread", files)
    write(tmp_path / "new", {"slidebuild.yml": ""})
    monkeypatch.chdir(tmp_path / "new")
    return tmp_path / "old/bread"


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def deck(path: str) -> tuple[dict[str, Any], str]:
    """Front matter and text of a deck."""
    source = SourceFile(path, Path(path).read_text(encoding="utf-8"))
    told = Diagnostics()
    matter = front_matter.split(source, told)
    assert not list(told)
    return dict(matter.layer.values), source.text[matter.end :]


def told(page: Path, *options: str) -> set[tuple[str, str, str]]:
    """Code, severity and `line:column` of all that an import says."""
    data = json.loads(run("import", page, "--json", *options).stdout)
    return {
        (item["code"], item["severity"], f"{item.get('line', 0)}:{item.get('column', 0)}")
        for item in data["diagnostics"]
    }


def test_a_remark_page_becomes_a_deck_that_builds(old: Path) -> None:
    result = run("import", old / "index.html")
    assert result.exit_code == 0
    assert "bread.md  (2 slides, 6 files beside it)" in result.stdout
    settings, text = deck("decks/bread.md")
    assert settings == {
        "title": "Bread & butter: a talk",
        "author": "A. Baker, B. Miller",
        "description": 'How to "bake"',
        "lang": "fr",
        "theme": "remark",
        "ratio": "16:9",
        "highlightLines": True,
        "highlightSpans": {"$regexp": "(?i:«([^»]+)»)"},
        "navigation": {"scroll": False},
        "timer": {"enabled": False},
        "css": ["bread/css/base.css", "bread.css"],
    }
    assert text == (
        "\nclass: center\n\n# Bread & butter\n\n"
        'if (a < b && c > d) "quoted" <b>bold</b> &lt;\n\n'
        "![oven](../img/oven.png) and `img/oven.png`\n---\n"
        "![gone](img/gone.png), ![:scale 50%](../img/oven.png)\n\n"
        "[recipe](../img/files/recipe.txt), [next](more.html)\n"
    )
    assert Path("decks/bread.css").read_text() == (
        "@import url(https://fonts.googleapis.com/css?family=Lato);\n"
        '.big { font-size: 200%; background: url("../img/oven.png") }\n\n'
        "@media print {\n.big { color: black }\n}\n"
    )
    assert Path("decks/bread/css/deep/colours.css").exists()
    assert Path("decks/bread/fonts/x.woff2").read_bytes() == b"wOF2"
    assert Path("img/oven.png").read_bytes() == oldpages.PIXEL
    assert run("html", "decks/bread.md").exit_code == 0


def test_what_is_not_carried_over_is_told_with_its_place(old: Path) -> None:
    lines = oldpages.REMARK.split("\n")

    def place(text: str) -> str:
        (line,) = [number for number, content in enumerate(lines, 1) if text in content]
        return f"{line}:{lines[line - 1].index(text) + 1}"

    assert told(old / "index.html") == {
        ("remote-asset", "notice", place("url(https://fonts")),
        ("not-imported", "warning", place('<link rel="stylesheet" href="https://cdn')),
        ("not-imported", "warning", place('<div class="brand">')),
        ("not-imported", "warning", place('<script src="https://cdn.example/counter.js">')),
        ("not-imported", "warning", place("remark.macros.shout")),
        ("not-imported", "warning", place("true },")),
        ("not-imported", "warning", place("function (current")),
        ("not-imported", "warning", place("(ms) =>")),
        ("not-imported", "warning", place("wrong,")),
        ("not-imported", "warning", place("slideshow.on")),
        ("not-imported", "notice", place("more.html")),
        ("missing-image", "warning", place("img/gone.png")),
    }


def test_macros_are_printed_as_skeletons_in_python(old: Path) -> None:
    printed = run("import", old / "index.html").stdout
    code = printed[printed.index('"""Macros of this project') :]
    names: dict[str, Any] = {}
    exec(code, names)
    assert 'def shout(call, word: str = "") -> str:' in code
    assert "    # remark.macros.shout = function (word) {" in code
    with pytest.raises(NotImplementedError, match="shout"):
        names["shout"](None)


def test_json_tells_the_deck_its_files_settings_and_macros(old: Path) -> None:
    data = json.loads(run("import", old / "index.html", "--json").stdout)
    (found,) = data["decks"]
    assert found["deck"] == "decks/bread.md"
    assert found["outputs"][-1] == str(Path("decks/bread.md").resolve())
    assert found["settings"]["ratio"] == "16:9"
    assert [macro["name"] for macro in found["macros"]] == ["shout"]


def test_pictures_of_the_project_stay_and_are_addressed_from_the_deck(old: Path) -> None:
    root = old.parent
    result = run("import", old / "index.html", "-o", root)
    assert result.exit_code == 0
    settings, text = deck(str(root / "decks/bread.md"))
    assert settings["css"] == ["../bread/css/base.css", "bread.css"]
    assert "![oven](../bread/img/oven.png)" in text
    assert not (root / "img").exists()
    assert run("html", root / "decks/bread.md", "--root", root).exit_code == 0


def test_a_deck_that_stays_in_its_folder_keeps_its_addresses(tmp_path: Path) -> None:
    page = oldpages.REMARK.replace("files/recipe.txt", "/decks/img/oven.png")
    write(tmp_path, {"slidebuild.yml": "", "decks/bread.html": page, "decks/img/oven.png": oldpages.PIXEL})
    assert run("import", tmp_path / "decks/bread.html", "-o", tmp_path).exit_code == 0
    _, text = deck(str(tmp_path / "decks/bread.md"))
    assert "![oven](img/oven.png)" in text
    assert "(/decks/img/oven.png)" in text
    assert "url(img/oven.png)" in (tmp_path / "decks/bread.css").read_text()


def test_a_source_url_names_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "old", {"talk.html": oldpages.SOURCE_URL, "slides.md": b"# One\r\n\r\n$x$ ![](a.png)\r\n---\r\n"})
    assert told(tmp_path / "old/talk.html") == {
        ("not-imported", "notice", "4:1"),
        ("not-imported", "notice", "5:1"),
        ("missing-image", "warning", "3:9"),
    }
    settings, text = deck("decks/talk.md")
    assert settings == {"title": "Linked", "theme": "remark", "ratio": "4:3"}
    assert text == "# One\n\n$x$ ![](a.png)\n---\n"


def test_front_matter_of_the_text_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    slides = "---\ntitle: Mine\nratio: '16:9'\n---\n# One\n"
    write(tmp_path / "old", {"talk.html": oldpages.SOURCE_URL, "slides.md": slides})
    assert run("import", "old/talk.html").exit_code == 0
    settings, text = deck("decks/talk.md")
    assert settings == {"title": "Mine", "theme": "remark", "ratio": "16:9"}
    assert text == "# One\n"


def test_a_knitted_xaringan_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    style = "a { color: teal }\n"
    files = {"libs/remark-css/default.css": style, "fig/plot-1.png": oldpages.PIXEL, "index.html": oldpages.XARINGAN}
    write(tmp_path / "old/ninja", dict(files))
    result = run("import", "old/ninja/index.html", "-o", "new")
    assert result.exit_code == 0
    settings, text = deck("new/decks/ninja.md")
    assert settings == {
        "title": "Ninjas",
        "author": "Y. Z.",
        "theme": "remark",
        "highlightStyle": "github",
        "countIncrementalSlides": False,
        "math": "code",
        "css": ["ninja/libs/remark-css/default.css"],
    }
    assert text.endswith('<img src="../img/fig/plot-1.png" width="50%" /> $e^{i\\pi}$ and `\\(x_1\\)`\n    ')
    assert Path("new/decks/ninja/libs/remark-css/default.css").read_text() == style
    assert not Path("new/decks/ninja.css").exists()
    assert run("html", "new/decks/ninja.md", "--root", "new").exit_code == 0


KINDS = {
    "script": '<script id="source" type="text/markdown"># A &amp; <b>B</b></script>',
    "pre": '<pre id="source"># A &amp; <b>B</b></pre>',
    "div": '<div id="source"># A &amp; <b>B</b></div>',
    "textarea": "<textarea id=source>\n# A & <b>B</b></textarea>",
    "none": "",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_element_that_remark_reads_slides_from(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = "{source: '# A & <b>B</b>'}" if kind == "none" else ""
    Path("talk.html").write_text(f"<body>{KINDS[kind]}<script>remark.create({options})</script>")
    assert run("import", "talk.html", "-o", ".").exit_code == 0
    assert deck("decks/talk.md") == ({"theme": "remark"}, "# A & <b>B</b>")


@pytest.mark.parametrize(
    ("configuration", "slides", "math"),
    [
        ('MathJax.Hub.Config({TeX: {equationNumbers: {autoNumber: "AMS"}}})', "$x$", {"tags": "ams"}),
        ("MathJax = {tex: {'tags': 'all'}}", "`\\(x\\)`", {"code": True, "tags": "all"}),
        (
            "// mathjax",
            '$x$&lt;script type="text/x-mathjax-config"&gt;Config({autoNumber: "all"})&lt;/script&gt;',
            {"tags": "all"},
        ),
        ("// mathjax", 'write autoNumber: "all"', None),
        ("MathJax = {tex: {tags: 'none'}}", "$x$", None),
        ("var deck = {tags: 'all'}", "none", None),
    ],
)
def test_equations_are_numbered_where_mathjax_was_told_so(
    configuration: str, slides: str, math: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    knitted = "<!-- releaseMath -->" if "`" in slides else ""
    script = f"<script>{configuration}</script>{knitted}<script>remark.create()</script>"
    Path("talk.html").write_text(f"<textarea id=source>{slides}</textarea>{script}")
    assert run("import", "talk.html", "-o", ".").exit_code == 0
    assert deck("decks/talk.md")[0].get("math") == math


def test_dollars_stay_text_where_the_page_had_no_mathjax(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.html").write_text("<textarea id=source>from $a to $b</textarea><script>remark.create()</script>")
    assert run("import", "talk.html", "-o", ".").exit_code == 0
    assert "math" not in deck("decks/talk.md")[0]
    Path("talk.html").write_text("<textarea id=source>put $x_1$ here</textarea><script>remark.create()</script>")
    assert "--force" in run("import", "talk.html", "-o", ".").stderr
    assert run("import", "talk.html", "-o", ".", "--force").exit_code == 0
    assert deck("decks/talk.md")[0]["math"] is False


def test_a_folder_gives_every_deck_a_name_of_its_own(old: Path) -> None:
    page = "<textarea id=source># {}</textarea><script>remark.create({{}})</script>"
    files = {f"{place}/index.html": page.format(place) for place in ("a/talk", "b/talk", ".git/x", "node_modules/y")}
    write(old.parent, {**files, "about.html": "<p>We like remark.js</p>"})
    result = run("import", old.parent)
    assert result.exit_code == 0
    assert sorted(path.name for path in Path("decks").glob("*.md")) == ["bread.md", "talk-2.md", "talk.md"]
    assert deck("decks/talk-2.md")[1] == "# b/talk"
    assert run("html").exit_code == 0


def test_a_folder_without_decks_is_an_error(tmp_path: Path) -> None:
    result = run("import", tmp_path)
    assert result.exit_code == 1
    assert "[no-deck-found]" in result.stderr


def test_pages_that_slidebuild_made_are_no_old_decks(old: Path) -> None:
    run("import", old / "index.html")
    run("html", "decks/bread.md")
    result = run("import", "dist/bread/index.html")
    assert result.exit_code == 1
    assert "[no-deck-found]" in result.stderr


NO_DECK = {
    "a page": "<p>Hello</p>",
    "an address that is computed": "<script>remark.create({sourceUrl: location.hash + '.md'})</script>",
    "a file that is not there": "<script>remark.create({sourceUrl: 'gone.md'})</script>",
    "a file of another host": "<script>remark.create({sourceUrl: 'https://x.example/a.md'})</script>",
    "a text that is computed": "<script>remark.create({source: load()})</script>",
    "nothing": "",
}


@pytest.mark.parametrize("page", NO_DECK.values(), ids=NO_DECK.keys())
def test_without_a_text_nothing_is_written(page: str, tmp_path: Path) -> None:
    (tmp_path / "talk.html").write_text(page)
    result = run("import", tmp_path / "talk.html", "-o", tmp_path / "new")
    assert result.exit_code == 1
    assert "[no-deck-found]" in result.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten_without_force(old: Path) -> None:
    assert run("import", old / "index.html").exit_code == 0
    assert run("import", old / "index.html").exit_code == 0  # the same again overwrites nothing
    Path("decks/bread.css").write_text("mine")
    (old / "index.html").write_text(oldpages.REMARK.replace("# Bread", "# Toast"))
    result = run("import", old / "index.html")
    assert result.exit_code == 1
    assert "bread.css: error: this file is there already and differs [would-overwrite]" in result.stderr
    assert Path("decks/bread.css").read_text() == "mine"
    assert "# Bread" in deck("decks/bread.md")[1]
    assert run("import", old / "index.html", "--force").exit_code == 0
    assert "# Toast" in deck("decks/bread.md")[1]


def test_a_picture_of_another_deck_keeps_its_place(old: Path) -> None:
    write(Path(), {"img/oven.png": b"another oven"})
    assert run("import", old / "index.html").exit_code == 0
    assert Path("img/oven.png").read_bytes() == b"another oven"
    assert Path("img/bread/oven.png").read_bytes() == oldpages.PIXEL
    assert "![oven](../img/bread/oven.png)" in deck("decks/bread.md")[1]


def test_a_dry_run_writes_nothing(old: Path) -> None:
    result = run("import", old / "index.html", "--dry-run")
    assert result.exit_code == 0
    assert "not written" in result.stdout
    assert [entry.name for entry in Path().iterdir()] == ["slidebuild.yml"]


def test_files_outside_the_old_project_are_not_read(old: Path) -> None:
    write(old.parent.parent, {"secret.png": oldpages.PIXEL, "secret.css": "b{}"})
    page = oldpages.REMARK.replace("img/gone.png", "../../secret.png").replace("css/base.css", "../../secret.css")
    (old / "index.html").write_text(page)
    result = run("import", old / "index.html")
    assert result.stderr.count("[outside-root]") == 2
    assert not list(Path().rglob("secret.*"))


@pytest.mark.parametrize("name", ["../x", "_draft", "a\\b"])
def test_a_bad_name_is_wrong_usage(name: str, old: Path) -> None:
    assert run("import", old / "index.html", "--name", name).exit_code == 2
    assert run("import", old, "--name", "talk").exit_code == 2


def test_a_name_may_hold_folders(old: Path) -> None:
    assert run("import", old / "index.html", "--name", "2019/intro").exit_code == 0
    settings, text = deck("decks/2019/intro.md")
    assert settings["css"] == ["intro/css/base.css", "intro.css"]
    assert "(../../img/oven.png)" in text
    assert run("html", "decks/2019/intro.md", "--strict").exit_code == 1  # the picture that is missing


def test_a_page_that_is_one_file_keeps_its_stylesheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = (
        '<link rel=stylesheet href="data:text/css;base64,YntjOmR9"><link rel=stylesheet href="data:text/css,i%7B%7D">'
    )
    library = f'<script src="data:text/javascript,{"x" * 1000}"></script>'
    page = f"<textarea id=source># One</textarea>{library}<script>remark.create()</script>"
    Path("talk.html").write_text(head + page)
    result = run("import", "talk.html", "-o", ".")
    assert result.exit_code == 0
    assert Path("decks/talk.css").read_text() == "b{c:d}\n\ni{}\n"
    assert "the script in this address is not carried over" in result.stderr


def test_places_are_found_in_linear_time_on_tags_that_never_end() -> None:
    from slidebuild.importer.page import read_page

    assert read_page(SourceFile("x.html", "<a " * 100_000)).slides is None


def test_options_and_macros_in_a_script_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    start = (
        "// begin\nremark.macros.big = function () { return this }\nremark.create({sourceUrl: 'a.md', ratio: wide})\n"
    )
    page = "<script src='remark.js'></script><script src='js/start.js?v=1'></script><script src='js/x.js'></script>"
    write(tmp_path / "old", {"talk.html": page, "js/start.js": start, "js/x.js": "// remarkable", "a.md": "# One"})
    data = json.loads(run("import", "old", "--json").stdout)
    places = [(item["path"], item["line"], item["column"]) for item in data["diagnostics"]]
    assert places == [("old/js/start.js", 2, 1), ("old/js/start.js", 3, 42), ("old/talk.html", 1, 73)]
    assert data["decks"][0]["macros"][0]["name"] == "big"
    assert deck("decks/talk.md") == ({"theme": "remark"}, "# One")
