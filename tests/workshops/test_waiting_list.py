"""Seats that come free are offered in order; nobody is enrolled without a yes; what is not answered goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from foundation import audit
from foundation.db import db, in_transaction, transaction
from people.models import ContactMeans, Person, Residence
from people.service import Details
from tests.cast import NOW
from tests.workshops.enrolments import (
    FIRST,
    WEEK,
    adult,
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
from workshops.models import (
    Enrolment,
    Origin,
    Priority,
    Programme,
    ProgrammeState,
    SeatOffer,
    WorkshopSession,
)
from workshops.queries import waiting as queue
from workshops.rules.refusals import NoSuchProgramme, NoSuchRegistration, NotToChange
from workshops.rules.waiting import NotLapsed, OfferGone
from workshops.service import registering, waiting

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def cancelled(registration, now=NOW):
    in_transaction(lambda: registering.cancel(registration.id, now=now, by_resident=True))


def accepted(registration, now=NOW, **more):
    return in_transaction(lambda: waiting.accept(registration.id, now=now, **more))


def declined(registration, now=NOW, **more):
    return in_transaction(lambda: waiting.decline(registration.id, now=now, **more))


def back(registration, now=NOW):
    return in_transaction(lambda: waiting.rejoin(registration.id, now=now))


def run_out(now):
    """As the jobs process does: until nothing is left to do."""
    count = 0
    with time_machine.travel(now, tick=False):
        while done := in_transaction(lambda: waiting.expire(now)):
            count += done
    return count


def offers():
    db.session.rollback()
    return list(db.session.scalars(select(SeatOffer).order_by(SeatOffer.id)))


def test_a_freed_seat_is_kept_for_the_next_who_is_not_enrolled_yet(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    assert (state(first), state(second), taken(programme)) == ("offered", "waiting", [(1, 0)])
    (offer,) = offers()
    assert (offer.registration_id, offer.state, offer.expires_at) == (first.id, "open", NOW + 2 * DAY)
    assert events(first) == ["joined_waiting", "offered"]
    assert kinds(first)[-1] == "offered"
    assert audit.history(first.reference)[0].action == "seat.offered"


def test_a_yes_enrols(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    accepted(first)
    accepted(first)
    assert (state(first), taken(programme), offers()[0].state) == ("registered", [(1, 0)], "accepted")
    assert events(first) == ["joined_waiting", "offered", "accepted"]


def test_a_no_passes_the_seat_on(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    declined(first)
    declined(first)
    assert (state(first), state(second), taken(programme)) == ("lapsed", "offered", [(1, 0)])
    assert [offer.state for offer in offers()] == ["declined", "open"]
    assert kinds(first) == []


def test_the_desk_answers_for_whoever_was_called(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    accepted(first, actor_id=cast.ids["mediator"])
    assert first.events[-1].actor_id == cast.ids["mediator"]


def test_what_was_never_offered_can_not_be_accepted_or_declined(cast):
    _seated, first = fill(opened(cast, capacity=1), 2)
    for answered in (accepted, declined):
        with pytest.raises(OfferGone):
            answered(first)
    assert state(first) == "waiting"
    with pytest.raises(NoSuchRegistration):
        in_transaction(lambda: waiting.accept(987654, now=NOW))


def test_the_date_alone_frees_nothing_but_a_late_yes_comes_too_late(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    with pytest.raises(OfferGone):
        accepted(first, now=NOW + 2 * DAY)
    assert (state(first), state(second), taken(programme)) == ("offered", "waiting", [(1, 0)])


def test_what_is_not_answered_in_time_goes_to_the_next(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    assert run_out(NOW + 2 * DAY - HOUR) == 0
    assert run_out(NOW + 2 * DAY) == 1
    assert (state(first), state(second)) == ("lapsed", "offered")
    assert offers()[1].expires_at == NOW + 4 * DAY
    assert events(first)[-1] == "lapsed"


def test_offers_that_ran_out_while_nobody_looked_are_given_on_in_order(cast):
    """Two seats ran out, a day apart; three wait: the first two of them are asked, once each."""
    programme = opened(cast, capacity=2)
    one, two, *queued = fill(programme, 7)
    cancelled(one)
    cancelled(two, now=NOW + DAY)
    assert run_out(NOW + 5 * DAY) == 2
    assert [state(made) for made in queued] == ["lapsed", "lapsed", "offered", "offered", "waiting"]
    assert taken(programme) == [(2, 0)]
    assert run_out(NOW + 5 * DAY) == 0


def test_two_seats_that_ran_out_together_serve_a_family_that_waited_longest(cast):
    programme = opened(cast, capacity=2)
    one, two, three, four = fill(programme, 4)
    couple = registered(family(programme, "Lina", "Noé"))
    last = registered(adult(programme, 9))
    cancelled(one)
    cancelled(two)
    assert (state(three), state(four)) == ("offered", "offered")
    run_out(NOW + 3 * DAY)
    assert (state(couple), state(last)) == ("offered", "waiting")


def test_a_family_that_does_not_fit_keeps_its_place_while_others_are_asked(cast):
    programme = opened(cast, capacity=3)
    one, two, three = fill(programme, 3)
    trio = registered(family(programme))
    single = registered(adult(programme, 9))
    cancelled(one)
    assert (state(trio), state(single)) == ("waiting", "offered")
    assert queue.place_of(trio) == 1
    accepted(single)
    cancelled(two)
    cancelled(three)
    cancelled(single)
    assert (state(trio), taken(programme)) == ("offered", [(3, 0)])


def test_whoever_comes_after_does_not_pass_before_those_who_fit(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    assert registered(adult(programme, 9)).state == "waiting"
    assert state(first) == "offered"


def test_seats_that_nobody_waiting_can_use_are_for_whoever_comes(cast):
    programme = opened(cast, capacity=3)
    one, *_others = fill(programme, 3)
    trio = registered(family(programme))
    cancelled(one)
    assert (registered(adult(programme, 9)).state, state(trio)) == ("registered", "waiting")


def test_a_session_that_grows_serves_those_who_wait(cast):
    programme = opened(cast, capacity=1)
    _seated, *queued = fill(programme, 4)
    with transaction():
        db.session.execute(update(WorkshopSession).values(capacity=3))
    in_transaction(lambda: waiting.offer_freed(programme.id, NOW))
    assert [state(one) for one in queued] == ["offered", "offered", "waiting"]


def test_a_series_needs_a_seat_in_each_session_to_come(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    whole, waits = fill(programme, 2)
    cancelled(whole)
    assert (state(waits), taken(programme)) == ("offered", [(1, 0), (1, 0)])
    declined(waits, now=FIRST)
    assert taken(programme) == [(1, 0), (0, 0)]


def test_too_near_the_session_nobody_is_asked(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated, now=FIRST - 2 * HOUR)
    assert (state(first), taken(programme)) == ("waiting", [(0, 0)])


def test_at_night_the_time_to_answer_begins_in_the_morning(cast):
    programme = opened(cast, capacity=1, answer_hours=2)
    seated, first = fill(programme, 2)
    night = NOW + 16 * HOUR
    with time_machine.travel(night, tick=False):
        cancelled(seated, now=night)
    assert offers()[0].expires_at == NOW + DAY + 2 * HOUR
    assert state(first) == "offered"


def test_nothing_is_offered_of_a_programme_that_is_closed(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    with transaction():
        db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED
    cancelled(seated)
    assert state(first) == "waiting"
    assert in_transaction(lambda: waiting.offer_freed(987654, NOW)) == []


def test_who_cancels_instead_of_answering_frees_the_seat(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    cancelled(first)
    assert (state(first), state(second), taken(programme)) == ("cancelled", "offered", [(1, 0)])
    assert [offer.state for offer in offers()] == ["withdrawn", "open"]


def test_who_let_the_seat_go_may_come_back_at_the_end(cast):
    programme = opened(cast, capacity=1, priorities=[Priority.FIRST_TIMER])
    seated, first, second, third = fill(programme, 4)
    assert first.priority == 1
    cancelled(seated)
    declined(first)
    with pytest.raises(NotLapsed):
        back(second)
    back(first)
    back(first)
    assert [one.id for one in queue.waiting(programme.id)] == [third.id, first.id]
    assert events(first)[-1] == "joined_waiting"


def test_who_comes_back_while_a_seat_is_free_is_asked_at_once(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    declined(first)
    back(first)
    assert state(first) == "offered"


def test_nobody_comes_back_to_what_has_begun_or_is_closed(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    declined(first)
    with pytest.raises(NotToChange):
        back(first, now=FIRST)
    with transaction():
        db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED
    with pytest.raises(NoSuchProgramme):
        back(first)


def test_priority_is_of_the_day_one_joins_and_stays(cast):
    """Those of the priority neighbourhood first, then those who come for the first time; each in order of coming."""
    rules = [Priority.PRIORITY_NEIGHBOURHOOD, Priority.FIRST_TIMER]
    programme = opened(cast, capacity=1, priorities=rules)
    fill(programme, 1)
    came_before = registered(adult(opened(cast), 2))
    again = registered(adult(programme, 2))
    first_time = registered(adult(programme, 3))
    mills = Details(
        family_name="Kone", phone="+33639988101", residence=Residence.INSIDE, neighbourhood_id=cast.ids["mills"]
    )
    of_the_mills = registered(adult(programme, newcomer=mills))
    assert came_before.person_id == again.person_id
    assert [one.id for one in queue.waiting(programme.id)] == [of_the_mills.id, first_time.id, again.id]
    assert [one.priority for one in queue.waiting(programme.id)] == [3, 1, 0]
    with transaction():
        person = db.session.get_one(Person, of_the_mills.person_id)
        person.residence, person.neighbourhood_id = Residence.OUTSIDE, None
    assert queue.place_of(of_the_mills) == 1


def test_the_neighbourhood_that_was_just_said_counts_where_none_was_known(cast):
    programme = opened(cast, capacity=1, priorities=[Priority.NEIGHBOURHOOD], neighbourhood_ids=[cast.ids["harbour"]])
    fill(programme, 1)
    farid = Details(
        given_name="Farid", family_name="Haddad", email="farid@example.org",
        residence=Residence.INSIDE, neighbourhood_id=cast.ids["harbour"],
    )  # fmt: skip
    made = registered(adult(programme, newcomer=farid))
    assert (made.person_id, made.priority) == (cast.ids["neighbour"], 1)


def test_whom_no_message_reaches_the_desk_is_to_call(cast):
    programme = opened(cast, capacity=1)
    (seated,) = fill(programme, 1)
    by_voice = Details(family_name="Le Bras", phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)
    silent = registered(adult(programme, newcomer=by_voice))
    cancelled(seated)
    (offer,) = queue.to_call(cast.manager, NOW)
    assert (offer.registration_id, offer.to_call, kinds(silent)) == (silent.id, True, [])
    assert queue.to_call(cast.mediator, NOW) == [offer]
    assert queue.to_call(cast.other_mediator, NOW) == []
    assert (
        db.session.scalar(queue.count_to_call(cast.mediator, NOW)),
        db.session.scalar(queue.count_to_call(cast.other_mediator, NOW)),
    ) == (1, 0)
    in_transaction(lambda: waiting.called(silent.id, now=NOW, actor_id=cast.ids["mediator"]))
    assert db.session.scalar(queue.count_to_call(cast.mediator, NOW)) == 0
    assert queue.to_call(cast.mediator, NOW) == [offer], "nobody answered: one tries again"
    assert queue.to_call(cast.mediator, offer.expires_at) == []
    accepted(silent)
    with pytest.raises(OfferGone):
        in_transaction(lambda: waiting.called(silent.id, now=NOW, actor_id=cast.ids["mediator"]))


def test_nobody_is_written_to_twice_for_one_seat(cast):
    programme = opened(cast, capacity=1)
    seated, first = fill(programme, 2)
    cancelled(seated)
    for _ in range(3):
        in_transaction(lambda: waiting.offer_freed(programme.id, NOW))
    assert kinds(first, waiting=False).count("offered") == 1
    assert len(offers()) == 1


def test_an_offer_that_runs_out_after_its_session_began_frees_it_and_asks_nobody(cast):
    programme = opened(cast, capacity=1)
    seated, first, second = fill(programme, 3)
    cancelled(seated)
    run_out(FIRST + WEEK)
    assert (state(first), state(second)) == ("lapsed", "waiting")


def test_a_guest_of_one_session_does_not_stop_the_others(cast):
    programme = opened(cast, sessions=2, capacity=1, enrolment=Enrolment.CYCLE)
    guest = registered(adult(programme, 1, session_id=sessions_of(programme)[1].id, origin=Origin.DESK))
    waits = registered(adult(programme, 2))
    cancelled(guest)
    assert (state(waits), taken(programme)) == ("offered", [(1, 0), (1, 0)])
