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
from demo import answers
from demo import people as population
from demo.activity import Drawing, Post
from demo.equipment import town as equipment
from demo.equipment.stocking import stock
from demo.ground import Ground, lay_ground
from demo.reports import year_told
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
from foundation.period import Period, subtracted, whole_day
from mediation.models import Appointment, AppointmentEvent
from people.models import Person, PersonToken
from vouchers.models import Card, Voucher
from workshops.models import WorkshopSession

SEED = "Valbriac"
AHEAD = timedelta(days=28)
KNOWN_AHEAD = timedelta(days=730)
"""Up to then closed days matter to workshops."""
MEETS = 0.11
"""How often a long presence begins with a group."""


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

    Its history begins a whole year before the one that its yearly report tells of, which is compared with it.

    Raises:
        NotEmpty: the database is in use.
    """
    if not is_empty():
        raise NotEmpty("The database is not empty: the demonstration town is only loaded into an empty one.")
    draw = Random(SEED)
    today = now.astimezone(clock.territory_zone()).date()
    since = date(year_told(today) - 1, 1, 1)
    ground = lay_ground()
    seed_calendar("A", list(range(since.year - 1, today.year + 2)))
    team = hire(ground, _year_before(since), now)
    begins = whole_day(since, clock.territory_zone()).start
    residents = _settle(draw, ground, begins, now)
    stage = set_stage(ground, team, since, today + KNOWN_AHEAD, now)
    chance, kits = Random(SEED), Random(SEED)
    stocked = stock(stage, kits)
    planned = workshops.prepare(stage, chance, residents)
    drawing = Drawing(draw, residents, team.prescribers, now)
    _remember(drawing, team, since, begins)
    for presence, post in _posts(team, since, today + AHEAD):
        meets = presence.may_host_a_meeting(post.period) and post.period.start < now and draw.random() < MEETS
        drawing.fill(drawing.meeting(post) if meets else post)
    _write(drawing)
    workshops.live(stage, chance, residents, planned)
    equipment.lend(stage, stocked, kits)
    vouchers.live(stage, Random(SEED))
    settle(chance)
    answers.tell(now, Random(SEED))
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


def _year_before(day: date) -> date:
    return date(day.year - 1, 1, 1)


def _settle(draw: Random, ground: Ground, begins: datetime, now: datetime) -> list[population.Resident]:
    rows = list(population.people(draw, ground.quarters, now.astimezone(clock.territory_zone()).date(), now))
    insert_all(Person, rows)
    insert_all(PersonToken, (token for row in rows for token in population.tokens(row)))
    advance_sequences(Person)
    return [population.resident(row, draw, begins, now) for row in rows]


def _remember(drawing: Drawing, team: Team, since: date, begins: datetime) -> None:
    """Whoever was known when the history begins came once in the year before, in the order in which they arrived."""
    known = [one for one in drawing.residents if one.arrives < begins]
    posts = list(_posts(team, _year_before(since), since - timedelta(days=1)))
    step = len(posts) / len(known)
    for number, who in enumerate(known):
        drawing.remember(posts[int(number * step)][1], who)


def _posts(team: Team, first: date, last: date) -> Iterator[tuple[Presence, Post]]:
    """Every presence from `first` to `last`, in order, without holidays, summer leave and what workshops hold."""
    zone = clock.territory_zone()
    busy = _busy(zone)
    found: list[tuple[datetime, int, Post]] = []
    for number, presence in enumerate(team.presences):
        pattern = Pattern.of(presence.opening)
        for period in occurrences(pattern, first, last, zone):
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
    for statement, contacts in ((_EARLIER_MET, rows.met), (_LATER_CONTACT, rows.last_contact)):
        db.session.execute(statement, [{"person_id": person_id, "at": at} for person_id, at in contacts.items()])
    advance_sequences(Person, Appointment, ActivityRecord, ActivityParticipant)


_EARLIER_MET = (
    update(table_of(Person))
    .where(table_of(Person).c.id == bindparam("person_id"), table_of(Person).c.created_at > bindparam("at"))
    .values(created_at=bindparam("at"))
)
"""Nobody booked before they were known."""
_LATER_CONTACT = (
    update(table_of(Person))
    .where(table_of(Person).c.id == bindparam("person_id"), table_of(Person).c.last_contact_at < bindparam("at"))
    .values(last_contact_at=bindparam("at"))
)
"""Whoever registered for a workshop to come keeps that contact."""
