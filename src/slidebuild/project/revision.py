"""Files of a Git revision, read without touching the work tree, which may be a stranger's.

Git is only asked for objects (`ls-tree`, `cat-file`): no filter, attribute, hook, external diff or file system monitor
of the work tree or its configuration runs for these. The repository is named, never searched for, so that a bare one
planted in a folder is not taken for it (https://git-scm.com/docs/git-config, safe.bareRepository).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import Final

from slidebuild.records import dataclass

_FILE_MODES: Final = frozenset((b"100644", b"100755"))
"""Others are symlinks (120000) and submodules (160000): neither is read."""
_KEPT: Final = frozenset(("HOME", "PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "XDG_CONFIG_HOME"))
"""Environment that Git needs. `GIT_*` could name another repository, or programs to run."""
_ENVIRONMENT: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_CONFIGURATION: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
)
_SECONDS: Final = 60.0


class RevisionError(Exception):
    """The revision, or Git, cannot be used; one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of one commit of a repository."""

    name: str
    """As it was asked for: `origin/main`."""
    commit: str
    """Its full hash."""
    top: Path
    """Where the repository is checked out, symlinks resolved."""
    _git: _Git
    _files: Mapping[str, str]
    """Path from the top -> hash of its content."""
    _contents: dict[str, bytes] = field(default_factory=dict)

    @staticmethod
    def open(name: str, start: Path) -> Revision:
        """The revision of that name in the repository around a folder. Raises RevisionError."""
        top = _top(start.resolve())
        git = _Git.find(top)
        found = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", fails=True)
        commit = found.decode("ascii", "replace").strip()
        if not commit:
            raise RevisionError(f"there is no revision {name} in {top} (in CI, fetch it first)")
        entries = git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        return Revision(name, commit, top, git, dict(_files(entries)))

    def paths(self, folder: str = "") -> Iterable[str]:
        """Paths of all files below a folder (from the top of the repository), sorted."""
        start = f"{folder.rstrip('/')}/" if folder not in ("", ".") else ""
        return sorted(path for path in self._files if path.startswith(start))

    def read(self, path: str) -> bytes | None:
        """Bytes of a file by its path from the top of the repository; None if there is none.

        Raises RevisionError where the repository lacks the content (in partial clones).
        """
        found = self._files.get(str(PurePosixPath(path)))
        if found is None:
            return None
        if found not in self._contents:
            self.load([path])
        return self._contents[found]

    def load(self, paths: Iterable[str]) -> None:
        """Read files at once, so that `read` has them. Raises RevisionError."""
        wanted = sorted({self._files[path] for path in paths} - self._contents.keys())
        answer = self._git.run("cat-file", "--batch", said="\n".join([*wanted, ""]).encode("ascii"))
        at = 0
        for name in wanted:  # `<hash> blob <size>`, a line end, the bytes, a line end; or `<hash> missing`
            end = answer.index(b"\n", at)
            *_, kind, size = answer[at:end].split(b" ")
            if kind != b"blob":
                raise RevisionError(f"{self.name} cannot be read: {answer[at:end].decode('ascii', 'replace')}")
            start = end + 1
            at = start + int(size) + 1
            self._contents[name] = answer[start : at - 1]


@dataclass(frozen=True, slots=True)
class RevisionFolder:
    """A folder of a revision: the trusted side of a project's root."""

    revision: Revision
    folder: str
    """From the top of the repository; empty for the top itself."""

    @staticmethod
    def open(name: str, root: Path) -> RevisionFolder:
        """The folder that is the root of a project in the work tree. Raises RevisionError."""
        revision = Revision.open(name, root)
        return RevisionFolder.below(revision, root.resolve().relative_to(revision.top))

    @staticmethod
    def below(revision: Revision, folder: Path) -> RevisionFolder:
        """A folder by its path from the top of the repository."""
        return RevisionFolder(revision, "" if folder == Path() else folder.as_posix())

    def read(self, path: str) -> bytes | None:
        """Bytes of a file by its path below the folder; None if there is none. Raises RevisionError."""
        return self.revision.read(f"{self.folder}/{path}" if self.folder else path)

    def load(self, folder: str) -> None:
        """Read all files below a folder at once. Raises RevisionError."""
        self.revision.load(self.revision.paths(f"{self.folder}/{folder}" if self.folder else folder))

    def names(self, folder: str, file: str) -> Iterable[str]:
        """Folders directly below `folder` that hold a certain file."""
        start = f"{self.folder}/{folder}" if self.folder else folder
        below = (PurePosixPath(path).relative_to(start).parts for path in self.revision.paths(start))
        return sorted(parts[0] for parts in below if len(parts) == 2 and parts[1] == file)


@dataclass(frozen=True, slots=True)
class _Git:
    program: str
    directory: Path
    """The repository itself (`.git`)."""

    @staticmethod
    def find(top: Path) -> _Git:
        program = shutil.which("git")
        if program is None:
            raise RevisionError("there is no git on this machine")
        if Path(program).resolve().is_relative_to(top):
            raise RevisionError(f"the git on PATH, {program}, is a file of the work tree")
        return _Git(program, top / ".git")

    def run(self, *arguments: str, said: bytes = b"", fails: bool = False) -> bytes:
        """What a command prints, given something to read; with `fails` nothing where it fails. Raises RevisionError."""
        settings = [part for setting in _CONFIGURATION for part in ("-c", setting)]
        command = [self.program, f"--git-dir={self.directory}", "--no-pager", "--literal-pathspecs", *settings]
        kept = {name: value for name, value in os.environ.items() if name in _KEPT}
        try:
            run = subprocess.run(  # noqa: S603
                [*command, *arguments],
                cwd=self.directory.parent,
                env={**kept, **_ENVIRONMENT},
                input=said,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            raise RevisionError(f"git does not run: {error}") from error
        if run.returncode != 0:
            if fails:
                return b""
            why = run.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise RevisionError(f"git {arguments[0]} fails: {why}")
        return run.stdout


def _top(start: Path) -> Path:
    """The folder that holds `.git`: a folder, or in a linked work tree a file that names one."""
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    raise RevisionError(f"{start} is in no Git repository")


def _files(entries: Iterable[bytes]) -> Iterable[tuple[str, str]]:
    """Path and hash of each file of `git ls-tree -r -z`: `<mode> <type> <hash>TAB<path>`."""
    for entry in entries:
        head, _, path = entry.partition(b"\t")
        mode, _, rest = head.partition(b" ")
        if mode in _FILE_MODES:
            yield path.decode("utf-8", "surrogateescape"), rest.rpartition(b" ")[2].decode("ascii")
