"""`slidebuild build`: all decks and the pages around them, no more work than a change calls for."""

from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ET
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from sites import PRISM, Talks

from slidebuild.cli import main
from slidebuild.site.depfile import depfile

DEADLY = "import os\n\ndef die(call):\n    os._exit(9)\n"
ALL = ("decks/2025/three.md", "decks/one.md", "decks/two.md")


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    """Built once; tests that change it make their own."""
    made = Talks.make(tmp_path_factory.mktemp("talks"))
    made.build()
    return made


@pytest.fixture
def own(tmp_path: Path) -> Talks:
    made = Talks.make(tmp_path)
    made.build()
    return made


def test_every_deck_has_its_page_and_a_page_about_it(talks: Talks) -> None:
    assert {f"{name}/{page}" for name in ("one", "two", "2025/three") for page in ("index.html", "info.html")} <= set(
        talks.files
    )
    about = talks.output("one/info.html")
    assert 'href="index.html#start"' in about
    assert 'href="../index.html"' in about
    assert 'href="../../index.html"' in talks.output("2025/three/info.html")


def test_the_index_lists_decks_from_the_latest_on(talks: Talks) -> None:
    index = talks.output("index.html")
    places = [index.index(f'href="{page}/index.html"') for page in ("one", "two", "2025/three")]
    assert places == sorted(places)
    assert "Sound &amp; noise" in index
    assert 'data-tag="optics"' in index


def test_one_slide_is_not_several(talks: Talks) -> None:
    index = talks.output("index.html")
    assert ("1 slide ·" in index, "2 slides ·" in index, "1 slides" in index) == (True, True, False)
    with chdir(talks.root):
        said = CliRunner().invoke(main, ["build", "--no-pdf", "--no-cache", "--jobs", "1"]).stdout
    assert ("three  (1 slide)" in said, "two  (2 slides)" in said) == (True, True)


def test_feed_and_site_map_have_whole_addresses(talks: Talks) -> None:
    feed = ET.fromstring(talks.output("feed.xml"))
    assert [item.findtext("link") for item in feed.iter("item")] == [
        f"https://talks.example.org/{page}/" for page in ("one", "two", "2025/three")
    ]
    assert feed.findtext("channel/item/pubDate") == "Sun, 01 Feb 2026 00:00:00 +0000"
    locations = [node.text for node in ET.fromstring(talks.output("sitemap.xml")).iter() if node.tag.endswith("loc")]
    assert "https://talks.example.org/one/info.html" in locations


def test_a_site_without_an_address_has_neither(tmp_path: Path) -> None:
    plain = Talks.make(tmp_path, "title: Mine\n")
    plain.build()
    assert "feed.xml" not in plain.files
    assert "<h1>Mine</h1>" in plain.output("index.html")


def test_links_between_decks_are_followed(talks: Talks) -> None:
    said = [item for item in talks.build()["diagnostics"] if item["code"] == "dead-deck-link"]
    assert [(item["path"], item["message"]) for item in said] == [
        ("decks/2025/three.md", "../../four/index.html leads to no page of the site")
    ]


def test_a_link_to_the_content_of_a_slide_by_its_id_is_well(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    made.edit("decks/one.md", "#echo", "#slide-echo")
    made.edit("decks/2025/three.md", " and [gone](../../four/index.html)", "")
    assert made.build()["diagnostics"] == []


def test_a_link_that_was_meant_otherwise_is_told_with_the_right_one(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    made.edit("decks/2025/three.md", "../../four/index.html", "../one/index.html")
    made.edit("decks/2025/three.md", "../../one/", "../two.md#echo")
    assert [(item["message"], item["hint"]) for item in made.build()["diagnostics"]] == [
        ("../two.md#echo is the text of a deck, which the site does not have", "did you mean ../../two/index.html?"),
        ("../one/index.html leads to no page of the site", "did you mean ../../one/index.html?"),
    ]


def test_links_to_decks_that_were_left_alone_are_well(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    git(made.root, "init", "-q")
    git(made.root, "add", ".")
    git(made.root, "commit", "-qm", "one")
    made.edit("decks/one.md", "Say it.", "Say it loud.")
    assert made.build("--changed-since", "HEAD")["diagnostics"] == []
    made.edit("decks/one.md", "#echo", "#nothing")
    (said,) = made.build("--changed-since", "HEAD")["diagnostics"]
    assert said["message"].endswith("has no slide `nothing`")


def test_links_between_decks_are_told_of_as_the_deck_wants(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    (said,) = made.build()["diagnostics"]
    assert (said["line"], said["column"]) == (2, 31)
    made.edit("decks/2025/three.md", "# Untitled\n", "---\ncheck: {dead-deck-link: error}\n---\n# Untitled\n")
    (said,) = made.build(code=1)["diagnostics"]
    assert (said["severity"], said["line"]) == ("error", 5)
    made.edit("decks/2025/three.md", "dead-deck-link: error", "dead-deck-link: off")
    assert made.build("--strict")["diagnostics"] == []
    made.edit("decks/2025/three.md", "---\ncheck: {dead-deck-link: off}\n---\n", "")
    made.edit("decks/2025/three.md", "(../../four", "<!-- slidebuild-ignore: dead-deck-link: soon -->(../../four")
    assert made.build("--strict")["diagnostics"] == []
    assert made.run("check")["ok"]


def test_the_latest_deck_comes_first_and_those_without_a_date_last_by_name(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    for name in ("beta", "alpha"):
        (made.root / f"decks/{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    made.build()
    index = made.output("index.html")
    order = [index.index(f'<h3><a href="{name}/') for name in ("one", "two", "2025/three", "alpha", "beta")]
    assert order == sorted(order)


def test_the_manifest_names_what_each_output_was_made_from(talks: Talks) -> None:
    deck = talks.manifest["decks"]["decks/one.md"]
    assert {"decks/one.md", "img/prism.svg", "slidebuild.yml"} <= set(deck["inputs"])
    assert set(deck["outputs"]) >= {"one/index.html", "one/one.notes.md"}
    assert [slide["anchor"] for slide in deck["slides"]] == ["start", "2", "3"]
    assert str(talks.root) not in talks.output("manifest.json")


def test_nothing_is_built_when_nothing_has_changed(own: Talks) -> None:
    before = own.files
    for path in ALL:
        (own.root / path).touch()
    assert set(own.states().values()) == {"unchanged"}
    assert own.files == before


@pytest.mark.parametrize(
    ("path", "old", "new", "built"),
    [
        ("decks/two.md", "resonance", "beats", {"decks/two.md"}),
        ("img/prism.svg", "M0 3", "M1 3", {"decks/one.md"}),
        ("slidebuild.yml", "title: Talks", "title: All talks", set(ALL)),
    ],
)
def test_what_depends_on_a_change_is_built(own: Talks, path: str, old: str, new: str, built: set[str]) -> None:
    own.edit(path, old, new)
    assert {deck for deck, state in own.states().items() if state == "built"} == built
    assert set(own.states().values()) == {"unchanged"}


def test_an_output_that_somebody_changed_or_removed_is_made_again(own: Talks) -> None:
    before = own.files
    (own.root / "dist/one/index.html").unlink()
    (own.root / "dist/two/index.html").write_text("mine", encoding="utf-8")
    (own.root / "dist/index.html").unlink()
    assert {deck for deck, state in own.states().items() if state == "built"} == {"decks/one.md", "decks/two.md"}
    assert own.files == before


def test_a_file_that_was_missing_and_appears_builds_its_deck(own: Talks) -> None:
    own.edit("decks/two.md", "resonance", "![](../img/late.svg)")
    own.build()
    (own.root / "img/late.svg").write_text(PRISM, encoding="utf-8")
    assert own.states()["decks/two.md"] == "built"


def test_outputs_of_a_deck_that_is_gone_go_and_nothing_else(own: Talks) -> None:
    (own.root / "dist/2025/mine.txt").write_text("mine", encoding="utf-8")
    (own.root / "decks/2025/three.md").unlink()
    (own.root / "decks/two.md").unlink()
    own.build()
    assert sorted(path for path in own.files if path.startswith(("2025", "two"))) == ["2025/mine.txt"]
    assert not (own.root / "dist/two").exists()
    assert "Sound" not in own.output("index.html")


def test_a_broken_deck_leaves_the_last_good_site(own: Talks) -> None:
    before = own.files
    own.edit("decks/two.md", "# Sound", "template: nowhere\ninclude: gone.md\n# Sound")
    own.edit("decks/one.md", "refraction", "reflection")
    result = own.build(code=1)
    assert {deck["deck"]: deck["state"] for deck in result["decks"]}["decks/two.md"] == "failed"
    after = own.files
    assert {path for path in after if after[path] != before[path]} == {"one/index.html"}
    own.edit("decks/two.md", "template: nowhere\ninclude: gone.md\n", "")
    assert own.states() == dict.fromkeys(ALL, "unchanged") | {"decks/two.md": "unchanged"}
    assert own.files["manifest.json"] != before["manifest.json"]


def test_the_same_project_elsewhere_gives_the_same_bytes(own: Talks, tmp_path: Path) -> None:
    other = Talks.make(tmp_path / "elsewhere")
    other.build("--jobs", "2", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert other.files == own.files


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_only_what_changed_since_a_revision_is_built(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    git(made.root, "init")
    git(made.root, "add", "decks", "img", "slidebuild.yml")
    git(made.root, "commit", "-m", "talks")
    made.edit("img/prism.svg", "M0 3", "M1 3")
    assert made.states("--changed-since", "HEAD") == dict.fromkeys(ALL, "skipped") | {"decks/one.md": "built"}
    assert "two/index.html" not in made.files
    assert "changed</span>" in made.output("index.html")
    made.build("--changed-since", "nowhere", code=2)


def test_make_builds_when_something_has_changed_and_not_otherwise(own: Talks) -> None:
    def make() -> bool:
        """Whether make calls for a build; if so, one follows."""
        done = subprocess.run(["make", "--question"], cwd=own.root, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        if done.returncode:
            own.build("--depfile", "dist/site.d")
        return done.returncode == 1

    own.edit("decks/two.md", "resonance", "resonance ![x](../img/gone.png)")  # make must not ask for it
    (own.root / "Makefile").write_text("dist/manifest.json:\n\tfalse\n-include dist/site.d\n", encoding="utf-8")
    own.build("--depfile", "dist/site.d")
    assert not make()
    os.utime(own.root / "decks/one.md")  # the manifest stays the same
    assert (make(), make()) == (True, False)
    (own.root / "decks/four.md").write_text("# A new deck\n", encoding="utf-8")
    assert (make(), make()) == (True, False)
    (own.root / "img/gone.png").write_bytes(b"there")
    assert (make(), make()) == (True, False)


def test_the_depfile_names_files_as_build_tools_do(tmp_path: Path) -> None:
    for name in ("x#1.md", "$2.png"):
        (tmp_path / "a b").mkdir(exist_ok=True)
        (tmp_path / "a b" / name).write_text("", encoding="utf-8")
    inputs = ["a b/$2.png", "a b/gone", "a b/x#1.md"]
    rule = "a\\ b \\\n  a\\ b/$$2.png \\\n  a\\ b/x\\#1.md\n"
    assert depfile("out/m.json", tmp_path, [], inputs, tmp_path) == f"out/m.json: {rule}"
    assert str(tmp_path) in depfile("out/m.json", tmp_path, [], inputs, tmp_path / "elsewhere")


def test_a_theme_of_the_project_may_change_the_pages(tmp_path: Path) -> None:
    made = Talks.make(tmp_path, "theme: ours\n")
    theme = made.root / "themes/ours"
    (theme / "templates/site").mkdir(parents=True)
    (theme / "theme.yml").write_text("name: ours\nparent: default\n", encoding="utf-8")
    (theme / "templates/site/index.html.j2").write_text(
        '{% extends "parent/site/index.html.j2" %}{% block title %}OURS{% endblock %}', encoding="utf-8"
    )
    made.build()
    assert "<title>OURS</title>" in made.output("index.html")


def test_decks_with_macros_are_built_each_time_since_nobody_knows_what_those_read(tmp_path: Path) -> None:
    made = Talks.make(tmp_path, "macros: reading\n")
    (made.root / "reading.py").write_text(
        "import pathlib\n\ndef words(call):\n    return pathlib.Path('words').read_text()\n", encoding="utf-8"
    )
    (made.root / "words").write_text("old")
    made.edit("decks/two.md", "resonance", "![:words]()")
    made.build()
    (made.root / "words").write_text("new")
    assert set(made.states().values()) == {"built"}
    assert "new" in made.output("two/index.html")


def test_a_process_that_dies_is_told_of(tmp_path: Path) -> None:
    made = Talks.make(tmp_path, "macros: deadly\n")
    (made.root / "deadly.py").write_text(DEADLY, encoding="utf-8")
    made.edit("decks/two.md", "resonance", "![:die]()")
    said = made.build("--jobs", "2", code=1)["diagnostics"]
    assert [item["code"] for item in said if item["severity"] == "error"] == ["build-crashed"]
    assert any("ended with exit code 9" in item["message"] for item in said)


@pytest.mark.browser
def test_pdfs_and_pictures_of_the_first_slides_are_made(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    made.build("--jobs", "2", pdf=True)
    assert {"one/one.pdf", "one/cover.png", "2025/three/three.pdf"} <= set(made.files)
    assert '<img src="one/cover.png"' in made.output("index.html")
    assert 'content="https://talks.example.org/one/cover.png"' in made.output("one/info.html")
    made.edit("decks/one.md", "refraction", "reflection")
    before = made.files
    made.build(pdf=True)
    assert made.files["two/two.pdf"] == before["two/two.pdf"]


@pytest.mark.browser
def test_the_search_finds_slides_from_disk_and_topics_choose_decks(talks: Talks, browser: Browser) -> None:
    index = browser.new_page()
    index.goto((talks.root / "dist/index.html").as_uri())
    index.fill("#search", "RESON echo")
    index.wait_for_selector("#hits a")
    assert index.locator("#hits a").get_attribute("href") == "two/index.html#echo"
    assert index.locator("#hits mark").first.inner_text().lower() in ("reson", "echo")
    assert not index.locator("#decks").is_visible()
    index.fill("#search", "")
    index.wait_for_selector("#decks")
    index.click("[data-tag=waves]")
    assert index.locator(".deck:visible").count() == 1
