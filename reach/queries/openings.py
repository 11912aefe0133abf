"""Where something is open on which days: presences of mediators and workshop sessions, as the calendar knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select

from accounts.models import Account
from activity.models import Channel
from agenda.models import Opening, Resource
from agenda.queries.calendar import closures
from agenda.queries.timetable import absences
from agenda.rules.free import Timetable, free_periods
from agenda.rules.recurrence import Pattern
from foundation import clock
from foundation.db import db
from mediation.models import Shift
from places.models import CareHome, School, Venue
from reach.queries.sessions import placed
from reach.rules.nearness import Point
from reach.rules.periods import Span
from workshops.models import SessionState, WorkshopSession
from workshops.queries.public import SHOWN


class Kind(StrEnum):
    PRESENCE = "presence"
    WORKSHOP = "workshop"


@dataclass(frozen=True, slots=True)
class Open:
    """Something takes place on a day.

    Attributes:
        venue_id: None at a school or a care home.
        point: None when nobody told where the place is.
        for_all: whether every resident may come: not the session of a host, nor of a programme that is not published.
    """

    day: date
    kind: Kind
    place: str
    venue_id: int | None
    point: Point | None
    for_all: bool


def openings(span: Span) -> list[Open]:
    """All that is open on the days of a span, in active places, by day; what happens twice there on a day stands twice.

    A presence that a closed day or an absence of the mediator leaves nothing of is not open. These are presences as
    they are written today: of a past period, what was changed since shows as it is now.
    """
    return sorted([*_presences(span), *_sessions(span)], key=lambda one: (one.day, one.place, one.kind))


def _presences(span: Span) -> Iterator[Open]:
    """Those with somebody in a venue, of accounts and mediators that are active."""
    rows = db.session.execute(
        select(Shift, Venue, Opening)
        .join(Opening, Opening.id == Shift.opening_id)
        .join(Resource, Resource.id == Opening.resource_id)
        .join(Account, Account.id == Shift.account_id)
        .join(Venue, Venue.id == Shift.venue_id)
        .where(
            Resource.active, Account.active, Venue.active, Opening.first_day <= span.last,
            or_(Opening.last_day.is_(None), Opening.last_day >= span.first),
        )
        .order_by(Shift.id)
    ).all()  # fmt: skip
    here = [(venue, opening) for shift, venue, opening in rows if Channel.VENUE in shift.channels]
    for venue, days in _days(here, span):
        for day in days:
            yield Open(day, Kind.PRESENCE, venue.name, venue.id, _point(venue.latitude, venue.longitude), for_all=True)


def _days(here: Iterable[tuple[Venue, Opening]], span: Span) -> Iterator[tuple[Venue, list[date]]]:
    """The days on which something is left of each opening."""
    zone, here = clock.territory_zone(), list(here)
    closed = closures(span.first, span.last)
    away = absences({opening.resource_id for _venue, opening in here}, span.first, span.last)
    for venue, opening in here:
        table = Timetable([Pattern.of(opening)], away[opening.resource_id], closed)
        free = free_periods(table, span.first, span.last, zone)
        yield venue, sorted({period.start.astimezone(zone).date() for period in free})


def _sessions(span: Span) -> Iterator[Open]:
    """All that were not cancelled."""
    zone = clock.territory_zone()
    window = span.window(zone)
    columns: list[Any] = [
        column for model in (Venue, School, CareHome) for column in (model.name, model.latitude, model.longitude)
    ]
    query = (
        placed(select(WorkshopSession.starts_at, WorkshopSession.venue_id, SHOWN, *columns))
        .where(
            WorkshopSession.state != SessionState.CANCELLED,
            WorkshopSession.starts_at >= window.start, WorkshopSession.starts_at < window.end,
            or_(WorkshopSession.venue_id.is_(None), Venue.active),
        )
        .order_by(WorkshopSession.starts_at, WorkshopSession.id)
    )  # fmt: skip
    for starts_at, venue_id, shown, *places in db.session.execute(query):
        name, latitude, longitude = next(places[at : at + 3] for at in (0, 3, 6) if places[at] is not None)
        day = starts_at.astimezone(zone).date()
        yield Open(day, Kind.WORKSHOP, name, venue_id, _point(latitude, longitude), bool(shown))


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
