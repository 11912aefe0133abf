"""Whose address a request has: the visitor's when a proxy is known to stand in front, else the one that connects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import request

from app import create_app
from foundation.security import public
from tests.databases import settings


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_the_visitors_address_is_believed_only_behind_a_known_proxy(proxies, seen):
    app = create_app(replace(settings("sqlite://"), proxies=proxies), TESTING=True)
    app.add_url_rule("/address", "address", public(lambda: request.remote_addr or ""))
    answer = app.test_client().get("/address", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert answer.get_data(as_text=True) == seen
