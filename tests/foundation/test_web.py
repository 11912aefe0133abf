"""Pages for what goes wrong, headers of every answer, and redirects that stay here."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from foundation.db import db
from foundation.web import safe_next


@pytest.mark.parametrize("path", ["/nowhere", "/%2e%2e/etc/passwd", "/langue/", "/equipe/nulle-part"])
def test_an_unknown_address_gets_a_helpful_page(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "href=" in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["q=a%00b", "a%00b=1", "q=%EF%BF%BD"])
def test_text_that_no_database_stores_is_refused_at_the_door(client, query):
    assert client.get(f"/langue/fr?{query}").status_code == 400


@pytest.mark.parametrize("body", [b"email=%ff%fe", b"email=\xff\xfe", b"\xff=1", b"email=a&email=%ff"])
def test_a_form_in_broken_utf_8_is_refused_at_the_door(client, body):
    form = {"data": body, "content_type": "application/x-www-form-urlencoded"}
    assert client.post("/connexion", forged=True, **form).status_code == 400


def test_every_answer_carries_the_strict_headers(client):
    for path in ("/nowhere", "/sante"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_static_file_is_kept_by_browsers_and_its_address_follows_its_content(client):
    page = client.get("/nowhere").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(address)
    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert "?v=" in address


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/equipe/journee?x=1", "/equipe/journee?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_only_local_pages_are_gone_on_to(app, wanted, expected):
    with app.test_request_context("/", query_string={"next": wanted}):
        assert safe_next("/") == expected


def test_health_reaches_the_database(client):
    assert client.get("/sante").get_json() == {"status": "ok"}


def test_a_busy_database_is_said_and_the_client_is_told_when_to_come_back(client, monkeypatch):
    def locked(*_args, **_kwargs):
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setattr(db.session, "execute", locked)
    response = client.get("/sante")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "locked" not in response.get_data(as_text=True)


def test_a_post_without_its_token_writes_nothing(client):
    assert client.post("/connexion", data={"email": "a@b.fr"}, forged=True).status_code == 400
