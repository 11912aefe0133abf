"""Workshop sessions: seats, who came, whom nobody named, hosts reached; whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from activity.models import AgeBand, Channel
from foundation.db import db, in_transaction, transaction
from reach.queries.sessions import Seats, Turnout, sessions
from reach.rules.filters import Priority
from reach.rules.scope import Scope
from tests.cast import NOW
from tests.counting import statements
from tests.reach.asking import PLACE, asked, of
from tests.workshops.days import closed, counted, led, pressed
from tests.workshops.enrolments import FIRST, WEEK, adult, family, fill, group, only, registered, sessions_of
from workshops.models import (
    Enrolment,
    Origin,
    Presence,
    ProgrammeAudience,
    ProgrammeKind,
    WorkshopSession,
)
from workshops.rules.enrolling import Group
from workshops.service import changing

NOBODY = Turnout(0, 0, 0)


def held(cast, *, presences=(), heads=0, programme=None, **changes):
    """A session of so many adults, each marked as told, closed."""
    programme = programme or led(cast, capacity=6, **changes)
    marked = fill(programme, len(presences), first=50 * programme.id)
    session_id = only(programme)
    for registration, presence in zip(marked, presences, strict=True):
        pressed(cast, session_id, registration.participants[0].id, presence)
    if heads:
        counted(cast, session_id, heads)
    closed(cast, session_id)
    return programme


def test_a_session_that_was_held_offers_its_seats_and_tells_who_came(cast):
    held(cast, presences=(Presence.PRESENT, Presence.PRESENT, Presence.ABSENT, Presence.ABSENT_EXCUSED), heads=5)
    found = asked(sessions)
    assert (found.held, found.cancelled, found.planned) == (1, 0, 0)
    assert (found.seats, found.seats.fill) == (Seats(sessions=1, offered=6, taken=4), 4 / 6)
    assert found.everyone == Turnout(present=2, people=2, heads=5)
    assert (found.everyone.contacts, found.absent, found.excused, found.waiting) == (7, 1, 1, 0)
    assert (found.children, found.care_home, found.schools, found.care_homes) == (NOBODY, NOBODY, 0, 0)


def test_without_sessions_there_is_no_fill_rate(cast):
    found = asked(sessions)
    assert (found.held, found.seats, found.seats.fill, found.everyone) == (0, Seats(0, 0, 0), None, NOBODY)


def test_cancelled_and_planned_sessions_offer_no_seats(cast):
    fill(led(cast), 2)
    called_off = led(cast)
    fill(called_off, 2, first=10)
    session_id = only(called_off)
    in_transaction(lambda: changing.cancel(session_id, reason="Panne.", now=NOW, actor_id=cast.ids["mediator"]))
    found = asked(sessions)
    assert (found.held, found.cancelled, found.planned, found.seats.offered) == (0, 1, 1, 0)


def test_seats_given_beyond_the_capacity_are_taken_and_not_offered(cast):
    programme = led(cast, capacity=1)
    registered(adult(programme, 1))
    extra = registered(adult(programme, 2, beyond=True, origin=Origin.DESK), actor_id=cast.ids["manager"])
    session_id = only(programme)
    pressed(cast, session_id, extra.participants[0].id)
    closed(cast, session_id)
    assert asked(sessions).seats == Seats(sessions=1, offered=1, taken=2)
    assert asked(sessions).seats.fill == 2


def test_who_waits_is_counted_once_also_for_a_whole_series(cast):
    programme = led(cast, capacity=1, sessions=3, enrolment=Enrolment.CYCLE)
    for number in (1, 2, 3):
        registered(adult(programme, number))
    single = led(cast, capacity=1)
    for number in (11, 12):
        registered(adult(single, number))
    assert asked(sessions).waiting == 3
    for session_id in [one.id for one in sessions_of(programme)]:
        in_transaction(lambda one=session_id: changing.cancel(one, reason="Non.", now=NOW, actor_id=None))
    assert asked(sessions).waiting == 1


def test_drop_in_events_and_series_of_a_host_offer_no_seats_to_residents(cast):
    held(cast, heads=30, enrolment=Enrolment.DROP_IN)
    held(cast, heads=8, kind=ProgrammeKind.CARE_HOME_SERIES, care_home_id=cast.ids["care_home"])
    found = asked(sessions)
    assert (found.held, found.seats) == (2, Seats(0, 0, 0))
    assert found.everyone == Turnout(0, 0, 38)


def test_children_are_those_who_were_registered_and_came_and_the_heads_of_classes(cast):
    club = led(cast, capacity=6, kind=ProgrammeKind.CODING_CLUB, audience=ProgrammeAudience.CHILDREN)
    lina, _noe = registered(family(club, "Lina", "Noé")).participants
    pressed(cast, only(club), lina.id)
    counted(cast, only(club), 3)
    closed(cast, only(club))
    held(cast, heads=24, school_id=cast.ids["school"])
    held(cast, heads=9, audience=ProgrammeAudience.TEENAGERS)
    held(cast, heads=50, audience=ProgrammeAudience.FAMILIES)
    found = asked(sessions)
    assert found.children == Turnout(present=1, people=1, heads=36)
    assert found.everyone.heads == 86
    assert (found.schools, found.care_homes) == (1, 0)


def test_a_child_who_comes_each_week_is_one_child(cast):
    club = led(cast, capacity=6, sessions=2, kind=ProgrammeKind.CODING_CLUB, enrolment=Enrolment.CYCLE)
    (lina,) = registered(family(club, "Lina")).participants
    for week, session in enumerate(sessions_of(club)):
        begun = FIRST + week * WEEK + timedelta(minutes=5)
        pressed(cast, session.id, lina.id, now=begun)
        closed(cast, session.id, now=begun + timedelta(hours=2))
    assert asked(sessions).children == Turnout(present=2, people=1, heads=0)


def test_hosts_reached_are_those_with_a_session_or_with_a_group_in_one_each_once(cast):
    held(cast, heads=8, kind=ProgrammeKind.CARE_HOME_SERIES, care_home_id=cast.ids["care_home"])
    held(cast, heads=7, kind=ProgrammeKind.CARE_HOME_SERIES, care_home_id=cast.ids["care_home"])
    library = led(cast, capacity=20)
    with_school = Group("CM1", 12, "Bruno Lacaze", "+33639988003", "", school_id=cast.ids["school"])
    registered(group(library, group=with_school))
    assert (asked(sessions).schools, asked(sessions).care_homes) == (0, 1)
    counted(cast, only(library), 12)
    closed(cast, only(library))
    found = asked(sessions)
    assert (found.schools, found.care_homes, found.care_home.heads) == (1, 1, 15)


def test_a_session_lies_in_the_month_of_the_wall_clock(cast):
    for hours in (datetime(2026, 3, 31, 21, 30, tzinfo=UTC), datetime(2026, 3, 31, 22, 30, tzinfo=UTC)):
        led(cast, first=hours)
    assert asked(sessions).planned == 1


def two_of_each(cast):
    """One of the town at the library, led by Salima; one of the association at the school, led by Yann."""
    held(cast, heads=4)
    other = led(cast, team=("other_mediator",), structure_id=cast.ids["association"])
    with transaction():
        session = db.session.get_one(WorkshopSession, only(other))
        session.venue_id, session.school_id = None, cast.ids["school"]
    counted(cast, only(other), 20, who="other_mediator")
    closed(cast, only(other), who="other_mediator")


def heads(scope=Scope(), **chosen):  # noqa: B008
    return asked(sessions, scope, **chosen).everyone.heads


def test_a_scope_shows_its_own_and_no_filter_widens_it(cast):
    two_of_each(cast)
    town, association = (Scope(structure_id=cast.ids[name]) for name in ("town", "association"))
    assert (heads(), heads(town), heads(association)) == (24, 4, 20)
    assert (heads(Scope(mediator_id=cast.ids["mediator"])), heads(Scope(mediator_id=cast.ids["host"]))) == (4, 0)
    assert heads(town, structure_id=cast.ids["association"]) == 0
    assert asked(sessions, town).schools == 0


def test_filters_narrow_and_the_place_of_a_host_is_known(cast):
    two_of_each(cast)
    ids = cast.ids
    assert [heads(structure_id=ids["town"]), heads(mediator_id=ids["other_mediator"])] == [4, 20]
    assert [heads(venue_id=ids["library"]), heads(venue_id=ids["workshop"])] == [4, 0]
    assert [heads(channel=Channel.VENUE), heads(channel=Channel.PHONE)] == [24, 0]
    assert [heads(side=PLACE, neighbourhood_id=ids[name]) for name in ("harbour", "mills")] == [4, 20]
    assert [heads(side=PLACE, priority=one) for one in Priority] == [20, 4, 0]


def test_what_can_not_be_obeyed_is_told(cast):
    two_of_each(cast)
    found = asked(sessions, age_band=AgeBand.UNDER_12, neighbourhood_id=cast.ids["harbour"])
    assert (found.everyone.heads, found.unapplied) == (24, {"age_band", "neighbourhood_id"})


def test_it_is_one_statement_however_many_there_are(cast):
    two_of_each(cast)
    with statements() as sent:
        sessions(of(), Scope())
    assert sum(not one.startswith("BEGIN") for one in sent) == 1
