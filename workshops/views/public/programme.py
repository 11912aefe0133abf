"""One programme in plain words, and the files that go with it."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from foundation import clock
from foundation.i18n import duration
from foundation.security import public
from foundation.web import draw
from workshops.models import SessionState
from workshops.queries import public as queries
from workshops.rules import public as rules
from workshops.rules.labels import LEVELS
from workshops.views.order import order_of
from workshops.views.public.blueprint import bp, free_of, place_of

DATES_SHOWN = 24


@bp.get("/ateliers/<int(max=2147483647):programme_id>")
@public
def programme(programme_id: int) -> Response:
    """What it is, for whom, where and when, and how one comes."""
    now = clock.now()
    found = queries.programme(programme_id)
    dates = queries.dates_of(programme_id, now)
    least = queries.least_free([programme_id], now)
    open_dates = [one for one in dates if one.state is SessionState.PLANNED and one.starts_at > now]
    free = max((free_of(one, least) for one in open_dates), default=0)
    seats = rules.seats(found, free, now)
    return draw(
        "workshops/public/programme.html",
        programme=found,
        level=LEVELS[found.level] if found.level else "",
        waits=duration(60 * found.answer_hours),
        dates=[(one, free_of(one, least)) for one in dates[:DATES_SHOWN]],
        more=max(0, len(dates) - DATES_SHOWN),
        one_place=len({place_of(one) for one in dates}) == 1,
        on=any(one.state is SessionState.PLANNED for one in dates),
        free=free,
        seats=seats,
        can_register=bool(open_dates) and seats.can_register,
        order=order_of(found),
        sheets=[one for one in found.resources if not one.team_only],
    )


@bp.get("/ateliers/<int(max=2147483647):programme_id>/documents/<int(max=2147483647):resource_id>/<name>")
@public
def document(programme_id: int, resource_id: int, name: str) -> Response:
    """A file for participants: always saved, never opened as a page of this site. `name` is for whoever reads it."""
    found = queries.file(programme_id, resource_id)
    answer = send_file(
        BytesIO(found.content or b""),
        mimetype=found.mimetype,
        as_attachment=True,
        download_name=found.file_name or name,
        max_age=3600,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
