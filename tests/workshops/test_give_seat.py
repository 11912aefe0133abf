"""Staff give a seat out of turn, or beyond those planned: only when they say so, and it is written down."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.enrolments import (
    FIRST,
    events,
    family,
    fill,
    kinds,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from workshops.models import Enrolment, Programme, ProgrammeState, Registration, SessionEventKind
from workshops.rules.refusals import NoSuchProgramme, NoSuchRegistration, NotToChange, SessionFull
from workshops.rules.waiting import NotWaiting
from workshops.service import giving, registering, waiting

pytestmark = pytest.mark.usefixtures("stopped_clock")


def give(registration, *, beyond=True, now=NOW):
    return in_transaction(lambda: giving.give_seat(registration.id, now=now, actor_id=1, beyond=beyond))


def over(registration):
    db.session.rollback()
    return db.session.get_one(Registration, registration.id, populate_existing=True).over_capacity


def test_without_saying_so_nobody_sits_beyond_the_capacity(cast):
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2)
    with pytest.raises(SessionFull):
        give(waits, beyond=False)
    assert (state(waits), taken(programme), events(waits)) == ("waiting", [(1, 0)], ["joined_waiting"])


def test_beyond_it_is_recorded_on_the_registration_and_on_the_session(cast):
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2)
    give(waits)
    assert (state(waits), taken(programme), over(waits)) == ("registered", [(2, 1)], True)
    assert events(waits) == ["joined_waiting", "accepted", "overbooked"]
    assert kinds(waits) == ["registered"], "that they wait is not news any more"
    (session,) = sessions_of(programme)
    assert [one.kind for one in session.events] == [SessionEventKind.OVERBOOKED]
    assert audit.history(f"registration:{waits.id}")[0].action == "seat.given"


def test_a_family_needs_as_many_beyond_as_are_missing(cast):
    programme = opened(cast, capacity=3)
    fill(programme, 2)
    waits = registered(family(programme))
    give(waits)
    assert taken(programme) == [(5, 2)]


def test_out_of_turn_a_free_seat_is_just_a_seat(cast):
    programme = opened(cast, capacity=3)
    fill(programme, 1)
    big = registered(family(programme))
    assert state(big) == "waiting"
    (session,) = sessions_of(programme)
    with transaction():
        db.session.get_one(type(session), session.id).capacity = 4
    give(big, beyond=False)
    assert (state(big), taken(programme), over(big)) == ("registered", [(4, 0)], False)


def test_whoever_let_an_offer_go_by_may_be_given_one_after_all(cast):
    programme = opened(cast, capacity=1)
    seated, asked = fill(programme, 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    in_transaction(lambda: waiting.decline(asked.id, now=NOW))
    give(asked, beyond=False)
    assert (state(asked), taken(programme)) == ("registered", [(1, 0)])


def test_of_a_series_they_sit_in_every_session(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    _seated, waits = fill(programme, 2)
    give(waits)
    assert taken(programme) == [(2, 1), (2, 1)]


def test_given_twice_it_is_given_once(cast):
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2)
    give(waits)
    give(waits)
    assert taken(programme) == [(2, 1)]


def test_who_does_not_wait_is_not_given_one(cast):
    programme = opened(cast, capacity=1)
    seated, asked = fill(programme, 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    for one in (seated, asked):
        with pytest.raises(NotWaiting):
            give(one)
    assert taken(programme) == [(1, 0)]
    with pytest.raises(NoSuchRegistration):
        in_transaction(lambda: giving.give_seat(987, now=NOW, actor_id=1, beyond=True))


def test_whoever_stands_in_the_door_is_given_one_after_it_has_begun(cast):
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2)
    give(waits, now=FIRST)
    assert (state(waits), taken(programme)) == ("registered", [(2, 1)])


def test_not_in_a_series_that_is_over_nor_of_a_programme_that_is_closed(cast):
    series = opened(cast, capacity=1, enrolment=Enrolment.CYCLE)
    _seated, late = fill(series, 2)
    with pytest.raises(NotToChange):
        give(late, now=FIRST)
    programme = opened(cast, capacity=1)
    _seated, waits = fill(programme, 2, first=3)
    with transaction():
        db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED
    with pytest.raises(NoSuchProgramme):
        give(waits)
