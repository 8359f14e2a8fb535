"""Browsers that run elsewhere: Playwright servers, and browsers with an open port for the DevTools protocol.

They cannot ask the proxy on our loopback interface, so requests are answered through the connection itself; what is not
ours is refused, and what no request goes before (preconnect) runs against a proxy that does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from slidebuild.browser.by_playwright import NOWHERE
from slidebuild.browser.errors import BrowserError
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

CONNECTING: Final = 15.0
"""Seconds until a server is given up that does not answer."""
_PROBE: Final = """() => {
  const text = "Hamburgefonstiv 0123 \\u03b1\\u0416\\u05d0\\u0627\\u0905\\u4e2d\\u3042\\ud55c\\u2211\\u{1f600}";
  return ["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"].map((family) => {
    const box = document.createElement("span");
    box.style.cssText = `font: 100px ${family}; position: absolute; white-space: nowrap`;
    box.textContent = text;
    document.body.append(box);
    const widths = [...text].map((letter, at) => {
      const range = document.createRange();
      range.setStart(box.firstChild, at);
      range.setEnd(box.firstChild, at + 1);
      return range.getBoundingClientRect().width.toFixed(2);
    });
    return [family, box.getBoundingClientRect().height, ...widths];
  });
}"""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a browser can be reached."""

    address: str
    """`ws://…`, `wss://…`, `http://…` or `https://…`."""

    @property
    def speaks_devtools(self) -> bool:
        """Whether it is a browser itself; else it is a Playwright server."""
        parts = urlsplit(self.address)
        return parts.scheme in ("http", "https") or parts.path.startswith("/devtools/")

    def connect(self, kind: BrowserType, arguments: Sequence[str]) -> Browser:
        """The browser there. A Playwright server starts one with our arguments. Raises BrowserError."""
        from playwright.sync_api import Error

        try:
            if self.speaks_devtools:
                return kind.connect_over_cdp(self.address, timeout=CONNECTING * 1000)
            options = json.dumps({"args": list(arguments)})
            headers = {"x-playwright-browser": "chromium", "x-playwright-launch-options": options}
            return kind.connect(self.address, headers=headers, timeout=CONNECTING * 1000)
        except Error as error:
            raise BrowserError(f"no browser answers at {self.address}: {_why(error)}") from error


def build_of(browser: Browser) -> str:
    """The version of a browser that runs elsewhere, and what its fonts measure: what must be equal for equal pages."""
    context = browser.new_context(proxy=NOWHERE, offline=True)
    try:
        page = context.new_page()
        measured = page.evaluate(_PROBE)
    finally:
        context.close()
    return f"{browser.version} {sha256(json.dumps(measured).encode()).hexdigest()}"


def _why(error: Exception) -> str:
    """The line of an error that says most."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = (line for line in lines if "ECONN" in line or "ENOTFOUND" in line or "Timeout" in line)
    return next(telling, lines[0] if lines else type(error).__name__)
