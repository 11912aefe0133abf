"""Where a mediator receives, and for what: their presences as stretches of particular days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from agenda.models import Opening
from agenda.rules.recurrence import Pattern, occurrences
from foundation import clock
from foundation.db import db
from foundation.period import Period
from mediation.models import Service, Shift
from mediation.queries.offers import open_services
from places.models import Venue


@dataclass(frozen=True, order=True)
class Stay:
    """A mediator receives during `period`; `shift` says where and for what."""

    period: Period
    shift_id: int
    shift: Shift


def stays(account_id: int, first: date, last: date) -> list[Stay]:
    """The presences of a mediator on the days `first` to `last`, both included, by start."""
    zone = clock.territory_zone()
    shifts = db.session.scalars(
        select(Shift)
        .join(Shift.opening)
        .options(
            joinedload(Shift.opening), joinedload(Shift.venue), joinedload(Shift.room), selectinload(Shift.services)
        )
        .where(
            Shift.account_id == account_id,
            Opening.first_day <= last,
            or_(Opening.last_day.is_(None), Opening.last_day >= first),
        )
        .order_by(Shift.id)
    )
    return sorted(
        Stay(period, shift.id, shift)
        for shift in shifts
        for period in occurrences(Pattern.of(shift.opening), first, last, zone)
    )


def stay_at(account_id: int, instant: datetime) -> Stay | None:
    """The presence that `instant` falls in; else the nearest one of that day; None when there is none."""
    day = instant.astimezone(clock.territory_zone()).date()
    return nearest_stay(stays(account_id, day, day), instant)


def nearest_stay(of_day: Sequence[Stay], instant: datetime) -> Stay | None:
    """Of several presences the one that `instant` falls in, or is closest to."""
    return min(of_day, key=lambda stay: max(stay.period.start - instant, instant - stay.period.end), default=None)


def venue_choices(structure_id: int | None) -> list[tuple[int, str]]:
    """(id, name) of the places where something can have been done: the structure's own first, by name."""
    rows = db.session.execute(
        select(Venue.id, Venue.name, Venue.structure_id).where(Venue.active).order_by(func.lower(Venue.name), Venue.id)
    ).all()
    own_first = sorted(rows, key=lambda row: structure_id is None or row.structure_id != structure_id)
    return [(row.id, row.name) for row in own_first]


def services_for(account: Account, stay: Stay | None) -> list[Service]:
    """What a mediator may do for somebody who comes: what the presence of that time is for, then all the rest."""
    for_that = [one for one in stay.shift.services if one.active] if stay else []
    known = {one.id for one in for_that}
    return for_that + [one for one in open_services(account.structure_id) if one.id not in known]
