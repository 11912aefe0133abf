"""A test client stricter than production: invalid HTML, inline style or uncommitted work fail the test."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation.db import db

# What HTML forbids or gives a meaning wherever it stands; all other characters are as good as each other.
ODD = r"<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff\U0001fffe-\U0010ffff"
WORDS = re.compile(rf">[ \t\n]*[^ \t\n{ODD}][^{ODD}]*(?=<)")
VALUES = re.compile(rf'="[^"{ODD}]*"')
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def check_html(page: str) -> None:
    """Refuse invalid HTML.

    The parser takes as long as the request, so pages that differ in plain words and values only are read once: what it
    objects to is elements and attributes where they may not stand.
    """
    outline = VALUES.sub('=""', WORDS.sub(">w", page))
    if hash(outline) not in _valid:
        html5lib.HTMLParser(strict=True).parse(page)
        _valid.add(hash(outline))


_valid: set[int] = set()


class StrictClient(FlaskClient):
    """Checks each page that it is given, and fills in the forgery token of the last page when it posts.

    Pass `forged=True` to `post` to send no token at all. As in production each request has a context and a session
    of its own: the test's session ends its read first, so that it sees afterwards what the request committed.
    """

    token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        forged = kwargs.pop("forged", False)
        if kwargs.get("method") == "POST" and not forged:
            kwargs["data"] = {"csrf_token": self._token(), **(kwargs.get("data") or {})}
        db.session.rollback()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
            if response.mimetype == "text/html":
                self._check(response)
        return response

    def _token(self) -> str:
        if self.token is None:
            self.get("/")
        return self.token or ""

    def _check(self, response: TestResponse) -> None:
        session = db.session()
        uncommitted = [*session.new, *session.dirty, *session.deleted]
        assert not uncommitted, "the view left changes uncommitted"
        text = response.get_data(as_text=True)
        if found := CSRF.search(text):
            self.token = found.group(1)
        if response.status_code in {301, 302, 303, 308}:
            return
        check_html(text)
        assert " style=" not in text, "inline style in a page"
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script in a page"
