"""Public holidays, school holidays and closures."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, func, select

from agenda.models import CalendarDay, CalendarKind
from agenda.rules.free import Closed
from agenda.rules.holidays_of_france import is_school_holiday
from foundation.db import db

CLOSING = (CalendarKind.PUBLIC_HOLIDAY, CalendarKind.CLOSURE)


_CLOSURES = (
    select(CalendarDay.first_day, CalendarDay.last_day, CalendarDay.label)
    .where(
        CalendarDay.last_day >= bindparam("first"),
        CalendarDay.first_day <= bindparam("last"),
        CalendarDay.removed_at.is_(None),
        CalendarDay.kind.in_(CLOSING),
    )
    .order_by(CalendarDay.first_day, CalendarDay.id)
)
"""Built once, as every statement of the search for free time: building them anew cost more than running them."""


def calendar_days(first: date, last: date, *, removed: bool = False) -> list[CalendarDay]:
    """What touches the days `first` to `last`, both included, by day; those in force, or those `removed`."""
    state = CalendarDay.removed_at.is_not(None) if removed else CalendarDay.removed_at.is_(None)
    return list(
        db.session.scalars(
            select(CalendarDay)
            .where(CalendarDay.last_day >= first, CalendarDay.first_day <= last, state)
            .order_by(CalendarDay.first_day, CalendarDay.kind, CalendarDay.id)
        )
    )


def calendar_day(day_id: int) -> CalendarDay | None:
    """One row, in force or removed."""
    return db.session.get(CalendarDay, day_id)


def school_calendar_reaches() -> date | None:
    """The last day of which it is known whether there is school; None when nothing is known."""
    return db.session.scalar(
        select(func.max(CalendarDay.last_day)).where(CalendarDay.kind == CalendarKind.SCHOOL_HOLIDAY)
    )


def closures(first: date, last: date) -> list[Closed]:
    """The public holidays and closures in force that touch the days `first` to `last`, by day."""
    return [Closed(*row) for row in db.session.execute(_CLOSURES, {"first": first, "last": last})]


def public_holidays(first: date, last: date) -> set[date]:
    """The days from `first` to `last`, both included, that are public holidays in force."""
    rows = [one for one in calendar_days(first, last) if one.kind is CalendarKind.PUBLIC_HOLIDAY]
    days = {one.first_day + timedelta(days=n) for one in rows for n in range((one.last_day - one.first_day).days + 1)}
    return {day for day in days if first <= day <= last}


def school_holiday(day: date) -> bool | None:
    """Whether `day` lies in the school holidays of the territory; None: not known, the calendar does not reach it."""
    rows = db.session.execute(
        select(CalendarDay.first_day, CalendarDay.last_day, CalendarDay.removed_at).where(
            CalendarDay.kind == CalendarKind.SCHOOL_HOLIDAY
        )
    ).all()
    return is_school_holiday(
        day,
        [(first, last) for first, last, removed in rows if removed is None],
        [(first, last) for first, last, removed in rows if removed is not None],
    )
