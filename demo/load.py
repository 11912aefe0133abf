"""Loads the demonstration town into an empty database, in one transaction: the same town for the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, update

from accounts.models import Account
from activity.models import ActivityAspect, ActivityParticipant, ActivityRecord
from agenda.models import Hold
from agenda.rules.recurrence import Pattern, occurrences
from agenda.service.calendar import seed_calendar
from demo import people as population
from demo.activity import Drawing, Post
from demo.ground import Ground, lay_ground
from demo.staff import MEDIATORS
from demo.team import Presence, Team, hire
from foundation import clock
from foundation.db import Base, db
from foundation.errors import Refused
from mediation.models import Appointment, AppointmentEvent
from people.models import Person, PersonToken

SEED = "Valbriac"
PAST = timedelta(days=730)
AHEAD = timedelta(days=28)
BATCH = 2000


class NotEmpty(Refused):
    """The database has people or staff already: the demonstration never mixes with a real town."""


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return db.session.scalar(select(Account.id).limit(1)) is None


def is_demo() -> bool:
    """Whether the accounts of the demonstration town are there."""
    return db.session.scalar(select(Account.id).where(Account.email.in_([one.email for one in MEDIATORS]))) is not None


def load(now: datetime) -> dict[str, int]:
    """Write the whole town; returns how many rows each kind of thing has.

    Raises:
        NotEmpty: the database is in use.
    """
    if not is_empty():
        raise NotEmpty("The database is not empty: the demonstration town is only loaded into an empty one.")
    draw = Random(SEED)
    today = now.astimezone(clock.territory_zone()).date()
    ground = lay_ground()
    seed_calendar("A", [today.year + step for step in (-2, -1, 0, 1)])
    team = hire(ground, today - PAST, now)
    residents = _settle(draw, ground, today, now)
    drawing = Drawing(draw, residents, team.prescribers, now)
    for presence, period_post in _posts(draw, team, today):
        drawing.fill(period_post)
        if presence.hosts_meetings and period_post.period.start < now and draw.random() < 0.16:
            drawing.meeting(period_post)
    _write(drawing)
    return {
        "people": len(residents),
        "appointments": len(drawing.rows.appointments),
        "records": len(drawing.rows.records),
        "mediators": len(MEDIATORS),
    }


def _settle(draw: Random, ground: Ground, today: date, now: datetime) -> list[population.Resident]:
    rows = list(population.people(draw, ground.quarters, today, now))
    _insert(Person, rows)
    _insert(PersonToken, (token for row in rows for token in population.tokens(row)))
    return [population.resident(row, draw) for row in rows]


def _posts(draw: Random, team: Team, today: date) -> Iterator[tuple[Presence, Post]]:
    """Every presence of every day, in the order of time, without holidays and summer leave."""
    zone = clock.territory_zone()
    found: list[tuple[datetime, int, Post]] = []
    for number, presence in enumerate(team.presences):
        pattern = Pattern.of(presence.opening)
        for period in occurrences(pattern, today - PAST, today + AHEAD, zone):
            day = period.start.astimezone(zone).date()
            if day not in team.closed and not presence.on_leave(day):
                found.append((period.start, number, presence.post(period)))
    for _start, number, post in sorted(found, key=lambda one: one[:2]):
        yield team.presences[number], post


def _write(drawing: Drawing) -> None:
    rows = drawing.rows
    _insert(Appointment, rows.appointments)
    _insert(AppointmentEvent, rows.events)
    _insert(Hold, sorted(rows.holds, key=lambda row: (row["resource_id"], row["starts_at"])))
    _insert(ActivityRecord, rows.records)
    _insert(ActivityParticipant, rows.participants)
    _insert(ActivityAspect, rows.aspects)
    contacts = [{"id": person_id, "last_contact_at": at} for person_id, at in rows.last_contact.items()]
    db.session.execute(update(Person), contacts)
    _advance_sequences(Person, Appointment, ActivityRecord, ActivityParticipant)


def _insert(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows in batches, without building an object for each."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(insert(model), batch)
            batch = []
    if batch:
        db.session.execute(insert(model), batch)


def _advance_sequences(*models: type[Base]) -> None:
    """PostgreSQL counts on from the ids that were given by hand."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    for model in models:
        key = model.__table__.c.id
        sequence = func.pg_get_serial_sequence(model.__tablename__, key.name)
        db.session.execute(select(func.setval(sequence, select(func.max(key)).scalar_subquery())))
