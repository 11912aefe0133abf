"""The figures of a small town, reckoned by hand; whose kits they tell of; and that they stay as it happened.

The week of 16 to 22 March 2026: five working days of ten hours, no holiday. It is the first of April.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from agenda import service as agenda
from agenda.models import CalendarKind
from agenda.rules.recurrence import Pattern
from equipment.models import (
    Condition,
    Destination,
    Incident,
    IncidentState,
    Item,
    ItemEvent,
    ItemEventKind,
    Kit,
    Purchase,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
)
from equipment.queries.figures.scope import Scope
from equipment.queries.figures.whole import figures
from equipment.rules.figures import BorrowerKind
from equipment.rules.spans import own, whole_year
from equipment.service import maintenance
from foundation.codes import new_code
from foundation.db import db, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.faults import act, devices
from tests.equipment.given import PARIS, TUESDAY, hours, kit, morning

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEEK = own(date(2026, 3, 16), date(2026, 3, 22))
FIRST_OF_APRIL = datetime(2026, 4, 1, 10, tzinfo=UTC)
ALL = Scope()


def reckoned(scope=ALL, span=WEEK, now=FIRST_OF_APRIL):
    found = figures(scope, span, PARIS, now=now)
    db.session.rollback()
    return found


def only(structure_id):
    return Scope(everything=False, structure_id=structure_id)


def lent(kit_id, period, state=ReservationState.RETURNED, back_at=None, **more: Any):
    """A loan as the verbs leave it."""
    with transaction():
        row = Reservation(
            code=new_code(), kit_id=kit_id, state=state, starts_at=period.start, ends_at=period.end,
            held_until=period.end, created_at=NOW, answer="Non.", **more,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        if state is ReservationState.RETURNED:
            at = back_at or period.end
            db.session.add(ReservationEvent(reservation_id=row.id, kind=ReservationEventKind.RETURNED, at=at))
    return row


def broke(kit_id, by, opened_at, closed_at=None, cents=None):
    with transaction():
        state = IncidentState.CLOSED if closed_at else IncidentState.OPEN
        row = Incident(
            kit_id=kit_id, condition=Condition.DAMAGED, description="Écran.", state=state, opened_at=opened_at,
            opened_by_id=by, closed_at=closed_at, cost_cents=cents,
        )  # fmt: skip
        db.session.add(row)


def rewritten(item_id, **changes):
    with transaction():
        row = db.session.get_one(Item, item_id)
        for name, value in changes.items():
            setattr(row, name, value)


def test_a_week_by_hand(cast):
    blue, red = kit().id, kit("Mallette rouge").id
    school, home = cast.ids["school"], cast.ids["care_home"]
    lent(blue, morning(), school_id=school, head_count=24, minutes_in_use=120)
    lent(blue, morning(days=1), school_id=school, head_count=20, back_at=morning(days=1).end + timedelta(hours=1))
    lent(red, hours(starts=time(14), ends=time(18)), care_home_id=home, head_count=10, minutes_in_use=90)
    lent(red, morning(days=2), ReservationState.APPROVED, purpose_of="session:1")
    for state in (ReservationState.REQUESTED, ReservationState.APPROVED, ReservationState.REFUSED,
                  ReservationState.CANCELLED):  # fmt: skip
        lent(blue, morning(days=3), state, school_id=school)
    mediator = cast.ids["mediator"]
    broke(blue, mediator, morning().end, FIRST_OF_APRIL, 9900)
    broke(blue, mediator, morning(-3).end, morning().end, 4050)
    broke(red, mediator, morning(-3).end, morning().end)
    found = reckoned()
    whole = found.total
    assert (whole.loans, whole.lent_minutes, whole.back, whole.late) == (4, 13 * 60, 3, 1)
    assert (whole.person_minutes, whole.told, whole.untold) == (24 * 120 + 10 * 90, 2, 2)
    assert found.rate == pytest.approx(13 / 100)
    assert [(row.kit.name, row.sum.loans, row.rate, row.incidents) for row in found.kits] == [
        ("Mallette bleue", 2, pytest.approx(6 / 50), 1), ("Mallette rouge", 2, pytest.approx(7 / 50), 0),
    ]  # fmt: skip
    assert [(row.place.key, row.sum.loans, row.share) for row in found.borrowers] == [
        ((BorrowerKind.SCHOOL, school), 2, pytest.approx(6 / 13)),
        ((BorrowerKind.CARE_HOME, home), 1, pytest.approx(4 / 13)),
    ]
    assert (found.team.loans, found.team.lent_minutes) == (1, 180)
    assert (found.incidents, found.incidents_per_hundred) == (1, 25.0)
    assert (found.costs.settled, found.costs.known, found.costs.unknown, found.costs.cents) == (2, 1, 1, 4050)
    assert found.without == []


def test_holidays_upkeep_and_absences_are_no_time_to_lend(cast):
    blue = kit()
    agenda.add_calendar_day(CalendarKind.PUBLIC_HOLIDAY, TUESDAY, TUESDAY, "Fête")
    agenda.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, date(2026, 3, 16), date(2026, 3, 20), "Vacances")
    agenda.add_absence(blue.resource_id, Pattern.once(date(2026, 3, 20)), "Au salon")
    db.session.commit()
    plan = act(maintenance.plan, blue.id, morning(days=1), "Charge", by=cast.ids["manager"])
    off = act(maintenance.plan, blue.id, morning(days=2), "Charge", by=cast.ids["manager"])
    act(maintenance.call_off, off.id, by=cast.ids["manager"])
    (row,) = reckoned().kits
    assert plan.called_off_at is None
    assert row.could_minutes == (50 - 10 - 3 - 10) * 60


def test_what_has_not_passed_yet_counts_for_nothing(cast):
    blue = kit().id
    lent(blue, morning(), ReservationState.HANDED_OVER, school_id=cast.ids["school"])
    noon_of_wednesday = morning(days=1).end
    (row,) = reckoned(now=noon_of_wednesday).kits
    assert (row.sum.lent_minutes, row.could_minutes) == (180, (10 + 10 + 4) * 60)
    assert (row.sum.out_late, row.sum.untold) == (1, 0)
    (half,) = reckoned(now=hours(starts=time(10)).start).kits
    assert half.sum.lent_minutes == 60
    before = reckoned(now=NOW)
    assert (before.until, before.kits, before.rate, before.incidents_per_hundred) == (None, [], None, None)
    assert before.fleet.devices == 3


def test_who_never_borrowed_is_listed_with_their_last_loan(cast):
    blue, school, home = kit().id, cast.ids["school"], cast.ids["care_home"]
    assert [(one.id, one.last) for one in reckoned().without] == [(school, None), (home, None)]
    lent(blue, morning(-1), school_id=school)
    lent(blue, morning(4), school_id=school)
    lent(blue, morning(), ReservationState.CANCELLED, school_id=school)
    assert [(one.id, one.last) for one in reckoned().without] == [(school, morning(-1).start), (home, None)]
    lent(blue, morning(), school_id=school)
    assert [one.id for one in reckoned().without] == [home]
    with transaction():
        cast.care_home.active = False
    assert reckoned().without == []


def test_a_place_that_closed_since_keeps_its_loans(cast):
    lent(kit().id, morning(), school_id=cast.ids["school"])
    with transaction():
        cast.school.active = False
    assert [row.sum.loans for row in reckoned().borrowers] == [1]


def test_a_structure_is_told_of_its_own_kits(cast):
    theirs, shared = kit(structure_id=cast.ids["association"]), kit("Mallette rouge")
    lent(theirs.id, morning(), school_id=cast.ids["school"])
    broke(theirs.id, cast.ids["mediator"], morning().end, morning().end, 100)
    for item_id in devices(theirs.id):
        rewritten(item_id, structure_id=cast.ids["association"])
    own_, common = only(cast.ids["association"]), only(None)
    town = only(cast.ids["town"])
    assert [row.kit.id for row in reckoned(own_).kits] == [theirs.id]
    assert [row.kit.id for row in reckoned(common).kits] == [shared.id]
    assert [(reckoned(one).total.loans, reckoned(one).incidents, reckoned(one).costs.cents, reckoned(one).fleet.devices,
             len(reckoned(one).without)) for one in (own_, common, town, ALL)] == [
        (1, 1, 100, 3, 1), (0, 0, 0, 3, 2), (0, 0, 0, 0, 2), (1, 1, 100, 6, 1),
    ]  # fmt: skip


def test_the_past_stays_as_it_happened(cast):
    """A kit and its devices that left since, and batteries measured since, change nothing of last week."""
    blue = kit()
    first, second, third = devices(blue.id)
    lent(blue.id, morning(), school_id=cast.ids["school"], head_count=10, minutes_in_use=60)
    rewritten(first, purchase=Purchase.NEW, bought_on=date(2024, 3, 22), battery_percent=90)
    rewritten(second, purchase=Purchase.REFURBISHED, bought_on=date(2025, 3, 22))
    before = reckoned()
    with transaction():
        db.session.get_one(Kit, blue.id).retired_at = FIRST_OF_APRIL - timedelta(days=2)
        db.session.add(ItemEvent(item_id=first, kind=ItemEventKind.BATTERY, at=morning(2).start, was="90", became="70"))
    rewritten(first, battery_percent=70)
    for item_id in (second, third):
        rewritten(item_id, condition=Condition.RETIRED, retired_on=date(2026, 3, 30), destination=Destination.PARTS)
    after = reckoned()
    assert after == before
    assert (after.fleet.devices, after.fleet.refurbished_share, after.fleet.batteries.mean) == (3, 0.5, 90)
    assert after.fleet.ages.mean == pytest.approx(1.5, abs=0.01)
    year = reckoned(span=whole_year(2026))
    assert (year.fleet.devices, year.fleet.batteries.mean, year.chain.left[Destination.PARTS]) == (1, 70, 2)


def test_the_circular_chain_of_a_year(cast):
    blue = kit(units=6)
    ids = devices(blue.id)
    gone = {"condition": Condition.RETIRED, "retired_on": TUESDAY}
    rewritten(ids[0], purchase=Purchase.REFURBISHED, bought_on=TUESDAY)
    rewritten(ids[1], purchase=Purchase.NEW, bought_on=date(2025, 12, 31))
    rewritten(ids[2], **gone, destination=Destination.RECYCLING, certificate="DEEE-7")
    rewritten(ids[3], **gone, destination=Destination.RECYCLING)
    rewritten(ids[4], **gone, destination=Destination.REFURBISHER)
    with transaction():
        db.session.add(ItemEvent(item_id=ids[5], kind=ItemEventKind.ADDED, at=NOW))
    rewritten(ids[5], purchase=Purchase.GIVEN)
    chain = reckoned(span=whole_year(2026)).chain
    assert (chain.came[Purchase.REFURBISHED], chain.came[Purchase.NEW], chain.came[Purchase.GIVEN]) == (1, 0, 1)
    assert (chain.left[Destination.RECYCLING], chain.certified, chain.uncertified, chain.second_life) == (2, 1, 1, 1)


def test_an_empty_town_has_figures_without_numbers(cast):
    found = reckoned()
    assert (found.rate, found.total.loans, found.incidents_per_hundred, found.costs.cents) == (None, 0, None, 0)
    assert found.fleet.devices == 0


def test_more_loans_kits_and_incidents_ask_no_more_of_the_database(cast):
    lent(kit().id, morning(), school_id=cast.ids["school"])
    with statements() as few:
        reckoned()
    for number in range(5):
        more = kit(f"Mallette {number}", units=6).id
        for week in range(4):
            lent(more, morning(week), school_id=cast.ids["school"])
        broke(more, cast.ids["mediator"], morning().end, morning().end, 100)
    with statements() as many:
        found = reckoned()
    assert len(many) == len(few)
    assert found.total.loans == 6
