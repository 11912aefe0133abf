"""When a kit may go out and come back, how long it is kept, and what a return writes down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, ReservationState
from equipment.rules.handing import (
    PUNCTUAL,
    Checked,
    begins,
    check_checked,
    check_to_hand_over,
    check_to_take_back,
    ended,
    seen_now,
    turnaround,
)
from equipment.rules.refusals import BadCount, TooLongText
from equipment.rules.unhandable import (
    HandedOverMeanwhile,
    LoanOver,
    NotApprovedYet,
    NotHandedOver,
    NothingTicked,
    NotLentAnyMore,
    NotOfThisKit,
    NotSigned,
    TakenBackMeanwhile,
    TooEarly,
)
from foundation.forbidden import AccountNumber
from tests.workshops.given import at

START, DUE = at("2026-03-17 09:00"), at("2026-03-17 12:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WORKING, MISSING = Condition.WORKING, Condition.MISSING
WENT = {1, 2, 3}
OUT = {2: WORKING, 3: WORKING}


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (ReservationState.REQUESTED, NotApprovedYet),
        (ReservationState.REFUSED, NotLentAnyMore),
        (ReservationState.CANCELLED, NotLentAnyMore),
        (ReservationState.HANDED_OVER, HandedOverMeanwhile),
        (ReservationState.RETURNED, HandedOverMeanwhile),
    ],
)
def test_only_what_was_agreed_to_goes_out(state, refusal):
    with pytest.raises(refusal):
        check_to_hand_over(state)
    check_to_hand_over(ReservationState.APPROVED)


@pytest.mark.parametrize("state", [one for one in ReservationState if one is not ReservationState.HANDED_OVER])
def test_only_what_is_out_comes_back(state):
    refusal = TakenBackMeanwhile if state is ReservationState.RETURNED else NotHandedOver
    with pytest.raises(refusal):
        check_to_take_back(state)
    check_to_take_back(ReservationState.HANDED_OVER)


@pytest.mark.parametrize("now", [START - PUNCTUAL, START, DUE - MINUTE])
def test_in_its_time_a_loan_begins_as_reserved(now):
    assert begins(START, DUE, early=False, now=now) == START
    assert begins(START, DUE, early=True, now=now) == START


def test_before_its_time_it_begins_when_that_is_meant(app):
    now = START - PUNCTUAL - MINUTE
    with pytest.raises(TooEarly):
        begins(START, DUE, early=False, now=now)
    assert begins(START, DUE, early=True, now=now) == now


@pytest.mark.parametrize("now", [DUE, DUE + HOUR])
def test_after_its_time_it_does_not_begin(now):
    with pytest.raises(LoanOver):
        begins(START, DUE, early=True, now=now)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (START + HOUR, START + HOUR),
        (DUE, DUE),
        (DUE + 30 * HOUR, DUE),
        (START, START + MINUTE),
        (START - HOUR, START + MINUTE),
    ],
)
def test_a_loan_ends_when_it_is_back_and_never_after_it_was_due(now, end):
    assert ended(START, DUE, now) == end


def test_of_the_shortest_loan_nothing_is_cut_off():
    assert ended(START, START + timedelta(seconds=30), START) == START + timedelta(seconds=30)


def test_flat_takes_longer():
    assert turnaround(60, 180, flat=False) == HOUR
    assert turnaround(60, 180, flat=True) == 4 * HOUR
    assert turnaround(0, 0, flat=True) == timedelta(0)


def test_a_return_writes_down_what_was_still_out():
    assert seen_now(Checked({1: MISSING, 2: WORKING}, "B"), WENT, OUT) == {2: WORKING}
    assert seen_now(Checked({2: WORKING, 3: MISSING}, "B"), WENT, OUT) == {2: WORKING, 3: MISSING}


def test_the_rest_is_missing_when_that_is_said():
    assert seen_now(Checked({2: WORKING}, "B", rest_missing=True), WENT, OUT) == {2: WORKING, 3: MISSING}
    assert seen_now(Checked({}, "B", rest_missing=True), WENT, OUT) == {2: MISSING, 3: MISSING}


@pytest.mark.parametrize(
    ("conditions", "refusal"), [({}, NothingTicked), ({1: WORKING}, TakenBackMeanwhile), ({4: WORKING}, NotOfThisKit)]
)
def test_a_return_of_nothing_is_none(conditions, refusal):
    with pytest.raises(refusal):
        seen_now(Checked(conditions, "B"), WENT, OUT)


def test_a_kit_without_devices_comes_back_as_it_went():
    assert seen_now(Checked({}, "B"), set(), {}) == {}


@pytest.mark.parametrize(
    ("more", "refusal", "field"),
    [
        ({"signed_name": " "}, NotSigned, "signed_name"),
        ({"signed_name": "B" * 121}, TooLongText, "signed_name"),
        ({"note": "n" * 301}, TooLongText, "note"),
        ({"note": "FR76 3000 6000 0112 3456 7890 189"}, AccountNumber, "note"),
        ({"signed_name": "FR76 3000 6000 0112 3456 7890 189"}, AccountNumber, "signed_name"),
        ({"supplies": {1: 10_001}}, BadCount, "supplies"),
        ({"supplies": {1: -1}}, BadCount, "supplies"),
    ],
)
def test_what_no_column_holds_is_refused_at_its_field(more, refusal, field):
    with pytest.raises(refusal) as refused:
        check_checked(Checked({}, **({"signed_name": "Bruno"} | more)))
    assert refused.value.field == field


def test_what_is_at_its_limit_is_not():
    check_checked(Checked({}, "B" * 120, "n" * 300, supplies={1: 10_000, 2: 0}))
    check_checked(Checked({}, " Bruno "))
