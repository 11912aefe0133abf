"""Openings: when a resource may be booked. A change that leaves bookings outside says which, and asks."""

from __future__ import annotations

from agenda.models import Opening
from agenda.queries.stranded import stranded_by_opening
from agenda.refusals import NoSuchRecord, WouldStrand
from agenda.rules.recurrence import Pattern, check
from agenda.service.ledger import lock
from foundation import audit
from foundation.db import db


def add_opening(resource_id: int, pattern: Pattern, *, actor_id: int | None = None) -> Opening:
    """Open `resource_id` on the days and hours of `pattern`.

    Raises:
        ImpossiblePattern: with the field at fault.
        NoSuchRecord: when there is no such resource.
    """
    check(pattern)
    lock([resource_id])
    opening = Opening(resource_id=resource_id)
    pattern.write(opening)
    db.session.add(opening)
    db.session.flush()
    audit.record("opening.added", f"opening:{opening.id}", actor_id=actor_id, resource_id=resource_id)
    return opening


def change_opening(opening_id: int, pattern: Pattern, *, strand: bool = False, actor_id: int | None = None) -> Opening:
    """Give an opening other days or hours.

    Raises:
        ImpossiblePattern: with the field at fault.
        NoSuchRecord: when there is no such opening.
        WouldStrand: with what is booked in time that would no longer be open, unless `strand`.
    """
    check(pattern)
    opening = _locked(opening_id)
    _ask(opening, pattern, strand=strand)
    pattern.write(opening)
    audit.record("opening.changed", f"opening:{opening_id}", actor_id=actor_id)
    return opening


def delete_opening(opening_id: int, *, strand: bool = False, actor_id: int | None = None) -> None:
    """As if it had never been; what was booked in it stands, for a hold does not depend on its opening.

    Raises: as `change_opening`.
    """
    opening = _locked(opening_id)
    _ask(opening, None, strand=strand)
    db.session.delete(opening)
    db.session.flush()
    audit.record("opening.deleted", f"opening:{opening_id}", actor_id=actor_id, resource_id=opening.resource_id)


def _locked(opening_id: int) -> Opening:
    opening = db.session.get(Opening, opening_id)
    if opening is None:
        raise NoSuchRecord
    lock([opening.resource_id])
    return opening


def _ask(opening: Opening, changed: Pattern | None, *, strand: bool) -> None:
    if not strand and (holds := stranded_by_opening(opening, changed)):
        raise WouldStrand(holds)
