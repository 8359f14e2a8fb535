"""The placeholder of decks that have none of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from slidebuild.installed import PACKAGE
from slidebuild.pdf.wording import wording

if TYPE_CHECKING:
    from jinja2 import Template

CLASSES: Final = ("center", "middle")
"""Content classes of the slide it stands on."""


def default_placeholder(title: str, url: str | None, lang: str) -> str:
    """HTML of the slide's content: that it moves and where it can be watched, in the deck's language.

    `url` is the address of this very slide, shown as a link and a QR code.
    """
    from markupsafe import Markup

    code = Markup(qr_code(url)) if url else ""  # noqa: S704 (made of squares only)
    return _template().render(title=title, url=url, words=wording(lang), code=code)


def qr_code(url: str) -> str:
    """An address as the `<svg>` of a QR code that fills its box."""
    import segno

    return segno.make(url, error="m", micro=False).svg_inline(border=4, omitsize=True, lineclass=None, svgclass=None)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, autoescape=True)
    return environment.from_string((PACKAGE / "pdf" / "skipped.html.j2").read_text("utf-8"))
