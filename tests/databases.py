"""The application on a database of a test; see tests/engines.py for the databases themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_migrate import upgrade

import config
from app import create_app
from foundation.db import db
from tests.client import StrictClient


def settings(url: str) -> config.Settings:
    return config.Settings(database_url=url, secret_key="only for tests", base_url="http://parvis.test")


def application(url: str, **overrides: Any) -> Flask:
    """The application on the database at `url`; `overrides` are Flask's configuration."""
    return create_app(settings(url), TESTING=True, SERVER_NAME=None, **overrides)


@contextmanager
def standing(url: str) -> Iterator[Flask]:
    """The application on the database at `url`, for as long as a worker tests on it."""
    app = application(url)
    app.test_client_class = StrictClient
    yield app
    with app.app_context():
        db.engine.dispose()


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest revision."""
    app = application(url)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
