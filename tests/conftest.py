"""What tests of several areas share.

One Chromium serves all of them, because Playwright's own loop allows no second one; hypothesis measures no times, so
that a busy machine fails nothing. Its profile `few` is for mutation tests, which run the same tests two thousand times.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("slidebuild", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("slidebuild"), max_examples=20, derandomize=True)
settings.load_profile("slidebuild")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; each test opens its own context in it."""
    from playwright.sync_api import sync_playwright

    from slidebuild.browser.find import need_browser

    executable = need_browser(None, os.environ).path
    arguments = ["--autoplay-policy=no-user-gesture-required"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield launched
        launched.close()
