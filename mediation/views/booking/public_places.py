"""The places of the town, for everyone: where, when open, how to get in."""

from __future__ import annotations

from flask import Response, request, url_for

from foundation.security import public
from foundation.web import draw
from mediation.queries import offered
from mediation.rules import journey
from mediation.views.booking.blueprint import bp
from places import queries

A_PAGE = 12


@bp.get("/lieux")
@public
def places() -> Response:
    """In the order of the neighbourhoods; nearest first once one is chosen."""
    near = journey.read_id(request.args.get("quartier"))
    number = max(1, journey.read_id(request.args.get("page")) or 1)
    neighbourhoods = offered.neighbourhoods()
    points = {one.id: (one.latitude, one.longitude) for one in neighbourhoods}
    latitude, longitude = points.get(near or 0, (None, None))
    point = None if latitude is None or longitude is None else (latitude, longitude)
    found = queries.nearest(offered.public_venues(), point)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    more = url_for("booking.places", quartier=near, page=number + 1) if len(found) > number * A_PAGE else None
    return draw("booking/places.html", found=shown, neighbourhoods=neighbourhoods, near=near, more=more)
