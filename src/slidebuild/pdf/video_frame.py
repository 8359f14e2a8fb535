"""One frame of a video, through the browser."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING, Final

from slidebuild.browser.session import Session
from slidebuild.installed import PACKAGE

if TYPE_CHECKING:
    from slidebuild.pdf.poster import Moment

_EMPTY_PAGE: Final = '<!DOCTYPE html><html lang="en"><title>video</title>'


def video_frame(session: Session, name: str, data: bytes, moment: Moment, *, timeout: float = 60.0) -> bytes | None:
    """A frame of a video as a PNG; None when the browser cannot play it (Chromium plays WebM, not every MP4) or needs
    more than `timeout` seconds. `name` tells the type by its suffix. Raises BrowserError.

    The page that plays it is ours: no script of the deck runs.
    """
    address = f"video.{name.rpartition('.')[2].lower()}"
    with session.page(_EMPTY_PAGE, {address: data}, width=320, height=240, javascript=True, timeout=timeout) as page:
        found = page.evaluate(_script(), {"address": address, "moment": moment, "seconds": timeout})
    drawn = found["data"]
    return base64.b64decode(drawn.partition(",")[2]) if drawn else None


@cache
def _script() -> str:
    return (PACKAGE / "pdf" / "video_frame.js").read_text("utf-8")
