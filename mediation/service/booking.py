"""Booking, moving and cancelling an appointment: every page that does it comes through here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from accounts.models import Account
from activity.models import Channel
from agenda import queries as agenda_queries
from agenda import service as agenda
from foundation import audit
from foundation.codes import free_code
from foundation.db import append, db, explain_constraint
from foundation.forbidden import check_text
from foundation.period import Period
from mediation.models import Appointment, Attendance, EventKind, Origin, Service
from mediation.queries import slots
from mediation.queries.appointments import busyness
from mediation.queries.slots import Presence, Slot
from mediation.rules.booking import (
    AlreadyBooked,
    Booking,
    SlotTaken,
    check_booking,
    check_change,
    check_service,
)
from mediation.service import notices
from mediation.service.changing import locked, note
from people import service as people
from people.models import Person
from places import service as places

explain_constraint("uq_appointment_request_key", AlreadyBooked)


def book(booking: Booking, *, now: datetime, actor_id: int | None = None) -> Appointment:
    """Book one appointment. The same `request_key` books once: the second time gives the first appointment.

    Args:
        actor_id: the account that books; None for a resident.

    Raises:
        SlotTaken: with the nearest free slots. NotOffered, NoSuchPerson, and the refusals of `check_booking`.
    """
    service = check_service(db.session.get(Service, booking.service_id), booking.origin)
    check_booking(booking, service)
    present = _lock_whoever_could(service, booking)
    if already := _booked_with(booking.request_key):
        return already
    slot = _chosen(booking, service, present, now)
    person = _person_of(booking, slot, actor_id)
    appointment = _written(booking, service, slot, person, now, actor_id)
    note(appointment, EventKind.BOOKED, now, actor_id, to_start=appointment.starts_at)
    agenda.hold(slot.resource_ids, appointment.held, appointment.service_label, appointment.reference)
    audit.record("appointment.booked", appointment.reference, actor_id=actor_id, origin=booking.origin.value)
    notices.tell_booked(appointment)
    return appointment


def move(
    appointment_id: int,
    starts_at: datetime,
    *,
    now: datetime,
    actor_id: int | None = None,
    mediator_id: int | None = None,
    reason: str = "",
) -> Appointment:
    """Give an appointment another start, at the same place: with the same mediator if possible, else with another.

    Args:
        actor_id: the account that moves it; None for the resident, who may not when it is too late.
        mediator_id: with this one only.

    Raises:
        NoSuchAppointment, NotToCome, TooLateToChange, SlotTaken (with the nearest free slots), and what
        `check_text` finds in the reason
    """
    check_text(reason, "reason")
    appointment = locked(appointment_id)
    service = appointment.service
    check_change(appointment, service.change_notice_minutes, now, by_staff=actor_id is not None)
    if starts_at == appointment.starts_at and mediator_id in {None, appointment.mediator_id}:
        return appointment
    slot = _slot_to_move_to(appointment, starts_at, mediator_id, now, freely=actor_id is not None)
    was = appointment.starts_at
    _place(appointment, service, slot)
    agenda.move(appointment.reference, slot.resource_ids, appointment.held, appointment.service_label)
    note(appointment, EventKind.MOVED, now, actor_id, from_start=was, to_start=slot.starts_at, reason=reason)
    people.touch(appointment.person_id, slot.starts_at)
    audit.record("appointment.moved", appointment.reference, actor_id=actor_id)
    db.session.flush()
    notices.tell_moved(appointment, was)
    return appointment


def cancel(
    appointment_id: int, *, now: datetime, actor_id: int | None = None, by_resident: bool, reason: str = ""
) -> Appointment:
    """Cancel an appointment and free its time. Cancelling again changes nothing.

    Args:
        actor_id: the account that cancels; None for the resident, who may not when it is too late.
        by_resident: it is the resident who does not come (excused), else the service calls it off (revoked).

    Raises:
        NoSuchAppointment, NotToCome, TooLateToChange, and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    appointment = locked(appointment_id)
    if not appointment.attendance.holds_time:
        return appointment
    check_change(appointment, appointment.service.change_notice_minutes, now, by_staff=actor_id is not None)
    appointment.attendance = Attendance.EXCUSED if by_resident else Attendance.REVOKED
    agenda.release(appointment.reference)
    note(appointment, EventKind.MARKED, now, actor_id, attendance=appointment.attendance, reason=reason)
    audit.record("appointment.cancelled", appointment.reference, actor_id=actor_id, by_resident=by_resident)
    db.session.flush()
    notices.tell_cancelled(appointment)
    return appointment


def _booked_with(request_key: str | None) -> Appointment | None:
    if request_key is None:
        return None
    known = db.session.scalar(_BOOKED_WITH, {"request_key": request_key})
    return db.session.get(Appointment, known) if known else None


_BOOKED_WITH = select(Appointment.id).where(Appointment.request_key == bindparam("request_key"))


def _lock_whoever_could(service: Service, booking: Booking) -> list[Presence]:
    """The presences that may take the booking, all locked: from here on nobody else changes their time, or closes."""
    _keep_open(booking.venue_id)
    if booking.anywhere:
        present = [_presence_anywhere(booking)]
    else:
        chosen = None if booking.mediator_id is None else [booking.mediator_id]
        present = slots.presences(service, venue_id=booking.venue_id, channel=booking.channel, mediator_ids=chosen)
    return _locked_presences(present)


def _keep_open(venue_id: int | None) -> None:
    """Raises SlotTaken when the place has been closed; else it can not be until the end of the transaction."""
    if venue_id is not None and not places.keep_open(venue_id):
        raise SlotTaken


def _locked_presences(present: Collection[Presence]) -> list[Presence]:
    """Those whose mediator and room are still in use, once nobody else can change that."""
    active = agenda.lock({id_ for one in present for id_ in one.resource_ids})
    return [one for one in present if all(active[id_] for id_ in one.resource_ids)]


def _presence_anywhere(booking: Booking) -> Presence:
    """The mediator whom a member of staff chose, without shift and room."""
    known = select(Account.structure_id, Account.resource_id).where(Account.id == booking.mediator_id, Account.active)
    row = db.session.execute(known).one_or_none()
    if row is None or row.resource_id is None or booking.mediator_id is None or booking.origin is Origin.RESIDENT:
        raise SlotTaken
    return Presence(
        shift_id=0,
        opening_id=0,
        mediator_id=booking.mediator_id,
        structure_id=row.structure_id,
        mediator_resource_id=row.resource_id,
        venue_id=booking.venue_id if booking.channel is Channel.VENUE else None,
        room_id=None,
        room_resource_id=None,
        channel=booking.channel,
    )


def _chosen(booking: Booking, service: Service, present: Collection[Presence], now: datetime) -> Slot:
    """A free slot at the wanted start: of several mediators, the one who has the least to do that day.

    Raises:
        SlotTaken: with the nearest free ones.
    """
    freely = booking.origin is Origin.DESK
    if booking.anywhere:
        one = next(iter(present), None)
        if one is None or agenda_queries.why_not_free(
            [one.mediator_resource_id], booking.starts_at, slots.offer_of(service)
        ):
            raise SlotTaken
        return one.slot(booking.starts_at, service)
    moment = Period(booking.starts_at, booking.starts_at + timedelta.resolution)
    free = slots.slots_of(present, service, moment, now=now, freely=freely)
    if not free:
        chosen = None if booking.mediator_id is None else [booking.mediator_id]
        raise SlotTaken(
            slots.nearest(
                service, booking.starts_at, now=now, venue_id=booking.venue_id, channel=booking.channel,
                mediator_ids=chosen, freely=freely,
            )
        )  # fmt: skip
    return _least_busy(free)


def _least_busy(free: list[Slot]) -> Slot:
    if len(free) == 1:
        return free[0]
    load = busyness({slot.mediator_id for slot in free}, free[0].starts_at)
    return min(free, key=lambda slot: (load.get(slot.mediator_id, 0), slot.shift_id))


def _slot_to_move_to(
    appointment: Appointment, starts_at: datetime, mediator_id: int | None, now: datetime, *, freely: bool
) -> Slot:
    service, channel = appointment.service, appointment.channel
    chosen = None if mediator_id is None else [mediator_id]
    _keep_open(appointment.venue_id)
    shifts = slots.presences(service, venue_id=appointment.venue_id, channel=channel, mediator_ids=chosen)
    present = _locked_presences(shifts)
    moment, reference = Period(starts_at, starts_at + timedelta.resolution), appointment.reference
    free = slots.slots_of(present, service, moment, now=now, ignoring=reference, freely=freely)
    if not free:
        raise SlotTaken(
            slots.nearest(
                service, starts_at, now=now, venue_id=appointment.venue_id, channel=channel,
                mediator_ids=chosen, ignoring=reference, freely=freely,
            )
        )  # fmt: skip
    same = [slot for slot in free if slot.mediator_id == appointment.mediator_id]
    return same[0] if same else _least_busy(free)


def _person_of(booking: Booking, slot: Slot, actor_id: int | None) -> Person:
    """Who comes; the appointment counts as a contact."""
    if booking.newcomer is None:
        person = _known(booking.person_id)
        people.touch(person.id, slot.starts_at)
        return person
    newcomer = booking.newcomer
    details = people.Details(
        family_name=newcomer.family_name,
        given_name=newcomer.given_name,
        phone=newcomer.phone,
        email=newcomer.email,
        locale=booking.locale,
    )
    return people.recognise_or_create(details, actor_id, contact_at=slot.starts_at)


def _known(person_id: int | None) -> Person:
    found = db.session.get(Person, person_id) if person_id is not None else None
    if found is None or found.anonymised_at is not None:
        raise people.NoSuchPerson
    return found if found.merged_into_id is None else db.session.get_one(Person, found.merged_into_id)


def _written(
    booking: Booking, service: Service, slot: Slot, person: Person, now: datetime, actor_id: int | None
) -> Appointment:
    appointment = Appointment(
        code=free_code(Appointment.code),
        request_key=booking.request_key,
        person_id=person.id,
        service_id=service.id,
        service_label=service.label,
        channel=slot.channel,
        home_address=booking.home_address.strip() if slot.channel is Channel.HOME else "",
        attendance=Attendance.EXPECTED,
        companions=booking.companions,
        remark=booking.remark.strip(),
        locale=booking.locale,
        origin=booking.origin,
        booked_by_id=actor_id,
        created_at=now,
    )
    _place(appointment, service, slot)
    append(appointment)
    set_committed_value(appointment, "person", person)
    set_committed_value(appointment, "service", service)
    return appointment


def _place(appointment: Appointment, service: Service, slot: Slot) -> None:
    """Write when, with whom and where; the buffers of today go with it."""
    held = slots.offer_of(service).hold(slot.starts_at)
    appointment.mediator_id = slot.mediator_id
    appointment.structure_id = slot.structure_id or service.structure_id
    appointment.venue_id, appointment.room_id = slot.venue_id, slot.room_id
    appointment.starts_at, appointment.ends_at = slot.starts_at, slot.ends_at
    appointment.held_from, appointment.held_until = held.start, held.end
