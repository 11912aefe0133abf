"""Whole addresses of pages, for messages and printed slips: never built from what a request claims to be its host."""

from __future__ import annotations

from typing import Any

from flask import current_app


def absolute(endpoint: str, **values: Any) -> str:
    """`https://town.example/path` of `endpoint`, under the address that the deployment is configured with."""
    path = current_app.url_map.bind("").build(endpoint, values, force_external=False)
    return f"{current_app.config['BASE_URL']}{path}"
