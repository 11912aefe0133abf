"""What is held of kits in a stretch of time, against the plainest way to find it: look at every hold there is."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from agenda.models import Hold, Resource, ResourceKind
from equipment.models import Kit, Reservation
from equipment.queries.held import holds_of_kits, holds_with_loans
from equipment.rules.lending import Wish
from foundation.db import db, transaction
from foundation.period import Period
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.equipment.test_maintenance import planned as kept_back
from tests.workshops.given import planned, programme

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOUR = timedelta(hours=1)


def chance(seed):
    """Kits with holds of many lengths, one after the other, some of them touching; and a room's, which is no kit's."""
    dice = random.Random(seed)
    kits = [kit(f"Kit {number}") for number in range(4)]
    with transaction():
        room = Resource(kind=ResourceKind.ROOM, label="Salle")
        db.session.add(room)
        db.session.flush()
        for resource_id in [*(one.resource_id for one in kits), room.id]:
            at = NOW - 400 * HOUR
            while at < NOW + 400 * HOUR:
                at += dice.choice([0, 0, 1, 5, 60]) * HOUR
                ends = at + dice.choice([1, 3, 24, 200]) * HOUR
                reference = f"maintenance:{resource_id}{len(db.session.new)}{at:%d%H}"
                db.session.add(
                    Hold(resource_id=resource_id, starts_at=at, ends_at=ends, label="x", reference=reference)
                )
                at = ends
    return dice


def plainly(period):
    """Kit and start of each hold that overlaps, by looking at all."""
    rows = db.session.query(Kit.id, Hold).join(Hold, Hold.resource_id == Kit.resource_id)
    return sorted(
        (hold.starts_at, kit_id) for kit_id, hold in rows if Period(hold.starts_at, hold.ends_at).overlaps(period)
    )


@pytest.mark.parametrize("seed", range(3))
def test_each_hold_that_overlaps_is_found_once_and_no_other(cast, seed):
    dice = chance(seed)
    for _ in range(40):
        start = NOW + dice.randrange(-420, 420) * HOUR
        period = Period(start, start + dice.choice([1, 4, 24, 168]) * HOUR)
        expected = plainly(period)
        assert sorted((row.starts_at, row.kit_id) for row in holds_of_kits(period)) == expected
        assert sorted((row.starts_at, row.kit_id) for row in holds_with_loans(period)) == expected
        starts = [row.starts_at for row in holds_with_loans(period)]
        assert starts == sorted(starts)


def test_what_touches_the_stretch_is_not_in_it(cast):
    blue = kit(turnaround_minutes=0)
    reserved(blue.id, morning(), cast.ids["manager"])
    before = Period(morning().start - HOUR, morning().start)
    after = Period(morning().end, morning().end + HOUR)
    assert [*holds_of_kits(before), *holds_of_kits(after)] == []
    assert len(holds_of_kits(Period(before.start, after.end))) == 1


def test_of_some_kits_alone(cast):
    blue, green = kit("Bleue"), kit("Verte")
    for one in (blue, green):
        reserved(one.id, morning(), cast.ids["manager"])
    assert [row.kit_id for row in holds_with_loans(morning(), [green.id])] == [green.id]
    assert holds_with_loans(morning(), []) == []


def test_each_hold_comes_with_its_own_loan_and_upkeep_with_none(cast):
    blue, host = kit("Bleue", turnaround_minutes=0), host_of_school(cast)
    loan = reserved(blue.id, morning(), host.id, Wish(group_label="CM1"))
    kept_back(blue.id, cast.ids["manager"], morning(1), label="Révision")
    home = reserved(blue.id, morning(2), cast.ids["manager"], Wish(care_home_id=cast.ids["care_home"]))
    week = Period(morning().start, morning(2).end)
    first, second, third = holds_with_loans(week)
    assert (first.id, first.place, first.group_label, first.due_at) == (loan.id, cast.school.name, "CM1", loan.ends_at)
    assert (second.id, second.state, second.due_at, second.place, second.label) == (None, None, None, None, "Révision")
    assert (third.id, third.place) == (home.id, cast.care_home.name)


def test_a_loan_that_was_called_off_is_not_taken_for_the_one_in_its_place(cast):
    """Both begin at the same hour with the same kit; only one of them holds it."""
    blue, host = kit(), host_of_school(cast)
    gone = reserved(blue.id, morning(), host.id)
    with transaction():
        db.session.query(Hold).filter(Hold.reference == gone.reference).delete()
        db.session.get_one(Reservation, gone.id).state = "cancelled"
    stands = reserved(blue.id, morning(), cast.ids["manager"])
    assert [row.id for row in holds_with_loans(morning())] == [stands.id]


def test_an_act_of_a_workshop_is_told_by_its_reference(cast):
    kit()
    (session,) = planned(cast, programme(cast), kits={"Tablettes": 1})
    (row,) = holds_with_loans(Period(session.starts_at, session.ends_at))
    assert (row.purpose_of, row.label, row.place) == (session.reference, "Club Scratch", None)


def test_it_is_one_statement_however_many_there_are(cast):
    chance(7)
    whole = Period(NOW - 400 * HOUR, NOW + 400 * HOUR)
    assert len(holds_with_loans(whole)) > 10
    with statements() as sent:
        holds_with_loans(whole)
    assert len(sent) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_seeks_for_each_kit_even_when_it_never_counted_its_rows(cast):
    """Its planner takes all tables for as big as each other then, and would begin with every hold ever made."""
    queries = (
        lambda: holds_of_kits(morning()),
        lambda: holds_with_loans(morning()),
        lambda: holds_with_loans(morning(), [1]),
    )
    for query in queries:
        with statements() as sent:
            query()
        sql = sent[-1]
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (0,) * sql.count("?"))
        steps = [row[3] for row in plan]
        assert any(step.startswith("SEARCH hold ") for step in steps)
        assert [step for step in steps if step.startswith("SCAN hold")] == []
