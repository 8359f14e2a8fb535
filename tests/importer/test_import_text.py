"""Front matter is read back as it was meant; addresses change where they are addresses and nowhere else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from slidebuild import front_matter
from slidebuild.diagnostics import Diagnostics
from slidebuild.importer.finding import distinct, is_deck_name
from slidebuild.importer.matter import write_matter
from slidebuild.importer.slides import rewrite_addresses
from slidebuild.source import SourceFile

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT, st.lists(TEXT, max_size=12))
def test_front_matter_is_read_back_as_written(title: str, pattern: str, css: list[str]) -> None:
    values: dict[str, Any] = {
        "title": title,
        "highlightSpans": {"$regexp": pattern},
        "css": css,
        "navigation": {"scroll": False},
        "math": True,
        "theme": "remark",
    }
    source = SourceFile("x.md", f"---\n{write_matter(values)}---\nname: slide\n")
    told = Diagnostics()
    matter = front_matter.split(source, told)
    assert not list(told)
    assert matter.layer.values == values
    assert source.text[matter.end :] == "name: slide\n"


def test_plain_words_stand_without_quotes() -> None:
    assert write_matter({"title": "On the Road", "lang": "no", "ratio": "16:9"}) == (
        'title: On the Road\nlang: "no"\nratio: "16:9"\n'
    )


DECK = """
class: middle
background-image: url(img/a.png)

# img/a.png, ![one](img/a.png) and `![code](img/a.png)`

    <img src="img/a.png">

.left[<img src="img/a.png" srcset="img/a.png 1x, img/a b.png 2x">] xximg/a.png ![two](img/a.png.bak)
--
[paper][p] <b style="background: url('img/a.png')">x</b> ![](q.png?a=1&amp;b=2)

[p]: img/a.png "img/a.png"
???
![note](img/a.png)
---
template: x
![:include img/a.png](img/a.png)
"""


def test_only_addresses_are_rewritten() -> None:
    changed, lost = rewrite_addresses(DECK, {"img/a.png": "N.png", "q.png?a=1&b=2": "q.png", "gone.png": "x.png"})
    assert changed == DECK.replace("url(img/a.png)", "url(N.png)").replace(
        "![one](img/a.png)", "![one](N.png)"
    ).replace('.left[<img src="img/a.png" srcset="img/a.png 1x', '.left[<img src="N.png" srcset="N.png 1x').replace(
        "url('img/a.png')", "url('N.png')"
    ).replace("q.png?a=1&amp;b=2", "q.png").replace("[p]: img/a.png", "[p]: N.png").replace(
        "![note](img/a.png)", "![note](N.png)"
    ).replace("![:include img/a.png](img/a.png)", "![:include N.png](N.png)")
    assert lost == {"gone.png"}


def test_names_are_made_distinct_whatever_their_case() -> None:
    assert distinct(["talk", "Talk", "b", "talk"]) == ["talk", "Talk-2", "b", "talk-3"]


def test_names_that_would_hide_a_deck_or_leave_the_folder_are_refused() -> None:
    assert is_deck_name("2019/intro-1.2")
    assert not any(is_deck_name(name) for name in ("", "..", "../x", "/x", "_draft", ".x", "a/_b", "a\\b"))
