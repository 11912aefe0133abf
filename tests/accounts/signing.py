"""Steps that several tests of accounts take."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD

NEW = "une tortue compte les nuages"


def try_to_sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    """Open the page as a person does, and send it."""
    environ = more.pop("environ", {})
    client.get("/connexion")
    return client.post("/connexion", data={"email": email, "password": password, **more}, environ_overrides=environ)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/equipe/mon-compte").status_code == 200
