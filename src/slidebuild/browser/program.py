"""A browser's program: started with pipes to us, in a process group and a folder of its own, and killed at the end.

It keeps nothing, so it is not asked to end, which takes it 0.1 s: its folder, where its profile and temporary files
are, goes with it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from slidebuild.browser.errors import DrivingError
from slidebuild.browser.pipe import Pipe

IS_POSSIBLE: Final = sys.platform == "linux"
"""Elsewhere Playwright starts it: Windows has no such pipes, and other fonts stand for `serif` on macOS."""

_FREE: Final = 10
"""The lowest descriptor our ends may have: 3 and 4 are the browser's."""
_ENDING: Final = 2.0
"""Seconds that a program may take to end that has closed its pipe."""
_LOG: Final = "said.txt"
_PREFIX: Final = "slidebuild-"
_YOUNG: Final = 60.0
"""Seconds after which a folder that no browser uses is one whose owner was killed, not one of a browser that starts."""
_SOCKET: Final = "org.chromium.Chromium.XXXXXX/SingletonSocket"
"""What Chromium with windows makes among its temporary files."""


class Program:
    """A browser that was started."""

    def __init__(self, number: int, folder: Path, log: int, pipe: Pipe) -> None:
        self._number = number
        self._log = log
        self._folder = folder
        self.pipe = pipe
        self._lock = threading.Lock()
        self._code: int | None = None

    @classmethod
    def start(cls, path: Path, arguments: Sequence[str], environ: Mapping[str, str]) -> Program:
        """Start it; it may fail later. Raises DrivingError."""
        folder = Path(mkdtemp(prefix=_PREFIX))
        command = [str(path), *arguments, f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe"]
        theirs_in, ours_out = map(_out_of_the_way, os.pipe())
        ours_in, theirs_out = map(_out_of_the_way, os.pipe())
        nothing = _out_of_the_way(os.open(os.devnull, os.O_RDWR))
        said = _out_of_the_way(os.open(folder / _LOG, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
        _lock(said)  # until it and we are gone
        try:
            number = os.posix_spawn(
                path,
                command,
                _environment(environ, folder),
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, source, target)
                    for target, source in enumerate((nothing, nothing, said, theirs_in, theirs_out))
                ],
                setpgroup=0,
                setsigdef=[signal.SIGPIPE],  # which Python ignores
            )
        except OSError as error:
            for end in (ours_in, ours_out, said):
                os.close(end)
            shutil.rmtree(folder, ignore_errors=True)
            raise DrivingError(error.strerror or str(error)) from error
        finally:
            for end in (theirs_in, theirs_out, nothing):
                os.close(end)
        return cls(number, folder, said, Pipe(ours_in, ours_out))

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._wait() is None

    def said(self) -> str:
        """What it wrote to its standard error."""
        with suppress(OSError):
            return (self._folder / _LOG).read_text("utf-8", "replace")
        return ""

    def how_it_ended(self) -> str:
        """In words, when its pipe is closed: `it ended with exit code 7`."""
        until = time.monotonic() + _ENDING
        while (code := self._wait()) is None and time.monotonic() < until:
            time.sleep(0.01)
        if code is None:
            return "it closed its pipe"
        return f"it ended with exit code {code}" if code >= 0 else f"it ended by {signal.Signals(-code).name}"

    def kill(self) -> None:
        """End it and all it started, at once; from any thread."""
        with self._lock, suppress(ProcessLookupError, PermissionError):
            if self._code is None:  # else its number may be another program's by now
                os.killpg(self._number, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, and remove its folder, and those of browsers whose owners were killed."""
        self.kill()
        with self._lock:
            if self._code is None:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._number, 0)[1])
        self.pipe.close()
        os.close(self._log)
        for _ in range(5):  # what it started is killed too, but may be in the middle of making a file
            shutil.rmtree(self._folder, ignore_errors=True)
            if not self._folder.exists():
                break
            time.sleep(0.02)
        _clear(self._folder.parent)

    def _wait(self) -> int | None:
        """Its exit code, if it has ended."""
        with self._lock:
            if self._code is None:
                number, status = os.waitpid(self._number, os.WNOHANG)
                if number:
                    self._code = os.waitstatus_to_exitcode(status)
            return self._code


def _lock(file: int) -> bool:
    """Lock an open file until it is closed everywhere; whether nobody else has."""
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear(among: Path) -> None:
    """Remove our folders of browsers that are no more."""
    for log in among.glob(f"{_PREFIX}*/{_LOG}"):
        with suppress(OSError):
            status = log.parent.lstat()
            if status.st_uid != os.geteuid() or time.time() - status.st_mtime < _YOUNG:
                continue
            file = os.open(log, os.O_WRONLY | os.O_NOFOLLOW)
            is_left = _lock(file)
            os.close(file)
            if is_left:
                shutil.rmtree(log.parent, ignore_errors=True)


def _environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Its temporary files go to its folder, unless sockets there had longer names than systems take (104 bytes)."""
    is_short = len(os.fsencode(folder / _SOCKET)) < 104
    return {**environ, "TMPDIR": str(folder)} if is_short else dict(environ)


def _out_of_the_way(end: int) -> int:
    """The same descriptor under a number that is none of the browser's, and that no other program inherits."""
    import fcntl

    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE)
    os.close(end)
    return moved
