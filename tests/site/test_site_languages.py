"""The pages around the decks in other languages than English."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sites import Talks

from slidebuild import dom
from slidebuild.installed import PACKAGE
from slidebuild.player.words import words as player_words
from slidebuild.site.building import TITLE
from slidebuild.site.speech import Speech, words

LANGUAGES = sorted(file.stem for file in (PACKAGE / "site/languages").iterdir())
TEMPLATES = PACKAGE / "themes/default/templates/site"
SETTINGS = "lang: {}\nsite: {{url: 'https://talks.example.org/'}}\n"


def _said() -> set[str]:
    """All that the pages can say by themselves."""
    templates = "\n".join(file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.iterdir()))
    calls = re.findall(r"(?:\b(?:say|tell)\(|set moving = )(.*?)(?:\}\}|%\})", templates)
    found = {text for call in calls for _, text in re.findall(r"""(["'])([\w%].*?)\1""", call)}
    script = (PACKAGE / "site/search.js").read_text(encoding="utf-8")
    return found | {TITLE} | set(re.findall(r'textContent = "(.*?)"', script))


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    """A German site with a deck in French, and one in Hebrew, which the pages do not speak."""
    made = Talks.make(tmp_path_factory.mktemp("german"), SETTINGS.format("de-AT"))
    made.edit("decks/two.md", "date:", "lang: fr-CA\ndate:")
    made.edit("decks/2025/three.md", "# Untitled", "---\nlang: he\n---\n# Untitled")
    made.build()
    return made


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    made = Talks.make(tmp_path_factory.mktemp("arabic"), SETTINGS.format("ar"))
    made.edit("decks/two.md", "date:", "lang: en\ndescription: Noise (and C++)\ndate:")
    made.build()
    return made


def _own_words(page: str) -> dict[str, str]:
    """Texts of another language than the page's -> that language."""
    tree = dom.parse(page)
    return {unescape(dom.inner_html(node)): dom.attribute(node, "lang") or "" for node in dom.select(tree, "bdi[lang]")}


def test_the_pages_speak_the_languages_of_the_player() -> None:
    assert sorted(file.stem for file in (PACKAGE / "player/languages").iterdir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_of_the_pages_and_no_other(language: str) -> None:
    found = words(language)
    assert set(found) == _said() | set(player_words(language))
    for english in _said():
        assert sorted(re.findall(r"%\d", english)) == sorted(re.findall(r"%\d", found[english])), english
        assert found[english] == found[english].strip() != "", english


def test_an_unknown_language_is_said_in_the_next_best_and_in_english_at_last() -> None:
    assert Speech.of("pt-BR").say("%1 slides", 3) == "3 diapositivos"
    assert Speech.of("cy", "nl").say("%1 slides", 3) == "3 dia’s"
    assert Speech.of("cy", "tlh") == Speech("cy", "en")
    assert Speech.of("cy").say("Words of a theme's own") == "Words of a theme's own"


def test_texts_of_other_languages_tell_theirs_and_run_their_own_way() -> None:
    speech = Speech.of("fa")
    assert speech.quote("<نور>", "fa") == "&lt;نور&gt;"
    assert speech.quote("a<b", "de") == '<bdi lang="de" dir="ltr">a&lt;b</bdi>'
    assert Speech.of("de").quote("נ", "he") == '<bdi lang="he" dir="rtl">נ</bdi>'
    assert speech.tell("Notes") == '<bdi lang="en" dir="ltr">Notes</bdi>'


def test_a_german_site_has_no_english_words_of_its_own(german: Talks) -> None:
    index, about = german.output("index.html"), german.output("one/info.html")
    assert '<html lang="de-AT">' in index
    assert "<title>Vorträge</title>" in index
    assert {"2 Folien", "1 Folie", "3 Foliensätze", "Alle Folien durchsuchen"} <= set(re.split(r'[<>"]| · ', index))
    assert ">Folien ansehen<" in about
    assert "<language>de-AT</language>" in german.output("feed.xml")
    for english, translated in words("de").items():
        start = english.partition("%")[0]
        if english in _said() and start and not translated.startswith(start):
            assert start not in re.sub("(?s)<style>.*</style>", "", index + about), english


def test_dates_are_iso_in_every_language(german: Talks) -> None:
    assert '<time datetime="2026-02-01">2026-02-01</time>' in german.output("index.html")


def test_the_page_about_a_deck_speaks_the_decks_language(german: Talks) -> None:
    about = german.output("two/info.html")
    assert '<html lang="fr-CA">' in about
    assert ">Voir les diapositives<" in about
    assert _own_words(about) == {"Vorträge": "de-AT"}


def test_where_there_are_no_words_in_the_decks_language_its_page_says_those_of_the_site(german: Talks) -> None:
    about = german.output("2025/three/info.html")
    assert '<html lang="he" dir="rtl">' in about
    assert _own_words(about)["Folien ansehen"] == "de-AT"


def test_titles_of_decks_in_another_language_tell_it_on_the_index(german: Talks) -> None:
    assert _own_words(german.output("index.html")) == {"Sound & noise": "fr-CA", "Untitled": "he"}
    assert '"lang":"fr-CA"' in german.output("search-index.js")


def test_an_arabic_site_runs_from_right_to_left_and_its_english_words_do_not(arabic: Talks) -> None:
    index = arabic.output("index.html")
    assert '<html lang="ar" dir="rtl">' in index
    assert {"2 slides": "en", "About": "en", "Noise (and C++)": "en"}.items() <= _own_words(index).items()
    assert '<html lang="en">' in arabic.output("two/info.html")


def test_templates_of_a_theme_that_know_nothing_of_languages_go_on_working(tmp_path: Path) -> None:
    made = Talks.make(tmp_path, "lang: ar\ntheme: ours\n")
    templates = made.root / "themes/ours/templates/site"
    templates.mkdir(parents=True)
    (templates.parents[1] / "theme.yml").write_text("name: ours\nparent: default\n", encoding="utf-8")
    (templates / "base.html.j2").write_text(
        '<html lang="{{ lang }}"><title>{% block title %}{{ site.title }}{% endblock %}</title>'
        "{% block head %}{% endblock %}{% block body %}{% endblock %}{% block scripts %}{% endblock %}",
        encoding="utf-8",
    )
    (templates / "index.html.j2").write_text(
        '{% extends "site/base.html.j2" %}{% block body %}{% for deck in decks %}'
        '<a href="{{ deck.page }}">{{ deck.title }}'
        "</a>{% endfor %}{{ say('%1 decks', decks | length) }}{% endblock %}",
        encoding="utf-8",
    )
    made.build()
    assert '<a href="one/index.html">Light</a>' in made.output("index.html")
    assert "3 decks" in made.output("index.html")
    assert '<html lang="ar"><title>Light' in made.output("one/info.html")


@pytest.mark.browser
def test_the_search_speaks_the_language_of_the_site(german: Talks, browser: Browser) -> None:
    index = browser.new_page()
    index.goto((german.root / "dist/index.html").as_uri())
    index.get_by_label("Alle Folien durchsuchen").fill("nirgends")
    index.wait_for_selector("#hits li")
    assert index.locator("#hits").inner_text() == "Keine Folie enthält alle diese Wörter."
    index.fill("#search", "resonance")
    index.wait_for_selector("#hits a")
    assert index.locator("#hits li").get_attribute("lang") == "fr-CA"


@pytest.mark.browser
def test_hits_of_scripts_without_blanks_show_what_was_looked_for(tmp_path: Path, browser: Browser) -> None:
    made = Talks.make(tmp_path, SETTINGS.format("ja"))
    made.edit("decks/two.md", "resonance", f"{'光' * 400}波")
    made.build()
    index = browser.new_page()
    index.goto((made.root / "dist/index.html").as_uri())
    index.fill("#search", "波")
    index.wait_for_selector("#hits mark")
    assert index.locator("#hits mark").inner_text() == "波"
