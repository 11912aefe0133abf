"""Moving and cancelling: time is given back and taken in one step, by whom may, until when they may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from mediation.models import Appointment, Attendance, EventKind
from mediation.rules.booking import NoSuchAppointment, NotToCome, SlotTaken, TooLateToChange
from mediation.service import booking as verbs
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, booked, counts, held, local

pytestmark = pytest.mark.usefixtures("stopped_clock")
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def appointment(cast) -> Appointment:
    return booked(cast)


def moved(appointment, starts_at, now=NOW, **more):
    id_ = appointment.id
    return in_transaction(lambda: verbs.move(id_, starts_at, now=now, **more))


def cancelled(appointment, now=NOW, **more):
    id_ = appointment.id
    given = {"by_resident": True} | more
    return in_transaction(lambda: verbs.cancel(id_, now=now, **given))


def test_moving_takes_the_new_time_and_gives_back_the_old(cast, appointment):
    result = moved(appointment, local(14))
    assert (result.starts_at, result.ends_at) == (local(14), local(14, 30))
    assert {(start, end) for _, start, end in held(result)} == {(local(14), local(14, 30))}
    assert booked(cast).starts_at == TEN


def test_moving_is_written_down_and_told(appointment):
    result = moved(appointment, local(14), reason="Le bus")
    event = result.events[-1]
    assert (event.kind, event.from_start, event.to_start, event.reason) == (EventKind.MOVED, TEN, local(14), "Le bus")
    assert audit.history(result.reference)[0].action == "appointment.moved"
    states = db.session.scalars(select(Message.state).where(Message.reference == result.reference).order_by(Message.id))
    assert list(states) == [MessageState.WITHDRAWN, MessageState.QUEUED]


def test_moving_may_overlap_the_time_that_it_gives_back(cast):
    appointment = booked(cast, service_id=cast.first_steps.id, starts_at=local(9))
    result = moved(appointment, local(10, 10))
    assert {(start, end) for _, start, end in held(result)} == {(local(10, 10), local(11, 20))}


def test_moving_to_the_same_time_changes_nothing(appointment):
    before = counts()
    moved(appointment, TEN)
    assert counts() == before


def test_moving_keeps_the_mediator_when_that_one_is_free(cast):
    with transaction():
        cast.other_shift.venue_id = cast.library.id
    appointment = booked(cast, service_id=cast.first_steps.id, starts_at=local(9))
    assert moved(appointment, local(11, 20)).mediator_id == cast.mediator.id
    result = moved(appointment, local(16, 20))
    assert result.mediator_id == cast.other_mediator.id
    assert [resource for resource, *_ in held(result)] == [cast.other_mediator.resource_id]


def test_moving_to_a_time_that_is_taken_leaves_it_where_it_was(cast, appointment):
    booked(cast, starts_at=local(14))
    before, holds = counts(), held(appointment)
    with pytest.raises(SlotTaken) as refused:
        moved(appointment, local(14))
    assert [slot.starts_at for slot in refused.value.alternatives] == [local(13), local(13, 30), local(14, 30)]
    assert (counts(), held(appointment)) == (before, holds)


def test_cancelling_gives_the_time_back(cast, appointment):
    result = cancelled(appointment, reason="Malade")
    assert result.attendance is Attendance.EXCUSED
    assert held(result) == []
    assert (result.events[-1].attendance, result.events[-1].reason) == (Attendance.EXCUSED, "Malade")
    assert booked(cast).starts_at == TEN


def test_the_service_cancels_with_another_word(cast, appointment):
    result = cancelled(appointment, by_resident=False, actor_id=cast.manager.id)
    assert result.attendance is Attendance.REVOKED
    assert result.events[-1].actor_id == cast.manager.id


def test_cancelling_twice_is_cancelling_once(appointment):
    cancelled(appointment)
    before = counts()
    assert cancelled(appointment, by_resident=False).attendance is Attendance.EXCUSED
    assert counts() == before


@pytest.mark.parametrize("change", [moved, cancelled])
def test_what_has_taken_place_stays(appointment, change):
    with transaction():
        db.session.get_one(Appointment, appointment.id).attendance = Attendance.SEEN
    arguments = {"starts_at": local(14)} if change is moved else {}
    with pytest.raises(NotToCome):
        change(appointment, **arguments)


def test_what_was_cancelled_is_not_moved(appointment):
    cancelled(appointment)
    with pytest.raises(NotToCome):
        moved(appointment, local(14))


@pytest.mark.parametrize("change", [moved, cancelled])
def test_residents_call_when_it_is_too_late_and_staff_may_until_the_end(cast, appointment, change):
    late = TEN - timedelta(minutes=119)
    arguments = {"starts_at": local(14)} if change is moved else {}
    with pytest.raises(TooLateToChange):
        change(appointment, now=late, **arguments)
    change(appointment, now=late, actor_id=cast.manager.id, **arguments)


@pytest.mark.parametrize("act", [
    lambda: verbs.move(999_999, TEN, now=NOW), lambda: verbs.cancel(999_999, now=NOW, by_resident=True),
])  # fmt: skip
def test_an_unknown_appointment_is_refused(cast, act):
    with pytest.raises(NoSuchAppointment):
        in_transaction(act)
