"""Several browsers that share the work: on this machine, or on others; who goes on when one is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from slidebuild.browser.endpoint import Endpoint
from slidebuild.browser.errors import BrowserError, BrowserNotFound
from slidebuild.browser.find import BrowserChoice
from slidebuild.browser.session import Session

T = TypeVar("T")


@contextmanager
def crew(find: Callable[[], BrowserChoice], endpoints: Sequence[str], jobs: int) -> Iterator[Session]:
    """A browser with its companions: those at `endpoints`, else up to `jobs` of this machine, started when needed.

    `find` finds the browser of this machine, which goes on when those elsewhere are gone. Raises BrowserError when none
    of the endpoints answers, BrowserNotFound without endpoints when there is no browser.
    """
    with ExitStack() as stack:
        if endpoints:
            first, *others = _answering([stack.enter_context(Session(Endpoint(address))) for address in endpoints])
            try:
                first.spare = stack.enter_context(Session(find(), lazy=True))
            except BrowserNotFound:
                first.spare = None
        else:
            choice = find()
            first, *others = [
                stack.enter_context(Session(choice, lazy=True, to_print=True)) for _ in range(max(jobs, 1))
            ]
        first.companions = tuple(others)
        yield first


def with_one(session: Session, work: Callable[[Session], T]) -> T:
    """What a browser makes of some work; one that went away meanwhile is followed by the next. Raises BrowserError."""
    able = [one for one in (session, *session.companions) if not one.is_lost]
    able += [session.spare] if session.spare is not None else []
    for one in able[:-1]:
        try:
            return work(one)
        except BrowserError as error:
            if not one.is_lost:
                raise
            session.news.append(_lost(one, error))
    return work(able[-1] if able else session)


def lost(session: Session, which: Session, error: BaseException) -> None:
    """Note that a browser went away."""
    session.news.append(_lost(which, error))


def _lost(session: Session, error: BaseException) -> str:
    return f"{_name(session)} went away ({error}); its slides are printed by another"


def _answering(sessions: Sequence[Session]) -> list[Session]:
    """Those that answer and are the same build as the first of them: others would draw other pages."""
    answering: list[Session] = []
    silent: list[str] = []
    for session in sessions:
        try:
            build = session.started.build
        except BrowserError as error:
            silent.append(str(error))
            continue
        if answering and build != answering[0].started.build:
            first = _name(answering[0])
            silent.append(f"{_name(session)} has another browser build or other fonts than {first}: it is left out")
        else:
            answering.append(session)
    if not answering:
        raise BrowserError("; ".join(silent))
    answering[0].news += silent
    return answering


def _name(session: Session) -> str:
    return session.choice.address if isinstance(session.choice, Endpoint) else "this machine's browser"
