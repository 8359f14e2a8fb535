"""`slidebuild vendor`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild.cli.options import DECKS, examples
from slidebuild.cli.run import Deck, Run, asked_decks
from slidebuild.diagnostics import Diagnostics, Severity

if TYPE_CHECKING:
    from slidebuild.lockfile import Lock
    from slidebuild.project import Project
    from slidebuild.source import Span
    from slidebuild.vendor.storing import Store


@click.command(
    epilog=examples("""
slidebuild vendor                     store what all decks load from the network
slidebuild vendor decks/talk.md       what one deck does
slidebuild vendor --check             is everything stored, and as it was? (for CI)
slidebuild vendor --update --prune    load all of it again, forget what no deck names
""")
)
@DECKS
@click.option("--check", "only_checks", is_flag=True, help="Load nothing; exit with 1 when something is missing.")
@click.option("--update", is_flag=True, help="Load again what is stored, too.")
@click.option("--prune", is_flag=True, help="Forget and remove copies that no deck of the project names.")
@click.option("--max-mb", type=click.FloatRange(0.001), default=50.0, show_default=True, help="Size of a file.")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, show_default=True, metavar="SECONDS", help="A file.")
@click.option("--allow-private", is_flag=True, help="Ask hosts of this computer and its network, too.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the project (default: nearest with slidebuild.yml or .git).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def vendor(
    decks: tuple[str, ...],
    only_checks: bool,  # noqa: FBT001
    update: bool,  # noqa: FBT001
    prune: bool,  # noqa: FBT001
    max_mb: float,
    timeout: float,
    allow_private: bool,  # noqa: FBT001
    root: Path | None,
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Store the pictures, stylesheets and fonts that decks load from the network in the project, for good.

    Copies go to img/vendor/ under names that tell their content; slidebuild.lock says where each came from, under which
    licence as far as the file tells, and its SHA-256. Decks stay as they are: builds take the copies and never the
    network. Pages in frames and videos of other sites are not copied.
    """
    from slidebuild.lockfile import LOCK_FILE
    from slidebuild.project import OutputError
    from slidebuild.vendor.fetching import Limits
    from slidebuild.vendor.storing import Store

    run = Run("vendor", as_json=as_json, quiet=quiet)
    found = asked_decks(decks, root)
    base = found[0].root
    if any(deck.root != base for deck in found):
        raise click.UsageError("The decks are of several projects: name those of one.")
    if prune and decks:
        raise click.UsageError("--prune looks at all decks: name none.")
    diagnostics = Diagnostics()
    project, lock = _opened(base, diagnostics)
    addresses = _remote(found, project, diagnostics)
    limits = Limits(size=int(max_mb * 1e6), seconds=timeout, allows_private=allow_private)
    store = Store(base, lock, limits, _write)
    if only_checks:
        _check(store, addresses, run, diagnostics)
        run.report(diagnostics)
        run.finish()
    try:
        _bring(store, addresses, run, diagnostics, update=update)
        if prune:
            for path in store.keep_only(addresses):
                (base / path).unlink(missing_ok=True)
                run.results.append({"path": path, "state": "removed"})
                run.say(f"removed {path}")
        _pin(base, store, run, is_needed=bool(addresses))
    except (OutputError, OSError) as error:  # a copy that cannot be written, or removed
        diagnostics.add("unwritable-output", str(error), path=LOCK_FILE)
    run.report(diagnostics)
    run.finish()


def _check(store: Store, addresses: Mapping[str, Span | None], run: Run, diagnostics: Diagnostics) -> None:
    """Tell what is not stored, or not as it was."""
    from slidebuild.lockfile import LOCK_FILE, plain

    missing = sorted(address for address in addresses if not store.has(address))
    for address in missing:
        run.results.append({"address": address, "state": "missing"})
        known = plain(address) in store.files
        message = f"the copy of {address} is gone or was changed" if known else f"{address} is not stored"
        hint = "`slidebuild vendor` stores it"
        place = addresses[address]
        diagnostics.add("not-vendored", message, place, hint=hint, path=None if place else LOCK_FILE)
    if not missing:
        run.say(f"all {len(addresses)} remote files are stored as they were")


def _bring(
    store: Store, addresses: Mapping[str, Span | None], run: Run, diagnostics: Diagnostics, *, update: bool
) -> None:
    """Load what is not stored yet. Raises OutputError."""
    from slidebuild.lockfile import LOCK_FILE, plain
    from slidebuild.vendor.storing import Loaded

    for item in store.bring(addresses, update=update):
        if isinstance(item, Loaded):
            run.results.append({"address": item.address, "state": "stored", "path": item.stored.path})
            run.say(f"{item.stored.path}  ({_size(item.size)})  {item.address}")
        else:
            run.results.append({"address": item.address, "state": "refused", "reason": item.reason})
            place = next((span for address, span in addresses.items() if plain(address) == item.address), None)
            path = None if place else LOCK_FILE
            message = f"{item.address} is not stored: {item.reason}"
            diagnostics.add("not-vendored", message, place, hint=item.hint, path=path)


def _size(number: int) -> str:
    return f"{number} bytes" if number < 1000 else f"{number / 1e3:,.0f} kB"


def _opened(root: Path, diagnostics: Diagnostics) -> tuple[Project, Lock]:
    from slidebuild.lockfile import read_lock
    from slidebuild.project import FileLoader, Project

    return Project.open(root, diagnostics), read_lock(FileLoader(root), diagnostics)


def _remote(decks: list[Deck], project: Project, diagnostics: Diagnostics) -> dict[str, Span | None]:
    """What decks load from the network, or would without the copies, and where; broken decks are reported."""
    from slidebuild.compiler import compile_deck, make_page

    found: dict[str, Span | None] = {}
    for deck in decks:
        said = Diagnostics()
        opened = project.open_deck(deck.path, said)
        if opened is not None:
            compiled = compile_deck(opened.source, opened.inputs, said)
            make_page(compiled, said)
            for address in compiled.resolver.remote | compiled.resolver.copied:
                found.setdefault(address, _place(address, said))
        errors = (item for item in said if item.severity is Severity.ERROR)
        diagnostics.extend(item for item in errors if item.code not in ("stale-copy", "bad-lock"))
    return found


def _place(address: str, said: Diagnostics) -> Span | None:
    """Where a deck names an address, as compiling it told."""
    told = (item.span for item in said if item.code == "remote-asset" and item.span and address in item.message)
    return next(told, None)


def _pin(root: Path, store: Store, run: Run, *, is_needed: bool) -> None:
    """Write the lock. Raises OutputError."""
    from dataclasses import replace

    from slidebuild.installed import extensions
    from slidebuild.lockfile import LOCK_FILE

    lock = replace(store.pinned(), packages=extensions())
    if not lock.files and not lock.packages and not (root / LOCK_FILE).exists():
        if not is_needed:
            run.say("nothing is loaded from the network")
    elif _write(root / LOCK_FILE, lock.as_text().encode("utf-8")):
        run.say(str(root / LOCK_FILE))
    else:
        run.say(f"{LOCK_FILE}: nothing has changed")


def _write(file: Path, data: bytes) -> bool:
    from slidebuild.project import write_file

    return write_file(file, data)
