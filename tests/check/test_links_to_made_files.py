"""Links to the PDFs and notes that a build puts beside the pages of decks, wherever the project has its decks."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkdeck import told

from slidebuild.check.checking import Tools, check_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import Project


def dead_links(root: Path, settings: str, deck: str, links: str, *others: str) -> list[str]:
    """What is told of links in a deck of a project with other decks."""
    texts = dict.fromkeys(others, "# Other\n") | {deck: f"# Talk\n\n{links}\n", "slidebuild.yml": settings}
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    said = Diagnostics()
    opened = Project.open(root, said).open_deck(deck, said)
    assert opened is not None
    return told(check_deck(opened.source, opened.inputs, Tools(), said).findings.sorted(), "dead-link")


@pytest.mark.parametrize(
    ("settings", "deck", "other", "link"),
    [
        ("{}", "decks/talk.md", "decks/old.md", "../old/old.pdf"),
        ("{}", "decks/2026/talk.md", "decks/2025/old.md", "../../2025/old/old.notes.md"),
        ("decks: talks/*.md", "talks/talk.md", "talks/old.md", "../old/old.pdf"),
        ("decks: ['talks/**/*', 'more/*.txt']", "talks/a/talk.markdown", "more/old.txt", "../../../more/old/old.pdf"),
        ("decks: [decks/*.md, '*.mkd']", "decks/talk.md", "old.mkd", "../old/old.pdf"),
        ("decks: '*.md'", "talk.md", "old.md", "../old/old.pdf"),
    ],
)
def test_a_link_to_the_pdf_of_a_deck_of_the_project_is_well(
    tmp_path: Path, settings: str, deck: str, other: str, link: str
) -> None:
    own = f"[own]({Path(deck).stem}.pdf)"
    assert dead_links(tmp_path, settings, deck, f"[other]({link}) {own}", other) == []


@pytest.mark.parametrize(
    ("settings", "other", "link"),
    [
        ("decks: talks/*.md", "talks/old.txt", "../old/old.pdf"),
        ("decks: talks/*.md", "talks/2025/old.md", "../2025/old/old.pdf"),
        ("decks: talks/**/*.md", "talks/_draft.md", "../_draft/_draft.pdf"),
        ("decks: talks/*.md", "talks/old.md", "../old/other.pdf"),
        ("decks: talks/*.md", "talks/old.md", "../gone/gone.pdf"),
    ],
)
def test_a_link_to_that_of_a_text_which_is_no_deck_is_told(
    tmp_path: Path, settings: str, other: str, link: str
) -> None:
    assert dead_links(tmp_path, settings, "talks/talk.md", f"[other]({link})", other) == [f"3: there is no file {link}"]


def test_a_deck_that_was_named_by_hand_may_link_to_another_such_one(tmp_path: Path) -> None:
    links = "[other](../old/old.pdf) [gone](../gone/gone.pdf)"
    assert dead_links(tmp_path, "{}", "drafts/talk.markdown", links, "drafts/old.markdown") == [
        "3: there is no file ../gone/gone.pdf"
    ]
