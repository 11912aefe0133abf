"""Files that a page hands out: their kind, their name, and that nobody on the way keeps them."""

from __future__ import annotations

from flask import Response, make_response

PDF = "application/pdf"
CALENDAR = "text/calendar; charset=utf-8"
CSV = "text/csv; charset=utf-8"


def download(content: bytes | str, kind: str, name: str) -> Response:
    """A file for the reader at hand alone. Letters of `name` outside of ASCII are left out."""
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    response.headers["Cache-Control"] = "no-store"
    return response
