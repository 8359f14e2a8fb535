"""A deck copied from another one keeps the link of its skipped slide: that mistake is told."""

from __future__ import annotations

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.placeholder import is_under
from slidebuild.slides import Slide
from slidebuild.source import Span


def check_placeholder(url: str | None, placeholder: Slide | None, diagnostics: Diagnostics) -> None:
    """Report `placeholder-address` when the slide that replaces animated ones has web links, none of them to `url:`."""
    if url is None or placeholder is None:
        return
    addresses = [(dom.attribute(link, "href") or "").strip() for link in dom.select(placeholder.content, "a[href]")]
    links = [address for address in addresses if address.lower().startswith(("http://", "https://"))]
    if links and not any(is_under(address, url) for address in links):
        diagnostics.add(
            "placeholder-address",
            f"the slide that replaces animated ones links to {links[0]}, but `url:` is {url}",
            _place(placeholder, links[0]),
            hint="write {{url}} for the address: it becomes that of the slide replaced",
        )


def _place(placeholder: Slide, address: str) -> Span:
    """Where the address is written on the slide, its link definitions included."""
    span = placeholder.resolved.span
    at = span.text.find(address)
    return span.part(at, at + len(address)) if at >= 0 else span.part(0, 0)
