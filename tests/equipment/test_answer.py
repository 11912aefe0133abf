"""Yes and no to a reservation, another time or kit, and giving it back."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from equipment.models import Approval, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.queries import lending as queries
from equipment.rules.lending import Wish
from equipment.rules.refusals import (
    AnsweredMeanwhile,
    KitTaken,
    NoSuchReservation,
    NotToChange,
    NotYoursToAnswer,
    ReasonMissing,
    TooSoon,
)
from equipment.service import lending
from foundation.db import db, transaction
from tests.cast import NOW, TODAY
from tests.equipment.given import by_rights, done, host_of_home, host_of_school, hours, kit, ledger, morning, reserved
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def asked(cast, **changes):
    """What a teacher asked for and nobody answered yet."""
    blue = kit(**({"approval": Approval.MANAGER} | changes))
    return reserved(blue.id, morning(), host_of_school(cast).id)


def kinds(reservation):
    query = select(ReservationEvent.kind).where(ReservationEvent.reservation_id == reservation.id)
    found = list(db.session.scalars(query.order_by(ReservationEvent.id)))
    db.session.rollback()
    return found


def test_a_yes_keeps_the_hold_and_twice_is_once(cast):
    made = asked(cast)
    for _ in range(2):
        answered = done(lending.approve, made.id, by=cast.ids["manager"])
    assert answered.state is ReservationState.APPROVED
    assert kinds(made) == [ReservationEventKind.REQUESTED, ReservationEventKind.APPROVED]
    assert ledger() == by_rights() != set()


def test_a_no_says_why_and_gives_the_kit_back(cast):
    made = asked(cast)
    with pytest.raises(ReasonMissing):
        done(lending.refuse, made.id, " ", by=cast.ids["manager"])
    for _ in range(2):
        answered = done(lending.refuse, made.id, "Réparation prévue.", by=cast.ids["manager"])
    assert (answered.state, answered.answer) == (ReservationState.REFUSED, "Réparation prévue.")
    assert ledger() == by_rights() == set()
    with pytest.raises(AnsweredMeanwhile):
        done(lending.approve, made.id, by=cast.ids["manager"])


@pytest.mark.parametrize("who", ["mediator", "host"])
def test_nobody_else_answers(cast, who):
    made = asked(cast)
    for verb, more in ((lending.approve, ()), (lending.refuse, ("Non.",))):
        with pytest.raises(NotYoursToAnswer):
            done(verb, made.id, *more, by=cast.ids[who])
    assert reread(made).state is ReservationState.REQUESTED


def test_a_head_teacher_answers_for_their_own_school(cast):
    made = asked(cast, approval=Approval.HEAD_TEACHER)
    assert made.state is ReservationState.REQUESTED
    head = host_of_school(cast, approves=True)
    assert [one.id for one in queries.to_approve(head, NOW)] == [made.id]
    assert done(lending.approve, made.id, by=head.id).state is ReservationState.APPROVED
    assert reserved(made.kit_id, morning(1), head.id).state is ReservationState.APPROVED


def test_a_head_teacher_has_no_word_where_the_manager_decides(cast):
    made = asked(cast)
    head = host_of_school(cast, approves=True)
    assert queries.to_approve(head, NOW) == []
    with pytest.raises(NotYoursToAnswer):
        done(lending.approve, made.id, by=head.id)


def test_a_manager_of_a_structure_answers_for_its_kits(cast):
    made = asked(cast, structure_id=cast.ids["association"])
    with transaction():
        cast.manager.structure_id = cast.ids["town"]
    assert queries.to_approve(cast.manager, NOW) == []
    with pytest.raises(NoSuchReservation):
        done(lending.approve, made.id, by=cast.ids["manager"])


def test_another_time_moves_the_hold_and_what_needed_a_yes_needs_it_again(cast):
    made = asked(cast)
    done(lending.approve, made.id, by=cast.ids["manager"])
    moved = done(lending.move, made.id, morning(1), by=cast.ids["host"])
    assert (moved.state, moved.period) == (ReservationState.REQUESTED, morning(1))
    moved = done(lending.move, made.id, morning(2), by=cast.ids["manager"])
    assert moved.state is ReservationState.REQUESTED
    assert ledger() == by_rights()
    assert len(ledger()) == 1


def test_an_hour_later_it_is_in_nobodys_way_but_its_own(cast):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    later = hours(starts=hours().start.time().replace(hour=10))
    assert done(lending.move, made.id, later, by=cast.ids["host"]).period == later
    assert ledger() == by_rights()


def test_another_kit_takes_its_place(cast):
    red = kit("Mallette rouge")
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    moved = done(lending.move, made.id, morning(), by=cast.ids["host"], kit_id=red.id)
    assert (moved.kit_id, moved.kit.name) == (red.id, "Mallette rouge")
    assert ledger() == by_rights()
    assert {resource_id for _reference, resource_id, _start, _end in ledger()} == {red.resource_id}


def test_within_the_notice_a_host_takes_another_kit_for_the_same_time_but_no_other_time(cast):
    red = kit("Mallette rouge")
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    late = {"now": morning().start - timedelta(hours=1), "by": cast.ids["host"], "kit_id": red.id}
    with pytest.raises(TooSoon):
        done(lending.move, made.id, hours(ends=time(11)), **late)
    assert done(lending.move, made.id, morning(), **late).kit_id == red.id
    assert ledger() == by_rights()


def test_to_a_time_that_is_taken_it_does_not_move_and_is_offered_what_is_free(cast):
    blue, red = kit(), kit("Mallette rouge")
    made = reserved(blue.id, morning(), host_of_school(cast).id)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    before = ledger()
    with pytest.raises(KitTaken) as refused:
        done(lending.move, made.id, morning(1), by=cast.ids["host"])
    assert [one.id for one in refused.value.alternatives] == [red.id]
    with pytest.raises(TooSoon):
        done(lending.move, made.id, hours(TODAY), by=cast.ids["host"])
    assert ledger() == before == by_rights()


def test_it_is_given_back_once_and_is_free_for_others(cast):
    blue = kit()
    made = reserved(blue.id, morning(), host_of_school(cast).id)
    for _ in range(2):
        given = done(lending.cancel, made.id, by=cast.ids["host"])
    assert given.state is ReservationState.CANCELLED
    assert kinds(made).count(ReservationEventKind.CANCELLED) == 1
    assert ledger() == by_rights() == set()
    reserved(blue.id, morning(), cast.ids["mediator"])
    with pytest.raises(NotToChange):
        done(lending.move, made.id, morning(1), by=cast.ids["host"])


@pytest.mark.parametrize("state", [ReservationState.HANDED_OVER, ReservationState.RETURNED])
def test_what_has_gone_out_is_not_cancelled_or_moved(cast, state):
    made = reserved(kit().id, morning(), host_of_school(cast).id)
    with transaction():
        db.session.get_one(Reservation, made.id).state = state
    for verb, more in ((lending.cancel, ()), (lending.move, (morning(1),))):
        with pytest.raises(NotToChange):
            done(verb, made.id, *more, by=cast.ids["manager"])
    assert ledger() == by_rights() != set()


def test_the_reservations_of_others_do_not_exist_for_a_host(cast):
    made = reserved(kit().id, morning(), cast.ids["manager"], Wish(school_id=cast.ids["school"]))
    host_of_home(cast)
    for verb, more in ((lending.cancel, ()), (lending.move, (morning(1),)), (lending.approve, ())):
        with pytest.raises(NoSuchReservation):
            done(verb, made.id, *more, by=cast.ids["host"])
    assert queries.of_place(None, cast.ids["care_home"], since=NOW) == []
    assert [one.id for one in queries.of_place(cast.ids["school"], None, since=NOW)] == [made.id]


def test_one_that_never_was_is_not_found(cast):
    for verb in (lending.cancel, lending.approve):
        with pytest.raises(NoSuchReservation):
            done(verb, 4711, by=cast.ids["manager"])
