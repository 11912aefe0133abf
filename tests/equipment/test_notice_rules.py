"""When a kit no longer serves a loan, which warning still stands, and of which kit and time a message tells. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from equipment.models import Approval, Borrowers, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.rules.kits import Lendable
from equipment.rules.news import News
from equipment.rules.notices import (
    STILL_TRUE,
    NoticeKind,
    moment,
    standing_warning,
    state_of,
    too_few,
)

NINE, TEN = datetime(2026, 3, 17, 8, tzinfo=UTC), datetime(2026, 3, 17, 9, tzinfo=UTC)
KINDS = ReservationEventKind


def lendable(working: int, *, units: int = 12, minimum: int = 8) -> Lendable:
    return Lendable(
        1, 1, None, None, "TAB1", "Tablettes", "Tablettes", Borrowers.HOSTS, Approval.NONE, 48, 14, 120, "tablette",
        minimum, units, working,
    )  # fmt: skip


def happened(*kinds: ReservationEventKind) -> list[ReservationEvent]:
    return [ReservationEvent(id=number, kind=kind) for number, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("working", "wanted", "lacking"),
    [(12, 12, False), (11, 12, True), (11, 11, False), (11, 0, False), (8, 0, False), (7, 0, True), (7, 2, True)],
)
def test_a_loan_lacks_devices_or_the_kit_stays_here(working, wanted, lacking):
    assert too_few(lendable(working), wanted) is lacking


def test_a_state_is_what_works_of_what_there_is():
    assert state_of(lendable(9)) == "9/12"


@pytest.mark.parametrize(
    ("kinds", "standing"),
    [
        ((), None),
        ((KINDS.APPROVED,), None),
        ((KINDS.APPROVED, KINDS.WARNED), 2),
        ((KINDS.WARNED, KINDS.WARNED), 2),
        ((KINDS.WARNED, KINDS.APPROVED), 1),
        ((KINDS.WARNED, KINDS.REASSURED), None),
        ((KINDS.WARNED, KINDS.REASSURED, KINDS.WARNED), 3),
        ((KINDS.WARNED, KINDS.MOVED), None),
        ((KINDS.MOVED, KINDS.WARNED), 2),
    ],
)
def test_a_warning_stands_until_all_is_well_or_the_loan_is_another(kinds, standing):
    found = standing_warning(happened(*kinds))
    assert (found.id if found else None) == standing


def test_a_message_is_of_one_kit_at_one_time():
    loan = Reservation(kit_id=3, starts_at=NINE, ends_at=TEN)
    assert moment(loan) == "3-20260317T0800-20260317T0900"
    others = (
        Reservation(kit_id=4, starts_at=NINE, ends_at=TEN),
        Reservation(kit_id=3, starts_at=NINE, ends_at=datetime(2026, 3, 17, 10, tzinfo=UTC)),
    )
    assert moment(loan) not in {moment(one) for one in others}


def test_each_kind_of_message_knows_when_it_is_true():
    assert STILL_TRUE.keys() == set(NoticeKind) - {NoticeKind.ANSWERED}
    assert not any(ReservationState.RETURNED in states for states in STILL_TRUE.values())
    assert all(states <= {ReservationState.CANCELLED} for kind, states in STILL_TRUE.items() if kind == "cancelled")


@pytest.mark.parametrize(("kit", "blocked"), [(None, False), (lendable(9), False), (lendable(7), True)])
def test_a_kit_is_blocked_under_its_minimum(kit, blocked):
    assert News(NoticeKind.SHORT, kit=kit).blocked is blocked
