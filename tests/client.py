"""A test client stricter than production: invalid HTML, inline style or uncommitted work fail the test."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation.db import db

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


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
        html5lib.HTMLParser(strict=True).parse(text)
        assert " style=" not in text, "inline style in a page"
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script in a page"
