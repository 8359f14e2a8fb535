"""Writing outputs: to a temporary file beside them, then renamed, so that there is the old one or the new one."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from slidebuild.patterns import regex

_HASHED: Final = regex(r".+\.[0-9a-f]{8}(?:\.\w+)?")
"""Names of copied assets: only these are ever removed."""


LEFTOVER: Final = ".slidebuild-tmp"
"""Ending of files that are being written; a process that was killed leaves one behind."""
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ABANDONED: Final = 3600.0
"""Seconds after which nobody writes such a file any more."""


class OutputError(Exception):
    """An output could not be written; the message names it and says why."""


def write_file(path: Path, data: bytes, fence: Path | None = None, *, is_lasting: bool = True) -> bool:
    """Write a file as a whole or not at all; whether it changed. Raises OutputError.

    A file that is to be lasting is on the disk by then, should the machine fail: waiting for that takes some
    milliseconds a file. Others are left to the system, as compilers do; who wrote them must be able to tell a file that
    was lost.

    Same bytes are not written again, so that tools that look at times don't rebuild; a file that was there keeps its
    permissions. Below `fence`, a folder of strangers, nothing is written through symlinks.
    """
    _refuse_links(path, fence)
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_name(f".{path.name}.{os.urandom(4).hex()}{LEFTOVER}")
        try:
            with os.fdopen(os.open(written, _NEW, 0o600), "wb") as file:
                file.write(data)
                if is_lasting:
                    file.flush()
                    os.fsync(file.fileno())
            written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    return True


def write_page(
    page: Path,
    html: str,
    assets: Mapping[str, bytes],
    folder: str,
    fence: Path | None = None,
    *,
    is_lasting: bool = True,
) -> None:
    """Write a page and its assets: assets first, then the page, then assets that nothing refers to any more go.

    `folder` is the asset folder as the page addresses it; `fence` and `is_lasting` as for `write_file`.
    Raises OutputError.
    """
    for address, data in assets.items():
        write_file(page.parent / address, data, fence, is_lasting=is_lasting)
    write_file(page, html.encode("utf-8"), fence, is_lasting=is_lasting)
    _refuse_links(page.parent / folder, fence)
    wanted = {Path(address).name for address in assets}
    directory = page.parent / folder
    if not directory.is_dir():
        return
    for file in directory.iterdir():
        if file.name not in wanted and _HASHED.fullmatch(file.name):
            file.unlink(missing_ok=True)
    if not wanted and not any(directory.iterdir()):
        directory.rmdir()


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes have left behind anywhere below a folder."""
    for file in folder.rglob(f".*{LEFTOVER}"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _ABANDONED:
                file.unlink()


def _refuse_links(path: Path, fence: Path | None) -> None:
    """Raise OutputError where a path that begins below the fence goes through a symlink, or into `.git`."""
    if fence is None:
        return
    at = Path(os.path.normpath(path.absolute()))
    for part in (at, *at.parents):
        if part.parent.resolve().is_relative_to(fence) and (part.is_symlink() or part.name.casefold() == ".git"):
            raise OutputError(f"cannot write {path}: {part} is a link or a repository, and the folder is not trusted")


def _umask() -> int:
    """The process's umask; there is no way to read it without setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
