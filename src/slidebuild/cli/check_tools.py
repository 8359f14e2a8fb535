"""What `slidebuild check` looks at besides the decks: a browser, the web, a dictionary, a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild.cli.run import EXIT_ENVIRONMENT, fail
from slidebuild.project import OutputError, write_file
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.cache import Cache
    from slidebuild.check.baseline import Baseline
    from slidebuild.check.checking import Tools
    from slidebuild.check.dictionary import Dictionary
    from slidebuild.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Looks:
    """How closely to look."""

    render: bool = False
    links: bool = False
    spell: bool = False
    allow_private: bool = False
    browser: str | None = None
    timeout: float = 60.0

    @contextmanager
    def tools(self, cache: Callable[[], Cache]) -> Iterator[Tools]:
        """What the rules asked for need. Leaves with 3 when something lacks.

        `cache` keeps what the web has answered.
        """
        from slidebuild.check.checking import Tools
        from slidebuild.check.dictionary import DictionaryError
        from slidebuild.cli.browsers import browser_session

        with ExitStack() as stack:
            chromium = stack.enter_context(browser_session(self.browser)) if self.render else None
            web = None
            if self.links:
                from slidebuild.check.web import Web

                web = Web(cache(), allows_private=self.allow_private)
            try:
                yield Tools(chromium, self.timeout, web, _Dictionaries().find if self.spell else None)
            except DictionaryError as error:
                fail(str(error), code=EXIT_ENVIRONMENT)


class _Dictionaries:
    """Each language's dictionary, looked for once."""

    def __init__(self) -> None:
        self._found: dict[str, Dictionary] = {}

    def find(self, language: str) -> Dictionary:
        from slidebuild.check.dictionary import find_dictionary

        if language not in self._found:
            self._found[language] = find_dictionary(language)
        return self._found[language]


def read_baseline(file: Path | None, *, is_written: bool) -> Baseline | None:
    """The baseline to leave out; None without one, or when it is being written. Wrong usage when it is none."""
    if file is None or is_written:
        return None
    from slidebuild.check.baseline import Baseline, BaselineError

    try:
        return Baseline.read(file.read_bytes())
    except OSError as error:
        hint = "write it first: slidebuild check --baseline FILE --write-baseline"
        raise click.UsageError(f"{file} cannot be read: {error.strerror or error} ({hint})") from error
    except BaselineError as error:
        raise click.UsageError(f"{file}: {error}") from error


def write_baseline(file: Path, found: list[Diagnostic]) -> int:
    """Write what was found as the baseline; how much that is. Leaves with 1 when the file can't be written."""
    from slidebuild.check.baseline import as_baseline, may_wait

    try:
        write_file(file, as_baseline(found))
    except OutputError as error:
        fail(str(error))
    return sum(map(may_wait, found))
