"""Absences of a resource, or of the whole territory. One that meets bookings says which, and asks."""

from __future__ import annotations

from agenda.models import Absence
from agenda.queries.stranded import stranded_by_absence
from agenda.refusals import NoSuchRecord, WouldStrand
from agenda.rules.recurrence import Pattern, check
from agenda.service.ledger import lock
from foundation import audit
from foundation.db import db


def add_absence(
    resource_id: int | None, pattern: Pattern, label: str = "", *, strand: bool = False, actor_id: int | None = None
) -> Absence:
    """Keep `resource_id` (None: everyone and everything) away on the days and hours of `pattern`.

    Args:
        label: what colleagues are told; no reason that concerns private life.

    Raises:
        ImpossiblePattern: with the field at fault.
        NoSuchRecord: when there is no such resource.
        WouldStrand: with what is booked in that time, unless `strand`.
    """
    check(pattern, one_day=False)
    _lock(resource_id)
    if not strand and (holds := stranded_by_absence(resource_id, pattern)):
        raise WouldStrand(holds)
    absence = Absence(resource_id=resource_id, label=label)
    pattern.write(absence)
    db.session.add(absence)
    db.session.flush()
    audit.record("absence.added", f"absence:{absence.id}", actor_id=actor_id, resource_id=resource_id)
    return absence


def change_absence(
    absence_id: int, pattern: Pattern, label: str, *, strand: bool = False, actor_id: int | None = None
) -> Absence:
    """Give an absence other days, hours or words.

    Raises: as `add_absence`; WouldStrand only names what the old absence did not already meet.
    """
    check(pattern, one_day=False)
    absence = _own(absence_id)
    if not strand and (holds := stranded_by_absence(absence.resource_id, pattern, Pattern.of(absence))):
        raise WouldStrand(holds)
    absence.label = label
    pattern.write(absence)
    audit.record("absence.changed", f"absence:{absence_id}", actor_id=actor_id)
    return absence


def delete_absence(absence_id: int, *, actor_id: int | None = None) -> None:
    """The time can be booked again, where it is open.

    Raises:
        NoSuchRecord: when there is no such absence, or it comes from a calendar kept elsewhere.
    """
    absence = _own(absence_id)
    db.session.delete(absence)
    audit.record("absence.deleted", f"absence:{absence_id}", actor_id=actor_id, resource_id=absence.resource_id)


def _own(absence_id: int) -> Absence:
    absence = db.session.get(Absence, absence_id)
    if absence is None or absence.feed_id is not None:
        raise NoSuchRecord
    _lock(absence.resource_id)
    return absence


def _lock(resource_id: int | None) -> None:
    if resource_id is not None:
        lock([resource_id])
