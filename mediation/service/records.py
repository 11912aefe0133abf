"""Records of appointments and of mediators' own work: what `activity` writes, with what appointments make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from accounts.models import Account
from activity.models import ActivityRecord, Channel
from activity.rules.records import Draft
from activity.service import records as activity
from foundation.db import db
from mediation.models import Appointment, Attendance, Service, id_in
from mediation.rules.attendance import check_tells_of
from mediation.rules.booking import NotYourAppointment
from mediation.service import attendance


def write(draft: Draft, *, now: datetime, actor: Account, request_key: str | None = None) -> ActivityRecord:
    """Write what was done. An appointment still expected is marked seen by it: nothing is typed twice.

    Args:
        draft: with the `reference` of an appointment, or none.
        request_key: made with the form; the same form sent twice gives the record that it wrote.

    Raises:
        NotYourAppointment, NothingToTell, and the refusals of `activity`: AlreadyRecorded with the id of the record
        that the appointment has, NoSuchPerson, and those of `rules.records.check`.
    """
    appointment = _told_of(draft, actor)
    record = activity.write(
        _named(draft, appointment.service_label if appointment else None),
        now=now,
        actor=actor,
        structure_id=appointment.structure_id if appointment else actor.structure_id,
        request_key=request_key,
    )
    if appointment and record.reference == appointment.reference and appointment.attendance is Attendance.EXPECTED:
        attendance.mark_locked(appointment, Attendance.SEEN, now=now, actor=actor)
    return record


def edit(
    record_id: int, draft: Draft, *, now: datetime, actor: Account, as_of: datetime | None = None
) -> ActivityRecord:
    """Correct a record: its label stays as it was that day, unless another service is chosen for what stands alone.

    Args:
        as_of: the `updated_at` of the record that the author looked at; None: whatever stands.

    Raises:
        What `activity` raises: ChangedMeanwhile, NoSuchRecord, NotTheAuthor, TooLateToChange, NoSuchPerson, and the
        refusals of `rules.records.check`.
    """
    record = db.session.get(ActivityRecord, record_id)
    stays = record is not None and (record.reference is not None or record.service_id == draft.service_id)
    named = _named(draft, record.label if record and stays else None)
    return activity.edit(record_id, _at_the_same_host(named, record), now=now, actor=actor, as_of=as_of)


def _told_of(draft: Draft, actor: Account) -> Appointment | None:
    """The appointment of the draft, locked; it is the actor's own and took place.

    Raises:
        NotYourAppointment, NothingToTell
    """
    if draft.reference is None:
        return None
    appointment_id = id_in(draft.reference)
    if appointment_id is None:
        raise NotYourAppointment
    appointment = attendance.locked(appointment_id, actor)
    if appointment.mediator_id != actor.id:
        raise NotYourAppointment
    check_tells_of(appointment.attendance)
    return appointment


def _at_the_same_host(draft: Draft, record: ActivityRecord | None) -> Draft:
    """The page of a record offers venues only: what took place at a school or a care home stays there."""
    if record is None or record.venue_id is not None or record.channel is not Channel.VENUE:
        return draft
    return replace(draft, at_host=True, neighbourhood_id=record.venue_neighbourhood_id)


def _named(draft: Draft, label: str | None) -> Draft:
    """The draft with the label that is frozen on its record: `label`, or else that of the service as it is now."""
    service = db.session.get(Service, draft.service_id) if draft.service_id else None
    named = (service.label if service else "") if label is None else label
    return replace(draft, service_id=service.id if service else None, label=named)
