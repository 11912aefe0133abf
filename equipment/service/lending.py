"""Reserving kits: one date or many, yes and no, another time or kit, and giving it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Reservation, ReservationEventKind, ReservationState
from equipment.queries import kits as kit_queries
from equipment.queries import lending as queries
from equipment.rules.kits import Lendable, may_borrow, works_here
from equipment.rules.lending import (
    Wish,
    borrower_of,
    check_changeable,
    check_dates,
    check_may_answer,
    check_reason,
    check_sees,
    check_time,
    check_waiting,
    check_wish,
    first_state,
)
from equipment.rules.refusals import DatesNotFree, KitIncomplete, KitTaken, NoSuchKit, ReservedTwice
from equipment.service import notices
from equipment.service.noting import label_of, note, note_moved
from foundation import audit
from foundation.codes import free_code, new_code
from foundation.db import db, explain_constraint
from foundation.period import Period

explain_constraint("uq_reservation_request_key", ReservedTwice)


@dataclass(frozen=True)
class DateTaken:
    """A date of a recurring wish on which the kit is not free, and other kits that are."""

    period: Period
    alternatives: Sequence[Lendable]


def reserve(
    kit_id: int, period: Period, wish: Wish, actor: Account, *, now: datetime, request_key: str | None = None
) -> Reservation:
    """Reserve a kit once. The same `request_key` reserves once.

    Raises:
        KitTaken, KitIncomplete: with other kits that are free then.
        NoSuchKit, NoPlaceOfYours, ReservedTwice, and what `check_wish` and `check_time` refuse
    """
    return reserve_series(kit_id, [period], wish, actor, now=now, request_key=request_key)[0]


def reserve_series(
    kit_id: int, periods: Sequence[Period], wish: Wish, actor: Account, *, now: datetime,
    only_free: bool = False, request_key: str | None = None,
) -> list[Reservation]:  # fmt: skip
    """Reserve a kit on every date wanted, in order; or on none, and say on which it is not free.

    Args:
        only_free: leave those dates out instead of refusing; none left is refused all the same.

    Raises:
        DatesNotFree: its `alternatives` are `DateTaken`; `KitTaken` when a single date was wanted.
        KitIncomplete, NoSuchKit, NoPlaceOfYours, ReservedTwice, and what `check_wish` and `check_dates` refuse
    """
    check_wish(wish)
    borrower = borrower_of(wish, actor)
    kit = _lendable_to(kit_id, actor)
    agenda.lock([kit.resource_id])
    if already := queries.by_request_key(request_key, actor.id):
        return already
    ordered = sorted(periods)
    check_dates(kit, ordered, actor, now=now)
    kit = kit_queries.lendable(kit_id)
    _check_goes_out(kit, ordered[0], wish.units_wanted, actor)
    free = _free_dates(kit, ordered, wish, actor, only_free=only_free)
    state, series = first_state(kit, actor), new_code() if len(free) > 1 else ""
    rows = [_row(kit, one, wish, borrower, actor, state, now) for one in free]
    rows[0].request_key = request_key
    for row in rows:
        row.series = series
    db.session.add_all(rows)
    db.session.flush()
    agenda.hold_all([_wanted(kit, row) for row in rows])
    kind = ReservationEventKind(state.value)
    for row in rows:
        note(row, kind, now, actor.id)
        audit.record("reservation.made", row.reference, actor_id=actor.id, kit_id=kit.id, state=state.value)
    db.session.flush()
    notices.tell_reserved(rows, actor.id)
    return rows


def approve(reservation_id: int, actor: Account, *, now: datetime) -> Reservation:
    """Say yes. Doing so again changes nothing.

    Raises:
        NoSuchReservation, NotYoursToAnswer, AnsweredMeanwhile
    """
    reservation = _to_answer(reservation_id, actor)
    if reservation.state is ReservationState.APPROVED:
        return reservation
    check_waiting(reservation.state)
    _become(reservation, ReservationState.APPROVED, ReservationEventKind.APPROVED, actor, now)
    notices.tell_answered(reservation)
    return reservation


def refuse(reservation_id: int, reason: str, actor: Account, *, now: datetime) -> Reservation:
    """Say no, and why: the kit is free again. Doing so again changes nothing.

    Raises:
        NoSuchReservation, NotYoursToAnswer, AnsweredMeanwhile, ReasonMissing, TooLongText, and what `check_text` finds
    """
    check_reason(reason, needed=True)
    reservation = _to_answer(reservation_id, actor)
    if reservation.state is ReservationState.REFUSED:
        return reservation
    check_waiting(reservation.state)
    agenda.release(reservation.reference)
    reservation.answer = reason.strip()
    _become(reservation, ReservationState.REFUSED, ReservationEventKind.REFUSED, actor, now, reason)
    notices.tell_answered(reservation)
    return reservation


def move(
    reservation_id: int, period: Period, actor: Account, *, now: datetime, kit_id: int | None = None, reason: str = ""
) -> Reservation:
    """Give a reservation another time, another kit, or both; what needed a yes needs it again.

    Raises:
        KitTaken, KitIncomplete: with other kits that are free then.
        NoSuchReservation, NoSuchKit, OfAnAct, NotToChange, and what `check_time` and `check_reason` refuse
    """
    check_reason(reason, needed=False)
    chosen = _lendable_to(kit_id, actor) if kit_id is not None else None
    reservation = locked(reservation_id, *([chosen.resource_id] if chosen else []))
    check_sees(reservation, actor, reservation.kit.structure_id)
    check_changeable(reservation)
    kit = kit_queries.lendable(kit_id or reservation.kit_id)
    if (kit.id, period) == (reservation.kit_id, reservation.period):
        return reservation
    check_time(kit, period, actor, now=now, was_theirs=period == reservation.period)
    _check_goes_out(kit, period, reservation.units_wanted, actor)
    if kit_queries.in_the_way([kit], period, ignoring=reservation.reference):
        others = kit_queries.alternatives(
            actor, kit, period, units=reservation.units_wanted, ignoring=reservation.reference
        )
        raise KitTaken(others)
    was, was_kit_id, held = reservation.period, reservation.kit_id, kit.held(period)
    reservation.kit_id = kit.id
    reservation.starts_at, reservation.ends_at, reservation.held_until = period.start, period.end, held.end
    agenda.move(reservation.reference, [kit.resource_id], held, label_of(reservation))
    if not works_here(actor):
        reservation.state = first_state(kit, actor)
    note_moved(reservation, was_kit_id, was, now, actor.id, reason)
    audit.record("reservation.moved", reservation.reference, actor_id=actor.id, kit_id=kit.id)
    db.session.flush()
    db.session.refresh(reservation, ["kit"])
    notices.tell_moved(reservation, was, actor.id, reason)
    return reservation


def cancel(reservation_id: int, actor: Account, *, now: datetime, reason: str = "") -> Reservation:
    """Give the kit back before it has gone out. Doing so again changes nothing.

    Raises:
        NoSuchReservation, OfAnAct, NotToChange, TooLongText, and what `check_text` finds in the reason
    """
    check_reason(reason, needed=False)
    reservation = locked(reservation_id)
    check_sees(reservation, actor, reservation.kit.structure_id)
    if reservation.state is ReservationState.CANCELLED:
        return reservation
    check_changeable(reservation)
    agenda.release(reservation.reference)
    _become(reservation, ReservationState.CANCELLED, ReservationEventKind.CANCELLED, actor, now, reason)
    by_host = not works_here(actor)
    notices.tell_cancelled(reservation, by_host=by_host, actor_id=actor.id, reason=reason.strip())
    return reservation


def locked(reservation_id: int, *other_resource_ids: int) -> Reservation:
    """The reservation, with the rows of its kit's resource (and others), then its own, locked in this order.

    Every verb on reservations goes through here, as acts of other rooms lock kits first, too.

    Raises:
        NoSuchReservation
    """
    while True:
        resource_id = queries.resource_of(reservation_id)
        agenda.lock({resource_id, *other_resource_ids})
        reservation = db.session.get_one(Reservation, reservation_id, with_for_update=True, populate_existing=True)
        if queries.resource_of(reservation_id) == resource_id:
            return reservation


def _lendable_to(kit_id: int, actor: Account) -> Lendable:
    """Raises: NoSuchKit"""
    kit = kit_queries.lendable(kit_id)
    if not may_borrow(kit, actor):
        raise NoSuchKit
    return kit


def _check_goes_out(kit: Lendable, period: Period, units: int, actor: Account) -> None:
    """Raises: KitIncomplete"""
    if not kit.goes_out:
        raise KitIncomplete(kit.working, kit_queries.alternatives(actor, kit, period, units=units))


def _free_dates(
    kit: Lendable, periods: Sequence[Period], wish: Wish, actor: Account, *, only_free: bool
) -> Sequence[Period]:
    """Raises: DatesNotFree, KitTaken"""
    free = queries.free_periods(kit, periods)
    if len(free) == len(periods) or (only_free and free):
        return free
    taken = [
        DateTaken(one, kit_queries.alternatives(actor, kit, one, units=wish.units_wanted))
        for one in periods
        if one not in free
    ]
    raise KitTaken(taken[0].alternatives) if len(periods) == 1 else DatesNotFree(taken)


def _row(
    kit: Lendable, period: Period, wish: Wish, borrower: tuple[int | None, int | None], actor: Account,
    state: ReservationState, now: datetime,
) -> Reservation:  # fmt: skip
    school_id, care_home_id = borrower
    return Reservation(
        code=free_code(Reservation.code), kit_id=kit.id, state=state, starts_at=period.start, ends_at=period.end,
        held_until=kit.held(period).end, school_id=school_id, care_home_id=care_home_id, venue_id=wish.venue_id,
        asked_by_id=actor.id, group_label=wish.group_label.strip(), activity=wish.activity.strip(),
        sheet_url=wish.sheet_url.strip(), units_wanted=wish.units_wanted, head_count=wish.head_count,
        outward=wish.outward, homeward=wish.homeward, contact_phone=wish.contact_phone, created_at=now,
    )  # fmt: skip


def _wanted(kit: Lendable, row: Reservation) -> agenda.Wanted:
    held = Period(row.starts_at, row.held_until)
    return agenda.Wanted([kit.resource_id], held, label_of(row), row.reference)


def _to_answer(reservation_id: int, actor: Account) -> Reservation:
    reservation = locked(reservation_id)
    kit = reservation.kit
    check_sees(reservation, actor, kit.structure_id)
    check_may_answer(reservation, actor, kit.approval, kit.structure_id)
    return reservation


def _become(
    reservation: Reservation, state: ReservationState, kind: ReservationEventKind, actor: Account, now: datetime,
    reason: str = "",
) -> Reservation:  # fmt: skip
    reservation.state = state
    note(reservation, kind, now, actor.id, reason)
    audit.record(f"reservation.{state.value}", reservation.reference, actor_id=actor.id)
    db.session.flush()
    return reservation
