"""What calendars and other sites read: the same sessions as the agenda, by the same filters, always in French
unless the address asks for another language, so that everybody who asks for an address is given the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response, make_response, request

from foundation import clock
from foundation.compressed import compressed
from foundation.i18n import _, in_language, language
from foundation.pages import town_name
from foundation.security import public
from workshops.models import WorkshopSession
from workshops.queries import public as queries
from workshops.rules import public as rules
from workshops.views.public.blueprint import bp, free_of, registers_once
from workshops.views.public.calendar_file import calendar_file
from workshops.views.public.events import listed

MOST = 1000
"""Of sessions in one answer, the nearest ones."""


@bp.get("/ateliers.ics")
@public
def calendar() -> Response:
    """All sessions to come, for a calendar that subscribes."""
    return _answer(lambda found: _calendar(_("Workshops"), found), "text/calendar; charset=utf-8", _agenda)


@bp.get("/ateliers/<int(max=2147483647):programme_id>/agenda.ics")
@public
def calendar_of(programme_id: int) -> Response:
    """The dates of one programme."""
    title = queries.programme(programme_id)
    return _answer(
        lambda found: _calendar(title.said("title", language()), found),
        "text/calendar; charset=utf-8",
        lambda now: queries.dates_of(programme_id, now),
    )


@bp.get("/ateliers.json")
@public
def events() -> Response:
    """A list of https://schema.org/Event, which any site may read."""
    answer = _answer(_events, "application/ld+json", _agenda)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _agenda(now: datetime) -> list[WorkshopSession]:
    wanted = rules.read(request.args)
    return queries.announced(wanted, now, clock.territory_zone(), limit=MOST)


def _answer(
    written: Callable[[Sequence[WorkshopSession]], str],
    kind: str,
    found: Callable[[datetime], Sequence[WorkshopSession]],
) -> Response:
    """What `written` makes of the sessions; nothing at all for whoever has it already."""
    with in_language(request.args.get("langue", "fr")):
        answer = make_response(written(found(clock.now())))
    answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.add_etag(weak=True)
    compressed(answer).make_conditional(request)
    return answer


def _calendar(name: str, found: Sequence[WorkshopSession]) -> str:
    return calendar_file(f"{name} – {town_name()}", found, queries.revisions([one.id for one in found]))


def _events(found: Sequence[WorkshopSession]) -> str:
    once = {one.programme_id for one in found if registers_once(one.programme)}
    least = queries.least_free(once, clock.now())
    rows: list[tuple[WorkshopSession, int]] = [(one, free_of(one, least)) for one in found]
    content: dict[str, Any] = listed(rows, town_name(), clock.now())
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
