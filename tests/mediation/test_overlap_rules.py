"""One presence of a mediator against their others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from agenda.models import Recurrence
from agenda.rules.recurrence import Pattern
from foundation.i18n import in_language
from mediation.rules.overlaps import Other, OverlapsPresence, check_alone

TODAY = date(2026, 3, 10)
TUESDAYS = Pattern.weekly([1], time(9), time(12), date(2026, 1, 6))
THERE = Other(TUESDAYS, "Médiathèque")


@pytest.mark.parametrize(
    "wanted",
    [
        replace(TUESDAYS, starts=time(12), ends=time(14)),
        replace(TUESDAYS, weekdays=4),
        replace(TUESDAYS, first_day=date(2026, 1, 6), last_day=date(2026, 3, 9)),
        Pattern.once(date(2026, 3, 11), time(9), time(12)),
    ],
)
def test_what_does_not_meet_passes(wanted):
    check_alone(wanted, [THERE], TODAY)


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        (TUESDAYS, "10 mars"),
        (replace(TUESDAYS, starts=time(11), ends=time(14), weekdays=127), "10 mars"),
        (Pattern.once(date(2026, 3, 17), time(8), time(10)), "17 mars"),
        (Pattern(date(2026, 1, 31), None, time(11), time(13), Recurrence.MONTHLY_DAY), "31 mars"),
    ],
)
def test_what_meets_is_refused_with_the_other_and_the_day(app, wanted, first):
    with in_language("fr"), pytest.raises(OverlapsPresence) as refused:
        check_alone(wanted, [THERE], TODAY)
    assert first in str(refused.value)
    assert "Le mardi" in str(refused.value)
    assert "Médiathèque" in str(refused.value)


def test_every_other_week_beside_every_other_week():
    even = replace(TUESDAYS, every=2)
    odd = replace(even, first_day=date(2026, 1, 13))
    check_alone(odd, [Other(even, "")], TODAY)


def test_what_overlapped_before_may_stay_but_nothing_may_come_to_it():
    check_alone(replace(TUESDAYS, ends=time(13)), [THERE], TODAY, was=TUESDAYS)
    with pytest.raises(OverlapsPresence):
        check_alone(TUESDAYS, [THERE], TODAY, was=replace(TUESDAYS, weekdays=1))
