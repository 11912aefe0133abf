"""Seats are taken together or not at all, and the database has the last word."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.enrolments import adult, opened, registered, sessions_of, taken
from workshops.models import SessionState, WorkshopSession
from workshops.service import seats


@pytest.fixture
def series(cast):
    """Three sessions with 3, 2 and 3 seats."""
    programme = opened(cast, sessions=3, capacity=3)
    with transaction():
        sessions_of(programme)
        db.session.execute(update(WorkshopSession).where(WorkshopSession.number == 2).values(capacity=2))
    return programme


def ids(programme):
    return [one.id for one in sessions_of(programme)]


def take(session_ids, count, **more):
    return in_transaction(lambda: seats.take(seats.lock(session_ids), count, **more))


def test_seats_are_taken_in_every_session(series):
    assert take(ids(series), 2)
    assert taken(series) == [(2, 0), (2, 0), (2, 0)]


def test_one_full_session_and_none_is_taken_anywhere(series):
    assert not take(ids(series), 3)
    assert taken(series) == [(0, 0), (0, 0), (0, 0)]


def test_the_last_seat_may_be_taken_and_not_one_more(series):
    first = ids(series)[:1]
    assert take(first, 3)
    assert not take(first, 1)
    assert taken(series)[0] == (3, 0)


def test_nothing_is_taken_of_no_session(series):
    assert not take([], 1)


def test_nothing_is_taken_of_a_session_that_was_cancelled(series):
    with transaction():
        db.session.execute(update(WorkshopSession).values(state=SessionState.CANCELLED))
    assert not take(ids(series), 1)
    assert not take(ids(series), 1, beyond=True)


def test_staff_go_beyond_and_the_session_grows_by_what_was_missing(series):
    assert take(ids(series), 3, beyond=True)
    assert taken(series) == [(3, 0), (3, 1), (3, 0)]


def test_what_was_beyond_goes_first_and_is_not_free_again(series):
    second = ids(series)[1:2]
    take(second, 4, beyond=True)
    in_transaction(lambda: seats.give_back(second, 1))
    assert taken(series)[1] == (3, 1)
    assert sessions_of(series)[1].free == 0
    assert not take(second, 1)
    in_transaction(lambda: seats.give_back(second, 2))
    assert taken(series)[1] == (1, 0)
    assert take(second, 1)


def test_more_can_not_be_given_back_than_was_taken(series):
    with pytest.raises(seats.SeatsTaken):
        in_transaction(lambda: seats.give_back(ids(series), 1))
    assert taken(series) == [(0, 0), (0, 0), (0, 0)]


def test_the_database_refuses_a_seat_too_many_whoever_writes_it(series):
    with pytest.raises(seats.SeatsTaken):
        in_transaction(lambda: db.session.execute(update(WorkshopSession).values(taken=3)))
    assert taken(series) == [(0, 0), (0, 0), (0, 0)]


def test_only_planned_sessions_to_come_are_locked_in_ascending_order(cast):
    programme = opened(cast, sessions=3, first=NOW)
    assert [one.session_id for one in in_transaction(lambda: seats.lock_to_come(programme.id, NOW))] == ids(programme)[
        1:
    ]


def test_a_session_added_to_a_series_is_counted_anew(cast):
    programme = opened(cast, capacity=1)
    registered(adult(programme, 1))
    (session,) = sessions_of(programme)
    with transaction():
        db.session.execute(update(WorkshopSession).values(taken=0))
    in_transaction(lambda: seats.recount(session.id))
    assert taken(programme) == [(1, 0)]


def test_a_session_counted_anew_holds_more_than_its_capacity_if_more_are_coming(cast):
    programme = opened(cast, capacity=2)
    registered(adult(programme, 1))
    registered(adult(programme, 2))
    (session,) = sessions_of(programme)
    with transaction():
        db.session.execute(update(WorkshopSession).values(taken=0, capacity=1))
    in_transaction(lambda: seats.recount(session.id))
    assert taken(programme) == [(2, 1)]
