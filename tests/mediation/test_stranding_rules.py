"""Which appointments a change leaves behind: decided on bare periods, without database or clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Channel
from agenda.rules.recurrence import Pattern
from foundation.period import Period
from mediation.rules.stranding import (
    Answer,
    Booked,
    Fate,
    Presence,
    WouldStrand,
    covers,
    left_without_presence,
    met_by_absence,
    takes_place_in,
    unanswered,
)

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = date(2026, 3, 12)
LIBRARY, WORKSHOP = 1, 2
PAPERWORK, FIRST_STEPS = 10, 11


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(THURSDAY, time(hour, minute), tzinfo=PARIS)


def _booked(hour: int = 10, id_: int = 1, **changes) -> Booked:
    usual = {"service_id": PAPERWORK, "channel": Channel.VENUE, "venue_id": LIBRARY}
    return Booked(id_, Period(_at(hour), _at(hour, 30)), **(usual | changes))


def _presence(starts: int = 9, ends: int = 17, **changes) -> Presence:
    usual = {
        "venue_id": LIBRARY, "channels": frozenset({"venue", "phone"}), "service_ids": frozenset({PAPERWORK}),
    }  # fmt: skip
    return Presence(Pattern.weekly([3], time(starts), time(ends), date(2026, 1, 8)), **(usual | changes))


class TestCovers:
    def test_at_its_place_and_hours_for_its_service(self):
        assert covers(_presence(), _booked(), PARIS)

    @pytest.mark.parametrize(
        ("presence", "booked"),
        [
            (_presence(11), _booked()),
            (_presence(9, 10), _booked()),
            (_presence(venue_id=WORKSHOP), _booked()),
            (_presence(service_ids=frozenset({FIRST_STEPS})), _booked()),
            (_presence(channels=frozenset({"phone"})), _booked()),
            (_presence(channels=frozenset({"venue"})), _booked(channel=Channel.PHONE, venue_id=None)),
        ],
    )
    def test_not_otherwise(self, presence, booked):
        assert not covers(presence, booked, PARIS)

    def test_by_telephone_the_place_does_not_matter(self):
        assert covers(_presence(venue_id=WORKSHOP), _booked(channel=Channel.PHONE, venue_id=None), PARIS)

    def test_up_to_the_last_minute(self):
        assert takes_place_in(_presence(10, 11).pattern, Period(_at(10, 30), _at(11)), PARIS)
        assert not takes_place_in(_presence(10, 11).pattern, Period(_at(10, 31), _at(11, 1)), PARIS)


class TestLeftBehind:
    def test_nobody_when_nothing_changes(self):
        assert left_without_presence([_booked()], [_presence()], [_presence()], PARIS) == []

    def test_whoever_is_outside_of_the_new_hours(self):
        early, late = _booked(9, 1), _booked(14, 2)
        assert left_without_presence([early, late], [_presence()], [_presence(11)], PARIS) == [early]

    def test_nobody_whom_another_presence_takes(self):
        assert left_without_presence([_booked()], [_presence()], [_presence(11), _presence(9, 11)], PARIS) == []

    def test_nobody_who_was_outside_before(self):
        assert left_without_presence([_booked(20)], [_presence()], [], PARIS) == []

    def test_everybody_when_nothing_is_left(self):
        booked = [_booked(hour, hour) for hour in range(9, 16)]
        assert left_without_presence(booked, [_presence()], [], PARIS) == booked

    @given(st.lists(st.integers(0, 22), unique=True), st.integers(0, 22), st.integers(1, 23))
    def test_more_time_strands_nobody(self, hours, start, length):
        end = min(start + length, 23)
        booked = [_booked(hour, hour + 1) for hour in hours]
        assert left_without_presence(booked, [_presence(start, end)], [_presence(0, 23)], PARIS) == []

    @given(st.lists(st.integers(0, 22), unique=True), st.integers(0, 21), st.integers(1, 22))
    def test_who_is_stranded_was_covered_and_is_no_more(self, hours, start, length):
        before, after = [_presence(0, 23)], [_presence(start, min(start + length, 23))]
        booked = [_booked(hour, hour + 1) for hour in hours]
        stranded = left_without_presence(booked, before, after, PARIS)
        assert {one.id for one in stranded} == {one.id for one in booked if not covers(after[0], one, PARIS)}


class TestMetByAbsence:
    def test_whoever_is_expected_in_that_time(self):
        away = Pattern.once(THURSDAY, time(10, 15), time(12))
        assert met_by_absence([_booked(10, 1), _booked(12, 2)], [], [away], PARIS) == [_booked(10, 1)]

    def test_touching_is_not_meeting(self):
        away = [Pattern.once(THURSDAY, time(9), time(10)), Pattern.once(THURSDAY, time(10, 30), time(11))]
        assert met_by_absence([_booked()], [], away, PARIS) == []

    def test_not_whom_the_absence_met_already(self):
        morning, day = Pattern.once(THURSDAY, time(9), time(12)), Pattern.once(THURSDAY)
        assert met_by_absence([_booked(10, 1), _booked(14, 2)], [morning], [day], PARIS) == [_booked(14, 2)]

    def test_over_several_days_and_nights(self):
        away = Pattern.once(THURSDAY - timedelta(days=1), time(18), time(10, 5), THURSDAY)
        assert met_by_absence([_booked()], [], [away], PARIS) == [_booked()]


class TestAnswer:
    def test_none_is_needed_when_nobody_is_stranded(self):
        unanswered([], None)

    def test_without_one_it_says_who(self):
        with pytest.raises(WouldStrand) as refused:
            unanswered([_booked(id_=4), _booked(11, id_=7)], None)
        assert refused.value.alternatives == [4, 7]
        assert refused.value.status == 409

    def test_it_stands_for_those_that_were_seen_and_nobody_else(self):
        answer = Answer(Fate.KEEP, frozenset({4}))
        unanswered([_booked(id_=4)], answer)
        with pytest.raises(WouldStrand):
            unanswered([_booked(id_=4), _booked(11, id_=7)], answer)

    def test_somebody_who_cancelled_meanwhile_spoils_nothing(self):
        unanswered([_booked(id_=4)], Answer(Fate.CANCEL, frozenset({4, 7})))
