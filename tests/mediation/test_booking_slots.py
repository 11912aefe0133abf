"""Which slots are found for a service: where, with whom, by which channel, and how far ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from activity.models import Channel
from foundation.db import db, transaction
from foundation.period import Period
from mediation.queries.slots import find_slots, first_by_place, first_days, nearest, presences
from tests.cast import NOW
from tests.mediation.booking_wishes import TEN, booked, local

pytestmark = pytest.mark.usefixtures("stopped_clock")
THURSDAY = Period(local(0), local(23))


def starts(found) -> list[datetime]:
    return [slot.starts_at for slot in found]


def test_slots_follow_the_step_of_the_service_through_the_shift(cast):
    found = find_slots(cast.paperwork, THURSDAY, now=NOW, channel=Channel.VENUE)
    assert starts(found) == [local(hour, minute) for hour in range(9, 17) for minute in (0, 30)]
    assert {(s.mediator_id, s.venue_id, s.room_id) for s in found} == {
        (cast.mediator.id, cast.library.id, cast.room.id)
    }


def test_a_service_given_in_two_places_has_slots_of_both(cast):
    found = find_slots(cast.first_steps, THURSDAY, now=NOW)
    assert {slot.venue_id for slot in found} == {cast.library.id, cast.workshop.id}
    at_workshop = find_slots(cast.first_steps, THURSDAY, now=NOW, venue_id=cast.workshop.id)
    assert starts(at_workshop) == [local(14), local(15, 10), local(16, 20)]


def test_only_the_mediators_who_are_named(cast):
    found = find_slots(cast.first_steps, THURSDAY, now=NOW, mediator_ids=[cast.other_mediator.id])
    assert {slot.mediator_id for slot in found} == {cast.other_mediator.id}
    assert find_slots(cast.first_steps, THURSDAY, now=NOW, mediator_ids=[]) == []


def test_each_channel_that_both_shift_and_service_have(cast):
    found = find_slots(cast.at_home, THURSDAY, now=NOW)
    assert {slot.channel for slot in found} == {Channel.HOME, Channel.PHONE}
    assert {slot.venue_id for slot in found} == {None}


def test_who_telephones_needs_the_room_and_who_visits_does_not(cast):
    by_channel = {one.channel: one for one in presences(cast.at_home)}
    assert by_channel[Channel.PHONE].resource_ids == (cast.mediator.resource_id, cast.room.resource_id)
    assert by_channel[Channel.HOME].resource_ids == (cast.mediator.resource_id,)


def test_a_booked_time_is_gone_unless_it_is_to_be_moved(cast):
    appointment = booked(cast)
    moment = Period(TEN, TEN + timedelta(minutes=1))
    assert find_slots(cast.paperwork, moment, now=NOW) == []
    assert starts(find_slots(cast.paperwork, moment, now=NOW, ignoring=appointment.reference)) == [TEN]


def test_a_room_that_is_taken_takes_the_slot_with_it(cast):
    with transaction():
        cast.other_shift.venue_id = cast.library.id
        cast.other_shift.room_id = cast.room.id
    booked(cast, starts_at=local(15))
    found = find_slots(cast.first_steps, THURSDAY, now=NOW, mediator_ids=[cast.other_mediator.id])
    assert local(15, 10) not in starts(found)


@pytest.mark.parametrize("close", ["account", "venue"])
def test_who_left_and_what_closed_is_not_offered(cast, close):
    with transaction():
        (cast.mediator if close == "account" else cast.library).active = False
    assert find_slots(cast.paperwork, THURSDAY, now=NOW) == []


def test_notice_and_horizon_bind_residents_only(cast):
    with transaction():
        cast.paperwork.notice_minutes, cast.paperwork.horizon_days = 180, 1
    window = Period(NOW, NOW + timedelta(days=3))
    found = starts(find_slots(cast.paperwork, window, now=NOW))
    assert (found[0], found[-1]) == (local(11, 0, day=10), local(16, 30, day=11))
    freely = starts(find_slots(cast.paperwork, window, now=NOW, freely=True))
    assert (freely[0], freely[-1]) == (local(9, 0, day=10), local(16, 30, day=12))


def test_the_nearest_are_on_both_sides(cast):
    booked(cast)
    found = nearest(cast.paperwork, TEN, now=NOW, venue_id=cast.library.id, channel=Channel.VENUE)
    assert starts(found) == [local(9), local(9, 30), local(10, 30)]


def test_the_nearest_may_lie_weeks_ahead(cast):
    with transaction():
        cast.shift.opening.first_day = date(2026, 4, 6)
    found = nearest(cast.paperwork, TEN, now=NOW)
    assert [slot.starts_at.date() for slot in found] == [date(2026, 4, 6)] * 3


def test_days_without_free_time_are_left_out(cast):
    found = first_days(cast.paperwork, 4, now=NOW, channel=Channel.VENUE)
    assert [one.day for one in found] == [date(2026, 3, day) for day in (10, 11, 12, 13)]
    later = first_days(cast.paperwork, 2, now=NOW, after=date(2026, 3, 13), channel=Channel.VENUE)
    assert [one.day for one in later] == [date(2026, 3, 16), date(2026, 3, 17)]
    assert len(later[0].starts) == 16


def test_days_end_with_the_horizon(cast):
    with transaction():
        cast.paperwork.horizon_days = 3
    found = first_days(cast.paperwork, 10, now=NOW)
    assert [one.day for one in found] == [date(2026, 3, day) for day in (10, 11, 12, 13)]


def test_each_place_says_when_it_is_free_first(cast):
    found = first_by_place(cast.first_steps, now=NOW)
    assert [(one.venue_id, one.first) for one in found] == [
        (cast.library.id, local(10, 10, day=10)),
        (cast.workshop.id, local(14, 0, day=10)),
    ]


def test_slots_of_many_need_no_more_queries(cast, count_queries):
    few = count_queries(lambda: find_slots(cast.first_steps, THURSDAY, now=NOW))
    for day in (11, 12, 13, 16, 17):
        booked(cast, starts_at=local(9, 0, day))
    db.session.rollback()
    many = count_queries(lambda: find_slots(cast.first_steps, Period(NOW, NOW + timedelta(days=40)), now=NOW))
    assert many == few
