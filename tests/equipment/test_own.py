"""What a school or a care home sees of its own reservations, in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from equipment.models import Approval, Borrowers, Handing, Reservation, ReservationState
from equipment.rules.kits import Lendable
from equipment.rules.late import Late
from equipment.rules.own import (
    NotWithYou,
    check_own,
    check_place,
    check_with_them,
    next_handling,
    not_back_yet,
    sorted_out,
    unserved,
)
from equipment.rules.refusals import NoPlaceOfYours, NoSuchReservation
from places.models import School
from tests.cast import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
S = ReservationState


def loan(state=S.APPROVED, starts=DAY, ends=None, **more):
    at = NOW + starts
    usual = {"id": 1, "kit_id": 1, "school_id": 3, "care_home_id": None, "units_wanted": 0}
    return Reservation(**(usual | {"state": state, "starts_at": at, "ends_at": NOW + (ends or starts + HOUR)} | more))


def lendable(kit_id=1, units=12, working=12, minimum=0):
    return Lendable(
        kit_id, 1, None, None, "M1", "Bleue", "Tablettes", Borrowers.HOSTS, Approval.NONE, 48, 14, 120, "tablette",
        minimum, units, working,
    )  # fmt: skip


def test_each_reservation_stands_in_one_list():
    rows = [
        loan(S.RETURNED, -3 * DAY), loan(S.CANCELLED, -2 * DAY), loan(S.HANDED_OVER, -DAY), loan(S.APPROVED),
        loan(S.REQUESTED), loan(S.REFUSED, 2 * DAY),
    ]  # fmt: skip
    mine = sorted_out(rows, NOW)
    assert (mine.out, mine.coming, mine.waiting) == ([rows[2]], [rows[3]], [rows[4]])
    assert mine.past == [rows[5], rows[1], rows[0]]


def test_what_was_never_answered_or_never_fetched_is_over_when_its_time_is():
    rows = [loan(S.REQUESTED, -2 * HOUR), loan(S.APPROVED, -2 * HOUR)]
    assert sorted_out(rows, NOW).past == rows[::-1]


def test_a_loan_that_has_begun_still_comes_until_it_is_over():
    begun = loan(S.APPROVED, -HOUR, HOUR)
    assert sorted_out([begun], NOW).coming == [begun]


def test_the_next_thing_is_what_is_due_first_going_or_coming_back():
    out, coming = loan(S.HANDED_OVER, -DAY, 2 * DAY), loan(S.APPROVED, DAY, outward=Handing.DELIVERED)
    first = next_handling(sorted_out([out, coming], NOW))
    assert (first.reservation, first.back, first.handing) == (coming, False, Handing.DELIVERED)
    late = loan(S.HANDED_OVER, -2 * DAY, -DAY, homeward=Handing.COLLECTED)
    first = next_handling(sorted_out([late, coming], NOW))
    assert (first.reservation, first.back, first.handing) == (late, True, Handing.COLLECTED)


def test_when_nothing_comes_there_is_nothing_next():
    assert next_handling(sorted_out([loan(S.REQUESTED), loan(S.RETURNED, -DAY)], NOW)) is None


def test_a_reservation_is_that_of_its_very_place():
    teacher, other, nobody = Account(school_id=3), Account(school_id=4), Account()
    one, of_home = loan(), loan(school_id=None, care_home_id=3)
    assert check_own(one, teacher) is one
    for reservation, account in ((one, other), (of_home, teacher), (None, teacher), (one, nobody)):
        with pytest.raises(NoSuchReservation):
            check_own(reservation, account)
    with pytest.raises(NoSuchReservation):
        check_own(loan(school_id=None), nobody)


def test_a_host_without_a_place_borrows_nothing():
    check_place(Account(school=School(name="École")))
    with pytest.raises(NoPlaceOfYours):
        check_place(Account())


@pytest.mark.parametrize(
    ("kits", "units", "told"),
    [
        ([lendable()], 12, False),
        ([lendable(working=11)], 12, True),
        ([lendable(working=11)], 11, False),
        ([lendable(working=11)], 0, False),
        ([lendable(working=3, minimum=4)], 0, True),
        ([lendable(kit_id=2)], 0, True),
        ([], 0, True),
    ],
)
def test_a_borrower_is_told_when_the_kit_no_longer_does(kits, units, told):
    one = loan(units_wanted=units)
    assert unserved([one], {kit.id: kit for kit in kits}) == ([one] if told else [])


@pytest.mark.parametrize(
    ("state", "starts", "ends", "with_them"),
    [
        (S.HANDED_OVER, -DAY, DAY, True),
        (S.HANDED_OVER, -3 * DAY, -DAY, True),
        (S.APPROVED, -HOUR, HOUR, True),
        (S.APPROVED, HOUR, 2 * HOUR, False),
        (S.RETURNED, -3 * DAY, -2 * DAY, True),
        (S.RETURNED, -20 * DAY, -15 * DAY, False),
        (S.REQUESTED, -HOUR, HOUR, False),
        (S.CANCELLED, -HOUR, HOUR, False),
        (S.REFUSED, -HOUR, HOUR, False),
    ],
)
def test_who_has_the_kit_or_had_it_lately_reports_about_it(state, starts, ends, with_them):
    one = loan(state, starts, ends)
    if with_them:
        check_with_them(one, NOW)
    else:
        with pytest.raises(NotWithYou):
            check_with_them(one, NOW)


@pytest.mark.parametrize(
    ("starts", "late", "told"),
    [
        (HOUR, {1: 9}, True),
        (47 * HOUR, {1: 9}, True),
        (49 * HOUR, {1: 9}, False),
        (HOUR, {2: 9}, False),
        (HOUR, {1: 1}, False),
        (HOUR, {}, False),
    ],
)
def test_a_kit_that_is_late_elsewhere_is_told_to_whoever_is_next_soon(starts, late, told):
    one = loan(starts=starts)
    late = {kit_id: Late(number, NOW - HOUR) for kit_id, number in late.items()}
    assert not_back_yet([one], late, NOW) == ([one] if told else [])
