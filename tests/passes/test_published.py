from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from slidebuild.passes.published import Published, Unread, digest_of


@dataclass
class Folder:
    files: dict[str, bytes]
    read_so_far: list[str] = field(default_factory=list)

    def read(self, path: str) -> bytes | None:
        self.read_so_far.append(path)
        return self.files.get(path)


def test_file_whose_digest_is_known_is_read_only_when_asked_for() -> None:
    folder = Folder({"img/a.png": b"picture"})
    files = Published({"b.png": b"other"})
    files.take(Published({"a.png": Unread(folder, "img/a.png", "0123")}))
    ordered = files.in_order()
    assert list(ordered) == ["a.png", "b.png"]
    assert digest_of(ordered, "a.png") == "0123"
    assert not folder.read_so_far
    assert ordered["a.png"] == b"picture"
    assert folder.read_so_far == ["img/a.png"]


def test_file_that_went_away_meanwhile_is_empty() -> None:
    assert Published({"a.png": Unread(Folder({}), "img/a.png", "0123")})["a.png"] == b""


def test_digest_of_what_was_read_is_that_of_its_bytes() -> None:
    digest = sha256(b"picture").hexdigest()
    assert digest_of({"a.png": b"picture"}, "a.png") == digest_of(Published({"a.png": b"picture"}), "a.png") == digest
