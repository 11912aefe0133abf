"""Appointments behind the figures of what became of them, and of how long people waited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import select

from accounts.models import Account
from foundation import clock
from foundation.db import db, in_microseconds
from mediation.models import Appointment, Attendance
from people.models import Person
from places.models import Venue
from reach.queries.appointments import counted_ones, is_first, narrowing_of
from reach.queries.behind.found import Found, Line, part, read_page
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from reach.rules.waiting import days_waited

COLUMNS = (
    Appointment.id, Appointment.starts_at, Appointment.created_at, Appointment.service_label, Person.given_name,
    Person.family_name, Account.name.label("mediator"), Venue.name.label("venue"),
)  # fmt: skip


def of(filters: Filters, scope: Scope, number: int, attendance: Attendance) -> Found:
    """Those of which that became, the latest first. No numbers."""
    query = _listed(filters, scope, attendance)
    rows, count, _sums = read_page(query, number)
    return Found([_line(row) for row in rows], count, unapplied=narrowing_of(filters, scope).unapplied)


def first_ones(filters: Filters, scope: Scope, number: int) -> Found:
    """The first appointment ever of each person, those who waited longest first. Numbers: days waited."""
    rows = db.session.execute(_listed(filters, scope, Attendance.SEEN).where(is_first(filters))).all()
    asked = np.array([in_microseconds(row.created_at) for row in rows], dtype=np.int64)
    received = np.array([in_microseconds(row.starts_at) for row in rows], dtype=np.int64)
    days = days_waited(asked, received, clock.territory_zone()).tolist()
    in_order = sorted(zip(days, rows, strict=True), key=lambda one: -one[0])
    lines = [_line(row, (waited,)) for waited, row in part(in_order, number)]
    return Found(lines, len(rows), (None,), narrowing_of(filters, scope).unapplied)


def _listed(filters: Filters, scope: Scope, attendance: Attendance) -> Any:
    return (
        counted_ones(select(*COLUMNS), filters, scope, attendance)
        .join(Person, Person.id == Appointment.person_id)
        .join(Account, Account.id == Appointment.mediator_id)
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
    )


def _line(row: Any, numbers: Sequence[float] = ()) -> Line:
    name = f"{row.given_name} {row.family_name}".strip()
    return Line(row.id, row.starts_at, name, (row.service_label, row.mediator, row.venue or ""), numbers)
