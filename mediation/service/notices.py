"""Residents are told of their appointment: booked, moved, cancelled, and reminded two days before.

Whoever can not be reached is told through somebody who acts for them, if that person has a mobile phone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from foundation import clock
from foundation.db import db
from foundation.i18n import in_language
from foundation.outbox import sending
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.outbox.reminders import AHEAD, worth_reminding
from foundation.outbox.rules import leaves_at
from mediation.models import Appointment, AppointmentEvent, Attendance, EventKind, id_in, reference_of
from mediation.rules.notices import NoticeKind, may_tell
from mediation.service.invitations import Method, invitation
from mediation.service.wording import written
from people import queries as people_queries
from people import service as people

BATCH = 50
REPLACING = {NoticeKind.MOVED, NoticeKind.OTHER_MEDIATOR, NoticeKind.CANCELLED}
"""What waited before such a message is not true any more."""
CHANGES = {EventKind.MOVED, EventKind.MARKED, EventKind.REOPENED}


def tell_booked(appointment: Appointment) -> int | None:
    """Confirm it. Returns the message queued, or None when the resident is not reached by messages."""
    return _tell(appointment, NoticeKind.BOOKED)


def promised(appointment: Appointment) -> Channel | None:
    """How the resident hears of it; None when nothing will leave: they keep the slip."""
    reach = people_queries.reach(appointment.person)
    return reach.channel if reach and sending.leaves_by(reach.channel) else None


def tell_moved(appointment: Appointment, was: datetime) -> int | None:
    """Tell the new time, and which one it replaces; what waited about the old time never leaves.

    Args:
        was: start of the appointment before the move. With the same start only the mediator changed: who it is now
            is told, since slips, pages and e-mails say with whom the appointment is.
    """
    if was == appointment.starts_at:
        return _tell(appointment, NoticeKind.OTHER_MEDIATOR)
    return _tell(appointment, NoticeKind.MOVED, was)


def tell_cancelled(appointment: Appointment) -> int | None:
    """Say that it does not take place, by whose decision; what waited about it never leaves.

    Nothing is said of an appointment that has begun, nor of a no-show: those were not cancelled.
    """
    return _tell(appointment, NoticeKind.CANCELLED)


def queue_reminders(now: datetime) -> int:
    """Queue the reminders that are due; one for each start of an appointment, whatever happens in between.

    Returns:
        How many were queued, at most `BATCH`: call again until it is 0.
    """
    queued = 0
    zone = clock.territory_zone()
    for appointment, told_at in _to_come(now):
        if worth_reminding(appointment.starts_at, told_at, now, zone) and _tell(appointment, NoticeKind.REMINDER):
            queued += 1
        if queued == BATCH:
            break
    return queued


def _to_come(now: datetime) -> list[tuple[Appointment, datetime]]:
    """Expected appointments of the next days whose reminder was not queued, and when each was last told."""
    moved_at = (
        select(func.max(AppointmentEvent.at))
        .where(AppointmentEvent.appointment_id == Appointment.id, AppointmentEvent.kind == EventKind.MOVED)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Appointment, moved_at)
        .join(Appointment.person)
        .options(contains_eager(Appointment.person))
        .where(
            Appointment.attendance == Attendance.EXPECTED,
            Appointment.starts_at > now,
            Appointment.starts_at <= now + AHEAD,
            people_queries.may_be_reached(),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    known = outbox.known_keys([_key(appointment, NoticeKind.REMINDER) for appointment, _moved in rows])
    return [
        (appointment, moved or appointment.created_at)
        for appointment, moved in rows
        if _key(appointment, NoticeKind.REMINDER) not in known
    ]


def revision(appointment: Appointment) -> int:
    """How often it changed since it was booked; grows with every change that calendars must follow."""
    return sum(event.kind in CHANGES for event in appointment.events)


def _key(appointment: Appointment, kind: NoticeKind, changes: int = 0) -> str:
    """One message an appointment and kind: a reminder for each start, an answer for each change."""
    stem = _stem(appointment, kind)
    return stem if kind is NoticeKind.REMINDER else f"{stem}:{changes}"


def _stem(appointment: Appointment, kind: NoticeKind) -> str:
    return f"{appointment.reference}:{kind}:{appointment.starts_at:%Y%m%dT%H%M}"


def _tell(appointment: Appointment, kind: NoticeKind, was: datetime | None = None) -> int | None:
    now, changes = clock.now(), revision(appointment)
    if kind in REPLACING or (kind is NoticeKind.BOOKED and changes):
        outbox.withdraw(appointment.reference)
    if not may_tell(kind, appointment.attendance, appointment.starts_at, now):
        return None
    reached = people_queries.reach(appointment.person)
    if reached is None:
        return None
    with in_language(appointment.locale):
        text = written(appointment, kind, reached.channel, was, to_companion=reached.to_companion)
        calendar = _calendar(appointment, kind, changes) if reached.channel is Channel.EMAIL else None
    return outbox.queue(
        key=_key(appointment, kind, changes),
        reference=appointment.reference,
        channel=reached.channel,
        recipient=reached.address,
        subject=text.subject,
        body=text.body,
        locale=appointment.locale,
        calendar=calendar,
        not_before=leaves_at(reached.channel, now, clock.territory_zone(), answers=kind is not NoticeKind.REMINDER),
        expires_at=appointment.starts_at,
        structure_id=appointment.structure_id,
    )


def _calendar(appointment: Appointment, kind: NoticeKind, changes: int) -> str:
    method = Method.CANCEL if kind is NoticeKind.CANCELLED else Method.PUBLISH
    return invitation(appointment, method, sequence=changes)


def _still_wanted(reference: str, key: str) -> bool:
    """Asked just before a message leaves: whether it still takes place then, or is still cancelled."""
    appointment = db.session.get(Appointment, id_in(reference), populate_existing=True)
    kind = key.removeprefix(f"{reference}:").partition(":")[0]
    if appointment is None or not key.startswith(_stem(appointment, NoticeKind(kind))):
        return False
    return may_tell(NoticeKind(kind), appointment.attendance, appointment.starts_at, clock.now())


outbox.ask_before_sending("appointment", _still_wanted)


def _forget(person_ids: Collection[int]) -> None:
    """Whoever is forgotten is forgotten in the messages too, sent or not."""
    ids = db.session.scalars(select(Appointment.id).where(Appointment.person_id.in_(person_ids)))
    outbox.erase([reference_of(one) for one in ids])


people.when_forgotten(_forget)
