"""A Chromium in front of the real server."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import launch_arguments
from tests.e2e.people import PHONE, Post, Visitor
from tests.factories import make_edition

# Playwright's synchronous API keeps an event loop in this thread, though the ORM never runs in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PATIENCE_MS = 30_000
# What a browser logs by itself for an answer that the screens expect and show.
EXPECTED = re.compile(r"Failed to load resource: .*(status of 4\d\d|ERR_INTERNET_DISCONNECTED)")


@pytest.fixture
def post(transactional_db: None) -> Post:
    """The post of this test."""
    return Post()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests; each visitor has a profile of their own in it."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=launch_arguments())
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Return a function: a new visitor, on a phone unless `viewport=DESK`.

    At the end no visitor's browser may have met an error in the client.
    """
    if not (Path(settings.CLIENT_DIR) / "index.html").is_file():
        pytest.fail("The client is not built: run `make client` first.")
    make_edition()
    visitors: list[Visitor] = []
    with ExitStack() as stack:

        def make(**options: Any) -> Visitor:
            usual = {
                "viewport": PHONE,
                "reduced_motion": "reduce",
                "service_workers": "block",
                "locale": "en-GB",
            }
            context = browser.new_context(timezone_id="Europe/Berlin", **{**usual, **options})
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            visitor = Visitor(page, context, live_server.url)
            page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
            page.on("console", lambda message: _note(visitor, message.type, message.text))
            visitors.append(visitor)
            return visitor

        expect.set_options(timeout=PATIENCE_MS)
        yield make
    assert [visitor.complaints for visitor in visitors if visitor.complaints] == []


def _note(visitor: Visitor, kind: str, text: str) -> None:
    if kind == "error" and not EXPECTED.search(text):
        visitor.complaints.append(text)
