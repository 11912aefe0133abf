"""The blanks of a period: neighbourhoods, places, schools, care homes and ages, and how even the contacts are."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from activity.models import AgeBand
from agenda.models import Opening
from equipment.models import ReservationState
from foundation.db import db, transaction
from people.models import Residence
from places.models import CareHome, Neighbourhood, School, Venue
from reach.queries.blanks import blanks, weeks_ahead
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope
from tests.cast import NOW, TODAY
from tests.counting import statements
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import loan, out
from tests.reach.asking import of
from tests.reach.came import YESTERDAY, came
from tests.workshops.enrolments import add_session, group, opened, registered
from workshops.models import Enrolment, SessionState, WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
APRIL = NOW + timedelta(weeks=4)
LAST_WEEK = NOW - timedelta(weeks=1)


def found(scope=TERRITORY, now=NOW, **chosen):
    db.session.rollback()
    answer = blanks(of(**chosen), scope, now)
    db.session.rollback()
    return answer


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def names(pair):
    return [one.name for one in pair[0]]


def test_a_neighbourhood_under_half_the_rate_is_found_with_its_figures(cast):
    """42 of 4,200 in the harbour, 5 of 2,600 in the mills: 10 and 1.9 for 1,000 against 6.9 over both."""
    came(cast, 42)
    came(cast, 5, area="mills")
    answer = found()
    assert answer.judged.under == (cast.ids["mills"],)
    assert answer.judged.territory == pytest.approx(1000 * 47 / 6800)
    assert (answer.figures(cast.ids["harbour"]).people, answer.figures(cast.ids["mills"]).people) == (42, 5)


def test_a_neighbourhood_of_unknown_population_is_told_apart(cast):
    came(cast, 42)
    changed(Neighbourhood, cast.ids["mills"], population=None)
    answer = found()
    assert (answer.judged.unknown, answer.judged.under) == ((cast.ids["mills"],), ())


def test_people_whose_neighbourhood_is_not_known_or_outside_stand_beside(cast):
    came(cast, 42)
    came(cast, 3, residence=Residence.UNKNOWN, heads=20)
    came(cast, 2, residence=Residence.OUTSIDE)
    answer = found()
    assert (answer.not_located.people, answer.not_located.contacts, answer.outside.people) == (3, 23, 2)
    assert answer.equity.compared == 42


def test_the_gap_between_neighbourhoods_is_that_of_their_contacts(cast):
    came(cast, 60)
    came(cast, 40, area="mills")
    answer = found()
    assert answer.equity.index == pytest.approx((abs(0.6 - 4200 / 6800) + abs(0.4 - 2600 / 6800)) / 2)


def test_another_period_has_its_own_blanks(cast):
    came(cast, 42)
    assert found(span=Span(date(2026, 2, 1), date(2026, 2, 28))).judged.territory == 0
    assert found().judged.territory > 0


def test_ages_hardly_seen_are_told_among_known_ages(cast):
    came(cast, 30, age=AgeBand.FROM_70)
    came(cast, 1, age=AgeBand.FROM_18_TO_24)
    came(cast, 9, age=AgeBand.NOT_COMMUNICATED)
    answer = found()
    hardly = {one.band for one in answer.ages if one.hardly}
    assert AgeBand.FROM_18_TO_24 in hardly
    assert AgeBand.FROM_70 not in hardly
    assert (answer.untold_ages, answer.ages[-1].people) == (9, 30)


def test_places_with_mediators_to_come_are_no_blanks(cast):
    assert found().venues == ([], 2)


def test_a_place_that_nobody_opens_is_one(cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 2, 27))
    (one,) = found().venues[0]
    assert (one.name, one.neighbourhood, one.days, one.days_ahead, one.records) == (
        "Atelier des Moulins", "Les Moulins", 0, 0, 0,
    )  # fmt: skip


def test_a_place_that_was_open_in_the_period_and_will_not_be_is_one_too(cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 3, 6))
    (one,) = found().venues[0]
    assert (one.days, one.days_ahead) == (5, 0)


def test_a_workshop_opens_a_place_and_so_does_what_was_recorded_there(cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 1, 30))
    programme = opened(cast)
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).one()
    changed(WorkshopSession, session.id, venue_id=cast.ids["workshop"])
    assert found().venues[0] == []
    february = Span(date(2026, 2, 1), date(2026, 2, 28))
    assert names(found(span=february).venues) == ["Atelier des Moulins"]
    came(cast, venue="workshop", at=datetime.fromisoformat("2026-02-12T10:00:00+00:00"))
    assert found(span=february).venues[0] == []


@pytest.mark.parametrize("values", [{"active": False}, {"bookable": False}])
def test_places_to_which_nobody_is_sent_are_not_looked_at(cast, values):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 1, 30))
    changed(Venue, cast.ids["workshop"], **values)
    assert found().venues == ([], 1)


def test_a_structure_sees_its_own_places_and_figures(cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 1, 30))
    came(cast, 7, by="other_mediator")
    town, association = (found(Scope(structure_id=cast.ids[name])) for name in ("town", "association"))
    assert (names(town.venues), town.venues[1]) == ([], 1)
    assert names(association.venues) == ["Atelier des Moulins"]
    assert (town.cube.total.people, association.cube.total.people) == (0, 7)


def test_four_weeks_ahead_are_28_days_with_today():
    span = weeks_ahead(TODAY)
    assert (span.first, span.days) == (TODAY, 28)


def test_a_school_without_kit_and_club_is_a_blank(cast):
    (one,) = found().schools[0]
    assert (one.name, one.neighbourhood, one.size, one.last, one.ahead) == (
        "École des Peupliers", "Les Moulins", 180, None, None,
    )  # fmt: skip


def test_a_school_that_once_had_a_kit_is_none_and_one_that_reserved_is(cast):
    reservation = loan(cast)
    assert names(found().schools) == ["École des Peupliers"]
    out(cast, reservation, now=morning().start)
    assert found(now=APRIL).schools == ([], 1)


def test_a_refused_kit_is_no_kit(cast):
    made = reserved(kit().id, morning(), cast.ids["host"])
    changed(type(made), made.id, state=ReservationState.CANCELLED)
    assert names(found(now=APRIL).schools) == ["École des Peupliers"]


def at_host(cast, programme, **host):
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).first()
    changed(WorkshopSession, session.id, venue_id=None, **host)


@pytest.mark.parametrize("how", ["at their place", "for them", "with a group"])
def test_a_school_with_a_club_is_none_once_it_took_place(cast, how):
    programme = opened(cast, capacity=20, **({"school_id": cast.ids["school"]} if how == "for them" else {}))
    if how == "at their place":
        at_host(cast, programme, school_id=cast.ids["school"])
    if how == "with a group":
        wish = group(programme)
        made = registered(wish)
        changed(type(made), made.id, school_id=cast.ids["school"])
    (one,) = found().schools[0]
    assert one.ahead is not None
    assert found(now=APRIL).schools == ([], 1)


def test_a_cancelled_club_is_no_club(cast):
    programme = opened(cast, school_id=cast.ids["school"])
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).one()
    changed(WorkshopSession, session.id, state=SessionState.CANCELLED)
    (one,) = found(now=APRIL).schools[0]
    assert (one.last, one.ahead) == (None, None)


def test_schools_that_closed_are_not_looked_at(cast):
    changed(School, cast.ids["school"], active=False)
    assert found().schools == ([], 0)


def test_a_care_home_without_a_series_in_the_period_tells_the_last_one_and_the_next(cast):
    programme = opened(cast, care_home_id=cast.ids["care_home"], first=LAST_WEEK - timedelta(weeks=3), sessions=1)
    with transaction():
        add_session(cast, programme.id, 2, APRIL)
    (one,) = found().care_homes[0]
    assert (one.name, one.size) == ("Résidence des Tilleuls", 60)
    assert (one.last, one.ahead) == (LAST_WEEK - timedelta(weeks=3), APRIL)


def test_a_care_home_with_a_session_in_the_period_is_none_and_one_planned_is(cast):
    opened(cast, care_home_id=cast.ids["care_home"], first=YESTERDAY)
    assert found().care_homes == ([], 1)
    changed(CareHome, cast.ids["care_home"], active=False)
    assert found().care_homes == ([], 0)


def test_what_is_planned_later_in_the_period_did_not_take_place(cast):
    opened(cast, care_home_id=cast.ids["care_home"], first=NOW + timedelta(days=5))
    assert names(found().care_homes) == ["Résidence des Tilleuls"]


def test_a_structure_looks_at_what_it_did_itself(cast):
    opened(cast, care_home_id=cast.ids["care_home"], first=YESTERDAY)
    assert found(Scope(structure_id=cast.ids["town"])).care_homes[0] == []
    assert names(found(Scope(structure_id=cast.ids["association"])).care_homes) == ["Résidence des Tilleuls"]


def test_registering_for_a_whole_cycle_counts_its_sessions(cast):
    programme = opened(cast, capacity=20, sessions=2, enrolment=Enrolment.CYCLE)
    made = registered(group(programme))
    changed(type(made), made.id, care_home_id=cast.ids["care_home"])
    assert found(now=APRIL).care_homes == ([], 1)


def test_in_an_empty_town_nothing_breaks(app):
    answer = found()
    assert (answer.areas, answer.venues, answer.schools, answer.care_homes) == ({}, ([], 0), ([], 0), ([], 0))
    assert (answer.equity.index, answer.judged.territory) == (None, None)


def test_it_is_as_many_statements_however_many_people_there_are(cast):
    came(cast, 2)
    with statements() as few:
        found()
    came(cast, 40, area="mills")
    opened(cast, sessions=8)
    with statements() as many:
        found()
    assert len(many) <= len(few)
