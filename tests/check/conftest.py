"""One browser session for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from slidebuild.browser.find import need_browser
from slidebuild.browser.session import Session


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    with Session(need_browser(None, os.environ)) as session:
        yield session
