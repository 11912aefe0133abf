"""Somebody comes who is not registered: registered and marked in one go, beyond the seats only when it is said."""

from __future__ import annotations

import pytest

from foundation.db import db, in_transaction
from foundation.scope import NotInYourStructure
from people.service import Details
from tests.workshops.days import BEGUN, OVER, actor, closed, expected, led, marks, pressed
from tests.workshops.enrolments import adult, counts, fill, registered, sessions_of, state
from tests.workshops.given import reread
from workshops.models import Origin, RegistrationState, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.refusals import AlreadyRegistered, SessionFull
from workshops.rules.unmarkable import NoSuchParticipant, RecordWritten
from workshops.service import attendance
from workshops.service.attendance import WalkIn

pytestmark = pytest.mark.usefixtures("stopped_clock")


def walked_in(cast, session_id, now=BEGUN, **wish):
    wanted = WalkIn(**wish)
    return in_transaction(lambda: attendance.walk_in(session_id, wanted, now=now, actor=actor(cast)))


def test_a_known_resident_is_registered_and_marked(cast):
    session_id, _people = expected(cast, 1)
    made = walked_in(cast, session_id, person_id=cast.ids["resident"])
    assert (made.state, made.origin, made.session_id) == (RegistrationState.REGISTERED, Origin.WALK_IN, session_id)
    assert marks(session_id) == {made.participants[0].id: ("present", 1)}


def test_a_name_is_enough(cast):
    session_id, _people = expected(cast, 1)
    made = walked_in(cast, session_id, newcomer=Details(given_name="Paul", family_name="Riou"))
    assert made.participants[0].person.name == "Paul Riou"


def test_beyond_the_seats_only_when_it_is_said(cast):
    session_id, _people = expected(cast, 2, capacity=2)
    before = counts()
    with pytest.raises(SessionFull):
        walked_in(cast, session_id, person_id=cast.ids["resident"])
    assert (counts(), marks(session_id)) == (before, {})
    made = walked_in(cast, session_id, person_id=cast.ids["resident"], beyond=True)
    session = reread(made.session)
    assert (made.over_capacity, session.taken, session.extra) == (True, 3, 1)


def test_a_double_press_registers_and_marks_once(cast):
    session_id, _people = expected(cast, 1)
    wish = {"newcomer": Details(family_name="Riou"), "request_key": "twice"}
    first, second = walked_in(cast, session_id, **wish), walked_in(cast, session_id, **wish)
    assert first.id == second.id
    assert marks(session_id) == {first.participants[0].id: ("present", 1)}


def test_who_is_registered_already_is_on_the_list(cast):
    session_id, _people = expected(cast, 1)
    walked_in(cast, session_id, person_id=cast.ids["resident"])
    with pytest.raises(AlreadyRegistered):
        walked_in(cast, session_id, person_id=cast.ids["resident"])


def test_after_the_record_nobody_is_added(cast):
    session_id, (first,) = expected(cast, 1)
    pressed(cast, session_id, first)
    closed(cast, session_id)
    with pytest.raises(RecordWritten):
        walked_in(cast, session_id, now=OVER, person_id=cast.ids["resident"])


def waiting_for(cast, capacity=1, **changes):
    """A full session, and somebody who waits for a seat in it."""
    programme = led(cast, capacity=capacity, **changes)
    fill(programme, capacity)
    return sessions_of(programme)[0].id, registered(adult(programme, 50))


def let_in(cast, session_id, registration_id):
    return in_transaction(lambda: attendance.let_in(session_id, registration_id, now=BEGUN, actor=actor(cast)))


def test_whoever_waits_and_stands_in_the_door_is_let_in_and_marked(cast):
    session_id, waits = waiting_for(cast)
    assert [one.id for one in queries.at_the_door(db.session.get_one(WorkshopSession, session_id))] == [waits.id]
    made = let_in(cast, session_id, waits.id)
    assert (made.state, made.over_capacity) == (RegistrationState.REGISTERED, True)
    assert marks(session_id) == {made.participants[0].id: ("present", 1)}
    assert queries.at_the_door(db.session.get_one(WorkshopSession, session_id)) == []
    let_in(cast, session_id, waits.id)
    assert marks(session_id) == {made.participants[0].id: ("present", 1)}


def test_whoever_waits_for_another_session_is_not(cast):
    session_id, _people = expected(cast, 1)
    _other, waits = waiting_for(cast)
    with pytest.raises(NoSuchParticipant):
        let_in(cast, session_id, waits.id)
    assert (state(waits), marks(session_id)) == ("waiting", {})


def test_another_structure_lets_nobody_in(cast):
    session_id, waits = waiting_for(cast)
    other = actor(cast, "other_mediator")
    with pytest.raises(NotInYourStructure):
        in_transaction(lambda: attendance.let_in(session_id, waits.id, now=BEGUN, actor=other))
    assert state(waits) == "waiting"
