"""The tests' own presses: what they open is there to its end before anything is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from werkzeug.wrappers import Request, Response

from tests.browser.conftest import served

STYLES = 30
FIRST = b"<!doctype html><title>-</title><link rel=stylesheet href=/1.css><main>"


@pytest.fixture
def in_two_parts() -> Iterator[str]:
    """A page whose one link leads to another, the end of which is kept until the last of its styles was asked for."""
    asked = threading.Event()

    def parts() -> Iterator[bytes]:
        yield FIRST
        asked.wait()
        yield b"<p>The end</p>"

    @Request.application
    def answer(request: Request) -> Response:
        if request.path.endswith(".css"):
            number = int(request.path.strip("/.cs"))
            if number == STYLES:
                asked.set()
            return Response(f"@import '/{number + 1}.css';" if number < STYLES else "", mimetype="text/css")
        return Response("<a href=/long>go</a>" if request.path == "/" else parts(), mimetype="text/html")

    with served(answer) as home:
        yield home


@pytest.mark.parametrize("press", [lambda page: page.click("a"), lambda page: page.locator("a").press("Enter")])
def test_a_press_is_over_when_the_page_it_opens_is_whole(browser, in_two_parts, press):
    page = browser.new_page()
    page.goto(in_two_parts)
    press(page)
    assert page.locator("p").all_inner_texts() == ["The end"]
    page.context.close()
