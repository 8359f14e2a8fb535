"""Where the stills of a slide come from: its files, its property `poster:`, Pillow and the browser."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urldefrag

from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled
from slidebuild.passes.frames import moving_kind
from slidebuild.pdf.picture_frame import picture_frame
from slidebuild.pdf.poster import Moment, poster_of
from slidebuild.pdf.video_frame import video_frame
from slidebuild.records import dataclass
from slidebuild.slides import Slide


@dataclass(frozen=True, slots=True)
class SlideStills:
    """The stills of one slide. Only files of the project are looked into; a `data:` picture shows its first frame."""

    slide: Slide
    compiled: Compiled
    session: Session
    timeout: float

    @property
    def image(self) -> str | None:
        """The picture that `poster:` names; one that does not exist is reported and drawn as a labelled box."""
        written = poster_of(self.slide).image
        return self.compiled.resolver.background(self.slide, written) if written else None

    def is_moving(self, address: str) -> bool:
        """Whether a file of the page is a picture of several frames."""
        data = self._data(address)
        return data is not None and moving_kind(data) is not None

    def of_picture(self, address: str) -> str | None:
        """The frame that `poster:` says; None where it is the first, which the browser prints by itself."""
        moment, data = poster_of(self.slide).moment, self._data(address)
        if moment in (None, "first") or data is None or moving_kind(data) in (None, "svg"):
            return None
        return self._published(address, picture_frame(data, moment))

    def of_video(self, addresses: tuple[str, ...], poster: str | None) -> str | None:
        """The frame that `poster:` says; without it the video's own poster, else its first frame."""
        moment = poster_of(self.slide).moment
        if moment is None and poster:
            return poster
        for address in addresses:
            data = self._data(address)
            if data is not None:
                name = posixpath.basename(_path(address))
                frame = video_frame(self.session, name, data, _or_first(moment), timeout=self.timeout)
                if frame is not None:
                    return self._published(address, frame)
        return poster

    def _data(self, address: str) -> bytes | None:
        return self.compiled.resolver.collector.files.get(_path(address))

    def _published(self, address: str, frame: bytes | None) -> str | None:
        if frame is None:
            return None
        stem = posixpath.splitext(posixpath.basename(_path(address)))[0]
        return self.compiled.resolver.collector.publish(f"{stem}.still.png", frame)


def _or_first(moment: Moment | None) -> Moment:
    return "first" if moment is None else moment


def _path(address: str) -> str:
    return unquote(urldefrag(address).url)
