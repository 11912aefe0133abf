"""Taking a kit back: all of it or a part, once, with what is missing or damaged, and its time set free or kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, Handover, Incident, IncidentState, Item, Kit, ReservationState, Supply
from equipment.queries import handing as queries
from equipment.queries import kits as kit_queries
from equipment.rules.lending import Wish
from equipment.rules.refusals import BadCount, NotToChange
from equipment.rules.unhandable import NotHandedOver, NothingTicked, NotOfThisKit, TakenBackMeanwhile
from equipment.service import lending
from foundation import audit
from foundation.db import db, transaction
from foundation.outbox.models import Message
from foundation.period import Period
from tests.equipment.faults import reported
from tests.equipment.given import by_rights, done, ledger, morning, reserved
from tests.equipment.handed import (
    DUE,
    START,
    WORKING,
    all_of,
    back,
    condition_of,
    items_of,
    kinds,
    lent,
    lines,
    loan,
    out,
)
from tests.workshops.given import count, reread

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOUR = timedelta(hours=1)


def held_until():
    """The end of the one hold that there is."""
    ((_reference, _resource, _start, end),) = ledger()
    return end


def subjects(reservation):
    found = [one.key for one in db.session.query(Message).filter_by(reference=reservation.reference)]
    db.session.rollback()
    return found


def test_all_of_it_is_back_and_the_kit_is_free_once_it_is_ready(cast):
    made = lent(cast, turnaround_minutes=60)
    given = back(cast, made, minutes_in_use=90, head_count=24)
    assert lines(given) == [(item_id, WORKING) for item_id in items_of(made)]
    again = reread(made)
    assert (again.state, again.minutes_in_use, again.head_count) == (ReservationState.RETURNED, 90, 24)
    assert (queries.outstanding([made.id]), queries.out_of_kit(made.kit_id)) == ({}, {})
    assert held_until() == DUE + HOUR
    assert ledger() == by_rights()
    assert kinds(made)[-2:] == ["handed_over", "returned"]
    assert audit.history(made.reference)[0].action == "reservation.returned"


def test_earlier_than_due_its_time_is_free_for_others(cast):
    made, now = lent(cast, turnaround_minutes=60), START + HOUR
    back(cast, made, now=now)
    assert (reread(made).ends_at, held_until()) == (now, now + HOUR)
    assert ledger() == by_rights()
    reserved(made.kit_id, Period(now + HOUR, DUE), cast.ids["manager"])
    assert ledger() == by_rights()


def test_back_at_once_even_before_its_time_it_was_out_for_a_minute(cast):
    made = loan(cast, turnaround_minutes=0)
    early = START - timedelta(minutes=10)
    out(cast, made, now=early)
    back(cast, made, now=early)
    assert (reread(made).ends_at, held_until()) == (START + timedelta(minutes=1),) * 2
    assert ledger() == by_rights()


def test_flat_it_is_charged_longer(cast):
    made = lent(cast, turnaround_minutes=60, flat_minutes=180)
    back(cast, made, came_back_flat=True)
    assert held_until() == DUE + 4 * HOUR
    assert ledger() == by_rights()


def test_late_it_is_kept_until_it_is_ready_and_remains_late_on_record(cast):
    made, now = lent(cast, turnaround_minutes=60), DUE + 5 * HOUR
    back(cast, made, now=now)
    assert (reread(made).ends_at, held_until()) == (DUE, now + HOUR)
    assert ledger() == by_rights()


def test_never_into_the_time_of_the_next_who_is_told_instead(cast):
    made = lent(cast, turnaround_minutes=60, flat_minutes=120)
    soon = Period(DUE + 2 * HOUR, DUE + 4 * HOUR)
    after = reserved(made.kit_id, soon, cast.ids["host"], Wish(group_label="CM2"))
    back(cast, made, came_back_flat=True)
    assert ledger() == by_rights()
    assert reread(made).held_until == soon.start
    told = subjects(after)
    assert any("not_ready" in key for key in told), told
    assert not any("not_ready" in key for key in subjects(made))


def test_nobody_is_told_when_it_is_ready_in_time(cast):
    made = lent(cast, turnaround_minutes=60)
    after = reserved(made.kit_id, Period(DUE + HOUR, DUE + 2 * HOUR), cast.ids["host"])
    before = subjects(after)
    back(cast, made)
    assert subjects(after) == before


def test_a_part_comes_back_and_the_rest_stays_out_until_it_does(cast):
    made = lent(cast, turnaround_minutes=60)
    held = ledger()
    first, second, third = items_of(made)
    back(cast, made, now=START + HOUR, conditions={first: WORKING}, head_count=12, came_back_flat=True)
    assert reread(made).state is ReservationState.HANDED_OVER
    assert queries.outstanding([made.id]) == {made.id: {second: WORKING, third: WORKING}}
    assert ledger() == held == by_rights()
    back(cast, made, key="rest", conditions={second: WORKING, third: WORKING}, minutes_in_use=60)
    again = reread(made)
    assert (again.state, again.head_count, again.minutes_in_use) == (ReservationState.RETURNED, 12, 60)
    assert held_until() == DUE + HOUR + timedelta(minutes=180)
    assert kinds(made)[-3:] == ["handed_over", "partly_returned", "returned"]


def test_the_rest_may_be_said_to_be_missing_and_the_loan_is_over(cast):
    made = lent(cast)
    first, second, third = items_of(made)
    given = back(cast, made, conditions={first: WORKING}, rest_missing=True, note="Oubliées dans le car.")
    assert lines(given) == [(first, WORKING), (second, Condition.MISSING), (third, Condition.MISSING)]
    assert reread(made).state is ReservationState.RETURNED
    assert [condition_of(one) for one in items_of(made)] == [WORKING, Condition.MISSING, Condition.MISSING]
    rows = db.session.query(Incident).order_by(Incident.item_id).all()
    assert [(one.item_id, one.reservation_id, one.description) for one in rows] == [
        (second, made.id, "Oubliées dans le car."),
        (third, made.id, "Oubliées dans le car."),
    ]
    found = kit_queries.lendable(made.kit_id)
    assert (found.working, found.units) == (1, 3)


def test_under_its_minimum_it_is_blocked_and_the_next_borrower_hears_it_once(cast):
    made = lent(cast, minimum_units=2)
    after = reserved(made.kit_id, morning(1), cast.ids["host"], Wish(units_wanted=3))
    before = set(subjects(after))
    back(cast, made, conditions=all_of(made, _1=Condition.DAMAGED, _2=Condition.MISSING))
    assert not kit_queries.lendable(made.kit_id).goes_out
    told = [key for key in subjects(after) if key not in before]
    assert len([key for key in told if "short" in key]) >= 1, told
    assert kinds(after).count("warned") >= 1
    assert ledger() == by_rights()


def test_what_was_missing_and_comes_back_after_all_settles_its_incident(cast):
    made = loan(cast)
    first = items_of(made)[0]
    out(cast, made)
    incident = reported(made.kit_id, cast.ids["manager"], Condition.DAMAGED, item_id=first, reservation_id=made.id)
    assert condition_of(first) is Condition.DAMAGED
    back(cast, made)
    assert condition_of(first) is WORKING
    assert reread(incident).state is IncidentState.CLOSED


def test_what_was_known_to_be_damaged_stays_so_without_another_incident(cast):
    made = loan(cast, broken=1)
    out(cast, made, conditions=all_of(made, _0=Condition.DAMAGED))
    back(cast, made, conditions=all_of(made, _0=Condition.DAMAGED))
    assert (count(Incident), condition_of(items_of(made)[0])) == (0, Condition.DAMAGED)


def test_a_device_that_is_of_another_kit_by_now_comes_back_all_the_same(cast):
    made = lent(cast)
    first = items_of(made)[0]
    wanted = all_of(made, _0=Condition.DAMAGED)
    with transaction():
        db.session.get_one(Item, first).kit_id = None
    back(cast, made, conditions=wanted)
    assert (condition_of(first), reread(made).state) == (Condition.DAMAGED, ReservationState.RETURNED)


def test_the_same_page_twice_is_one_return_and_a_second_phone_is_told(cast):
    made = lent(cast)
    once, twice = back(cast, made), back(cast, made, now=DUE + HOUR)
    assert once.id == twice.id
    with pytest.raises(TakenBackMeanwhile):
        back(cast, made, key="other phone", by="manager")
    assert count(Handover) == 2
    assert kinds(made).count("returned") == 1


def test_two_phones_that_share_the_list_make_one_whole_return(cast):
    made = lent(cast)
    first, second, third = items_of(made)
    back(cast, made, key="one", conditions={first: WORKING, second: WORKING})
    with pytest.raises(TakenBackMeanwhile):
        back(cast, made, key="late", conditions={first: Condition.DAMAGED})
    assert condition_of(first) is WORKING
    given = back(cast, made, key="two", by="manager", conditions={second: Condition.MISSING, third: WORKING})
    assert lines(given) == [(third, WORKING)]
    assert (condition_of(second), reread(made).state) == (WORKING, ReservationState.RETURNED)


def test_what_did_not_go_out_does_not_come_back(cast):
    made = loan(cast)
    with pytest.raises(NotHandedOver):
        back(cast, made)
    first, *rest = items_of(made)
    out(cast, made, conditions=dict.fromkeys(rest, WORKING))
    with pytest.raises(NotOfThisKit):
        back(cast, made, conditions={first: WORKING})
    with pytest.raises(NothingTicked):
        back(cast, made, conditions={})
    assert count(Handover) == 1


@pytest.mark.parametrize("more", [{"minutes_in_use": 100_001}, {"head_count": 501}, {"head_count": -1}])
def test_numbers_beyond_belief_are_refused(cast, more):
    made = lent(cast)
    with pytest.raises(BadCount):
        back(cast, made, **more)
    assert reread(made).state is ReservationState.HANDED_OVER


def test_when_nobody_tells_of_its_use_it_stays_unknown(cast):
    made = lent(cast)
    back(cast, made)
    assert (reread(made).minutes_in_use, reread(made).head_count) == (None, 0)


def test_supplies_are_counted_out_and_what_does_not_come_back_is_counted_off(cast):
    made = loan(cast)
    with transaction():
        supplies = [
            Supply(kit_id=made.kit_id, label="Casques", count=10),
            Supply(kit_id=made.kit_id, label="Piles", count=3),
        ]
        db.session.add_all(supplies)
    cups, cells = (one.id for one in supplies)
    out(cast, made, supplies={cups: 8, cells: 0})
    assert queries.supplies_out(made.id) == {"Casques": 8}
    first, *rest = items_of(made)
    back(cast, made, conditions={first: WORKING}, supplies={cups: 2})
    assert queries.supplies_out(made.id) == {"Casques": 6}
    back(cast, made, key="rest", conditions=dict.fromkeys(rest, WORKING), supplies={cups: 5, cells: 4})
    found = {one.label: one.count for one in db.session.query(Supply).all()}
    db.session.rollback()
    assert found == {"Casques": 9, "Piles": 3}
    with pytest.raises(BadCount):
        back(cast, made, supplies={cups: 10_001})


def test_a_kit_put_out_of_use_meanwhile_can_still_come_back(cast):
    made = lent(cast)
    held = ledger()
    with transaction():
        db.session.get_one(Kit, made.kit_id).resource.active = False
    back(cast, made)
    assert (reread(made).state, ledger()) == (ReservationState.RETURNED, held)


def test_a_bare_kit_comes_back_without_a_list(cast):
    made = loan(cast, units=0)
    out(cast, made)
    back(cast, made)
    assert (reread(made).state, count(Item)) == (ReservationState.RETURNED, 0)


def test_what_is_out_or_back_is_not_cancelled(cast):
    made = lent(cast)
    for _ in range(2):
        with pytest.raises(NotToChange):
            done(lending.cancel, made.id, by=cast.ids["manager"])
        if reread(made).state is ReservationState.HANDED_OVER:
            back(cast, made)
    assert ledger() == by_rights()
