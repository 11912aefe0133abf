"""What belongs to a reservation of a borrower: its other dates, its checklists, what was reported about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from accounts.models import Account
from equipment.models import (
    Direction,
    Handover,
    HandoverLine,
    HandoverSupply,
    Incident,
    IncidentEvent,
    Item,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
)
from equipment.queries import lending
from equipment.queries.handing import outstanding
from equipment.rules.history import Step, steps
from equipment.rules.own import Handling, next_handling, sorted_out
from foundation.db import db
from foundation.period import Period

NOT_LENT = (ReservationState.REFUSED, ReservationState.CANCELLED)


def to_answer(account: Account, now: datetime) -> list[Reservation]:
    """What waits for an answer of this head teacher, by start; whatever else they may answer as one of the team."""
    if not account.approves or account.school_id is None:
        return []
    return [one for one in lending.to_approve(account, now) if one.school_id == account.school_id]


def how_many_to_answer(account: Account, now: datetime) -> list[Select[int]]:
    """Counts the same; nothing to count for whoever answers nobody."""
    if not account.approves or account.school_id is None:
        return []
    return [lending.how_many_wait(account, now).where(Reservation.school_id == account.school_id)]


def next_of(account: Account, now: datetime) -> Handling | None:
    """The next kit that the place of this account gets, or has to give back."""
    query = (
        select(Reservation)
        .options(joinedload(Reservation.kit))
        .where(
            Reservation.school_id == account.school_id,
            Reservation.care_home_id == account.care_home_id,
            or_(
                Reservation.state == ReservationState.HANDED_OVER,
                and_(Reservation.state == ReservationState.APPROVED, Reservation.ends_at > now),
            ),
        )
        .order_by(Reservation.starts_at)
    )
    return next_handling(sorted_out(list(db.session.scalars(query)), now)) if account.place else None


def declined(account: Account, since: datetime, now: datetime) -> list[Reservation]:
    """What this account asked for its place and was refused since, of loans to come, by start.

    Of a recurring wish the first such date. What they hold for the same time by now has settled it.
    """
    no = select(ReservationEvent.reservation_id).where(
        ReservationEvent.kind == ReservationEventKind.REFUSED, ReservationEvent.at >= since
    )
    instead = aliased(Reservation)
    met = exists().where(
        instead.asked_by_id == account.id,
        instead.state.not_in(NOT_LENT),
        instead.starts_at < Reservation.ends_at,
        instead.ends_at > Reservation.starts_at,
    )
    query = select(Reservation).options(joinedload(Reservation.kit)).where(
        Reservation.asked_by_id == account.id,
        Reservation.school_id == account.school_id,
        Reservation.care_home_id == account.care_home_id,
        Reservation.state == ReservationState.REFUSED,
        Reservation.starts_at > now,
        Reservation.id.in_(no),
        ~met,
    )  # fmt: skip
    found: dict[str, Reservation] = {}
    for one in db.session.scalars(query.order_by(Reservation.starts_at, Reservation.id)):
        found.setdefault(one.series or one.code, one)
    return list(found.values())


def declined_kits(account: Account, periods: Sequence[Period]) -> dict[int, str]:
    """Kit → why it was refused to this account for one of these times, the last answer of several."""
    if not periods:
        return {}
    query = (
        select(Reservation.kit_id, Reservation.starts_at, Reservation.ends_at, Reservation.answer)
        .where(
            Reservation.asked_by_id == account.id,
            Reservation.state == ReservationState.REFUSED,
            Reservation.starts_at < max(one.end for one in periods),
            Reservation.ends_at > min(one.start for one in periods),
        )
        .order_by(Reservation.id)
    )
    rows = db.session.execute(query).all()
    return {
        kit_id: answer
        for kit_id, starts_at, ends_at, answer in rows
        if any(one.start < ends_at and starts_at < one.end for one in periods)
    }


def dates_of_series(reservation: Reservation) -> list[Reservation]:
    """All dates of one recurring wish, this one among them, by start; none when it was a single one."""
    if not reservation.series:
        return []
    query = select(Reservation).options(joinedload(Reservation.kit)).where(Reservation.series == reservation.series)
    return list(db.session.scalars(query.order_by(Reservation.starts_at)))


def handovers_of(reservation: Reservation) -> list[Handover]:
    """Each time it changed hands, in order."""
    query = select(Handover).where(Handover.reservation_id == reservation.id)
    return list(db.session.scalars(query.order_by(Handover.id)))


def history(reservation: Reservation) -> list[Step]:
    """All that happened to it, in order, with who did it and what a move changed."""
    query = select(ReservationEvent).options(joinedload(ReservationEvent.was_kit), joinedload(ReservationEvent.actor))
    events = db.session.scalars(query.where(ReservationEvent.reservation_id == reservation.id))
    return steps(reservation, sorted(events, key=lambda one: one.id))


def incidents_of(reservation: Reservation, account: Account) -> list[Incident]:
    """What was reported about it, in order; also what this account added to what had been reported of a device before.

    A device that has an incident gets no other one: it stays with the loan on which it was noticed first.
    """
    own = select(IncidentEvent.incident_id).where(
        IncidentEvent.actor_id == account.id, IncidentEvent.at >= reservation.starts_at
    )
    query = select(Incident).options(joinedload(Incident.item), selectinload(Incident.events))
    theirs = and_(Incident.kit_id == reservation.kit_id, Incident.id.in_(own))
    rows = db.session.scalars(query.where(or_(Incident.reservation_id == reservation.id, theirs)).order_by(Incident.id))
    return list(rows)


def items_of(kit_id: int) -> list[Item]:
    """The devices of a kit that have not left for good, by their label."""
    query = select(Item).where(Item.kit_id == kit_id, Item.retired_on.is_(None))
    return list(db.session.scalars(query.order_by(Item.code)))


def left_to_bring(reservation: Reservation) -> list[Item]:
    """The devices that are still out when a part of the kit came back already; none as long as it is out as a whole."""
    out = outstanding([reservation.id]).get(reservation.id, {})
    items = items_of(reservation.kit_id)
    left = [one for one in items if one.id in out]
    return left if len(left) < len(items) else []


def went_out(reservation: Reservation) -> list[tuple[str, int]]:
    """How many of each kind went out with it, supplies last; all of it comes back, working or not."""
    kinds = (
        select(Item.kind, func.count())
        .join(HandoverLine, HandoverLine.item_id == Item.id)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(Handover.reservation_id == reservation.id, Handover.direction == Direction.OUT)
        .group_by(Item.kind)
        .order_by(func.count().desc(), Item.kind)
    )
    supplies = (
        select(HandoverSupply.label, HandoverSupply.count)
        .join(Handover, Handover.id == HandoverSupply.handover_id)
        .where(Handover.reservation_id == reservation.id, Handover.direction == Direction.OUT, HandoverSupply.count > 0)
        .order_by(HandoverSupply.label)
    )
    return [(what, count) for query in (kinds, supplies) for what, count in db.session.execute(query)]


def codes(reservation_ids: Collection[int]) -> dict[int, str]:
    """The codes that stand in the addresses of reservations, by id."""
    query = select(Reservation.id, Reservation.code).where(Reservation.id.in_(reservation_ids))
    return {id_: code for id_, code in db.session.execute(query)} if reservation_ids else {}
