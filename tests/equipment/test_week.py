"""The week of kits, and kits for a need: what is free, for whom, in how many queries."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from agenda.models import Absence, Hold
from equipment.models import Borrowers, Condition, Item, ReservationState
from equipment.queries import grid, kits
from equipment.rules.lending import Wish
from equipment.service import lending
from foundation.db import db, transaction
from foundation.period import Period, whole_day
from tests.counting import statements
from tests.equipment.given import PARIS, TUESDAY, done, host_of_home, host_of_school, kit, morning, reserved
from tests.workshops.given import planned, programme

pytestmark = pytest.mark.usefixtures("stopped_clock")
MONDAY = TUESDAY - timedelta(days=1)
WEEK = Period(whole_day(MONDAY, PARIS).start, whole_day(MONDAY + timedelta(days=6), PARIS).end)


def test_twelve_tablets_on_tuesday_morning(cast):
    host = host_of_school(cast)
    taken, fits = kit("Prise", units=12), kit("Juste", units=12)
    big, few = kit("Grande", units=20), kit("Petite", units=11)
    kit("Équipe", units=12, borrowers=Borrowers.STAFF), kit("Cassée", units=13, broken=2, minimum_units=12)
    reserved(taken.id, morning(), cast.ids["manager"], Wish(care_home_id=cast.ids["care_home"]))
    found = kits.offered(cast.host, morning(), units=12, kind="tablettes")
    assert [(one.kit.id, one.free) for one in found] == [(fits.id, True), (big.id, True), (taken.id, False)]
    (reason,) = found[-1].reasons
    assert (reason.label, reason.period) == ("", kits.lendable(taken.id).held(morning()))
    assert few.id not in {one.kit.id for one in found}
    (told,) = [one for one in kits.offered(cast.manager, morning(), units=12) if not one.free]
    assert told.reasons[0].label == cast.care_home.name
    assert host.id


def test_eleven_of_twelve(cast):
    blue = kit(units=12, broken=1)
    with transaction():
        row = db.session.get_one(Item, kit("Autre", units=1, broken=1).items[0].id)
        row.condition = Condition.MISSING
    found = kits.lendable(blue.id)
    assert (found.working, found.units, found.whole) == (11, 12, False)
    assert kits.kinds() == ["Tablettes"]


def test_the_week_shows_who_has_what_to_those_who_may_know(cast):
    blue = kit("A")
    kit("B")
    made = reserved(blue.id, morning(), host_of_school(cast).id, Wish(group_label="CM1"))
    reserved(blue.id, morning(1), cast.ids["host"])
    done(lending.cancel, reserved(blue.id, morning(days=2), cast.ids["host"]).id, by=cast.ids["host"])
    first, second = grid.week(cast.host, WEEK)
    (loan,) = first.taken
    assert (loan.reservation_id, loan.state, loan.label, loan.group_label) == (
        made.id, ReservationState.APPROVED, cast.school.name, "CM1",
    )  # fmt: skip
    assert (loan.held, loan.ends_at) == (first.kit.held(morning()), morning().end)
    assert (first.free(morning()), first.free(morning(days=1)), second.taken) == (False, True, [])
    host_of_home(cast)
    (hidden,) = grid.week(cast.host, WEEK)[0].taken
    assert (hidden.held, hidden.reservation_id, hidden.label, hidden.group_label) == (loan.held, None, "", "")


def test_a_loan_that_began_before_the_week_and_a_workshop_are_seen(cast):
    blue = kit()
    before = reserved(
        blue.id, Period(morning(-1).start + timedelta(days=3), WEEK.start + timedelta(hours=9)), cast.ids["manager"]
    )
    (session,) = planned(cast, programme(cast), kits={"Tablettes": 1})
    (row,) = grid.week(cast.manager, WEEK)
    assert [(one.reservation_id is not None, one.purpose_of, one.label) for one in row.taken] == [
        (True, "", before.code),
        (True, session.reference, "Club Scratch"),
    ]


def test_more_kits_and_loans_cost_no_more_queries(cast):
    def look():
        grid.week(manager, WEEK)
        kits.offered(manager, morning(), units=2)

    first = kit("A")
    reserved(first.id, morning(), cast.ids["manager"])
    manager = cast.manager
    with statements() as few:
        look()
    for name in "BCDEF":
        more = kit(name, turnaround_minutes=30 * ord(name))
        for day in range(3):
            reserved(more.id, morning(days=7 * day), cast.ids["manager"])
    manager = cast.manager
    with statements() as many:
        look()
    assert len(many) == len(few)


def test_a_kit_that_is_away_is_not_free_and_the_others_are(cast):
    blue = kit("A")
    kit("B")
    with transaction():
        away = {"first_day": TUESDAY, "last_day": TUESDAY, "starts": time(8), "ends": time(18), "label": "Prêt à Lac"}
        db.session.add(Absence(resource_id=blue.resource_id, **away))
    first, second = grid.week(cast.manager, WEEK)
    (stretch,) = first.taken
    assert (stretch.label, stretch.reservation_id, first.free(morning())) == ("Prêt à Lac", None, False)
    assert (second.free(morning()), second.taken) == (True, [])
    found = {one.kit.id: one.free for one in kits.offered(cast.manager, morning())}
    assert found == {first.kit.id: False, second.kit.id: True}


def test_when_the_whole_territory_is_away_no_kit_is_free(cast):
    kit("A"), kit("B")
    with transaction():
        away = {"first_day": TUESDAY, "last_day": TUESDAY, "starts": time(0), "ends": time(0), "label": "Fermeture"}
        db.session.add(Absence(resource_id=None, **away))
    assert [row.free(morning()) for row in grid.week(cast.manager, WEEK)] == [False, False]
    assert [one.free for one in kits.offered(cast.manager, morning())] == [False, False]


def test_only_the_last_loan_before_the_week_is_looked_at_however_many_there_were(cast):
    """What reaches into the week is there, what ended before is not."""
    blue = kit(turnaround_minutes=0)
    for weeks in (-9, -6, -3):
        with transaction():
            start = morning(weeks).start
            db.session.add(
                Hold(
                    resource_id=blue.resource_id,
                    starts_at=start,
                    ends_at=start + timedelta(hours=3),
                    label="x",
                    reference=f"x:{weeks}",
                )
            )
    assert grid.week(cast.manager, WEEK)[0].taken == []
    with transaction():
        start = morning(-1).start
        db.session.add(
            Hold(
                resource_id=blue.resource_id,
                starts_at=start,
                ends_at=WEEK.start + timedelta(hours=1),
                label="Révision",
                reference="maintenance:1",
            )
        )
    (one,) = grid.week(cast.manager, WEEK)[0].taken
    assert (one.label, one.ends_at) == ("Révision", WEEK.start + timedelta(hours=1))
