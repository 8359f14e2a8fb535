"""Characters that no font has are named."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from printdeck import Deck

from slidebuild.browser.session import Session
from slidebuild.pdf.findings import Finding
from slidebuild.pdf.glyphs import missing_glyphs

pytestmark = pytest.mark.browser

TANGUT, PRIVATE = "\U000187f0", "\U0010fffd"


def glyphs(session: Session, *contents: str) -> tuple[Finding, ...]:
    html = Deck([(str(number), "", content) for number, content in enumerate(contents)]).html
    style = "<style>.remark-slide-container { break-after: page; height: 300px }</style>"
    with session.page(html.replace("</head>", f"{style}</head>"), {}, width=600, height=400) as page:
        page.wait()
        with pikepdf.open(BytesIO(page.print_pdf(600, 400))) as pdf:
            return missing_glyphs(pdf, html)


def test_characters_without_a_glyph_are_named_with_their_page(session: Session) -> None:
    found = glyphs(
        session,
        "<p>all there: é ﬁ ﬀ — “x” ∑ ½ e\u0301 soft\u00adhyphen zero\u200bwidth &nbsp; ✓</p>",
        f"<p>one {TANGUT}</p>",
        f"<p>two {TANGUT} and {PRIVATE}</p><p style='opacity: .5'>pale {PRIVATE}</p>",
        "<p style='text-transform: uppercase'>ok ß</p>",
    )
    assert [(entry.page, entry.code) for entry in found] == [(1, "missing-glyph"), (2, "missing-glyph")]
    assert found[0].message == f"no font has {TANGUT} (U+187F0)"
    assert f"{PRIVATE} (U+10FFFD)" in found[1].message
    assert found[0].hint is not None
    assert "fonts-noto" in found[0].hint


def test_what_is_not_shown_is_not_missed(session: Session) -> None:
    assert glyphs(session, f"<p>x<span style='display: none'>{TANGUT}</span></p>") == ()


def test_hint_says_which_font_helps(session: Session) -> None:
    from slidebuild.pdf.glyphs import _hint

    assert session.has_started
    assert "doctor --install" in _hint("👈")
    assert "fonts-noto-cjk" in _hint("漢")
    assert "let the theme bring one" in _hint(PRIVATE)
