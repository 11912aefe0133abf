"""Files that a page hands out: their kind, their name, and that nobody on the way keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from flask import Response, make_response, stream_with_context

PDF = "application/pdf"
CALENDAR = "text/calendar; charset=utf-8"
CSV = "text/csv; charset=utf-8"
LINES_AT_ONCE = 500


def download(content: bytes | str, kind: str, name: str) -> Response:
    """A file for the reader at hand alone. Letters of `name` outside of ASCII are left out."""
    return _handed_out(make_response(content), kind, name)


def stream(parts: Iterable[str], kind: str, name: str) -> Response:
    """The same for a file that is made while it is sent: however long it is, no more than a part is in memory.

    The languages and the database of the request stay at hand for as long as that takes.
    """
    return _handed_out(Response(stream_with_context(_together(iter(parts)))), kind, name)


def _together(parts: Iterator[str]) -> Iterator[str]:
    """Some hundred lines at once: each part costs a write to the network."""
    while some := "".join(islice(parts, LINES_AT_ONCE)):
        yield some


def _handed_out(response: Response, kind: str, name: str) -> Response:
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    response.headers["Cache-Control"] = "no-store"
    return response
