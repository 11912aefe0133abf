"""Sessions are planned: the time of every team and room is held, or nothing is written."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from agenda import service as agenda
from agenda.models import Hold
from agenda.rules.recurrence import Pattern
from agenda.rules.why import ReasonKind
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.scope import NotInYourStructure
from places.models import Room, Venue
from tests.cast import NOW
from tests.counting import statements
from tests.workshops.given import WEDNESDAY, count, holds, hours, plan_of, planned, programme, reread, weekly
from workshops.models import (
    KitNeed,
    Origin,
    Registration,
    RegistrationKind,
    RegistrationState,
    SessionEvent,
    SessionEventKind,
    SessionMediator,
    SessionState,
    WorkshopSession,
)
from workshops.rules.planning import Place
from workshops.rules.programmes import OpensAfterThese
from workshops.rules.unplannable import CapacityTaken, NotAMediator, NoTeam, NotFree, PlaceGone, ProgrammeClosed
from workshops.service import planning
from workshops.service import programmes as verbs

TABLES = (WorkshopSession, SessionMediator, KitNeed, SessionEvent, Hold)


def nothing_written():
    return [count(model) for model in TABLES] == [0] * len(TABLES)


def book(resource_id, period, label="Rendez-vous", reference="appointment:1"):
    in_transaction(lambda: agenda.hold([resource_id], period, label, reference))


def test_each_session_has_its_number_seats_team_and_place(cast):
    found = programme(cast)
    sessions = planned(
        cast, found, weekly(3), title=" Les boucles ", kits={"tablets": 2}, equipment_note="Un écran",
        team=[cast.mediator.id, cast.other_mediator.id],
    )  # fmt: skip
    assert [one.number for one in sessions] == [1, 2, 3]
    first = reread(sessions[0])
    assert (first.starts_at, first.ends_at) == (hours().start, hours().end)
    assert (first.capacity, first.taken, first.extra, first.state) == (8, 0, 0, SessionState.PLANNED)
    assert (first.title, first.equipment_note) == ("Les boucles", "Un écran")
    assert [one.account_id for one in first.team] == sorted([cast.ids["mediator"], cast.ids["other_mediator"]])
    assert [(one.kind, one.count) for one in first.kit_needs] == [("tablets", 2)]
    assert (first.venue_id, first.room_id) == (cast.ids["library"], cast.ids["room"])


def test_team_and_room_are_held_with_what_is_kept_around(cast):
    (session,) = planned(
        cast, programme(cast), before=timedelta(minutes=30), after=timedelta(minutes=15), capacity=5
    )  # fmt: skip
    rows = db.session.scalars(select(Hold).order_by(Hold.resource_id)).all()
    assert {one.resource_id for one in rows} == {cast.mediator.resource_id, cast.room.resource_id}
    assert {one.reference for one in rows} == {session.reference}
    assert {one.label for one in rows} == {"Club Scratch"}
    assert {(one.starts_at, one.ends_at) for one in rows} == {(session.held_from, session.held_until)}
    assert session.held_from == hours().start - timedelta(minutes=30)
    assert session.held_until == hours().end + timedelta(minutes=15)
    assert session.capacity == 5


def test_who_planned_it_when_is_noted(cast):
    found = programme(cast)
    (session,) = planned(cast, found)
    (event,) = reread(session).events
    assert (event.kind, event.at, event.actor_id) == (SessionEventKind.PLANNED, NOW, cast.ids["manager"])
    assert event.to_start == session.starts_at
    entry = audit.history(f"programme:{found.id}")[0]
    assert (entry.action, entry.details) == ("programme.planned", {"session_ids": [session.id]})


def test_an_opening_is_not_needed(cast):
    """Salima receives on weekdays from nine to five; the club is on a Sunday evening."""
    sunday = hours(date(2026, 3, 15), time(19), time(21))
    assert planned(cast, programme(cast), [sunday])
    assert len(holds()) == 2


@pytest.mark.parametrize("place", ["school", "care_home"])
def test_at_a_school_or_a_home_only_the_team_is_held(cast, place):
    planned(cast, programme(cast), place=Place(**{f"{place}_id": cast.ids[place]}))
    assert holds() == [("session:1", cast.mediator.resource_id)]


def test_more_sessions_go_on_counting(cast):
    found = programme(cast)
    planned(cast, found, weekly(2))
    (third,) = planned(cast, found, [hours(date(2026, 6, 3))])
    assert third.number == 3


def test_they_are_numbered_by_date_whatever_the_order(cast):
    sessions = planned(cast, programme(cast), weekly(3)[::-1])
    assert [one.starts_at for one in sessions] == [one.start for one in weekly(3)]


def test_one_date_that_is_taken_leaves_nothing_of_the_others_and_is_named(cast):
    book(cast.room.resource_id, hours(date(2026, 4, 1), time(17), time(19)))
    found = programme(cast)
    with pytest.raises(NotFree) as refused:
        planned(cast, found, weekly(4))
    (clash,) = refused.value.alternatives
    assert (clash.period, clash.label) == (hours(date(2026, 4, 1)), "Salle bleue")
    assert [(one.kind, one.label) for one in clash.reasons] == [(ReasonKind.HELD, "Rendez-vous")]
    assert len(holds()) == 1
    assert count(WorkshopSession) == 0


def test_every_date_and_everybody_not_free_is_named_at_once(cast):
    with transaction():
        agenda.add_absence(cast.mediator.resource_id, Pattern.once(WEDNESDAY), "Formation")
    book(cast.room.resource_id, hours(date(2026, 4, 1)))
    book(cast.mediator.resource_id, hours(date(2026, 4, 1), time(15), time(17)), reference="appointment:2")
    with pytest.raises(NotFree) as refused:
        planned(cast, programme(cast), weekly(3))
    said = [(one.period.start.day, one.label, one.reasons[0].kind) for one in refused.value.alternatives]
    assert said == [
        (18, "Salima Benali", ReasonKind.ABSENT), (1, "Salle bleue", ReasonKind.HELD),
        (1, "Salima Benali", ReasonKind.HELD),
    ]  # fmt: skip


def test_two_of_the_new_ones_that_meet_are_refused(cast):
    found = programme(cast)
    with pytest.raises(NotFree) as refused:
        planned(cast, found, [hours(), hours(WEDNESDAY, time(17), time(19))])
    assert {one.label for one in refused.value.alternatives} == {"Salima Benali", "Salle bleue"}
    assert nothing_written()


def test_what_is_kept_around_counts_too(cast):
    book(cast.mediator.resource_id, hours(WEDNESDAY, time(15), time(16)))
    found = programme(cast)
    with pytest.raises(NotFree):
        planned(cast, found, before=timedelta(minutes=10))
    assert planned(cast, found)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"team": []}, NoTeam),
        ({"team": [4711]}, NotAMediator),
        ({"place": Place(4711)}, PlaceGone),
        ({"place": Place(school_id=4711)}, PlaceGone),
        ({"place": Place(care_home_id=4711)}, PlaceGone),
    ],
)
def test_what_can_not_be_asked_leaves_nothing(cast, changes, refusal):
    found = programme(cast)
    with pytest.raises(refusal):
        planned(cast, found, **changes)
    assert nothing_written()


def test_somebody_who_receives_nobody_or_left_is_not_in_a_team(cast):
    found = programme(cast)
    with pytest.raises(NotAMediator):
        planned(cast, found, team=[cast.manager.id])
    with transaction():
        db.session.get_one(Account, cast.ids["mediator"]).active = False
    with pytest.raises(NotAMediator):
        planned(cast, found)


def test_a_room_of_another_venue_or_closed_is_refused(cast):
    found = programme(cast)
    with pytest.raises(PlaceGone):
        planned(cast, found, place=Place(cast.ids["workshop"], cast.ids["room"]))
    with transaction():
        db.session.get_one(Room, cast.ids["room"]).active = False
    with pytest.raises(PlaceGone):
        planned(cast, found)
    with transaction():
        db.session.get_one(Venue, cast.ids["library"]).active = False
    with pytest.raises(PlaceGone):
        planned(cast, found, place=Place(cast.ids["library"]))
    assert nothing_written()


def test_a_closed_programme_gets_no_sessions(cast):
    found = programme(cast)
    in_transaction(lambda: verbs.close(found.id, db.session.get_one(Account, cast.ids["manager"])))
    with pytest.raises(ProgrammeClosed):
        planned(cast, found)


def test_a_programme_that_is_not_there_is_unknown(cast):
    wanted = [plan_of(cast)]
    with pytest.raises(NotInYourStructure):
        in_transaction(lambda: planning.plan(4711, wanted, now=NOW, actor_id=None))


def _registered_for_all(cast, found, seats, state=RegistrationState.REGISTERED):
    with transaction():
        db.session.add(
            Registration(
                code="K7M2P9", programme_id=found.id, kind=RegistrationKind.GROUP, state=state, seats=seats,
                group_label="CM1", origin=Origin.DESK, created_at=NOW,
            )
        )  # fmt: skip


def test_who_is_registered_for_the_series_sits_in_new_sessions_too(cast):
    found = programme(cast)
    _registered_for_all(cast, found, 5)
    assert [one.taken for one in planned(cast, found, weekly(2))] == [5, 5]


def test_who_only_waits_takes_no_seat(cast):
    found = programme(cast)
    _registered_for_all(cast, found, 5, RegistrationState.WAITING)
    assert [one.taken for one in planned(cast, found)] == [0]


def test_a_new_session_has_seats_for_all_of_the_series(cast):
    found = programme(cast)
    _registered_for_all(cast, found, 9)
    with pytest.raises(CapacityTaken):
        planned(cast, found)
    assert nothing_written()
    assert planned(cast, found, capacity=9)


def test_sixty_sessions_take_as_many_statements_as_one(cast):
    counted = []
    for periods in (weekly(1), weekly(60, date(2026, 3, 19))):
        programme_id, plans = programme(cast).id, [plan_of(cast, period) for period in periods]
        with statements() as sent:
            in_transaction(lambda: planning.plan(programme_id, plans, now=NOW, actor_id=None))  # noqa: B023  at once
        counted.append(len(sent))
    assert counted[1] == counted[0]
    assert len(holds()) == 2 * 61


def test_sessions_that_end_before_registration_opens_are_not_planned(cast):
    found = programme(cast, registration_opens_at=hours(date(2026, 4, 1)).start)
    with pytest.raises(OpensAfterThese):
        planned(cast, found, weekly(2))
    assert [count(table) for table in TABLES] == [0] * len(TABLES)
    planned(cast, found, [*weekly(1), hours(date(2026, 4, 8))])
    planned(cast, found, weekly(1, date(2026, 3, 25)))
