"""Handing a kit over and taking it back: a checklist, a name typed under it, and what follows from what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Account
from equipment.models import (
    Condition,
    Direction,
    Handover,
    Reservation,
    ReservationEventKind,
    ReservationState,
)
from equipment.queries import handing as queries
from equipment.queries import kits as kit_queries
from equipment.rules.handing import (
    Checked,
    begins,
    check_checked,
    check_may_hand,
    check_to_hand_over,
    check_to_take_back,
    check_use,
    ended,
    seen_now,
    turnaround,
)
from equipment.rules.unhandable import HandedOverMeanwhile, HandedTwice
from equipment.service import found, lending, outgoing, waiting
from equipment.service.checklists import written
from equipment.service.keeping import keep
from equipment.service.noting import note
from foundation import audit
from foundation.db import db, explain_constraint

explain_constraint("uq_handover_request_key", HandedTwice)
explain_constraint("uq_handover_reservation_id", HandedOverMeanwhile)


def hand_over(
    reservation_id: int, checked: Checked, actor: Account, *, now: datetime, request_key: str
) -> Handover:  # fmt: skip
    """The kit goes out with what was ticked. The same `request_key` hands it over once.

    Raises:
        KitIncomplete: with other kits that are free then.
        NoSuchReservation, NoSuchKit, HandedOverMeanwhile, HandedTwice, NotApprovedYet, NotLentAnyMore, LoanOver,
        TooEarly, NotFreeBefore, LoanTooLong, NothingTicked, NotOfThisKit, StillWithOthers, OutElsewhere,
        and as `check_checked`
    """
    check_checked(checked)
    reservation = lending.locked(reservation_id)
    check_may_hand(reservation, actor)
    if known := _known(request_key, reservation, Direction.OUT):
        return known
    check_to_hand_over(reservation.state)
    kit = kit_queries.lendable(reservation.kit_id)
    start = begins(reservation.starts_at, reservation.ends_at, early=checked.early, now=now)
    outgoing.check_goes(reservation, kit, checked, actor)
    if start != reservation.starts_at:
        outgoing.begin_now(reservation, kit, start)
    reservation.state = ReservationState.HANDED_OVER
    made = written(reservation, Direction.OUT, checked, checked.conditions, actor, now, request_key)
    made.rules_agreed, made.due_at = reservation.kit.rules, reservation.ends_at
    _note(reservation, ReservationEventKind.HANDED_OVER, actor, now)
    _report(reservation, {**checked.conditions, **checked.staying}, checked, actor, now)
    return made


def take_back(
    reservation_id: int, checked: Checked, actor: Account, *, now: datetime, request_key: str
) -> Handover:  # fmt: skip
    """What was ticked is back; the loan is over when nothing is out any more, or when the rest is said to be missing.

    The same `request_key` takes it back once, and a device that another phone wrote down already comes back once: who
    comes second writes down what was still out, or is told that nothing was.

    Raises:
        NoSuchReservation, NotHandedOver, TakenBackMeanwhile, HandedTwice, NothingTicked, NotOfThisKit, BadCount, and as
        `check_checked`
    """
    check_checked(checked)
    reservation = lending.locked(reservation_id)
    check_may_hand(reservation, actor)
    if known := _known(request_key, reservation, Direction.BACK):
        return known
    check_to_take_back(reservation.state)
    check_use(checked.minutes_in_use, checked.head_count, max(now, reservation.ends_at) - reservation.starts_at)
    went = queries.went_with(reservation.id)
    out = queries.outstanding([reservation.id]).get(reservation.id, {})
    seen = seen_now(checked, went, out)
    made = written(reservation, Direction.BACK, checked, seen, actor, now, request_key)
    made.came_back_flat = checked.came_back_flat
    _tell_use(reservation, checked)
    if seen.keys() == out.keys():
        _end(reservation, actor, now)
    else:
        _note(reservation, ReservationEventKind.PARTLY_RETURNED, actor, now)
    _report(reservation, seen, checked, actor, now)
    return made


def _known(request_key: str, reservation: Reservation, direction: Direction) -> Handover | None:
    """What the same page wrote before.

    Raises:
        HandedTwice: it was sent for something else.
    """
    known = queries.by_request_key(request_key)
    if known and (known.reservation_id, known.direction) != (reservation.id, direction):
        raise HandedTwice
    return known


def _tell_use(reservation: Reservation, checked: Checked) -> None:
    """What is told last counts; what nobody tells stays as it was."""
    if checked.minutes_in_use is not None:
        reservation.minutes_in_use = checked.minutes_in_use
    if checked.head_count is not None:
        reservation.head_count = checked.head_count


def _end(reservation: Reservation, actor: Account, now: datetime) -> None:
    """Nothing is out any more: the kit is free once it is ready again, and what was used up is counted off."""
    kit = reservation.kit
    ready = now + turnaround(kit.turnaround_minutes, kit.flat_minutes, flat=queries.came_back_flat(reservation.id))
    reservation.state = ReservationState.RETURNED
    keep(reservation, reservation.starts_at, ended(reservation.starts_at, reservation.ends_at, now), ready)
    lost = queries.supplies_out(reservation.id)
    for supply in kit.supplies:
        supply.count = max(0, supply.count - lost.get(supply.label, 0))
    _note(reservation, ReservationEventKind.RETURNED, actor, now)
    waiting.tell_next(reservation, ready, now)
    waiting.tell_is_back(reservation, ready, now)


def _report(
    reservation: Reservation, seen: Mapping[int, Condition], checked: Checked, actor: Account, now: datetime
) -> None:  # fmt: skip
    found.report(reservation.kit_id, seen, checked.note.strip(), actor, now, reservation_id=reservation.id)


def _note(reservation: Reservation, kind: ReservationEventKind, actor: Account, now: datetime) -> None:
    note(reservation, kind, now, actor.id)
    audit.record(f"reservation.{kind.value}", reservation.reference, actor_id=actor.id)
    db.session.flush()
