"""The places of the town, for everyone: where, when open, how to get in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import Response, request, url_for

from foundation.security import public
from foundation.web import draw
from mediation.queries import offered
from mediation.rules import journey
from mediation.views.booking.blueprint import bp
from places import queries
from places.queries import Near

A_PAGE = 12


@bp.get("/lieux")
@public
def places() -> Response:
    """By neighbourhood; nearest first once one is chosen."""
    near = journey.read_id(request.args.get("quartier"))
    number = max(1, journey.read_id(request.args.get("page")) or 1)
    neighbourhoods = offered.neighbourhoods()
    points = {one.id: (one.latitude, one.longitude) for one in neighbourhoods}
    latitude, longitude = points.get(near or 0, (None, None))
    point = None if latitude is None or longitude is None else (latitude, longitude)
    found = queries.nearest(offered.public_venues(), point)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    more = url_for("booking.places", quartier=near, page=number + 1) if len(found) > number * A_PAGE else None
    groups = [(None, shown)] if point and shown else _by_neighbourhood(shown)
    return draw("booking/places.html", groups=groups, neighbourhoods=neighbourhoods, near=near, more=more)


def _by_neighbourhood(found: Iterable[Near]) -> list[tuple[str | None, list[Near]]]:
    """Groups by name; the places whose neighbourhood is not known come last, under an empty name."""
    return [(name, list(group)) for name, group in groupby(found, key=_quarter)]


def _quarter(near: Near) -> str:
    return near.venue.neighbourhood.name if near.venue.neighbourhood else ""
