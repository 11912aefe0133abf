"""Cancelling: the seats are free again, and it is known who did it and why."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import in_transaction
from foundation.forbidden import SocialSecurityNumber
from tests.cast import NOW
from tests.workshops.enrolments import FIRST, WEEK, adult, events, family, fill, opened, registered, state, taken
from workshops.models import Enrolment, Origin
from workshops.queries import waiting as queue
from workshops.rules.refusals import NoSuchRegistration, NotToChange
from workshops.service import registering

pytestmark = pytest.mark.usefixtures("stopped_clock")


def cancelled(registration, now=NOW, **more):
    options = {"by_resident": True, **more}
    return in_transaction(lambda: registering.cancel(registration.id, now=now, **options))


def test_the_resident_cancels_and_the_seats_are_free(cast):
    programme = opened(cast, capacity=3)
    made = registered(family(programme))
    cancelled(made)
    assert (state(made), taken(programme)) == ("cancelled", [(0, 0)])
    assert events(made) == ["registered", "cancelled"]
    assert audit.history(made.reference)[0].action == "registration.cancelled"


def test_the_service_calls_it_off_with_a_reason(cast):
    made = registered(adult(opened(cast)))
    cancelled(made, by_resident=False, actor_id=cast.ids["mediator"], reason="Trop jeune")
    last = made.events[-1]
    assert (last.kind, last.actor_id, last.reason) == ("revoked", cast.ids["mediator"], "Trop jeune")


def test_cancelling_again_changes_nothing(cast):
    programme = opened(cast, capacity=3)
    fill(programme, 1)
    made = registered(family(programme, "Lina", "Noé"))
    cancelled(made)
    cancelled(made)
    assert (taken(programme), events(made)) == ([(1, 0)], ["registered", "cancelled"])


def test_the_reason_holds_no_number_that_must_not_be_kept(cast):
    made = registered(adult(opened(cast)))
    with pytest.raises(SocialSecurityNumber):
        cancelled(made, reason="2 51 05 75 116 001 89")
    assert state(made) == "registered"


def test_of_a_series_the_sessions_that_were_held_stay_taken(cast):
    programme = opened(cast, sessions=3, enrolment=Enrolment.CYCLE)
    made = registered(adult(programme))
    cancelled(made, now=FIRST)
    assert taken(programme) == [(1, 0), (0, 0), (0, 0)]


def test_once_all_has_begun_the_resident_can_not_cancel_and_staff_can(cast):
    programme = opened(cast)
    made = registered(adult(programme))
    with pytest.raises(NotToChange):
        cancelled(made, now=FIRST)
    cancelled(made, now=FIRST, actor_id=cast.ids["mediator"])
    assert (state(made), taken(programme)) == ("cancelled", [(0, 0)])


def test_leaving_the_waiting_list_frees_nothing_and_the_others_move_up(cast):
    programme = opened(cast, capacity=1)
    _seated, first, second = fill(programme, 3)
    cancelled(first)
    assert (taken(programme), state(second)) == ([(1, 0)], "waiting")
    assert queue.place_of(second) == 1


def test_what_was_cancelled_may_be_registered_anew(cast):
    programme = opened(cast)
    cancelled(registered(adult(programme)))
    assert registered(adult(programme)).state == "registered"


def test_seats_beyond_the_capacity_are_given_to_nobody_else(cast):
    programme = opened(cast, capacity=1)
    fill(programme, 1)
    beyond = registered(adult(programme, 2, origin=Origin.DESK, beyond=True))
    waits = registered(adult(programme, 3))
    cancelled(beyond)
    assert (taken(programme), state(waits)) == ([(1, 0)], "waiting")


def test_what_does_not_exist_is_not_cancelled(cast):
    with pytest.raises(NoSuchRegistration):
        in_transaction(lambda: registering.cancel(987654, now=NOW, by_resident=True))


def test_after_the_last_session_nothing_is_left_to_cancel(cast):
    made = registered(adult(opened(cast, sessions=2, enrolment=Enrolment.CYCLE)))
    with pytest.raises(NotToChange):
        cancelled(made, now=FIRST + 2 * WEEK)
