"""When, where and for what each mediator receives, when they are away, and what is booked with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account, AccountRole
from accounts.queries import in_scope
from agenda.models import Absence, Opening, Recurrence
from agenda.rules.recurrence import Pattern
from foundation.db import db
from foundation.period import Period
from foundation.security import Role
from mediation.models import Appointment, Attendance, Shift
from mediation.rules.overlaps import Other, overlaps
from mediation.rules.stranding import Booked, Presence


def mediators(structure_id: int | None) -> list[Account]:
    """Open accounts that receive people, of one structure or (None) of all, by name."""
    return list(
        db.session.scalars(
            select(Account)
            .join(AccountRole)
            .options(joinedload(Account.structure))
            .where(
                AccountRole.role == Role.MEDIATOR,
                Account.active,
                Account.resource_id.is_not(None),
                in_scope(Account.structure_id, structure_id),
            )
            .order_by(func.lower(Account.name), Account.id)
        )
    )


@dataclass(frozen=True)
class ShiftRow:
    """A presence in a list, and those of the same mediator that overlap it, with the first day on which they do."""

    shift: Shift
    pattern: Pattern
    overlaps: list[tuple[Pattern, date]]


def shift_rows(account_id: int, today: date) -> list[ShiftRow]:
    """The presences of a mediator that have not ended: by weekday and hour, dated ones after, by day."""
    shifts = shifts_of(account_id, today)
    patterns = {shift.id: Pattern.of(shift.opening) for shift in shifts}
    rows = [
        ShiftRow(shift, patterns[shift.id], overlaps(patterns[shift.id], _but(patterns, shift.id), today))
        for shift in shifts
    ]
    return sorted(rows, key=_order)


def _but(patterns: dict[int, Pattern], shift_id: int) -> list[Pattern]:
    return [pattern for id_, pattern in patterns.items() if id_ != shift_id]


def _order(row: ShiftRow) -> tuple[bool, int, date, str, int]:
    pattern, dated = row.pattern, row.pattern.recurrence == Recurrence.ONCE
    first_weekday = pattern.weekdays & -pattern.weekdays
    day = pattern.first_day if dated else date.min
    return dated, first_weekday, day, pattern.starts.isoformat(), row.shift.id


def shifts_of(account_id: int, today: date) -> list[Shift]:
    return list(
        db.session.scalars(
            select(Shift)
            .join(Shift.opening)
            .options(
                joinedload(Shift.opening), joinedload(Shift.venue), joinedload(Shift.room), selectinload(Shift.services)
            )
            .where(Shift.account_id == account_id, or_(Opening.last_day.is_(None), Opening.last_day >= today))
            .order_by(Shift.id)
        )
    )


def shift(shift_id: int) -> Shift | None:
    return db.session.get(Shift, shift_id)


def others(account_id: int, today: date, but: int | None = None) -> list[Other]:
    """The presences of a mediator that have not ended, as a new one is compared with them."""
    return [
        Other(Pattern.of(one.opening), one.venue.name if one.venue else "")
        for one in shifts_of(account_id, today)
        if one.id != but
    ]


@dataclass(frozen=True)
class AbsenceRow:
    """An absence of one mediator, or (`everyone`) of the whole territory; `imported` from another calendar."""

    id: int
    pattern: Pattern
    label: str
    everyone: bool
    imported: bool


def absence_rows(resource_id: int, today: date) -> list[AbsenceRow]:
    """The absences of a mediator that are not over, the territory's too, by day."""
    rows = db.session.scalars(
        select(Absence)
        .where(
            or_(Absence.resource_id == resource_id, Absence.resource_id.is_(None)),
            or_(Absence.last_day.is_(None), Absence.last_day >= today),
        )
        .order_by(Absence.first_day, Absence.starts, Absence.id)
    )
    return [
        AbsenceRow(one.id, Pattern.of(one), one.label, one.resource_id is None, one.feed_id is not None) for one in rows
    ]


def own_absence(absence_id: int) -> Absence | None:
    """An absence that somebody wrote here for one mediator."""
    found = db.session.get(Absence, absence_id)
    return found if found and found.resource_id is not None and found.feed_id is None else None


def same_absence(resource_id: int | None, pattern: Pattern, label: str) -> Absence | None:
    """An absence written here that is just like this one."""
    alike = db.session.scalars(
        select(Absence)
        .where(
            Absence.resource_id == resource_id,
            Absence.feed_id.is_(None),
            Absence.label == label,
            Absence.first_day == pattern.first_day,
        )
        .order_by(Absence.id)
    )
    return next((one for one in alike if Pattern.of(one) == pattern), None)


def mediator_of(resource_id: int) -> Account | None:
    """The account whose time a resource is."""
    return db.session.scalar(select(Account).where(Account.resource_id == resource_id))


def presences_ahead(account_id: int, today: date) -> dict[int, Presence]:
    """The presences of a mediator that have not ended, by shift, as the rules look at them."""
    return {one.id: presence_of(one) for one in shifts_of(account_id, today)}


def presence_of(shift: Shift) -> Presence:
    return Presence(
        Pattern.of(shift.opening), shift.venue_id, frozenset(shift.channels), frozenset(s.id for s in shift.services)
    )


def booked_ahead(account_id: int, now: datetime) -> list[Booked]:
    """The appointments that a mediator still expects, by start."""
    rows = db.session.execute(
        select(
            Appointment.id, Appointment.starts_at, Appointment.ends_at, Appointment.service_id, Appointment.channel,
            Appointment.venue_id,
        )
        .where(
            Appointment.mediator_id == account_id,
            Appointment.attendance == Attendance.EXPECTED,
            Appointment.starts_at > now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )  # fmt: skip
    return [
        Booked(row.id, Period(row.starts_at, row.ends_at), row.service_id, row.channel, row.venue_id) for row in rows
    ]


def appointments_named(ids: Collection[int]) -> list[Appointment]:
    """Appointments for a list that people read, by start, with the person and the place."""
    return list(
        db.session.scalars(
            select(Appointment)
            .options(joinedload(Appointment.person), joinedload(Appointment.venue))
            .where(Appointment.id.in_(ids))
            .order_by(Appointment.starts_at, Appointment.id)
        )
    )
