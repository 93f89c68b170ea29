from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .site import Walks, running


@pytest.fixture(scope="session")
def walks(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    with running(tmp_path_factory.mktemp("site")) as site:
        yield Walks(browser, site)
