from __future__ import annotations

import pytest

from slidebuild import dom
from slidebuild.pdf.default_placeholder import default_placeholder
from slidebuild.pdf.wording import WORDINGS, wording


def test_default_placeholder_shows_title_address_and_code() -> None:
    tree = dom.parse(default_placeholder("Cats & <dogs>", "https://x.example/?a=1&b#3", "en"))
    assert dom.text(dom.select(tree, "h2")[0]) == "Cats & <dogs>"
    link = dom.select(tree, "a")[0]
    assert dom.attribute(link, "href") == dom.text(link) == "https://x.example/?a=1&b#3"
    assert dom.select(tree, "[role=img][aria-label] > svg > path")


def test_default_placeholder_without_an_address_has_no_link_and_no_code() -> None:
    tree = dom.parse(default_placeholder("", None, "en"))
    assert dom.select(tree, "a, svg, h2") == []
    assert "This slide moves" in dom.text(tree)


@pytest.mark.parametrize("lang", sorted(WORDINGS))
def test_default_placeholder_speaks_the_language_of_the_deck(lang: str) -> None:
    assert WORDINGS[lang].moves in dom.text(dom.parse(default_placeholder("T", None, lang)))


@pytest.mark.parametrize(("lang", "moves"), [("de-AT", "Diese Folie"), ("pt_BR", "Este"), ("xx", "This"), ("", "This")])
def test_language_is_known_by_its_first_part(lang: str, moves: str) -> None:
    assert wording(lang).moves.startswith(moves)
