"""The calendar of the territory: holidays come by themselves, a manager has the last word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from agenda.models import CalendarDay, CalendarKind
from agenda.queries.calendar import CLOSING
from agenda.queries.stranded import stranded_by_closure
from agenda.refusals import NoSuchRecord, WouldStrand
from agenda.rules.holidays_of_france import KnownDays, public_holidays, school_holidays
from agenda.rules.recurrence import ImpossiblePattern
from foundation import audit, clock
from foundation.db import db
from foundation.i18n import _l


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows came, were there already (changed or removed by a manager included), and left."""

    added: int
    kept: int
    dropped: int


def seed_calendar(zone: str | None, years: Sequence[int], *, alsace_moselle: bool = False) -> Seeded:
    """Fill the calendar for `years`: safe to repeat, and what a manager removed or changed stays so.

    Rows of another school zone, and those that only the law of Alsace-Moselle makes, leave when they no longer apply.

    Args:
        zone: A, B or C; None where the school calendar is another (overseas).
    """
    known = [
        *public_holidays(years, alsace_moselle=alsace_moselle),
        *(school_holidays(zone, years) if zone else []),
    ]
    rows = {row.seed: row for row in db.session.scalars(select(CalendarDay).where(CalendarDay.seed.is_not(None)))}
    wanted = {day.seed for day in known}
    new = [day for day in known if day.seed not in rows]
    stale = [row for seed, row in rows.items() if seed not in wanted and _stale(row, zone, years)]
    for row in stale:
        db.session.delete(row)
    db.session.add_all(_row(day) for day in new)
    db.session.flush()
    return Seeded(added=len(new), kept=len(known) - len(new), dropped=len(stale))


def _row(day: KnownDays) -> CalendarDay:
    return CalendarDay(kind=day.kind, first_day=day.first_day, last_day=day.last_day, label=day.label, seed=day.seed)


def _stale(row: CalendarDay, zone: str | None, years: Iterable[int]) -> bool:
    """Whether a row that today's settings do not ask for is one of another zone or law, not of another year."""
    parts = (row.seed or "").split(":")
    if row.kind == CalendarKind.SCHOOL_HOLIDAY:
        return parts[1] != zone
    return int(parts[1][:4]) in years


def add_calendar_day(
    kind: CalendarKind,
    first_day: date,
    last_day: date,
    label: str,
    *,
    strand: bool = False,
    actor_id: int | None = None,
) -> CalendarDay:
    """Add days to the calendar.

    Raises:
        ImpossiblePattern: when the last day comes before the first.
        WouldStrand: when the days close and something is booked on them, unless `strand`.
    """
    _ask(kind, first_day, last_day, strand=strand)
    row = CalendarDay(kind=kind, first_day=first_day, last_day=last_day, label=label)
    db.session.add(row)
    db.session.flush()
    audit.record("calendar_day.added", f"calendar_day:{row.id}", actor_id=actor_id)
    return row


def change_calendar_day(
    day_id: int, first_day: date, last_day: date, label: str, *, strand: bool = False, actor_id: int | None = None
) -> CalendarDay:
    """Give a row other days or words; filling the calendar again leaves it so.

    Raises: as `add_calendar_day`, and NoSuchRecord.
    """
    row = _row_of(day_id)
    _ask(row.kind, first_day, last_day, strand=strand)
    row.first_day, row.last_day, row.label = first_day, last_day, label
    audit.record("calendar_day.changed", f"calendar_day:{day_id}", actor_id=actor_id)
    return row


def remove_calendar_day(day_id: int, *, actor_id: int | None = None) -> CalendarDay:
    """Take days out of the calendar; they stay as removed, so that they can be restored and are not filled in again.

    Raises:
        NoSuchRecord: when there is no such row.
    """
    row = _row_of(day_id)
    row.removed_at = row.removed_at or clock.now()
    audit.record("calendar_day.removed", f"calendar_day:{day_id}", actor_id=actor_id)
    return row


def restore_calendar_day(day_id: int, *, strand: bool = False, actor_id: int | None = None) -> CalendarDay:
    """Put removed days back.

    Raises: as `add_calendar_day`, and NoSuchRecord.
    """
    row = _row_of(day_id)
    _ask(row.kind, row.first_day, row.last_day, strand=strand)
    row.removed_at = None
    audit.record("calendar_day.restored", f"calendar_day:{day_id}", actor_id=actor_id)
    return row


def _row_of(day_id: int) -> CalendarDay:
    row = db.session.get(CalendarDay, day_id, with_for_update=True)
    if row is None:
        raise NoSuchRecord
    return row


def _ask(kind: CalendarKind, first_day: date, last_day: date, *, strand: bool) -> None:
    if last_day < first_day:
        raise ImpossiblePattern(_l("The last day comes before the first. Correct one of them."), "last_day")
    if kind in CLOSING and not strand and (holds := stranded_by_closure(first_day, last_day)):
        raise WouldStrand(holds)
