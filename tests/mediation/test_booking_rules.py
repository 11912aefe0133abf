"""Rules of booking without a database: what an address spells, who may book what, until when it may be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Channel
from foundation.forbidden import AccountNumber
from mediation.models import Appointment, Attendance, Audience, Origin, Service
from mediation.rules.booking import (
    Booking,
    NotOffered,
    NotToCome,
    TooLateToChange,
    check_booking,
    check_change,
    check_service,
)
from mediation.rules.journey import Choice, UnreadableChoice, read, read_day, read_start

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CHOICES = st.builds(
    Choice,
    service_id=st.integers(1, 2**31 - 1),
    channel=st.just(Channel.VENUE),
    venue_id=st.integers(1, 2**31 - 1),
    starts_at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.replace(second=0, microsecond=0)
    ),
    near=st.integers(1, 1000),
    draft=st.text("abc-_", max_size=20),
)


@given(CHOICES)
def test_an_address_spells_the_choice_that_wrote_it(choice):
    assert read({name: str(value) for name, value in choice.query().items()}) == choice


@pytest.mark.parametrize(("place", "channel", "venue_id"), [
    ("12", Channel.VENUE, 12), ("phone", Channel.PHONE, None), ("home", Channel.HOME, None), ("", None, None),
])  # fmt: skip
def test_a_place_is_a_venue_or_another_channel(place, channel, venue_id):
    choice = read({"motif": "1", "ou": place})
    assert (choice.channel, choice.venue_id, choice.place) == (channel, venue_id, place)


def test_another_place_forgets_the_time():
    assert Choice(1, Channel.VENUE, 2, AT).at("phone") == Choice(1, Channel.PHONE, None, None)


@pytest.mark.parametrize("parameters", [
    {"motif": "x"}, {"motif": "1.5"}, {"motif": "٣"}, {"ou": "venue"}, {"debut": "jeudi"}, {"quartier": "99999999999"},
    {"debut": "99991231T2359Z"}, {"debut": "00010101T0000Z"},
])  # fmt: skip
def test_what_can_not_be_read_is_refused(parameters):
    with pytest.raises(UnreadableChoice):
        read(parameters)


def test_days_far_away_are_refused():
    assert read_day("2026-03-12", date(2026, 3, 10)) == date(2026, 3, 12)
    assert read_day(None, date(2026, 3, 10)) is None
    assert read_start("") is None
    with pytest.raises(UnreadableChoice):
        read_day("2036-03-12", date(2026, 3, 10))


@pytest.mark.parametrize(("audience", "origins"), [
    (Audience.EVERYONE, set(Origin)),
    (Audience.PRESCRIBERS, set(Origin) - {Origin.RESIDENT}),
    (Audience.STAFF, {Origin.DESK, Origin.WALK_IN}),
])  # fmt: skip
def test_who_may_book_a_service(audience, origins):
    service = Service(active=True, audience=audience)
    for origin in Origin:
        if origin in origins:
            assert check_service(service, origin) is service
        else:
            with pytest.raises(NotOffered):
                check_service(service, origin)


@pytest.mark.parametrize("service", [None, Service(active=False, audience=Audience.EVERYONE)])
def test_nobody_books_what_is_not_offered(service):
    with pytest.raises(NotOffered):
        check_service(service, Origin.DESK)


@pytest.mark.parametrize("origin", list(Origin))
def test_a_remark_holds_no_number_that_opens_somebody_s_account_whoever_books(origin):
    wish = Booking(1, AT, Channel.VENUE, origin, venue_id=1, remark="virement sur FR76 3000 6000 0112 3456 7890 189")
    service = Service(channels=[Channel.VENUE])
    with pytest.raises(AccountNumber) as refused:
        check_booking(wish, service)
    assert refused.value.field == "remark"
    check_booking(replace(wish, remark="Un virement à faire"), service)


@pytest.mark.parametrize("minutes", [0, 120, 1440])
def test_a_change_is_possible_until_the_notice(minutes):
    appointment = Appointment(starts_at=AT, attendance=Attendance.EXPECTED)
    last = AT - timedelta(minutes=minutes)
    check_change(appointment, minutes, last, by_staff=False)
    late = last + timedelta(microseconds=1)
    check_change(appointment, minutes, late, by_staff=True)
    with pytest.raises(TooLateToChange):
        check_change(appointment, minutes, late, by_staff=False)


@pytest.mark.parametrize("attendance", [one for one in Attendance if one is not Attendance.EXPECTED])
def test_only_what_is_to_come_is_changed(attendance):
    with pytest.raises(NotToCome):
        check_change(Appointment(starts_at=AT, attendance=attendance), 0, AT, by_staff=True)
