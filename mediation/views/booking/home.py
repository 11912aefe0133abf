"""The first page that residents see."""

from __future__ import annotations

from flask import Response

from foundation.security import public
from foundation.web import draw
from mediation.views.booking.blueprint import bp


@bp.get("/")
@public
def home() -> Response:
    """A few doors, no more than there are."""
    return draw("booking/home.html")
