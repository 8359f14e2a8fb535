"""The player in other languages."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from deckpage import build_page
from playwright.sync_api import Browser

from slidebuild import player
from slidebuild.compiler.numbering import _WORDS
from slidebuild.player.words import KEY_NAMES, speak, words

FOLDER = files("slidebuild.player")
LANGUAGES = sorted(path.name.removesuffix(".json") for path in (FOLDER / "languages").iterdir())


def _spoken() -> set[str]:
    """All that the player can say: arguments of `say`, texts kept for it, and what the key table shows."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.name.endswith(".js")}
    text = "\n".join(sources.values())
    found = set(re.findall(r"\b(?:say|leave)\('([^']+)'", text)) | set(re.findall(r"'(%1 [^']+)'", text))
    shown = re.findall(r"'([^']+)'", " ".join(re.findall(r"shown: (\[.*?\])", sources["keyboard.js"])))
    labels = re.findall(r"label: '(.*?)'", sources["keyboard.js"])
    found |= set(labels) | {name for name in (*shown, "Home", "End", "Backspace") if len(name) > 1}
    copy = set(re.findall(r"'([A-Z][a-z ]+)'", sources["codecopy.js"]))
    return found | copy | {"slide", *_WORDS.values(), "%1:"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_no_other(language: str) -> None:
    found = words(language)
    assert set(found) == _spoken()
    for english, translated in found.items():
        assert re.findall(r"%\d", english) == re.findall(r"%\d", translated), english
        assert translated == translated.strip() != "", english


def test_the_region_of_a_language_does_not_matter_and_unknown_ones_are_english() -> None:
    assert words("de-AT") == words("de")
    assert words("en") == words("tlh") == words("../de") == {}
    assert player.say("fr-CA", "%1 of %2", 3, 36) == "3 sur 36"
    assert player.say("cy", "%1 of %2", 3, 36) == "3 of 36"


def test_a_page_carries_the_words_of_its_language_only() -> None:
    german = player.script({}, "de")
    assert "'Nächste Folie'" in german
    assert "Next slide" not in german
    assert '"End":"Ende"' in german
    assert player.script({}, "en") == player.script({})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_word_is_left_in_a_translated_script(language: str) -> None:
    code = player.script({}, language) + player.copy_script(language)
    for english, translated in words(language).items():
        assert english in KEY_NAMES or english == translated or f"'{english}'" not in code, english


def test_translations_stay_within_their_literals() -> None:
    assert speak("say('Keys')", {"Keys": "l'a\\b</script>"}) == r"say('l\'a\\b\x3c/script>')"


@pytest.mark.browser
def test_help_overview_and_presenter_view_speak_the_decks_language(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(build_page(options={"minutes": 20}, lang="de"))
    page.keyboard.press("h")
    assert "Nächste Folie" in page.locator(".remark-help").inner_text()
    assert page.get_by_role("dialog", name="Tasten").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    assert page.get_by_placeholder("Suchen").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    assert page.locator(".sb-left").inner_text() == "noch 0:20:00"
    page.keyboard.press("End")
    assert "Ende der Folien" in page.evaluate(
        "getComputedStyle(document.querySelector('.remark-preview-area'), '::before').content"
    )
    context.close()
