"""Workshops as the public sees them: published, open to everybody, and not the series of a client."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, load_only, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from foundation.db import UtcDateTime, db
from foundation.walking import beside_index
from places.models import CareHome, Level, Neighbourhood, School, Structure, Venue, VenueNeighbourhood
from workshops.models import (
    Enrolment,
    Openness,
    Programme,
    ProgrammeResource,
    ProgrammeState,
    SessionEvent,
    SessionState,
    WorkshopSession,
)
from workshops.rules.planning import LONGEST
from workshops.rules.public import NotShown, Wanted

SHOWN = and_(
    beside_index(Programme.state) == ProgrammeState.PUBLISHED,
    Programme.openness == Openness.EVERYONE,
    Programme.care_home_id.is_(None),
    Programme.school_id.is_(None),
)
"""Beside the index of the state: SQLite would walk through all programmes by it and sort their sessions. Now it walks
through the sessions by date and stops when the page is full, as PostgreSQL does that knows how many are published."""
IN_ORDER = (WorkshopSession.starts_at, WorkshopSession.id)


def _placed(query: Select[Any]) -> Select[Any]:
    return (
        query.join(WorkshopSession.programme)
        .outerjoin(WorkshopSession.venue)
        .outerjoin(WorkshopSession.school)
        .outerjoin(WorkshopSession.care_home)
    )


def _what_is_said() -> list[ORMOption]:
    """Of a programme and of a place: opening hours, polygons and what only the team reads stay where they are."""
    programme = contains_eager(WorkshopSession.programme)
    of_programme = programme.load_only(
        Programme.title, Programme.description, Programme.translations, Programme.audience, Programme.age_min,
        Programme.age_max, Programme.price_cents, Programme.training_units, Programme.enrolment,
        Programme.registration_opens_at, Programme.registration_closes_at, Programme.structure_id,
        Programme.created_at,
    )  # fmt: skip
    places = [
        contains_eager(relation).load_only(
            model.name, model.address, model.postcode, model.commune, model.latitude, model.longitude
        )
        for relation, model in (
            (WorkshopSession.venue, Venue),
            (WorkshopSession.school, School),
            (WorkshopSession.care_home, CareHome),
        )
    ]
    return [of_programme, *places]


_NOW = bindparam("now", type_=UtcDateTime)
_TO_COME = (WorkshopSession.starts_at > bindparam("earliest", type_=UtcDateTime), WorkshopSession.ends_at > _NOW)
"""Not over; those that began before the longest one could have are not looked at."""
_PLANNED = (WorkshopSession.state == SessionState.PLANNED, *_TO_COME)
_TOLD = (WorkshopSession.state.in_([SessionState.PLANNED, SessionState.CANCELLED]), *_TO_COME)


def _at(now: datetime) -> dict[str, Any]:
    """What the conditions above are asked with."""
    return {"now": now, "earliest": now - LONGEST}


_SESSIONS = _placed(select(WorkshopSession)).options(*_what_is_said()).order_by(*IN_ORDER)
_ORGANISED = contains_eager(WorkshopSession.programme).selectinload(Programme.structure).load_only(Structure.name)


def sessions(wanted: Wanted, now: datetime, zone: ZoneInfo, *, limit: int, skip: int = 0) -> list[WorkshopSession]:
    """Planned sessions that are not over, by date, each with its programme and place.

    Of a series for which one registers once, only the first that suits: the others would say the same again. In two
    steps, since only the few that are shown need their words: the first one sorts numbers alone.

    Args:
        skip: how many of the first ones are left out.
    """
    ids = _part(_placed(_IDS).where(SHOWN, *_PLANNED, *_suits(wanted, zone))) if wanted else _AGENDA
    found = list(db.session.scalars(ids, _at(now) | {"limit": limit, "skip": skip}))
    return list(db.session.scalars(_THESE, {"ids": found})) if found else []


def announced(wanted: Wanted, now: datetime, zone: ZoneInfo, *, limit: int) -> list[WorkshopSession]:
    """The same for whoever copies the agenda: those that were called off too, and who organises."""
    query = _SESSIONS.options(_ORGANISED).where(SHOWN, *_TOLD, *_asked(wanted, zone))
    return list(db.session.scalars(query.limit(limit), _at(now)))


def dates_of(programme_id: int, now: datetime) -> list[WorkshopSession]:
    """The sessions of a programme that are not over, by date, those that were called off among them."""
    query = _SESSIONS.where(WorkshopSession.programme_id == programme_id, *_TOLD)
    return list(db.session.scalars(query, _at(now)))


def _asked(wanted: Wanted, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.audiences:
        found.append(Programme.audience.in_(wanted.audiences))
    if wanted.neighbourhood_id is not None:
        where = func.coalesce(Venue.neighbourhood_id, School.neighbourhood_id, CareHome.neighbourhood_id)
        found.append(or_(where.in_([wanted.neighbourhood_id]), _lies_in(WorkshopSession, wanted.neighbourhood_id)))
    if period := wanted.period(zone):
        found += [WorkshopSession.starts_at >= period.start, WorkshopSession.starts_at < period.end]
    return found


def _lies_in(session: type[WorkshopSession], area_id: int) -> ColumnElement[bool]:
    """Whether it is held at a venue within a polygon of any level: a town that drew no neighbourhood has communes."""
    inside = select(VenueNeighbourhood.venue_id).where(VenueNeighbourhood.neighbourhood_id == area_id)
    return session.venue_id.in_(inside)


_EARLIER = aliased(WorkshopSession)


def _comes_first(wanted: Wanted, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whether one registers for it alone, or no session of its series that suits as well comes before it."""
    query = select(_EARLIER.id).where(
        _EARLIER.programme_id == WorkshopSession.programme_id,
        _EARLIER.state == SessionState.PLANNED,
        _EARLIER.ends_at > _NOW,
        tuple_(_EARLIER.starts_at, _EARLIER.id) < tuple_(WorkshopSession.starts_at, WorkshopSession.id),
    )
    if period := wanted.period(zone):
        query = query.where(_EARLIER.starts_at >= period.start)
    if wanted.neighbourhood_id is not None:
        places = ((Venue, _EARLIER.venue_id), (School, _EARLIER.school_id), (CareHome, _EARLIER.care_home_id))
        inside = [
            stands.in_(select(place.id).where(place.neighbourhood_id == wanted.neighbourhood_id))
            for place, stands in places
        ]
        query = query.where(or_(*inside, _lies_in(_EARLIER, wanted.neighbourhood_id)))
    return or_(Programme.enrolment != Enrolment.CYCLE, ~query.correlate(WorkshopSession).exists())


def _suits(wanted: Wanted, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    return [*_asked(wanted, zone), _comes_first(wanted, zone)]


def _part(query: Select[int]) -> Select[int]:
    return query.order_by(*IN_ORDER).limit(bindparam("limit")).offset(bindparam("skip"))


_IDS = select(WorkshopSession.id)
_AGENDA = _part(_IDS.join(WorkshopSession.programme).where(SHOWN, *_PLANNED, *_suits(Wanted(), ZoneInfo("UTC"))))
"""Nearly everybody looks at all of it: put together once, and without the places, which nobody asked for."""
_THESE = _SESSIONS.where(WorkshopSession.id.in_(bindparam("ids", expanding=True)))


class Series(NamedTuple):
    """What is still to come of a programme: how many dates, when the last one begins, seats left in the fullest."""

    dates: int
    last: datetime
    free: int


def series(programme_ids: Collection[int], now: datetime) -> dict[int, Series]:
    """What is to come of each of these programmes, those without a date left out."""
    rows = db.session.execute(_SERIES, {"ids": list(programme_ids), "now": now}) if programme_ids else ()
    return {id_: Series(dates, last, max(0, free)) for id_, dates, last, free in rows}


_SERIES = (
    select(
        WorkshopSession.programme_id,
        func.count(),
        func.max(WorkshopSession.starts_at),
        func.min(WorkshopSession.capacity - WorkshopSession.taken),
    )
    .where(WorkshopSession.programme_id.in_(bindparam("ids", expanding=True)), WorkshopSession.starts_at > _NOW)
    .where(WorkshopSession.state == SessionState.PLANNED)
    .group_by(WorkshopSession.programme_id)
)


def least_free(programme_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many seats are left in the fullest session to come of each programme: as many can still join the cycle."""
    return {id_: one.free for id_, one in series(programme_ids, now).items()}


class Choices(NamedTuple):
    """What the agenda can be asked for.

    Attributes:
        last: when the last of all sessions to come begins; None without any.
        neighbourhoods: (id, name) of those in which a session is to come, by name; of the communes where none is drawn.
    """

    last: datetime | None
    neighbourhoods: Sequence[Row[int, str]]


def choices(now: datetime) -> Choices:
    """What can be asked for; nothing when nothing is on.

    The index on place and date answers for each venue in one step; sessions outside of venues are few.
    """
    last, drawn = db.session.execute(_HORIZON, _at(now)).one()
    areas = db.session.execute(_NEIGHBOURHOODS if drawn else _COMMUNES, _at(now)).all() if last else ()
    return Choices(last, areas)


_ON = select(WorkshopSession.id).join(WorkshopSession.programme).where(SHOWN, *_PLANNED)
_HAS_ON = _ON.where(WorkshopSession.venue_id == Venue.id).correlate(Venue).exists()
_IN_VENUES = select(Venue.neighbourhood_id).where(_HAS_ON)
_IN_COMMUNES = (
    select(VenueNeighbourhood.neighbourhood_id)
    .join(Venue, Venue.id == VenueNeighbourhood.venue_id)
    .where(VenueNeighbourhood.level == Level.COMMUNE, _HAS_ON)
)
_ELSEWHERE = (
    _placed(select(func.coalesce(School.neighbourhood_id, CareHome.neighbourhood_id)).select_from(WorkshopSession))
    .where(SHOWN, *_PLANNED)
    .where(WorkshopSession.venue_id.is_(None))
)
_AREAS = select(Neighbourhood.id, Neighbourhood.name).order_by(Neighbourhood.name, Neighbourhood.id)
_IN_AREAS = (Neighbourhood.id.in_(_IN_VENUES), Neighbourhood.id.in_(_ELSEWHERE))
_NEIGHBOURHOODS = _AREAS.where(or_(*_IN_AREAS))
_COMMUNES = _AREAS.where(or_(*_IN_AREAS, Neighbourhood.id.in_(_IN_COMMUNES)))
"""Two statements: PostgreSQL plans anew whenever it is asked about the future, and would plan both for each page."""

_LAST = (
    select(WorkshopSession.starts_at)
    .join(WorkshopSession.programme)
    .where(SHOWN, *_PLANNED)
    .order_by(WorkshopSession.starts_at.desc())
    .limit(1)
)
_DRAWN = select(Neighbourhood.id).where(Neighbourhood.level == Level.QUARTIER).exists()
_HORIZON = select(_LAST.scalar_subquery(), _DRAWN)


def is_anything_on(now: datetime) -> bool:
    """Whether the agenda has something to show."""
    return db.session.scalar(_LAST, _at(now)) is not None


def programme(programme_id: int) -> Programme:
    """One that the public sees, with its links and files (without their content).

    Raises:
        NotShown
    """
    named = selectinload(Programme.structure).load_only(Structure.name)
    query = select(Programme).options(selectinload(Programme.resources), named)
    found = db.session.scalar(query.where(Programme.id == programme_id, SHOWN))
    if found is None:
        raise NotShown
    return found


def file(programme_id: int, resource_id: int) -> ProgrammeResource:
    """A file for participants, with its content.

    Raises:
        NotShown: the programme is not, or the file is for the team only.
    """
    query = select(ProgrammeResource).join(Programme, Programme.id == ProgrammeResource.programme_id)
    query = query.where(SHOWN, Programme.id == programme_id, ProgrammeResource.id == resource_id)
    query = query.where(~ProgrammeResource.team_only, ProgrammeResource.url.is_(None))
    found = db.session.scalar(query.options(undefer(ProgrammeResource.content)))
    if found is None:
        raise NotShown
    return found


def names_of(neighbourhood_ids: Collection[int]) -> list[str]:
    """Names of neighbourhoods, in alphabetical order."""
    query = select(Neighbourhood).options(load_only(Neighbourhood.name)).where(Neighbourhood.id.in_(neighbourhood_ids))
    return sorted(one.name for one in db.session.scalars(query)) if neighbourhood_ids else []


def revisions(session_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """(how many things happened to it, the last one when) of each session: calendars ignore what they know already."""
    query = (
        select(SessionEvent.session_id, func.count(), func.max(SessionEvent.at))
        .where(SessionEvent.session_id.in_(session_ids))
        .group_by(SessionEvent.session_id)
    )
    return {id_: (count, at) for id_, count, at in db.session.execute(query)} if session_ids else {}
