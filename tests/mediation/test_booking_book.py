"""A booking that is accepted writes all that belongs to it; one that is refused writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from activity.models import Channel
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message
from mediation.models import Attendance, EventKind, Origin
from mediation.rules.booking import (
    ChannelNotOffered,
    HomeAddressMissing,
    Newcomer,
    NotOffered,
    PhoneMissing,
    SlotTaken,
    VenueMissing,
)
from mediation.service import booking as verbs
from people.service import NoSuchPerson
from tests.cast import NOW
from tests.mediation.booking_wishes import NEWCOMER, TEN, booked, counts, held, local, wish

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_writes_who_what_when_where(cast):
    appointment = booked(cast, companions=2, remark=" Mes impôts ", locale="ar")
    assert (appointment.starts_at, appointment.ends_at) == (TEN, TEN + HALF_AN_HOUR)
    assert (appointment.mediator_id, appointment.venue_id, appointment.room_id) == (
        cast.mediator.id, cast.library.id, cast.room.id,
    )  # fmt: skip
    assert (appointment.service_label, appointment.structure_id) == ("Une démarche en ligne", cast.town.id)
    assert (appointment.companions, appointment.remark, appointment.locale) == (2, "Mes impôts", "ar")
    assert appointment.attendance is Attendance.EXPECTED
    assert appointment.person.name == "Ali Ben Salah"


def test_holds_mediator_and_room(cast):
    appointment = booked(cast)
    period = (TEN, TEN + HALF_AN_HOUR)
    assert held(appointment) == sorted([(cast.mediator.resource_id, *period), (cast.room.resource_id, *period)])


def test_holds_the_buffers_too(cast):
    appointment = booked(cast, service_id=cast.first_steps.id, starts_at=local(9))
    assert appointment.ends_at == local(10)
    assert {(start, end) for _, start, end in held(appointment)} == {(local(9), local(10, 10))}


def test_appends_an_event_an_audit_entry_and_a_message(cast):
    appointment = booked(cast)
    assert [(event.kind, event.to_start, event.actor_id) for event in appointment.events] == [
        (EventKind.BOOKED, TEN, None)
    ]
    assert [entry.action for entry in audit.history(appointment.reference)] == ["appointment.booked"]
    message = db.session.scalar(select(Message).where(Message.reference == appointment.reference))
    assert message.recipient == NEWCOMER.phone


def test_works_with_neither_phone_nor_e_mail(cast):
    appointment = booked(cast, newcomer=Newcomer("", "Sané"))
    assert appointment.person.phone is None
    assert db.session.scalar(select(Message)) is None


def test_the_same_request_books_once(cast):
    first = booked(cast, request_key="k" * 32).id
    before = counts()
    assert booked(cast, request_key="k" * 32).id == first
    assert counts() == before


def test_who_is_known_by_name_and_number_is_not_doubled(cast):
    same = Newcomer("jeanne", "LE GOFF", phone=cast.resident.phone, email="other@example.org")
    appointment = booked(cast, newcomer=same)
    assert appointment.person_id == cast.resident.id
    assert cast.resident.email is None


@pytest.mark.parametrize("newcomer", [Newcomer("Jeanne", "Le Goff"), Newcomer("Paul", "Le Goff", phone="+33639980021")])
def test_who_is_only_alike_is_somebody_new(cast, newcomer):
    assert booked(cast, newcomer=newcomer).person_id != cast.resident.id


def test_staff_book_for_somebody_they_found(cast):
    appointment = booked(cast, actor_id=cast.manager.id, person_id=cast.neighbour.id, newcomer=None, origin=Origin.DESK)
    assert (appointment.person_id, appointment.booked_by_id) == (cast.neighbour.id, cast.manager.id)


def test_a_record_merged_meanwhile_leads_to_the_one_that_was_kept(cast):
    with transaction():
        cast.neighbour.merged_into_id = cast.resident.id
    appointment = booked(cast, person_id=cast.ids["neighbour"], newcomer=None, origin=Origin.DESK)
    assert appointment.person_id == cast.resident.id


def test_goes_to_whoever_has_least_to_do_that_day(cast):
    anywhere = {"service_id": cast.first_steps.id, "venue_id": None, "channel": Channel.VENUE}
    with transaction():
        cast.other_shift.venue_id = cast.library.id
    at_library = anywhere | {"venue_id": cast.library.id}
    booked(cast, starts_at=local(9))
    appointment = booked(cast, **at_library, starts_at=local(15, 10))
    assert appointment.mediator_id == cast.other_mediator.id


def test_a_time_that_was_taken_is_refused_with_the_three_nearest(cast):
    booked(cast)
    before = counts()
    with pytest.raises(SlotTaken) as refused:
        booked(cast, newcomer=Newcomer("Zoé", "Petit"))
    assert [slot.starts_at for slot in refused.value.alternatives] == [local(9), local(9, 30), local(10, 30)]
    assert counts() == before


@pytest.mark.parametrize(
    "starts_at", [local(10, 5), local(8), local(17), local(9, day=14), local(9, day=10) - timedelta(days=7)]
)
def test_a_time_that_is_not_offered_is_refused(cast, starts_at):
    before = counts()
    with pytest.raises(SlotTaken):
        booked(cast, starts_at=starts_at)
    assert counts() == before


def test_residents_book_neither_too_soon_nor_too_far_ahead_but_the_desk_may(cast):
    soon = NOW + timedelta(hours=1)
    desk = {"origin": Origin.DESK, "person_id": cast.resident.id, "newcomer": None}
    with transaction():
        cast.paperwork.notice_minutes = 120
        cast.paperwork.horizon_days = 1
    for starts_at in (soon, TEN):
        with pytest.raises(SlotTaken):
            booked(cast, starts_at=starts_at)
        assert booked(cast, starts_at=starts_at, **desk).starts_at == starts_at


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"service_id": 999_999}, NotOffered),
        ({"venue_id": None}, VenueMissing),
        ({"channel": Channel.VIDEO}, ChannelNotOffered),
        ({"person_id": 999_999, "newcomer": None}, NoSuchPerson),
        ({"newcomer": None}, NoSuchPerson),
    ],
)
def test_a_wish_that_can_not_be_is_refused_by_its_name(cast, changes, refusal):
    before = counts()
    with pytest.raises(refusal):
        booked(cast, **changes)
    assert counts() == before


def test_services_are_booked_by_those_they_are_for(cast):
    visit = {"service_id": cast.at_home.id, "channel": Channel.HOME, "venue_id": None, "home_address": "3 rue du Bief"}
    visit |= {"starts_at": local(9)}
    with pytest.raises(NotOffered):
        booked(cast, **visit)
    appointment = booked(cast, **visit, origin=Origin.PRESCRIBER)
    assert (appointment.venue_id, appointment.room_id) == (None, None)
    assert appointment.home_address == "3 rue du Bief"
    assert [resource for resource, *_ in held(appointment)] == [cast.mediator.resource_id]


def test_a_visit_needs_an_address_and_a_call_a_number(cast):
    visit = {"service_id": cast.at_home.id, "venue_id": None, "origin": Origin.PRESCRIBER}
    with pytest.raises(HomeAddressMissing):
        booked(cast, **visit, channel=Channel.HOME)
    with pytest.raises(PhoneMissing):
        booked(cast, **visit, channel=Channel.PHONE, newcomer=Newcomer("", "Sané"))


def test_staff_choose_freely_within_the_free_time_of_a_mediator(cast):
    free = {"origin": Origin.DESK, "anywhere": True, "mediator_id": cast.mediator.id, "venue_id": cast.workshop.id}
    appointment = booked(cast, **free, starts_at=local(10, 5))
    assert (appointment.starts_at, appointment.venue_id, appointment.room_id) == (
        local(10, 5), cast.workshop.id, None,
    )  # fmt: skip
    for starts_at in (local(10, 10), local(18)):
        with pytest.raises(SlotTaken):
            booked(cast, **free, starts_at=starts_at)


def test_residents_never_choose_freely(cast):
    with pytest.raises(SlotTaken):
        booked(cast, anywhere=True, mediator_id=cast.mediator.id, starts_at=local(10, 5))


def test_a_booking_that_is_undone_leaves_nothing(cast):
    before = counts()

    def book_and_break():
        verbs.book(wish(cast), now=NOW)
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        in_transaction(book_and_break)
    assert counts() == before
