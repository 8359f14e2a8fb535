"""How long an edit takes from the file to the screen."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from slidebuild.browser.find import need_browser
from slidebuild.preview import open_workspace
from slidebuild.preview.server import PreviewServer

WAIT = """word => {
  window.painted = new Promise(resolve => {
    const look = () => {
      const slide = document.querySelector('.remark-visible');
      if (slide && slide.textContent.includes(word))
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
      else requestAnimationFrame(look);
    };
    look();
  });
}"""
"""Settles right after the frame in which a word is painted on the slide that is shown (ms since 1970)."""


def painted_after_save(root: Path, deck: str, edits: int) -> list[float]:
    """Milliseconds from saving a deck with another word on its middle slide to that word being painted, each time."""
    server = PreviewServer(open_workspace(root, deck=deck))
    thread = threading.Thread(target=server.show, daemon=True)
    thread.start()
    file = root / deck
    text = file.read_text(encoding="utf-8")
    before = text[: text.index("EDIT")]
    number = before.count("\n---\n") + 1
    times = []
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_browser(None, os.environ).path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{server.address}{deck}#{number}", wait_until="load", timeout=120_000)
        page.wait_for_timeout(1000)
        for edit in range(edits + 1):
            word = f"EDIT{edit}x"
            page.evaluate(WAIT, word)
            saved = time.time() * 1000
            file.write_text(text.replace("EDIT", word), encoding="utf-8")
            times.append(page.evaluate("window.painted") - saved)
            page.wait_for_timeout(250)
        browser.close()
    server.stop()
    thread.join(10)
    return times[1:]  # the first edit warms everything up
