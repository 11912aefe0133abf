"""When a kit may go out and come back, and how long it is kept after that."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Account
from equipment.models import Condition, Reservation, ReservationState
from equipment.rules.kits import works_here
from equipment.rules.lending import MOST_HEADS, check_sees
from equipment.rules.refusals import BadCount, NoSuchReservation, TooLongText
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
from foundation.forbidden import check_text

PUNCTUAL = timedelta(minutes=15)
"""So much before its time, a kit is handed over without a question."""
SHORTEST = timedelta(minutes=1)
LONGEST_NAME, LONGEST_NOTE = 120, 300
MOST_MINUTES, MOST_SUPPLIES = 100_000, 10_000


@dataclass(frozen=True)
class Checked:
    """A checklist gone through with a person who typed their name under it.

    Attributes:
        conditions: item → how it is, of those that go out or came back.
        staying: item → how it is, of those that stay here and are not as the register says.
        supplies: id of a supply → how many go out or came back.
        early: the loan may begin before its time.
        few: it is meant that fewer devices go than the kit goes out with.
        rest_missing: what has not come back now will not: it is missing.
        minutes_in_use, head_count: None when nobody told.
    """

    conditions: Mapping[int, Condition]
    signed_name: str
    note: str = ""
    staying: Mapping[int, Condition] = field(default_factory=dict)
    supplies: Mapping[int, int] = field(default_factory=dict)
    early: bool = False
    few: bool = False
    rest_missing: bool = False
    came_back_flat: bool = False
    minutes_in_use: int | None = None
    head_count: int | None = None


def check_checked(checked: Checked) -> None:
    """Refuse what is not signed, and what no column holds.

    Raises:
        NotSigned, TooLongText, BadCount (of supplies), and what `foundation.forbidden.check_text` raises
    """
    if not checked.signed_name.strip():
        raise NotSigned
    if len(checked.signed_name.strip()) > LONGEST_NAME:
        raise TooLongText("signed_name", LONGEST_NAME)
    if len(checked.note.strip()) > LONGEST_NOTE:
        raise TooLongText("note", LONGEST_NOTE)
    check_text(checked.signed_name, "signed_name")
    check_text(checked.note, "note")
    if not all(0 <= count <= MOST_SUPPLIES for count in checked.supplies.values()):
        raise BadCount("supplies", MOST_SUPPLIES)


def check_use(minutes: int | None, heads: int | None, lasted: timedelta) -> None:
    """Refuse what can not be: a kit is in nobody's hands for longer than it is lent.

    Args:
        lasted: from the start of the loan to its end, or to the return when that is later.

    Raises:
        BadCount
    """
    most = max(0, min(MOST_MINUTES, math.ceil(lasted / timedelta(minutes=1))))
    if not 0 <= (minutes or 0) <= most:
        raise BadCount("minutes_in_use", most)
    if not 0 <= (heads or 0) <= MOST_HEADS:
        raise BadCount("head_count", MOST_HEADS)


def check_may_hand(reservation: Reservation, actor: Account) -> None:
    """Staff hand over the kits within their reach; for a host there is nothing to see here.

    Raises:
        NoSuchReservation
    """
    if not works_here(actor):
        raise NoSuchReservation
    check_sees(reservation, actor, reservation.kit.structure_id)


def check_to_hand_over(state: ReservationState) -> None:
    """Raises: HandedOverMeanwhile, NotApprovedYet, NotLentAnyMore"""
    if state in {ReservationState.HANDED_OVER, ReservationState.RETURNED}:
        raise HandedOverMeanwhile
    if state is ReservationState.REQUESTED:
        raise NotApprovedYet
    if state is not ReservationState.APPROVED:
        raise NotLentAnyMore


def check_to_take_back(state: ReservationState) -> None:
    """Raises: TakenBackMeanwhile, NotHandedOver"""
    if state is ReservationState.RETURNED:
        raise TakenBackMeanwhile
    if state is not ReservationState.HANDED_OVER:
        raise NotHandedOver


def begins(starts_at: datetime, ends_at: datetime, *, early: bool, now: datetime) -> datetime:
    """When a loan begins whose kit goes out now: as reserved, or now when that was said to be meant.

    Raises:
        LoanOver, TooEarly
    """
    if ends_at <= now:
        raise LoanOver
    if starts_at <= now + PUNCTUAL:
        return starts_at
    if not early:
        raise TooEarly(starts_at)
    return now


def ended(starts_at: datetime, ends_at: datetime, now: datetime) -> datetime:
    """The end of a loan that is back now: at once when that is early; one that is late was due when it was due."""
    return min(ends_at, max(now, starts_at + SHORTEST))


def seen_now(
    checked: Checked, went: Collection[int], out: Mapping[int, Condition]
) -> dict[int, Condition]:  # fmt: skip
    """What a return writes down: of what is still out, what was ticked; and the rest, when it is said to be missing.

    Raises:
        NotOfThisKit: something was ticked that did not go out.
        TakenBackMeanwhile: all that was ticked was back already.
        NothingTicked
    """
    if not checked.conditions.keys() <= set(went):
        raise NotOfThisKit
    seen = {item_id: condition for item_id, condition in checked.conditions.items() if item_id in out}
    if checked.rest_missing:
        seen = {**dict.fromkeys(out, Condition.MISSING), **seen}
    if out and not seen:
        raise TakenBackMeanwhile if checked.conditions else NothingTicked
    return seen


def turnaround(usual_minutes: int, flat_minutes: int, *, flat: bool) -> timedelta:
    """What charging and cleaning take; longer after it came back flat."""
    return timedelta(minutes=usual_minutes + (flat_minutes if flat else 0))
