"""Kits for a benchmark: 200 of them, with three years of loans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Insert, insert, select

from agenda.models import Hold, Resource
from equipment.models import Item, Kit, Reservation, ReservationState
from foundation import clock
from foundation.db import db, table_of
from foundation.period import at_wall_time
from places.models import School

KITS, UNITS = 200, 12
BEHIND, AHEAD, EVERY = 780, 312, 3
"""Days of loans before and after today, and from one to the next: three years."""


def fill() -> None:
    """The kits, their tablets, and a loan of a day and a bit every three days, with its hold."""
    now, first = clock.now(), 100_000
    ids = range(first, first + KITS)
    schools = list(db.session.scalars(select(School.id)))
    db.session.execute(insert(Resource), [{"id": id_, "kind": "kit", "label": f"Mallette {id_}"} for id_ in ids])
    db.session.execute(insert(Kit), [_kit(id_, now) for id_ in ids])
    db.session.execute(insert(Item), [_item(id_, number) for id_ in ids for number in range(UNITS)])
    loans = list(_loans(ids, schools, now))
    _in_heaps(insert(table_of(Reservation)), loans)
    _in_heaps(insert(table_of(Hold)), [_hold(loan) for loan in loans])


def _in_heaps(statement: Insert, rows: list[dict[str, Any]], size: int = 5000) -> None:
    for start in range(0, len(rows), size):
        db.session.execute(statement, rows[start : start + size])


def _kit(id_: int, now: datetime) -> dict[str, Any]:
    return {
        "id": id_, "resource_id": id_, "code": f"B{id_}", "name": f"Mallette {id_}",
        "kind": ("Tablettes", "Robots")[id_ % 2], "unit_kind": "tablette",
        "turnaround_minutes": 60 + 60 * (id_ % 3), "created_at": now,
    }  # fmt: skip


def _item(kit_id: int, number: int) -> dict[str, Any]:
    return {"kit_id": kit_id, "code": f"B{kit_id}-{number}", "kind": "tablette"}


def _loans(kit_ids: range, schools: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    zone, id_ = clock.territory_zone(), 1_000_000
    blank = {"purpose_of": "", "series": "", "activity": "", "sheet_url": "", "contact_phone": "", "answer": ""}
    counts = {"units_wanted": UNITS, "head_count": 24, "minutes_in_use": 90}
    handing = {"outward": "collected", "homeward": "collected"}
    for kit_id in kit_ids:
        for number, days in enumerate(range(-BEHIND, AHEAD, EVERY)):
            id_ += 1
            start = at_wall_time((now + timedelta(days=days + kit_id % EVERY)).date(), time(9), zone)
            end = start + timedelta(hours=30)
            yield blank | counts | handing | {
                "id": id_, "code": f"B{id_}", "kit_id": kit_id, "starts_at": start, "ends_at": end,
                "state": ReservationState.RETURNED if end < now else ReservationState.APPROVED,
                "held_until": end + timedelta(minutes=60 + 60 * (kit_id % 3)), "group_label": "CM1",
                "school_id": schools[(id_ + number) % len(schools)], "created_at": now,
            }  # fmt: skip


def _hold(loan: dict[str, Any]) -> dict[str, Any]:
    return {
        "resource_id": loan["kit_id"], "starts_at": loan["starts_at"], "ends_at": loan["held_until"],
        "label": "École", "reference": f"reservation:{loan['id']}",
    }  # fmt: skip
