"""What became of an appointment: arrived, seen, not come, excused, and each of them taken back."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from activity.queries import telling_of
from agenda import queries as agenda_queries
from agenda import service as agenda
from foundation import audit
from foundation.db import db
from foundation.i18n import wall_clock
from foundation.security import Role
from mediation.models import Appointment, Attendance, EventKind
from mediation.rules.attendance import TimeTaken, check_arrival, check_mark
from mediation.rules.booking import NotYourAppointment
from mediation.service import changing, notices
from mediation.service.changing import note
from people import service as people


def locked(appointment_id: int, actor: Account) -> Appointment:
    """The appointment as it is now, locked until the end of the transaction.

    Raises:
        NotYourAppointment: there is none, or it is neither the actor's own nor in the scope of a manager.
    """
    found = changing.locked(appointment_id, NotYourAppointment)
    if not may_attend(found, actor):
        raise NotYourAppointment
    return found


def may_attend(appointment: Appointment, actor: Account) -> bool:
    """Mediators note what becomes of their own appointments, managers of all those of their structure."""
    if appointment.mediator_id == actor.id:
        return True
    return actor.has(Role.MANAGER) and actor.structure_id in {None, appointment.structure_id}


def arrive(appointment_id: int, *, now: datetime, actor: Account) -> Appointment:
    """The person is there and waits. Pressing twice notes it once.

    Raises:
        NotYourAppointment, CancelledByTheService, AlreadyMarked, TooEarly
    """
    appointment = locked(appointment_id, actor)
    if appointment.arrived_at is not None and appointment.attendance is Attendance.EXPECTED:
        return appointment
    check_arrival(appointment.attendance, appointment.starts_at, now)
    appointment.arrived_at = now
    note(appointment, EventKind.ARRIVED, now, actor.id)
    audit.record("appointment.arrived", appointment.reference, actor_id=actor.id)
    db.session.flush()
    return appointment


def mark(appointment_id: int, wanted: Attendance, *, now: datetime, actor: Account) -> Appointment:
    """Say how it went: seen, noshow, excused; or `expected`, which takes the mark back. The last word counts.

    Excused gives the time back to others. Whatever follows it takes the time again, or is refused with the reason.
    Residents are told of an excuse noted ahead of the start, and of its being taken back; never of the rest.

    Raises:
        NotYourAppointment, CancelledByTheService, AlreadyTold, TooEarly, NotYetTime, TimeTaken
    """
    appointment = locked(appointment_id, actor)
    return mark_locked(appointment, wanted, now=now, actor=actor)


def mark_locked(appointment: Appointment, wanted: Attendance, *, now: datetime, actor: Account) -> Appointment:
    """The same, for a verb that holds the lock already."""
    was = appointment.attendance
    if was is Attendance.EXPECTED and wanted is Attendance.EXPECTED:
        return _not_there_after_all(appointment, now, actor)
    if not check_mark(was, wanted, appointment.starts_at, now, recorded=telling_of(appointment.reference) is not None):
        return appointment
    if not was.holds_time:
        _take_time_again(appointment)
    if not wanted.holds_time:
        agenda.release(appointment.reference)
    if wanted is not Attendance.SEEN and was is not Attendance.SEEN:
        appointment.arrived_at = None
    appointment.attendance = wanted
    kind = EventKind.REOPENED if wanted is Attendance.EXPECTED else EventKind.MARKED
    note(appointment, kind, now, actor.id, attendance=wanted)
    if wanted is Attendance.SEEN:
        people.touch(appointment.person_id, appointment.starts_at)
    audit.record("appointment.marked", appointment.reference, actor_id=actor.id, was=was.value, now=wanted.value)
    db.session.flush()
    _tell(appointment, was)
    return appointment


def _tell(appointment: Appointment, was: Attendance) -> None:
    if appointment.attendance is Attendance.EXCUSED:
        notices.tell_cancelled(appointment)
    elif was is Attendance.EXCUSED and appointment.attendance is Attendance.EXPECTED:
        notices.tell_booked(appointment)


def _not_there_after_all(appointment: Appointment, now: datetime, actor: Account) -> Appointment:
    """Take back an arrival."""
    if appointment.arrived_at is not None:
        appointment.arrived_at = None
        note(appointment, EventKind.REOPENED, now, actor.id, attendance=Attendance.EXPECTED)
        audit.record("appointment.not_arrived", appointment.reference, actor_id=actor.id)
        db.session.flush()
    return appointment


def _take_time_again(appointment: Appointment) -> None:
    """Hold what was given back.

    Raises:
        TimeTaken: with what took its place.
    """
    resource_ids = resources_of(appointment)
    agenda.lock(resource_ids)
    taken = agenda_queries.holds_between(resource_ids, appointment.held)
    if taken:
        first = taken[0]
        raise TimeTaken(first.label, wall_clock(first.starts_at), wall_clock(first.ends_at))
    agenda.hold(resource_ids, appointment.held, appointment.service_label, appointment.reference)


def resources_of(appointment: Appointment) -> list[int]:
    """Mediator and room, as the ledger of time knows them."""
    ids = [appointment.mediator.resource_id, appointment.room.resource_id if appointment.room else None]
    return [id_ for id_ in ids if id_ is not None]
