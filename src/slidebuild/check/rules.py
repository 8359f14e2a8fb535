"""The table of rules. What compiling reports on the way (missing pictures, dead links, syntax …) needs no rule here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slidebuild.check.drawn_files import check_fonts, check_shown_sizes
from slidebuild.check.files import check_linked_files, check_online_address, check_remote_styles
from slidebuild.check.legibility import check_contrast, check_sizes
from slidebuild.check.measuring import Drawing
from slidebuild.check.overflow import check_blank, check_clipping, check_overflow
from slidebuild.check.pictures import check_alternatives, check_weight
from slidebuild.check.rule import Rule
from slidebuild.check.spelling import Spelt, check_spelling, check_words
from slidebuild.check.subject import Subject
from slidebuild.check.texts import check_amount, check_headings, check_notes, check_titles
from slidebuild.check.unused import ProjectFiles, check_unused_pictures
from slidebuild.check.weblinks import Linked, check_web_links
from slidebuild.diagnostics import Severity

DECK: Final[tuple[Rule[Subject], ...]] = (
    Rule("missing-alt", "deck", "pictures", "who can't see it hears nothing; PDF/UA asks for it", check_alternatives),
    Rule("heading-order", "deck", "headings of a slide", "screen readers go from level to level", check_headings),
    Rule("duplicate-title", "deck", "titles", "bookmarks and overview can't tell the slides apart", check_titles),
    Rule("too-much-text", "deck", "words of a slide", "nobody reads and listens at once", check_amount),
    Rule(
        "missing-notes", "deck", "speaker notes", "for decks that are read without the talk", check_notes, is_off=True
    ),
    Rule("oversized-picture", "deck", "bytes of pictures", "slow to load, too large to mail", check_weight),
    Rule("dead-link", "deck", "links to files", "the reader finds nothing", check_linked_files),
    Rule(
        "remote-asset", "deck", "stylesheets", "the deck needs the network, and its hosts for ever", check_remote_styles
    ),
    Rule(
        "no-online-address", "deck", "slides that move", "the PDF can't say where to watch them", check_online_address
    ),
)
"""What is looked for in every compiled deck."""

PROJECT: Final[tuple[Rule[ProjectFiles], ...]] = (
    Rule(
        "unused-picture", "project", "folders of pictures", "what nobody needs is carried along", check_unused_pictures
    ),
)
"""What is looked for once, when all decks of a project were checked."""

BROWSER: Final[tuple[Rule[Drawing], ...]] = (
    Rule("slide-overflow", "browser", "edges of the slide", "what lies beyond is not shown", check_overflow),
    Rule("blank-slide", "browser", "all of the slide", "an audience that sees nothing", check_blank),
    Rule("clipped-content", "browser", "edges of boxes", "a projector does not scroll", check_clipping),
    Rule("low-contrast", "browser", "colours", "projectors wash out what screens show; WCAG 1.4.3", check_contrast),
    Rule("small-text", "browser", "sizes of text", "it can't be read from a seat", check_sizes),
    Rule("unshipped-font", "browser", "fonts", "on other machines the slide looks otherwise", check_fonts),
    Rule("oversized-picture", "browser", "pictures as shown", "pixels that no screen can show", check_shown_sizes),
)
"""What is looked for with `--render`."""

WEB: Final[tuple[Rule[Linked], ...]] = (
    Rule("unreachable-link", "web", "links to the web", "pages move and vanish", check_web_links),
)
"""What is looked for with `--links`."""

DICTIONARY: Final[tuple[Rule[Spelt], ...]] = (
    Rule("misspelt-word", "dictionary", "words", "everybody else sees it at once", check_spelling),
    Rule("unknown-word", "dictionary", "words", "for texts without terms of a trade", check_words, is_off=True),
)
"""What is looked for with `--spell`."""

RULES: Final[tuple[Rule[Any], ...]] = (*DECK, *PROJECT, *BROWSER, *WEB, *DICTIONARY)


def is_on(rule: Rule[Any], wanted: Mapping[str, Severity | None]) -> bool:
    """Whether a rule is to run, given the levels that the setting `check` names."""
    return wanted.get(rule.code, rule.severity) is not None
