"""The parts of a day that are reserved in one press."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

import pytest

from equipment.rules.school_day import AFTERNOON, MORNING, PARTS, NoSchoolThen, check_open, is_open, part_of, parts_for

MONDAY, WEDNESDAY, SATURDAY = date(2026, 3, 16), date(2026, 3, 18), date(2026, 3, 21)


def test_every_part_ends_after_it_begins_and_has_a_key_of_its_own():
    assert all(one.starts < one.ends for one in PARTS)
    assert len({one.key for one in PARTS}) == len(PARTS)
    assert len({(one.starts, one.ends) for one in PARTS}) == len(PARTS)


def test_lessons_lie_within_their_half_day_and_never_overlap():
    lessons = sorted((one.starts, one.ends) for one in PARTS if one.lessons)
    assert all(before[1] <= after[0] for before, after in pairwise(lessons))
    for starts, ends in lessons:
        half = MORNING if ends <= time(12) else AFTERNOON
        assert half.starts <= starts < ends <= half.ends


def test_two_half_days_leave_two_hours_to_charge_in_between():
    assert AFTERNOON.starts.hour * 60 + AFTERNOON.starts.minute - (MORNING.ends.hour * 60 + MORNING.ends.minute) == 120


def test_a_care_home_is_offered_no_lessons():
    assert [one.key for one in parts_for(at_school=False)] == ["matin", "apres-midi", "journee"]
    assert [one.key for one in parts_for(at_school=True)] == [one.key for one in PARTS]


def test_a_key_leads_to_its_part_and_any_other_word_to_none():
    assert part_of("matin") is MORNING
    assert part_of("heures") is part_of("") is part_of("MATIN") is None


@pytest.mark.parametrize(
    ("key", "day", "opened"),
    [
        ("matin", MONDAY, True),
        ("apres-midi", MONDAY, True),
        ("matin", WEDNESDAY, True),
        ("m2", WEDNESDAY, True),
        ("apres-midi", WEDNESDAY, False),
        ("journee", WEDNESDAY, False),
        ("a1", WEDNESDAY, False),
        ("matin", SATURDAY, False),
        ("matin", date(2026, 3, 22), False),
    ],
)
def test_when_there_is_school(key, day, opened):
    part = part_of(key)
    assert part is not None
    assert is_open(part, day, at_school=True) is opened
    assert is_open(part, day, at_school=False)


def test_a_part_without_school_is_refused_beside_the_part():
    check_open(MORNING, WEDNESDAY, at_school=True)
    with pytest.raises(NoSchoolThen) as refused:
        check_open(AFTERNOON, WEDNESDAY, at_school=True)
    assert refused.value.field == "part"
    check_open(AFTERNOON, WEDNESDAY, at_school=False)
