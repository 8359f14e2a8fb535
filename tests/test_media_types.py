from __future__ import annotations

import mimetypes
import posixpath

import pytest

from slidebuild.media_types import media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.WEBP", "image/webp"),
        ("film.mp4", "video/mp4"),
        ("paper.pdf", "application/pdf"),
        ("theme/font.woff2", "font/woff2"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_media_types_do_not_depend_on_the_machine(path: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mimetypes.init()
    monkeypatch.setitem(mimetypes.types_map, posixpath.splitext(path)[1].lower(), "x-of-this/machine")
    assert media_type(path) == kind
