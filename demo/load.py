"""Loads the demonstration town into an empty database, in one transaction: the same town for the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select, update

from accounts.models import Account
from activity.models import ActivityAspect, ActivityParticipant, ActivityRecord
from agenda.models import Hold
from agenda.rules.recurrence import Pattern, occurrences
from agenda.service.calendar import seed_calendar
from demo import people as population
from demo.activity import Drawing, Post
from demo.equipment import town as equipment
from demo.equipment.stocking import stock
from demo.ground import Ground, lay_ground
from demo.rows import advance_sequences, insert_all
from demo.staff import MEDIATORS
from demo.team import Presence, Team, hire
from demo.vouchers import town as vouchers
from demo.workshops import town as workshops
from demo.workshops.settling import settle
from demo.workshops.stage import set_stage
from equipment.models import Reservation
from foundation import clock
from foundation.db import Base, db, table_of
from foundation.errors import Refused
from foundation.period import Period, subtracted
from mediation.models import Appointment, AppointmentEvent
from people.models import Person, PersonToken
from vouchers.models import Card, Voucher
from workshops.models import WorkshopSession

SEED = "Valbriac"
PAST = timedelta(days=730)
AHEAD = timedelta(days=28)


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
    stage = set_stage(ground, team, today - PAST, today + PAST, now)
    chance, kits = Random(SEED), Random(SEED)
    stocked = stock(stage, kits)
    planned = workshops.prepare(stage, chance, residents)
    drawing = Drawing(draw, residents, team.prescribers, now)
    for presence, post in _posts(team, today):
        meets = presence.may_host_a_meeting(post.period) and post.period.start < now and draw.random() < 0.16
        drawing.fill(drawing.meeting(post) if meets else post)
    _write(drawing)
    workshops.live(stage, chance, residents, planned)
    equipment.lend(stage, stocked, kits)
    vouchers.live(stage, Random(SEED))
    settle(chance)
    return {
        "people": _count(Person),
        "appointments": _count(Appointment),
        "workshops": _count(WorkshopSession),
        "loans of kits": _count(Reservation),
        "solidarity cards": _count(Card),
        "vouchers": _count(Voucher),
        "records": _count(ActivityRecord),
        "mediators": len(MEDIATORS),
    }


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _settle(draw: Random, ground: Ground, today: date, now: datetime) -> list[population.Resident]:
    rows = list(population.people(draw, ground.quarters, today, now))
    insert_all(Person, rows)
    insert_all(PersonToken, (token for row in rows for token in population.tokens(row)))
    advance_sequences(Person)
    return [population.resident(row, draw) for row in rows]


def _posts(team: Team, today: date) -> Iterator[tuple[Presence, Post]]:
    """Every presence of every day, in the order of time, without holidays, summer leave and what workshops hold."""
    zone = clock.territory_zone()
    busy = _busy(zone)
    found: list[tuple[datetime, int, Post]] = []
    for number, presence in enumerate(team.presences):
        pattern = Pattern.of(presence.opening)
        for period in occurrences(pattern, today - PAST, today + AHEAD, zone):
            day = period.start.astimezone(zone).date()
            if day not in team.closed and not presence.on_leave(day):
                taken = [hold for id_ in presence.resource_ids for hold in busy.get((id_, day), ())]
                found += [(free.start, number, presence.post(free)) for free in subtracted([period], taken)]
    for _start, number, post in sorted(found, key=lambda one: one[:2]):
        yield team.presences[number], post


def _busy(zone: ZoneInfo) -> dict[tuple[int, date], list[Period]]:
    """What is held already, by resource and day."""
    found = defaultdict(list)
    for resource_id, start, end in db.session.execute(select(Hold.resource_id, Hold.starts_at, Hold.ends_at)):
        found[resource_id, start.astimezone(zone).date()].append(Period(start, end))
    return found


def _write(drawing: Drawing) -> None:
    rows = drawing.rows
    insert_all(Appointment, rows.appointments)
    insert_all(AppointmentEvent, rows.events)
    insert_all(Hold, sorted(rows.holds, key=lambda row: (row["resource_id"], row["starts_at"])))
    insert_all(ActivityRecord, rows.records)
    insert_all(ActivityParticipant, rows.participants)
    insert_all(ActivityAspect, rows.aspects)
    contacts = [{"person_id": person_id, "at": at} for person_id, at in rows.last_contact.items()]
    db.session.execute(_LATER_CONTACT, contacts)
    advance_sequences(Person, Appointment, ActivityRecord, ActivityParticipant)


_LATER_CONTACT = (
    update(table_of(Person))
    .where(table_of(Person).c.id == bindparam("person_id"), table_of(Person).c.last_contact_at < bindparam("at"))
    .values(last_contact_at=bindparam("at"))
)
"""Whoever registered for a workshop to come keeps that contact."""
