"""Random lives of a town: what is recorded, corrected and withdrawn, and what happens to those who took part."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from accounts.models import Account
from activity.models import ActivityKind, ActivityRecord, Channel, Theme
from activity.rules.records import Draft
from activity.service import records
from foundation.codes import free_code
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from people import service as people
from people.models import Gender, Person, PersonMerge, Residence, Status
from places.models import Level, Neighbourhood

EDGES = [
    datetime(2024, 12, 31, 23, 0, tzinfo=UTC),  # the year 2025 begins
    datetime(2025, 3, 30, 1, 0, tzinfo=UTC),  # a day of 23 hours
    datetime(2025, 3, 31, 22, 0, tzinfo=UTC),  # April begins
    datetime(2025, 6, 30, 22, 0, tzinfo=UTC),
    datetime(2025, 8, 31, 22, 0, tzinfo=UTC),
    datetime(2025, 10, 26, 1, 0, tzinfo=UTC),  # a day of 25 hours
    datetime(2025, 10, 31, 23, 0, tzinfo=UTC),  # November begins
    datetime(2025, 12, 31, 23, 0, tzinfo=UTC),
]
AROUND = [timedelta(microseconds=-1), timedelta(0), timedelta(minutes=40), timedelta(days=11, hours=-1)]
KINDS = ["record"] * 6 + ["meeting"] * 3 + ["edit", "withdraw", "move", "move", "merge", "merge", "part", "erase"]
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), *(st.integers(0, 1000) for _ in range(4))), min_size=16, max_size=40
)  # fmt: skip
HOW_MANY = 4


def picked(choices, number):
    return choices[number % len(choices)]


class Town:
    """Begins without records, with four residents nobody knows yet."""

    def __init__(self, cast):
        self.mediators = [cast.ids["mediator"], cast.ids["other_mediator"], cast.ids["administrator"]]
        self.venues = [cast.ids["library"], cast.ids["workshop"]]
        self.areas = [cast.ids["harbour"], cast.ids["mills"], lone_area(), part_of_priority(cast)]
        with transaction():
            for record in db.session.scalars(select(ActivityRecord)):
                db.session.delete(record)
            db.session.execute(delete(PersonMerge))
            known = [self._newcomer(number) for number in range(HOW_MANY)]
            db.session.add_all(known)
        self.people = [one.id for one in known]

    def _newcomer(self, number):
        residence, area = self._home(number)
        return Person(
            code=free_code(Person.code), given_name="Une", family_name="Personne", search_key="",
            birth_year=picked([None, 1950, 1980, 2007, 2014], number), gender=picked(list(Gender), number),
            status=picked(list(Status), number), residence=residence, neighbourhood_id=area, created_at=EDGES[0],
            last_contact_at=EDGES[0],
        )  # fmt: skip

    def _home(self, number):
        if number % 6 in (0, 1):
            return (Residence.UNKNOWN, Residence.OUTSIDE)[number % 6], None
        return Residence.INSIDE, picked(self.areas, number)

    def live(self, steps):
        """What was done; what the house refuses leaves nothing behind."""
        done = set()
        for kind, *numbers in steps:
            with suppress(Refused):
                in_transaction(lambda kind=kind, numbers=numbers: getattr(self, kind)(*numbers))
                done.add(kind)
        return done

    def record(self, when, who, where, how_long):
        at = self._at(when)
        self._write(self._draft(at, where, how_long, ActivityKind.INDIVIDUAL, (picked(self.people, who),)), at, when)

    def meeting(self, when, who, where, heads):
        at, named = self._at(when), dict.fromkeys(picked(self.people, who + step) for step in range(1, who % 4 + 2))
        draft = self._draft(at, where, 45 + heads, ActivityKind.GROUP, tuple(named))
        women = heads % 4
        self._write(
            replace(draft, anonymous_count=heads % 13, anonymous_feminine=women, anonymous_masculine=when % 3), at, when
        )

    def edit(self, which, when, who, where):
        record = self._one(which)
        draft = self._draft(self._at(when), where, 50, ActivityKind.GROUP, (picked(self.people, who), self.people[0]))
        actor = record.mediator
        records.edit(record.id, draft, now=record.created_at + timedelta(days=2), actor=actor)

    def withdraw(self, which, *_):
        record = self._one(which)
        records.withdraw(record.id, now=record.created_at, actor=record.mediator)

    def move(self, who, where, *_):
        """House, that is: nothing that happened changes."""
        residence, area = self._home(where)
        db.session.execute(
            update(Person)
            .where(Person.id == picked(self.people, who))
            .values(residence=residence, neighbourhood_id=area, gender=picked(list(Gender), where))
        )

    def merge(self, one, other, *_):
        people.merge(picked(self.people, one), picked(self.people, other), None)

    def part(self, which, *_):
        merges = db.session.scalars(select(PersonMerge.id).order_by(PersonMerge.id)).all()
        people.undo_merge(picked(merges or [0], which), None)

    def erase(self, who, *_):
        people.erase(picked(self.people, who), None)

    def _one(self, which):
        found = db.session.scalars(select(ActivityRecord).order_by(ActivityRecord.id)).all()
        if not found:
            raise records.NoSuchRecord
        return picked(found, which)

    def _at(self, when):
        return picked(EDGES, when // len(AROUND)) + picked(AROUND, when)

    def _draft(self, at, where, minutes, kind, person_ids):
        channel = picked([Channel.VENUE, Channel.VENUE, Channel.VENUE, Channel.PHONE, Channel.HOME], where)
        hosted = channel is Channel.VENUE and where % 7 == 0
        return Draft(
            kind=kind, started_at=at, duration_minutes=minutes % 300 + 1, channel=channel, at_host=hosted,
            venue_id=None if hosted or channel is not Channel.VENUE else picked(self.venues, where),
            neighbourhood_id=picked([None, *self.areas], where) if hosted else None,
            themes=frozenset({Theme.EMAIL}), person_ids=person_ids,
        )  # fmt: skip

    def _write(self, draft, at, when):
        actor = db.session.get(Account, picked(self.mediators, when))
        records.write(draft, now=at + timedelta(hours=2), actor=actor, structure_id=actor.structure_id)


def lone_area():
    """A neighbourhood of no commune."""
    return _area("Q3", None, None, is_priority=False)


def part_of_priority(cast):
    """A neighbourhood that is no priority one, with one drawn in it."""
    whole = _area("Q4", cast.harbour.commune_id, None, is_priority=False)
    _area("QN1", cast.harbour.commune_id, whole, is_priority=True, level=Level.QPV)
    return whole


def _area(code, commune_id, parent_id, **more):
    with transaction():
        found = db.session.scalar(select(Neighbourhood).where(Neighbourhood.code == code))
        if found is None:
            found = Neighbourhood(code=code, name=code, commune_id=commune_id, parent_id=parent_id, **more)
            db.session.add(found)
    return found.id
