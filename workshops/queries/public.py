"""Workshops as the public sees them: published, open to everybody, and not the series of a client."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, load_only, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from foundation.db import db
from places.models import CareHome, Neighbourhood, School, Structure, Venue
from workshops.models import (
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
    func.coalesce(Programme.state, "") == ProgrammeState.PUBLISHED,
    Programme.openness == Openness.EVERYONE,
    Programme.care_home_id.is_(None),
    Programme.school_id.is_(None),
)
"""The state is wrapped so that SQLite, which has no statistics, does not walk through all programmes by its index and
sort their sessions: it walks through the sessions by date and stops when the page is full."""
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


_SESSIONS = _placed(select(WorkshopSession)).options(*_what_is_said()).order_by(*IN_ORDER)
_ORGANISED = contains_eager(WorkshopSession.programme).selectinload(Programme.structure).load_only(Structure.name)


def sessions(wanted: Wanted, now: datetime, zone: ZoneInfo, *, limit: int, skip: int = 0) -> list[WorkshopSession]:
    """Planned sessions that are not over, by date, each with its programme and place.

    Args:
        skip: how many of the first ones are left out.
    """
    query = _SESSIONS.where(SHOWN, *_planned(now), *_asked(wanted, zone))
    return list(db.session.scalars(query.limit(limit).offset(skip)))


def announced(wanted: Wanted, now: datetime, zone: ZoneInfo, *, limit: int) -> list[WorkshopSession]:
    """The same for whoever copies the agenda: those that were called off too, and who organises."""
    query = _SESSIONS.options(_ORGANISED).where(SHOWN, *_told(now), *_asked(wanted, zone))
    return list(db.session.scalars(query.limit(limit)))


def dates_of(programme_id: int, now: datetime) -> list[WorkshopSession]:
    """The sessions of a programme that are not over, by date, those that were called off among them."""
    query = _SESSIONS.where(WorkshopSession.programme_id == programme_id, *_told(now))
    return list(db.session.scalars(query))


def _to_come(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not over; those that began before the longest one could have are not looked at."""
    return WorkshopSession.starts_at > now - LONGEST, WorkshopSession.ends_at > now


def _planned(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WorkshopSession.state == SessionState.PLANNED, *_to_come(now))


def _told(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WorkshopSession.state.in_([SessionState.PLANNED, SessionState.CANCELLED]), *_to_come(now))


def _asked(wanted: Wanted, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.audiences:
        found.append(Programme.audience.in_(wanted.audiences))
    if wanted.neighbourhood_id is not None:
        where = func.coalesce(Venue.neighbourhood_id, School.neighbourhood_id, CareHome.neighbourhood_id)
        found.append(where.in_([wanted.neighbourhood_id]))
    if period := wanted.period(zone):
        found += [WorkshopSession.starts_at >= period.start, WorkshopSession.starts_at < period.end]
    return found


def least_free(programme_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many seats are left in the fullest session to come of each programme: as many can still join the cycle."""
    query = (
        select(WorkshopSession.programme_id, func.min(WorkshopSession.capacity - WorkshopSession.taken))
        .where(WorkshopSession.programme_id.in_(programme_ids), WorkshopSession.starts_at > now)
        .where(WorkshopSession.state == SessionState.PLANNED)
        .group_by(WorkshopSession.programme_id)
    )
    return {id_: max(0, free) for id_, free in db.session.execute(query)} if programme_ids else {}


def neighbourhoods(now: datetime) -> list[Row[tuple[int, str]]]:
    """(id, name) of the neighbourhoods in which a session is to come, by name.

    The index on place and date answers for each venue in one step; sessions outside of venues are few.
    """
    on = select(WorkshopSession.id).join(WorkshopSession.programme).where(SHOWN, *_planned(now))
    venues = select(Venue.neighbourhood_id).where(
        on.where(WorkshopSession.venue_id == Venue.id).correlate(Venue).exists()
    )
    elsewhere = func.coalesce(School.neighbourhood_id, CareHome.neighbourhood_id)
    others = _placed(select(elsewhere).select_from(WorkshopSession)).where(SHOWN, *_planned(now))
    others = others.where(WorkshopSession.venue_id.is_(None))
    query = select(Neighbourhood.id, Neighbourhood.name)
    query = query.where(or_(Neighbourhood.id.in_(venues), Neighbourhood.id.in_(others)))
    return list(db.session.execute(query.order_by(Neighbourhood.name, Neighbourhood.id)))


def last_start(now: datetime) -> datetime | None:
    """When the last of all sessions to come begins; None without any."""
    query = select(WorkshopSession.starts_at).join(WorkshopSession.programme).where(SHOWN, *_planned(now))
    return db.session.scalar(query.order_by(WorkshopSession.starts_at.desc()).limit(1))


def is_anything_on(now: datetime) -> bool:
    """Whether the agenda has something to show."""
    return last_start(now) is not None


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
