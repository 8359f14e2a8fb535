"""Browsers elsewhere, and several of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from printdeck import Deck, codes
from test_alone import DECK, Kept
from test_resample import noise, saved

from slidebuild.browser.crew import crew
from slidebuild.browser.errors import BrowserError
from slidebuild.browser.find import BrowserChoice, BrowserNotFound, need_browser, playwright_package
from slidebuild.browser.session import Session
from slidebuild.browser.switches import ARGUMENTS
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf import chunks
from slidebuild.pdf.printing import print_pdf

pytestmark = pytest.mark.browser

LONG = Deck(
    [(f"Slide {n}", f"s{n}", f"<h1>{n}</h1><p><a href='#s1'>one</a></p><img src='a.png' width=99>") for n in range(9)],
    assets={"a.png": saved(noise(size=(300, 200)))},
)


def local() -> BrowserChoice:
    return need_browser(None, os.environ)


def nowhere() -> BrowserChoice:
    raise BrowserNotFound("no browser here")


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MOST", 2)


@contextmanager
def devtools_browser(profile: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A browser with an open port; its address."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    arguments = [*ARGUMENTS, *sandbox, "--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    process = subprocess.Popen([local().path, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert process.stderr is not None
        address = next(found[1] for line in process.stderr if (found := re.search(r"(ws://\S+)", line)))
        yield address, process
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


@pytest.fixture
def playwright_server(tmp_path: Path) -> Iterator[str]:
    driver = playwright_package() / "driver"
    config = tmp_path / "server.json"
    options = {"executablePath": str(local().path), "args": list(ARGUMENTS), "chromiumSandbox": os.geteuid() != 0}
    config.write_text(json.dumps({**options, "headless": True}), encoding="utf-8")
    command = [
        driver / "node",
        driver / "package" / "cli.js",
        "launch-server",
        "--browser=chromium",
        "--config",
        config,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(found[0] for line in process.stdout if (found := re.search(r"ws://\S+", line)))
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def printed(session: Session, deck: Deck = LONG, **options: object) -> bytes:
    diagnostics = Diagnostics()
    data = print_pdf(replace(deck.job(), dpi=192, **options), session, diagnostics, {})  # type: ignore[arg-type]
    assert codes(diagnostics) == []
    assert data is not None
    return data


def test_bytes_are_the_same_with_any_number_of_browsers_and_any_length_of_chunks(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = printed(session)
    with crew(local, (), 2) as two:
        assert printed(two) == one
        assert all(companion.has_started for companion in two.companions)
    monkeypatch.setattr(chunks, "MOST", 20)
    assert printed(session) == one


def test_second_browser_is_not_started_for_a_few_slides() -> None:
    with crew(local, (), 3) as browsers:
        printed(browsers, DECK)
        assert [companion.has_started for companion in browsers.companions] == [False, False]


def test_browser_with_an_open_port_prints_the_same_bytes(session: Session, tmp_path: Path) -> None:
    with devtools_browser(tmp_path) as (address, _), crew(nowhere, (address,), 1) as elsewhere:
        assert printed(elsewhere) == printed(session)
        assert elsewhere.news == []


def test_pages_printed_elsewhere_reach_nothing(tmp_path: Path) -> None:
    html = '<img src="http://127.0.0.1:9/a.png"><img src="file:///etc/hostname"><img src="b.png">'
    with (
        devtools_browser(tmp_path) as (address, _),
        crew(nowhere, (address,), 1) as elsewhere,
        elsewhere.page(html, {}, width=100, height=100) as page,
    ):
        assert {entry.address for entry in page.wait()} == {"b.png"}
        assert set(page.refused) == {"http://127.0.0.1:9/a.png", "file:///etc/hostname"}


def test_slides_of_a_server_that_dies_are_printed_by_another(session: Session, tmp_path: Path) -> None:
    with (
        devtools_browser(tmp_path / "a") as (first, process),
        devtools_browser(tmp_path / "b") as (second, _),
        crew(nowhere, (first, second), 1) as elsewhere,
    ):
        assert elsewhere.started.build
        process.kill()
        process.wait()
        assert printed(elsewhere) == printed(session)
        assert any("went away" in text for text in elsewhere.news)


@pytest.mark.long
def test_browser_of_this_machine_goes_on_when_no_server_is_left(session: Session, tmp_path: Path) -> None:
    cache = Kept()
    with devtools_browser(tmp_path) as (address, process), crew(local, (address,), 1) as elsewhere:
        assert elsewhere.started.build
        process.kill()
        process.wait()
        assert printed(elsewhere, cache=cache) == printed(session)
        assert elsewhere.spare is not None
        assert elsewhere.spare.has_started


def test_servers_none_of_which_answers_are_named() -> None:
    with (
        pytest.raises(BrowserError, match=r"no browser answers at http://127\.0\.0\.1:1.*ECONNREFUSED"),
        crew(local, ("http://127.0.0.1:1", "ws://127.0.0.1:1/x"), 1),
    ):
        pass


@pytest.mark.long
def test_server_that_does_not_answer_is_done_without(session: Session, tmp_path: Path) -> None:
    with devtools_browser(tmp_path) as (address, _), crew(local, ("http://127.0.0.1:1", address), 1) as elsewhere:
        assert printed(elsewhere) == printed(session)
        assert "no browser answers at http://127.0.0.1:1" in elsewhere.news[0]


@pytest.mark.skipif(sys.platform == "win32", reason="the driver's program has another name")
def test_playwright_server_prints(session: Session, playwright_server: str) -> None:
    with crew(nowhere, (playwright_server,), 1) as elsewhere:
        assert printed(elsewhere) == printed(session)
