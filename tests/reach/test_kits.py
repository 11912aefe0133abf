"""Kits: loans to schools, homes and the team; that the page of equipment can not say otherwise; whose they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from activity.models import AgeBand, Channel
from equipment.models import Reservation
from equipment.queries.figures.scope import Scope as Owners
from equipment.queries.figures.whole import figures
from equipment.rules.figures import BorrowerKind
from equipment.rules.lending import Wish
from equipment.rules.spans import own
from equipment.service import lending
from foundation.db import db
from reach.queries.kits import kits
from reach.rules.filters import Priority
from reach.rules.lent import Lent
from reach.rules.periods import month
from reach.rules.scope import Scope
from tests.counting import statements
from tests.equipment.given import done, host_of_home, host_of_school, hours, kit, morning, reserved
from tests.equipment.handed import back, out
from tests.reach.asking import MARCH, PARIS, PLACE, asked, days, of
from tests.workshops.given import planned, programme

FIRST_OF_APRIL = datetime(2026, 4, 1, 10, tzinfo=UTC)
SCHOOL, CARE_HOME, TEAM = BorrowerKind


@pytest.fixture(autouse=True)
def _first_of_april():
    """Loans are made by verbs that are told the time; figures look back from here."""
    with time_machine.travel(FIRST_OF_APRIL, tick=False):
        yield


def lent(cast, kit_id, period, actor_id, *, heads=0, minutes=None, brought=True):
    """Reserved, handed over, and taken back, by the verbs."""
    made = reserved(kit_id, period, actor_id, Wish(head_count=heads))
    out(cast, made, now=period.start)
    if brought:
        back(cast, made, now=period.end, minutes_in_use=minutes)
    return made


def a_month(cast):
    """Two loans of a school, one of a home, one of a session of Salima; and one that was called off."""
    blue, red = kit().id, kit("Mallette rouge", structure_id=cast.ids["town"]).id
    teacher = host_of_school(cast).id
    lent(cast, blue, morning(), teacher, heads=24, minutes=120)
    lent(cast, red, morning(days=1), teacher, heads=20)
    off = reserved(blue, morning(days=2), teacher)
    done(lending.cancel, off.id, by=teacher)
    coordinator = host_of_home(cast).id
    lent(cast, red, hours(date(2026, 3, 19), time(14), time(17)), coordinator, brought=False)
    planned(cast, programme(cast), kits={"Tablettes": 1})
    return blue, red


def test_loans_hours_and_heads_are_told_by_borrower(cast):
    a_month(cast)
    found = asked(kits)
    assert found.by[SCHOOL] == Lent(
        loans=2, half_days=2, lent_minutes=360, person_minutes=24 * 120, told=1, untold=1, heads=44, borrowers=1, kits=2
    )
    assert (found.by[CARE_HOME].loans, found.by[CARE_HOME].heads_untold, found.by[CARE_HOME].borrowers) == (1, 1, 1)
    assert (found.by[TEAM].loans, found.by[TEAM].borrowers, found.by[TEAM].half_days) == (1, 0, 1)
    assert (found.total.loans, found.total.kits, found.total.heads, found.total.borrowers) == (4, 2, 44, 2)


def test_without_loans_all_is_nothing(cast):
    kit()
    found = asked(kits)
    assert (found.total, set(found.by.values()), found.unapplied) == (Lent(), {Lent()}, frozenset())


def test_nothing_is_counted_that_has_not_passed(cast):
    a_month(cast)
    assert asked(kits, span=month(2026, 4)).total == Lent()
    with time_machine.travel(morning(days=1).start + timedelta(hours=1), tick=False):
        assert asked(kits).total.lent_minutes == 180 + 60


@pytest.mark.parametrize(("first", "last"), [(1, 31), (16, 17), (17, 17), (18, 22), (23, 31)])
@pytest.mark.parametrize("now", [FIRST_OF_APRIL, morning(days=1).end - timedelta(minutes=20)])
def test_the_page_of_equipment_says_the_same(cast, first, last, now):
    a_month(cast)
    span = days(first, last)
    theirs_span = own(span.first, span.last)
    town = cast.ids["town"]
    with time_machine.travel(now, tick=False):
        for scope, owners in (
            (Scope(), Owners()),
            (Scope(structure_id=town), Owners(everything=False, structure_id=town)),
        ):
            mine = asked(kits, scope, span=span)
            theirs = figures(owners, theirs_span, PARIS, now=now)
            names = ("loans", "lent_minutes", "person_minutes", "told", "untold")
            assert [getattr(mine.total, name) for name in names] == [getattr(theirs.total, name) for name in names]
            assert mine.by[TEAM].lent_minutes == theirs.team.lent_minutes
            of_schools = [row.sum for row in theirs.borrowers if row.place.kind is SCHOOL]
            assert mine.by[SCHOOL].person_minutes == sum(one.person_minutes for one in of_schools)
            assert mine.by[SCHOOL].borrowers == sum(one.loans > 0 for one in of_schools)


def loans(scope=Scope(), **chosen):  # noqa: B008
    return asked(kits, scope, **chosen).total.loans


def test_a_structure_sees_the_loans_of_its_own_kits(cast):
    a_month(cast)
    town, association = (Scope(structure_id=cast.ids[name]) for name in ("town", "association"))
    assert (loans(), loans(town), loans(association)) == (4, 2 + _team_took_red(), 0)
    assert loans(town, structure_id=cast.ids["association"]) == 0


def _team_took_red():
    """1 when the session took the kit of the town, 0 when it took the shared one."""
    taken = db.session.query(Reservation).filter(Reservation.purpose_of != "").one().kit
    owned = taken.structure_id is not None
    db.session.rollback()
    return int(owned)


def test_a_mediator_sees_what_they_asked_for_and_the_kits_of_their_sessions(cast):
    a_month(cast)
    assert loans(Scope(mediator_id=cast.ids["mediator"])) == 1
    assert loans(Scope(mediator_id=cast.ids["other_mediator"])) == 0
    yellow = kit("Mallette jaune").id
    lent(cast, yellow, morning(days=3), cast.ids["other_mediator"])
    assert loans(Scope(mediator_id=cast.ids["other_mediator"])) == 1
    assert loans(Scope(mediator_id=cast.ids["mediator"]), mediator_id=cast.ids["other_mediator"]) == 0


def test_the_place_is_that_of_the_school_the_home_or_the_venue(cast):
    a_month(cast)
    assert [loans(side=PLACE, neighbourhood_id=cast.ids[name]) for name in ("mills", "harbour")] == [2, 2]
    assert [loans(side=PLACE, priority=one) for one in Priority] == [2, 2, 0]
    assert (loans(venue_id=cast.ids["library"]), loans(venue_id=cast.ids["workshop"])) == (1, 0)


def test_what_can_not_be_obeyed_is_told(cast):
    a_month(cast)
    chosen = {"age_band": AgeBand.UNDER_12, "channel": Channel.VENUE, "neighbourhood_id": cast.ids["mills"]}
    found = asked(kits, **chosen)
    assert (found.total.loans, found.unapplied) == (4, set(chosen))
    assert asked(kits, span=month(2026, 4), **chosen).unapplied == set(chosen)


def test_it_is_two_statements_however_many_there_are(cast):
    a_month(cast)
    with statements() as sent:
        kits(of(MARCH), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 2
