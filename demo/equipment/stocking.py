"""Writes the kits and what is in them, with the day on which each unit came and, for some, went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from demo.equipment.shelf import BACKERS, CARE, SHELF, Case, Extra, Gone
from demo.rows import advance_sequences, insert_all
from demo.workshops.stage import MANAGER, Stage
from equipment.models import Condition, Item, ItemEvent, ItemEventKind, Kit, Purchase, Supply
from equipment.rules.details import KitDetails
from equipment.service import kits as verbs
from foundation.db import db
from foundation.period import at_wall_time

REPLACED_AFTER = timedelta(days=21)
FULL, WORN = 100, 22
"""A battery, and what it loses of its capacity in a thousand days."""


@dataclass
class Unit:
    """One device: when it came, when it went, and when it was not to be had in between."""

    id: int
    kit_id: int
    counts: bool
    came: date
    went: date | None = None
    written: dict[str, str] = field(default_factory=dict)
    """What stands on it: label, kind, make, serial number."""
    broken: list[tuple[datetime, datetime]] = field(default_factory=list)

    def there(self, at: datetime, day: date) -> bool:
        """Whether it goes along with a loan that begins `at`, on `day`."""
        here = self.came <= day and (self.went is None or day < self.went)
        return here and not any(start <= at < end for start, end in self.broken)


@dataclass(frozen=True)
class Stocked:
    """The kits by the key of their case, and what is in each."""

    kits: Mapping[str, Kit]
    units: Mapping[str, list[Unit]]
    cases: Mapping[str, Case] = field(default_factory=lambda: {case.key: case for case in SHELF})


def stock(stage: Stage, draw: Random) -> Stocked:
    """Put all kits into the register, as they were bought."""
    kits = {case.key: _kit(stage, case) for case in SHELF}
    writing = _Writing(stage, draw)
    units = {case.key: list(writing.fill(case, kits[case.key])) for case in SHELF}
    insert_all(Item, writing.items)
    insert_all(ItemEvent, writing.events)
    advance_sequences(Item)
    db.session.expire_all()
    return Stocked(kits, units)


def _kit(stage: Stage, case: Case) -> Kit:
    first = stage.now - timedelta(days=case.bought_days_ago)
    details = KitDetails(
        code=case.code, name=case.name, kind=case.kind, description=case.description, rules=CARE,
        structure_id=stage.ground.houses[case.house] if case.house else None,
        home_venue_id=stage.ground.venues[case.site].id, borrowers=case.borrowers, approval=case.approval,
        lead_hours=case.lead_hours, longest_loan_days=28, turnaround_minutes=case.turnaround_minutes,
        unit_kind=case.unit, minimum_units=case.minimum,
    )  # fmt: skip
    kit = verbs.create(details, stage.account("elise"), now=first)
    db.session.add_all(
        Supply(kit_id=kit.id, label=label, count=count, minimum=minimum, consumable=consumable)
        for label, count, minimum, consumable in case.supplies
    )
    db.session.flush()
    return kit


class _Writing:
    """Rows of units and of what happened to them, with ids given by hand."""

    def __init__(self, stage: Stage, draw: Random) -> None:
        self.stage, self.draw = stage, draw
        self.actor_id = stage.account(MANAGER).id
        self.items: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def fill(self, case: Case, kit: Kit) -> Iterator[Unit]:
        """The units that were there from the first day, those that left, and those that took their place."""
        today = self.stage.almanac.today
        first = today - timedelta(days=case.bought_days_ago)
        for _unit in range(case.count - len(case.gone)):
            yield self._unit(case, kit, first)
        for gone in case.gone:
            left = today - timedelta(days=gone.days_ago)
            yield self._unit(case, kit, first, gone=gone, went=left)
            yield self._unit(case, kit, left + REPLACED_AFTER)
        for extra in case.extras:
            yield self._extra(case, kit, first, extra)

    def _unit(self, case: Case, kit: Kit, came: date, *, gone: Gone | None = None, went: date | None = None) -> Unit:
        age = ((went or self.stage.almanac.today) - came).days
        battery = max(35, FULL - age * WORN // 1000 - self.draw.randrange(9)) if case.battery else None
        row = self._row(case, kit, case.unit, case.model, came) | {
            "purchase": case.purchase, "price_cents": case.price_cents or None, "battery_percent": battery,
            "funder": "" if case.purchase is Purchase.GIVEN else self.draw.choice(BACKERS),
        }  # fmt: skip
        if gone is not None and went is not None:
            row |= {
                "condition": Condition.RETIRED, "retired_on": went, "destination": gone.destination,
                "certificate": gone.certificate,
            }  # fmt: skip
        self.items.append(row)
        self._event(row["id"], ItemEventKind.ADDED, came, became=case.code)
        if battery is not None and gone is None and age > 150:
            self._event(row["id"], ItemEventKind.BATTERY, self.stage.almanac.mid_june, became=str(battery))
        if gone is not None and went is not None:
            was, became = Condition.DAMAGED.value, gone.destination.value
            self._event(row["id"], ItemEventKind.RETIRED, went, was=was, became=became, note=gone.note)
        return Unit(row["id"], kit.id, counts=True, came=came, went=went, written=_written(row))

    def _extra(self, case: Case, kit: Kit, came: date, extra: Extra) -> Unit:
        row = self._row(case, kit, extra.kind, extra.label, came) | {
            "purchase": Purchase.NEW, "price_cents": extra.price_cents, "battery_percent": None, "funder": BACKERS[0],
        }  # fmt: skip
        self.items.append(row)
        self._event(row["id"], ItemEventKind.ADDED, came, became=case.code)
        return Unit(row["id"], kit.id, counts=False, came=came, written=_written(row))

    def _row(self, case: Case, kit: Kit, kind: str, label: str, came: date) -> dict[str, Any]:
        number = sum(row["kit_id"] == kit.id for row in self.items) + 1
        return {
            "id": len(self.items) + 1, "structure_id": kit.structure_id, "kit_id": kit.id,
            "code": f"{case.code}-{number:02}", "kind": kind, "label": label,
            "serial_number": f"{case.code}{self.draw.randrange(10**7):07}", "condition": Condition.WORKING,
            "bought_on": came, "retired_on": None, "destination": None, "certificate": "",
        }  # fmt: skip

    def _event(
        self, item_id: int, kind: ItemEventKind, day: date, *, was: str = "", became: str = "", note: str = ""
    ) -> None:
        at = at_wall_time(day, _MORNING, self.stage.almanac.zone)
        self.events.append(
            {
                "item_id": item_id, "kind": kind, "at": at, "actor_id": self.actor_id, "was": was, "became": became,
                "note": note,
            }
        )  # fmt: skip


_MORNING = datetime.min.time().replace(hour=10)


def _written(row: dict[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in ("code", "kind", "label", "serial_number")}
