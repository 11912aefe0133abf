"""Receiving somebody who comes without an appointment: their time is the mediator's time of now."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from accounts.models import Account
from activity.models import Channel
from agenda import queries as agenda_queries
from agenda import service as agenda
from agenda.models import Hold
from foundation import audit
from foundation.codes import free_code
from foundation.db import db
from foundation.i18n import wall_clock
from foundation.period import Period
from mediation.models import Appointment, Attendance, EventKind, Origin, Service, id_in
from mediation.queries.whereabouts import Stay, stay_at
from mediation.rules.booking import NotOffered, check_service
from mediation.rules.walk_ins import (
    MINUTE,
    OVER,
    NoTimeLeft,
    NotReceiving,
    Occupied,
    SomebodyExpected,
    WalkIn,
    WhichPlace,
    period_from,
)
from mediation.service.attendance import resources_of
from mediation.service.changing import note
from people import queries as people_queries
from people import service as people
from people.models import Person

LOOK_AHEAD = timedelta(hours=12)


def walk_in(wish: WalkIn, *, now: datetime, actor: Account) -> Appointment:
    """Write an appointment that begins now, already seen, for as long as the service and what comes next allow.

    An appointment before it that is over gives back the rest of its time. Somebody who was seen was seen until now:
    their appointment ends here too, so that day, calendar and record tell one length; of somebody who did not come the
    times stay as they were told. The same `request_key` gives the appointment that it made.

    Raises:
        NotReceiving, NotOffered, WhichPlace, NoTimeLeft, SomebodyExpected, Occupied, and the refusals of
        `people.create`.
    """
    if actor.resource_id is None:
        raise NotReceiving
    stay = stay_at(actor.id, now)
    room_resource_id = stay.shift.room.resource_id if stay and stay.shift.room else None
    agenda.lock({id_ for id_ in (actor.resource_id, room_resource_id) if id_ is not None})
    if already := _made_with(wish.request_key):
        return already
    service = _service(wish.service_id, actor)
    period = _period(service, now, actor.resource_id, actor)
    appointment = _written(wish, service, period, stay, now, actor)
    agenda.hold(resources_of(appointment), period, appointment.service_label, appointment.reference)
    note(appointment, EventKind.BOOKED, now, actor.id, to_start=period.start)
    note(appointment, EventKind.MARKED, now, actor.id, attendance=Attendance.SEEN)
    people.touch(appointment.person_id, now)
    audit.record("appointment.walked_in", appointment.reference, actor_id=actor.id)
    db.session.flush()
    return appointment


def _made_with(request_key: str | None) -> Appointment | None:
    if request_key is None:
        return None
    return db.session.scalar(select(Appointment).where(Appointment.request_key == request_key))


def _service(service_id: int, actor: Account) -> Service:
    service = check_service(db.session.get(Service, service_id), Origin.WALK_IN)
    if actor.structure_id is not None and service.structure_id not in {None, actor.structure_id}:
        raise NotOffered
    return service


def _period(service: Service, now: datetime, resource_id: int, actor: Account) -> Period:
    """The time that can be held from now on; what is over makes way.

    Raises:
        NoTimeLeft, SomebodyExpected, Occupied
    """
    length = timedelta(minutes=service.duration_minutes)
    start = now.replace(second=0, microsecond=0)
    ahead = agenda_queries.holds_between([resource_id], Period(start, start + LOOK_AHEAD))
    if ahead and ahead[0].starts_at <= start:
        start = _make_way(ahead.pop(0), start, actor)
    next_at = ahead[0].starts_at if ahead else None
    period = period_from(start, length, next_at)
    if period is None:
        raise NoTimeLeft(wall_clock(next_at or start))
    return period


def _make_way(running: Hold, start: datetime, actor: Account) -> datetime:
    """End an appointment that is over at `start`, or a minute after it began; returns when it ends."""
    appointment = _appointment_of(running)
    if appointment is None:
        raise Occupied(running.label, wall_clock(running.ends_at))
    if appointment.attendance not in OVER:
        if appointment.starts_at > start:
            raise NoTimeLeft(wall_clock(appointment.starts_at))
        raise SomebodyExpected(appointment.person.name, wall_clock(appointment.starts_at))
    end = max(start, running.starts_at + MINUTE)
    agenda.move(appointment.reference, resources_of(appointment), Period(running.starts_at, end), running.label)
    if appointment.attendance is Attendance.SEEN and appointment.starts_at < end:
        was = appointment.ends_at
        appointment.ends_at, appointment.held_until = min(was, end), end
        audit.record("appointment.shortened", appointment.reference, actor_id=actor.id, was=was.isoformat())
    return end


def _appointment_of(hold: Hold) -> Appointment | None:
    appointment_id = id_in(hold.reference)
    return None if appointment_id is None else db.session.get(Appointment, appointment_id)


def _written(
    wish: WalkIn, service: Service, period: Period, stay: Stay | None, now: datetime, actor: Account
) -> Appointment:
    venue_id = wish.venue_id or (stay.shift.venue_id if stay else None)
    if venue_id is None:
        raise WhichPlace
    person = _person(wish, actor)
    appointment = Appointment(
        code=free_code(Appointment.code),
        request_key=wish.request_key,
        person=person,
        service=service,
        service_label=service.label,
        structure_id=actor.structure_id or service.structure_id,
        mediator=actor,
        channel=Channel.VENUE,
        venue_id=venue_id,
        room_id=_free_room_id(stay, venue_id, period),
        starts_at=period.start,
        ends_at=period.end,
        held_from=period.start,
        held_until=period.end,
        attendance=Attendance.SEEN,
        arrived_at=now,
        locale=person.locale,
        origin=Origin.WALK_IN,
        booked_by_id=actor.id,
        created_at=now,
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment


def _free_room_id(stay: Stay | None, venue_id: int, period: Period) -> int | None:
    """The presence's room, unless somebody else is in it: then the person is received beside it."""
    room = stay.shift.room if stay and stay.shift.venue_id == venue_id else None
    if room is None or agenda_queries.holds_between([room.resource_id], period):
        return None
    return room.id


def _person(wish: WalkIn, actor: Account) -> Person:
    if wish.person_id is None:
        return people.create(people.Details(family_name=wish.family_name, given_name=wish.given_name), actor.id)
    person = people_queries.current(wish.person_id)
    if person.anonymised_at is not None:
        raise people.NoSuchPerson
    return person
