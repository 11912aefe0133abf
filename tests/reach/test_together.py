"""Several periods read at once: each has the figures it has alone, in one statement; and which of two was first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from activity.models import ActivityKind, ActivityRecord
from foundation.db import db
from mediation.models import Attendance, Origin
from people.models import Gender
from reach.queries.appointments import appointments, appointments_of
from reach.queries.contacts import counted, counted_together
from reach.queries.topics import topics
from reach.rules.dimensions import Dimension
from reach.rules.periods import Span, month, year
from reach.rules.scope import TERRITORY, Scope
from tests.activity.drafts import write
from tests.counting import statements
from tests.mediation.days import planned
from tests.moments import TEN
from tests.reach.asking import PLACE, asked, of
from tests.reach.came import came

MARCH, FEBRUARY = month(2026, 3), month(2026, 2)
SPANS = (MARCH, FEBRUARY, Span(FEBRUARY.first, MARCH.last), year(2026), month(2024, 3), year(2027))
SPLITS = ((Dimension.NEIGHBOURHOOD, Dimension.MONTH), (), (Dimension.MONTH,), tuple(Dimension), (Dimension.GENDER,), ())


def in_february(day=3, hour=9):
    return datetime(2026, 2, day, hour, tzinfo=UTC)


def some_months(cast):
    """People of both months, one neighbourhood each, some of whom came two years before; heads that nobody named."""
    came(cast, 4, at=TEN, heads=3, back=2)
    came(cast, 3, at=in_february(), area="mills", by="other_mediator")
    came(cast, 2, at=in_february(28, 23), heads=1)


@pytest.mark.parametrize("chosen", [{}, {"gender": Gender.NOT_COMMUNICATED}, {"side": PLACE}])
def test_each_of_several_periods_has_the_figures_it_has_alone(cast, chosen):
    some_months(cast)
    wishes = [(of(span=span, **chosen), by) for span, by in zip(SPANS, SPLITS, strict=True)]
    for scope in (TERRITORY, Scope(mediator_id=cast.ids["other_mediator"])):
        db.session.rollback()
        assert counted_together(wishes, scope) == [counted(filters, scope, by) for filters, by in wishes]


def test_several_periods_are_one_statement(cast):
    some_months(cast)
    with statements() as sent:
        counted_together([(of(span=span), ()) for span in SPANS], TERRITORY)
    assert sum(not one.startswith("BEGIN") for one in sent) == 1
    with statements() as sent:
        appointments_of(SPANS, of(), TERRITORY)
    assert len(sent) == 1


def booked(cast, starts_at, who="resident", attendance=Attendance.SEEN, **more):
    return planned(cast, starts_at, person_id=cast.ids[who], attendance=attendance, **more)


@pytest.mark.parametrize("chosen", [{}, {"side": PLACE, "neighbourhood_id": "harbour"}, {"venue_id": "library"}])
def test_appointments_of_several_periods_are_those_of_each(cast, chosen):
    chosen = {name: cast.ids.get(value, value) for name, value in chosen.items()}
    booked(cast, in_february(), attendance=Attendance.NOSHOW)
    booked(cast, in_february(12), origin=Origin.PRESCRIBER)
    booked(cast, TEN)
    booked(cast, TEN + timedelta(hours=1), who="neighbour", origin=Origin.WALK_IN, venue_id=cast.ids["workshop"])
    found = appointments_of(SPANS, of(**chosen), TERRITORY)
    assert found == [appointments(of(span=span, **chosen), TERRITORY) for span in SPANS]
    assert [one.waiting.people for one in found] == [0, 1, 1, 1, 0, 0]


def test_of_two_first_appointments_at_one_instant_the_one_written_first_counts(cast):
    away = {"structure_id": cast.ids["association"], "mediator_id": cast.ids["other_mediator"]}
    booked(cast, TEN, code="ONE")
    booked(cast, TEN, code="TWO", origin=Origin.WALK_IN, **away)
    found = asked(appointments)
    assert (found.waiting.people, found.first_walk_ins, found.booked.kept, found.walk_ins) == (1, 0, 1, 1)
    theirs = asked(appointments, Scope(structure_id=cast.ids["association"]))
    assert (theirs.waiting.people, theirs.first_walk_ins, theirs.walk_ins) == (0, 0, 1)


def test_records_of_another_period_between_those_of_this_one_tell_nothing(cast):
    """What is written late has a later id than what happened after it."""
    days = ((TEN, 2), (in_february(), 40), (TEN + timedelta(hours=3), 5))
    late = {"now": TEN + timedelta(days=2), "kind": ActivityKind.GROUP, "person_ids": ()}
    told = [write(cast, started_at=at, anonymous_count=heads, **late) for at, heads in days]
    assert [one.id for one in told] == sorted(one.id for one in told)
    assert db.session.query(ActivityRecord).count() == len(told)
    found = asked(topics)
    assert (found.total.records, found.total.contacts) == (2, 7)
    assert {(one.records, one.contacts) for one in found.themes.values()} == {(2, 7)}
