"""Somebody comes without an appointment: the mediator's time of now becomes theirs, or the reason is told."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from flask import current_app

from agenda import service as agenda
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message
from foundation.period import Period
from mediation.models import Appointment, Attendance, Origin
from mediation.queries.day import day_of
from mediation.rules.booking import NotOffered
from mediation.rules.walk_ins import NoTimeLeft, NotReceiving, Occupied, SomebodyExpected, WalkIn, WhichPlace
from mediation.service import walk_ins
from mediation.views.records.prefilled import of_address
from people.models import Person
from people.service import NoName, NoSuchPerson
from tests.mediation.days import TEN, at, events, holds, minutes, planned, together


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def come(cast, *, now=TEN, who="mediator", **more):
    wish = WalkIn(**{"service_id": cast.ids["paperwork"], "person_id": cast.ids["neighbour"]} | more)
    return in_transaction(lambda: walk_ins.walk_in(wish, now=now, actor=getattr(cast, who)))


def test_somebody_known_is_received_at_once(cast):
    made = come(cast, now=TEN + timedelta(seconds=40))
    assert (made.starts_at, made.ends_at) == (TEN, TEN + minutes(30))
    assert (made.attendance, made.origin) == (Attendance.SEEN, Origin.WALK_IN)
    assert (made.person_id, made.venue_id) == (cast.neighbour.id, cast.library.id)
    assert made.structure_id == cast.town.id
    assert events(made.id) == [("booked", None), ("marked", "seen")]


def test_mediator_and_room_are_held(cast):
    made = come(cast)
    assert holds() == [(made.reference, TEN, TEN + minutes(30))] * 2
    assert made.room_id == cast.room.id


def test_somebody_new_needs_only_a_name(cast):
    made = come(cast, person_id=None, given_name="Ousmane")
    assert made.person.name == "Ousmane"
    assert db.session.query(Person).count() == 3


def test_somebody_without_any_name_is_not_written(cast):
    with pytest.raises(NoName):
        come(cast, person_id=None)
    assert db.session.query(Appointment).count() == 0
    assert holds() == []


def test_nobody_is_told_of_being_received(cast):
    come(cast)
    assert db.session.query(Message).count() == 0


def test_what_comes_next_cuts_it_short(cast):
    planned(cast, TEN + minutes(20))
    assert come(cast).ends_at == TEN + minutes(20)


def test_too_close_to_what_comes_next_is_refused_with_its_time(cast):
    planned(cast, TEN + minutes(4))
    with pytest.raises(NoTimeLeft) as refused:
        come(cast)
    assert "04" in str(refused.value)


def test_a_buffer_that_has_begun_counts_as_what_comes_next(cast):
    planned(cast, TEN + minutes(10), held_from=TEN - minutes(5))
    with pytest.raises(NoTimeLeft):
        come(cast)


def test_whoever_is_expected_now_has_to_be_spoken_of_first(cast):
    planned(cast, TEN - minutes(10))
    with pytest.raises(SomebodyExpected) as refused:
        come(cast)
    assert "Le Goff" in str(refused.value)


@pytest.mark.parametrize("over", [Attendance.NOSHOW, Attendance.SEEN])
def test_an_appointment_that_is_over_makes_way(cast, over):
    id_ = planned(cast, TEN - minutes(10), attendance=over)
    made = come(cast)
    mine = [hold for hold in holds() if hold[0] in {f"appointment:{id_}", made.reference}]
    assert (f"appointment:{id_}", TEN - minutes(10), TEN) in mine
    assert (made.reference, TEN, TEN + minutes(30)) in mine


def test_somebody_seen_was_seen_until_the_next_one_came(cast):
    id_ = planned(cast, TEN - minutes(10), attendance=Attendance.SEEN)
    come(cast)
    cut = db.session.get_one(Appointment, id_)
    assert (cut.starts_at, cut.ends_at, cut.held_until) == (TEN - minutes(10), TEN, TEN)
    [entry] = audit.history(cut.reference)
    assert (entry.action, entry.details) == ("appointment.shortened", {"was": (TEN + minutes(35)).isoformat()})


def test_who_did_not_come_keeps_the_times_that_were_told(cast):
    id_ = planned(cast, TEN - minutes(10), attendance=Attendance.NOSHOW)
    come(cast)
    kept = db.session.get_one(Appointment, id_)
    assert (kept.starts_at, kept.ends_at) == (TEN - minutes(10), TEN + minutes(35))
    assert audit.history(kept.reference) == []


def test_the_second_who_comes_ends_the_first(cast):
    first_id = come(cast).id
    second = come(cast, now=TEN + minutes(12), person_id=cast.ids["resident"])
    first = db.session.get_one(Appointment, first_id)
    assert (first.ends_at, second.starts_at) == (TEN + minutes(12), TEN + minutes(12))
    shown = day_of(cast.mediator, TEN.date(), TEN + minutes(12))
    assert [line.period.length for line in shown.lines if line.appointment] == [minutes(12), minutes(30)]
    with current_app.test_request_context(f"/?rendez_vous={first_id}"):
        assert of_address(cast.mediator)["minutes"] == 12


def test_what_ended_before_its_buffer_keeps_its_end(cast):
    id_ = planned(cast, TEN - minutes(20), length=15, held_until=TEN + minutes(10), attendance=Attendance.SEEN)
    come(cast)
    kept = db.session.get_one(Appointment, id_)
    assert (kept.ends_at, kept.held_until) == (TEN - minutes(5), TEN)


def test_an_appointment_over_in_its_first_minute_keeps_one(cast):
    id_ = planned(cast, TEN, attendance=Attendance.NOSHOW)
    made = come(cast, now=TEN + timedelta(seconds=30))
    assert (f"appointment:{id_}", TEN, TEN + minutes(1)) in holds()
    assert made.starts_at == TEN + minutes(1)


def test_a_workshop_does_not_make_way(cast):
    with transaction():
        agenda.hold([cast.mediator.resource_id], period_of(TEN - minutes(30), 60), "Atelier photo", "session:4")
    with pytest.raises(Occupied) as refused:
        come(cast)
    assert "Atelier photo" in str(refused.value)


def period_of(start, length):
    return Period(start, start + minutes(length))


def test_a_room_that_is_taken_is_left_to_others(cast):
    with transaction():
        agenda.hold([cast.room.resource_id], period_of(TEN, 60), "Réunion", "meeting:1")
    assert come(cast).room_id is None


def test_a_day_without_presence_asks_for_the_place(cast):
    sunday = TEN + timedelta(days=5)
    with at(sunday):
        with pytest.raises(WhichPlace):
            come(cast, now=sunday)
        assert come(cast, now=sunday, venue_id=cast.workshop.id).venue_id == cast.workshop.id


def test_another_structures_service_is_not_offered(cast):
    with pytest.raises(NotOffered):
        come(cast, who="other_mediator")


def test_an_account_without_calendar_receives_nobody(cast):
    with pytest.raises(NotReceiving):
        come(cast, who="manager")


def test_an_unknown_person_is_refused(cast):
    with pytest.raises(NoSuchPerson):
        come(cast, person_id=424242)


def test_two_presses_of_one_button_receive_once(app, cast):
    for round_ in range(5):
        acts = [lambda r=round_: come(cast, now=TEN + timedelta(hours=r), request_key=f"key-{r}") for _ in range(2)]
        assert together(app, acts) == [None, None]
        assert db.session.query(Appointment).filter_by(request_key=f"key-{round_}").count() == 1


def test_two_different_presses_at_once_never_overlap(app, cast):
    acts = [lambda i=i: come(cast, request_key=f"key-{i}") for i in range(2)]
    together(app, acts)
    mine = sorted(hold[1:] for hold in holds() if hold[0].startswith("appointment"))
    spans = sorted(set(mine))
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
