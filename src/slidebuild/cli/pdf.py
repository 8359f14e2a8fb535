"""`slidebuild pdf`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from slidebuild.cli.browsers import browser_session, chosen_browser
from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.run import Deck, Run, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.browser.find import BrowserChoice
    from slidebuild.browser.session import Session as BrowserSession
    from slidebuild.pdf.layout import LayoutName
    from slidebuild.pdf.receipt import Made, Receipt
    from slidebuild.pdf.twin import Twin


@click.command(
    epilog=examples("""
slidebuild pdf                                   every deck of the project
slidebuild pdf decks/talk.md                     dist/talk/talk.pdf
slidebuild pdf decks/talk.md -o handout.pdf --steps all      a page for each step
slidebuild pdf decks/talk.md --notes                         dist/talk/talk-notes.pdf: a sheet a slide, with its notes
slidebuild pdf decks/talk.md --layout 6 --paper letter       dist/talk/talk-6-up.pdf
slidebuild pdf decks/talk.md --slides 3-9,summary            some slides only
slidebuild pdf decks/talk.md --animations poster             stills instead of the skipped slide
""")
)
@DECKS
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR|FILE", help="Where to write.")
@click.option(
    "--steps",
    type=click.Choice(["final", "all", "marked"]),
    help="Pages: finished slides (default), every step, or also steps that say `print: true`.",
)
@click.option(
    "--layout",
    type=click.Choice(["1", "2", "4", "6", "notes", "lines"]),
    help="A hand-out: slides a sheet, slides with their notes, or with lines to write on.",
)
@click.option("--notes", is_flag=True, help="Short for --layout notes.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="What hand-outs are printed on. [a4]")
@click.option("--slides", default="", metavar="LIST", help="Only these: 3-9,name,12 (as after the # of an address).")
@click.option("--tag", "tags", multiple=True, help="Only slides tagged so, and those without tags; repeatable.")
@click.option(
    "--animations",
    type=click.Choice(["skip", "poster", "keep"]),
    help="Slides that move: the skipped slide (default), a still, or as the browser prints them.",
)
@click.option("--full-quality", is_flag=True, help="Pictures with all their pixels (setting: `pdf.dpi: null`).")
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to print with.", envvar="SLIDEBUILD_BROWSER")
@click.option(
    "--browser-endpoint",
    "endpoints",
    multiple=True,
    metavar="URL",
    help="Print on a browser that runs elsewhere: ws:// (Playwright) or http:// (DevTools); repeatable.",
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Browsers that share the work of a long deck.")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, metavar="SECONDS", help="For loading a deck. [60]")
@shared
def pdf(
    decks: tuple[str, ...],
    output: Path | None,
    steps: Literal["final", "all", "marked"] | None,
    layout: LayoutName | None,
    notes: bool,  # noqa: FBT001
    paper: Literal["a4", "letter"] | None,
    slides: str,
    tags: tuple[str, ...],
    animations: Literal["skip", "poster", "keep"] | None,
    full_quality: bool,  # noqa: FBT001
    browser: str | None,
    endpoints: tuple[str, ...],
    jobs: int | None,
    timeout: float,
    options: Shared,
) -> None:
    """Print decks to PDF: dist/<deck>/<deck>.pdf.

    One page a slide, tagged, with bookmarks and live links. A slide that moves is replaced by the deck's skipped slide
    with a link to it online. The same deck gives the same bytes (dates: SOURCE_DATE_EPOCH, else the deck's `date:`).
    """
    chosen: dict[str, str | bool | None] = {
        key: value
        for key, value in (("steps", steps), ("animations", animations), ("paper", paper))
        if value is not None
    }
    if full_quality:
        chosen["dpi"] = None
    session = options.session("pdf", {"pdf": chosen or None})
    run = session.run
    found = asked_decks(decks, options.root, options.base)
    if output is not None and output.suffix.lower() == ".pdf" and len(found) > 1:
        raise click.UsageError("Several decks need a folder: -o DIR.")
    accepted = session.refuse_clashes(found)
    if notes and layout not in (None, "1", "notes"):
        raise click.UsageError(f"--notes is a layout of its own: leave out --layout {layout}.")
    wanted = _Wanted(output, slides, tags, "notes" if notes else layout, timeout)
    for endpoint in endpoints:
        if not endpoint.startswith(("ws://", "wss://", "http://", "https://")):
            raise click.UsageError(f"--browser-endpoint {endpoint} is no ws:// or http:// address.")
    with ExitStack() as stack:
        browsers = _Browsers(stack, run, browser, endpoints, jobs)
        advance = stack.enter_context(_progress(run, len(accepted)))
        for deck in accepted:
            advance(deck.path)
            _print(deck, session, browsers, wanted, is_last=deck is accepted[-1])
    run.finish()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be made of each deck."""

    output: Path | None
    slides: str
    tags: tuple[str, ...]
    layout: LayoutName | None
    timeout: float

    @property
    def kind(self) -> tuple[object, ...]:
        """What tells it from other PDFs of the deck."""
        return self.slides, self.tags, self.layout

    def file(self, target: Path) -> Path:
        """Where it goes: a hand-out beside the PDF, not over it, unless a file was named."""
        if self.layout is None or (self.output is not None and self.output.suffix.lower() == ".pdf"):
            return target
        from slidebuild.pdf.layout import file_suffix

        return target.with_stem(target.stem + file_suffix(self.layout))


@dataclass(slots=True)
class _Browsers:
    """The browsers of a run, which are not even looked for elsewhere before there is something to print."""

    stack: ExitStack
    run: Run
    explicit: str | None
    endpoints: tuple[str, ...]
    jobs: int | None
    _session: BrowserSession | None = None

    @property
    def choice(self) -> BrowserChoice | None:
        """The browser of this machine; None when others print. Leaves with exit code 3 when there is none."""
        return None if self.endpoints else chosen_browser(self.explicit)

    @property
    def started(self) -> BrowserSession:
        """The browsers themselves."""
        if self._session is None:
            session = self.stack.enter_context(browser_session(self.explicit, self.endpoints, self.jobs))
            self.stack.callback(_tell_news, self.run, session)
            self._session = session
        return self._session


@contextmanager
def _progress(run: Run, total: int) -> Iterator[Any]:
    """Tells which deck is being printed, on a terminal only."""
    if not run.is_terminal:
        yield lambda _path: None
        return
    from rich.console import Console

    count = 0
    with Console(stderr=True, no_color=not run.colour).status("starting") as status:

        def advance(path: str) -> None:
            nonlocal count
            count += 1
            status.update(f"printing {path} ({count} of {total})")

        yield advance


def _print(deck: Deck, session: Session, browsers: _Browsers, wanted: _Wanted, *, is_last: bool) -> None:
    from slidebuild.pdf.receipt import Receipt
    from slidebuild.project.output import OutputError, write_file

    run = session.run
    diagnostics = Diagnostics()
    project = session.project(deck.root)
    file = wanted.file(project.target(deck.path, wanted.output, ".pdf").file)
    result: dict[str, Any] = {"deck": deck.path, "outputs": [], "slides": 0, "pages": 0, "replaced": []}
    run.results.append(result)
    data = session.read(deck, diagnostics)
    made: Made | None = None
    if data is not None:
        choice = browsers.choice
        receipt = Receipt.of(project, deck.path, data, choice, wanted.kind) if choice is not None else None
        made = receipt.recall(diagnostics) if receipt is not None else None
        if made is not None:
            run.detail(f"{deck.path}: nothing has changed, the PDF comes from the cache")
        else:
            made = _make(deck, session, browsers.started, wanted, data, receipt, diagnostics, is_last=is_last)
    if made is not None:
        result |= {**made.told, **_fonts(run, made.data)}
    if made is not None and not diagnostics.has_errors and not session.has_failed:
        try:
            write_file(file, made.data, session.fence)
            result["outputs"] = [str(file)]
            _tell(run, result, file)
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=deck.path)
    run.report(diagnostics)


def _make(
    deck: Deck,
    session: Session,
    browser: BrowserSession,
    wanted: _Wanted,
    data: bytes,
    receipt: Receipt | None,
    diagnostics: Diagnostics,
    *,
    is_last: bool,
) -> Made | None:
    from slidebuild.decode import decode
    from slidebuild.pdf.page_cache import text_key

    run = session.run
    found = judged = Diagnostics()
    project = session.project(deck.root)
    source = decode(deck.path, data, Diagnostics())
    printed = text_key(source) if source is not None else ""
    if source is not None and project.cache.get(printed) is None:
        browser.start()  # goes on while the compiler is loaded and the deck compiled
    opened = project.open_text(deck.path, data, found, assets="copy", asset_folder="assets")
    made: Made | None = None
    if opened is not None:
        from slidebuild.compiler import compile_deck
        from slidebuild.pdf.selection import Selection
        from slidebuild.pdf.twin import make_pdf
        from slidebuild.policy import judge_deck

        with run.timed(f"{deck.path} compiled"):
            compiled = compile_deck(opened.source, opened.inputs, found)
        judged = judge_deck(found, compiled)
        if not judged.has_errors and not session.has_failed:
            with run.timed(f"{deck.path} printed"), naming(deck):
                twin = make_pdf(
                    compiled,
                    browser,
                    found,
                    selection=Selection(wanted.slides, wanted.tags),
                    layout=wanted.layout,
                    timeout=wanted.timeout,
                    is_last=is_last,
                )
            judged = judge_deck(found, compiled)
            if twin.data is not None:
                from slidebuild.pdf.receipt import Made

                project.cache.put(printed, b"1")
                told = {"slides": len(compiled.slides), "pages": len(twin.pages)}
                made = Made(twin.data, told | {"replaced": _replaced(twin)})
                if receipt is not None and not judged.has_errors:
                    receipt.keep(made, opened.loader, found, judged)
    diagnostics.extend(iter(judged))
    return made


@contextmanager
def naming(deck: Deck) -> Iterator[None]:
    """Say which deck it was that never became ready."""
    from slidebuild.browser.errors import PageNotReady

    try:
        yield
    except PageNotReady as error:
        raise PageNotReady(f"{deck.path}: {error}") from error


def _tell_news(run: Run, browser: BrowserSession) -> None:
    """What happened to browsers that run elsewhere, and whether ours had its sandbox."""
    if run.verbose and browser.has_started and not browser.started.is_sandboxed:
        run.detail(f"the browser ran without its sandbox: {browser.started.why_not}")
    for text in browser.news:
        if not (run.quiet or run.as_json):
            click.echo(f"note: {text}", err=True)


def _fonts(run: Run, data: bytes) -> dict[str, Any]:
    """What fonts take, where that is told."""
    if not (run.verbose or run.as_json):
        return {}
    from slidebuild.pdf.budget import font_sizes

    return {"fonts": font_sizes(data)}


def _replaced(twin: Twin) -> list[dict[str, Any]]:
    """Which slides were replaced because of what."""
    return [
        {
            "page": page.label,
            "title": page.title,
            "by": page.shows,
            "reasons": [{"reason": reason.reason, "address": reason.address} for reason in page.reasons],
            "url": page.online,
        }
        for page in twin.pages
        if page.shows != "slide"
    ]


def _tell(run: Run, result: dict[str, Any], file: Path) -> None:
    """What was written, and which slides were replaced because of what."""
    count = result["pages"]
    run.say(f"{file}  ({count} page{'' if count == 1 else 's'}, {file.stat().st_size / 1e6:.1f} MB)")
    if fonts := result.get("fonts"):
        shares = ", ".join(f"{name} {size / 1e3:.0f}" for name, size in fonts.items())
        run.detail(f"fonts: {sum(fonts.values()) / 1e3:.0f} kB ({shares})")
    for page in result["replaced"]:
        why = dict.fromkeys(f"{reason['reason']} {reason['address']}".strip() for reason in page["reasons"])
        run.say(f"  page {page['page']} “{page['title']}”: {page['by']} instead of {', '.join(why)}")
