"""A real browser on a live site: the cast's town, its clock set to Tuesday at ten and ticking on from there.

SQLite unless a test asks for `database` to be "postgresql".
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from accounts.models import Account
from tests.browser import chrome
from tests.cast import Cast, open_session_of
from tests.databases import standing
from tests.engines import Postgres, Sqlite
from tests.life import Life, make_life
from tests.mediation.days import TEN

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DESKTOP, PHONE, NARROW = (1280, 900), (360, 740), (320, 640)
PATIENCE = 60_000
"""Milliseconds after which what was waited for is held not to come, on a machine that may be busy."""


@pytest.fixture(scope="session")
def database(request) -> Sqlite | Postgres:
    wanted = getattr(request, "param", "sqlite")
    return request.getfixturevalue("sqlite_database" if wanted == "sqlite" else "postgres_database")


@pytest.fixture(scope="session")
def shared_app(database) -> Iterator[Flask]:
    """One of its own: the one of the other tests may stand on the other database when the browser's turn comes."""
    with standing(database.url) as app:
        yield app


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        for name in ("click", "press"):
            patch.setattr(Locator, name, _then_whole(getattr(Locator, name), lambda locator: locator.page))
            patch.setattr(Page, name, _then_whole(getattr(Page, name), lambda page: page))
        expect.set_options(timeout=PATIENCE)
        yield started


def _then_whole(deed: Callable[..., None], page_of: Callable[[Any], Page]) -> Callable[..., None]:
    """A press that is over when the page it opened is there to its end.

    By itself it is over when the first bytes of that page come, and what a test then reads is half a page, or none, on
    a machine that has other things to do.
    """

    @wraps(deed)
    def whole(pressed: Locator | Page, *args: Any, **named: Any) -> None:
        page = page_of(pressed)
        deed(pressed, *args, **named)
        page.wait_for_load_state()

    return whole


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    assert chrome.find(), chrome.HOW
    browser = chrome.launch(playwright)
    yield browser
    browser.close()


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_args: object, **_named: object) -> None:
        pass


@dataclass
class Site:
    """The live town: where it is, who is in it, and ways to look at it."""

    app: Flask
    cast: Cast
    home: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def visit(
        self,
        path: str = "/",
        *,
        size: tuple[int, int] = DESKTOP,
        language: str = "fr",
        javascript: bool = True,
        account: Account | None = None,
    ) -> Page:
        """A new visitor's page, standing on `path`; signed in when `account` is given."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale={"fr": "fr-FR", "en": "en-GB", "ar": "ar-DZ"}[language],
            java_script_enabled=javascript,
            base_url=self.home,
        )
        context.set_default_timeout(PATIENCE)
        if account is not None:
            context.add_cookies([{"name": "session", "value": self._cookie(account), "url": self.home}])
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        """Errors of the page itself; that an answer was a refusal is the test's business."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _cookie(self, account: Account) -> str:
        signer = self.app.session_interface.get_signing_serializer(self.app)
        assert signer is not None
        return signer.dumps({"_user_id": open_session_of(account), "_fresh": True})


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    with time_machine.travel(TEN, tick=True):
        yield


@pytest.fixture
def site(stopped_clock, app, cast, browser) -> Iterator[Site]:
    with live(app, cast, browser) as site:
        yield site


@contextmanager
def live(app: Flask, cast: Cast, browser: Browser) -> Iterator[Site]:
    """The town of the database at hand, served until the test is over."""
    with served(app) as home:
        site = Site(app, cast, home, browser)
        yield site
        for context in browser.contexts:
            context.close()
    assert site.complaints == [], "the browser complained"


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """The origin at which `app` answers, each request in a thread of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(site) -> Callable[..., Page]:
    """`visit("/", size=PHONE, language="ar", javascript=False, account=cast.mediator)` gives a page."""
    return site.visit


@pytest.fixture
def life(site) -> Life:
    """Some days of the cast's life: a past appointment without a record, one now, one to come."""
    return make_life(site.cast)
