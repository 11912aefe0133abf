"""Kits for acts of other rooms: taken, moved and given back in the transaction of the act, which locks them first.

The caller locks the resources of `equipment.queries.shelf.shelf` (and of `resources_for`) with all its others, chooses
with `choose`, and hands what `take` returns to the one `agenda.hold_all` of the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from agenda import service as agenda
from equipment.models import Handing, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.queries import shelf as queries
from equipment.rules.kits import Lendable, kind_key
from equipment.service.noting import LONGEST_LABEL, note, note_moved
from foundation.codes import new_code
from foundation.db import db, table_of
from foundation.period import Period


@dataclass(frozen=True)
class Taking:
    """The kits that one act takes.

    Attributes:
        reference: of the act, e.g. `session:5`.
        venue_id: where they are used, when it is a venue of the territory.
        label: what colleagues read where they are held.
    """

    reference: str
    kits: Sequence[Lendable]
    period: Period
    label: str
    venue_id: int | None = None


def take(takings: Iterable[Taking], *, now: datetime, actor_id: int | None) -> list[agenda.Wanted]:
    """Write approved reservations for acts, one for each kit; what they hold is given back for the caller to hold."""
    pairs = [(one, kit) for one in takings for kit in one.kits]
    if not pairs:
        return []
    codes = _new_codes(len(pairs))
    rows = [_row(one, kit, code, now, actor_id) for (one, kit), code in zip(pairs, codes, strict=True)]
    db.session.execute(insert(table_of(Reservation)), rows)
    known = db.session.execute(select(Reservation.code, Reservation.id).where(Reservation.code.in_(codes)))
    ids = {code: id_ for code, id_ in known}
    event = {"kind": ReservationEventKind.APPROVED, "at": now, "actor_id": actor_id, "reason": ""}
    db.session.execute(insert(table_of(ReservationEvent)), [{**event, "reservation_id": ids[code]} for code in codes])
    return [
        agenda.Wanted([kit.resource_id], kit.held(one.period), one.label[:LONGEST_LABEL], f"reservation:{ids[code]}")
        for (one, kit), code in zip(pairs, codes, strict=True)
    ]


def still_needed(reference: str, asked: queries.Asked) -> queries.Asked:
    """What an act needs besides the kits that have gone out for it already, and are held for it all that time."""
    kits = dict(asked.kits)
    for one in queries.taken_for(reference):
        is_out = one.state is not ReservationState.APPROVED
        if is_out and Period(one.starts_at, one.held_until).contains(asked.period):
            same = [kind for kind, count in kits.items() if count and kind_key(kind) == kind_key(one.kit.kind)]
            for kind in same[:1]:
                kits[kind] -= 1
    return queries.Asked(asked.period, kits)


def loosen(reference: str) -> list[Reservation]:
    """Give back the time of the kits that an act has but that have not gone out, before it chooses anew.

    `take_instead` or `release` has to follow in the same transaction.

    Returns:
        Their reservations, by kit.
    """
    waiting = [one for one in queries.taken_for(reference) if one.state is ReservationState.APPROVED]
    for one in waiting:
        agenda.release(one.reference)
    return waiting


def take_instead(
    had: Sequence[Reservation], wanted: Taking, *, now: datetime, actor_id: int | None
) -> list[agenda.Wanted]:
    """Let an act have the kits of `wanted` instead of those it `had`, loosened before; one that stays is moved.

    Returns:
        What the caller has to hold.
    """
    kits = {kit.id: kit for kit in wanted.kits}
    holding = []
    for one in had:
        kit = kits.pop(one.kit_id, None)
        if kit is None:
            _end(one, now, actor_id, "")
            continue
        held = kit.held(wanted.period)
        if one.period != wanted.period:
            note_moved(one, one.kit_id, one.period, now, actor_id)
        one.starts_at, one.ends_at, one.held_until = wanted.period.start, wanted.period.end, held.end
        one.venue_id = wanted.venue_id
        holding.append(agenda.Wanted([kit.resource_id], held, wanted.label[:LONGEST_LABEL], one.reference))
    db.session.flush()
    more = Taking(wanted.reference, list(kits.values()), wanted.period, wanted.label, wanted.venue_id)
    return holding + take([more], now=now, actor_id=actor_id)


def release(reference: str, *, now: datetime, actor_id: int | None, reason: str = "") -> int:
    """The act does not take place: its kits are free. One that has gone out is held until it is back.

    Returns:
        How many were given back. Doing so again gives back none.
    """
    agenda.lock(queries.resources_for(reference))
    had = loosen(reference)
    for one in had:
        _end(one, now, actor_id, reason)
    db.session.flush()
    return len(had)


def _end(reservation: Reservation, now: datetime, actor_id: int | None, reason: str) -> None:
    reservation.state = ReservationState.CANCELLED
    note(reservation, ReservationEventKind.CANCELLED, now, actor_id, reason)


def _row(one: Taking, kit: Lendable, code: str, now: datetime, actor_id: int | None) -> dict[str, object]:
    return {
        "code": code, "request_key": None, "kit_id": kit.id, "state": ReservationState.APPROVED,
        "starts_at": one.period.start, "ends_at": one.period.end, "held_until": kit.held(one.period).end,
        "school_id": None, "care_home_id": None, "venue_id": one.venue_id, "purpose_of": one.reference, "series": "",
        "asked_by_id": actor_id, "group_label": "", "activity": one.label[:300], "sheet_url": "", "units_wanted": 0,
        "head_count": 0, "minutes_in_use": None, "outward": Handing.COLLECTED, "homeward": Handing.COLLECTED,
        "contact_phone": "", "answer": "", "created_at": now,
    }  # fmt: skip


def _new_codes(count: int) -> list[str]:
    """So many codes that no reservation has yet."""
    found: set[str] = set()
    while len(found) < count:
        more = {new_code() for _ in range(count - len(found))}
        found |= more - set(db.session.scalars(select(Reservation.code).where(Reservation.code.in_(more))))
    return sorted(found)
