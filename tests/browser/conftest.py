"""A real Chromium, kept to this machine: what a page asks for elsewhere it does not get, and it is noted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

HERE = {"127.0.0.1", "localhost"}
# Without these it looks for updates and accounts at every start; as root it starts only without its sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless; DUCHA_TEST_CHROMIUM names another."""
    path = os.environ.get("DUCHA_TEST_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def foreign_requests() -> list[str]:
    """Addresses on other machines that the page asked for; it got none of them."""
    return []


@pytest.fixture
def page(browser: Browser, foreign_requests: list[str]) -> Iterator[Page]:
    """A page with nothing remembered, as a Chinese reader with a laptop sees it."""

    def keep_here(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in {"data", "blob"} or url.hostname in HERE:
            route.continue_()
        else:
            foreign_requests.append(route.request.url)
            route.abort()

    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900})
    context.route("**/*", keep_here)
    yield context.new_page()
    context.close()
