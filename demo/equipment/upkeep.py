"""Stock-takings before each summer, upkeep in it, and one that is planned."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from agenda.models import Hold
from demo.equipment.loans import Diary
from demo.equipment.stocking import Stocked
from demo.rows import advance_sequences, insert_all, next_id
from demo.workshops.stage import MANAGER, Stage
from equipment.models import Condition, Maintenance, StockLine, StockTaking
from foundation.period import at_wall_time

COUNTED = time(14)
A_LINE = timedelta(seconds=40)
OPENED, CLOSED = time(9), time(17)


def look_after(stage: Stage, stocked: Stocked, chance: Random) -> None:
    """What was counted and looked after in the last two summers."""
    june = stage.almanac.mid_june
    days = [date(june.year - back, 6, 24) for back in (1, 0)]
    takings: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for day in days:
        for key, kit in stocked.kits.items():
            if (
                day >= (stage.now - timedelta(days=stocked.cases[key].bought_days_ago)).date()
                and day < stage.now.date()
            ):
                _count(stage, stocked, key, kit.id, day, chance, takings, lines)
    insert_all(StockTaking, takings)
    insert_all(StockLine, lines)
    _service(stage, stocked, days)
    advance_sequences(StockTaking, Maintenance)


def _count(
    stage: Stage, stocked: Stocked, key: str, kit_id: int, day: date, chance: Random, takings: list[dict[str, Any]],
    lines: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Now and then a unit is not on the shelf: it is a few days later."""
    begun = at_wall_time(day, COUNTED, stage.almanac.zone)
    there = [unit for unit in stocked.units[key] if unit.there(begun, day)]
    by_id, id_ = stage.account(MANAGER).id, len(takings) + 1
    missing = chance.choice(there).id if chance.random() < 0.3 else None
    for number, unit in enumerate(there):
        found = Condition.MISSING if unit.id == missing else Condition.WORKING
        lines.append(
            {
                "stock_taking_id": id_, "item_id": unit.id, "found": found, "was": Condition.WORKING,
                "home_kit_id": None, "at": begun + number * A_LINE, "by_id": by_id,
            }
        )  # fmt: skip
    closed = begun + (len(there) + 2) * A_LINE
    takings.append(
        {
            "id": id_,
            "kit_id": kit_id,
            "begun_at": begun,
            "begun_by_id": by_id,
            "closed_at": closed,
            "closed_by_id": by_id,
        }
    )


def _service(stage: Stage, stocked: Stocked, days: list[date]) -> None:
    """A week of updates and cleaning each July, where nobody has the kit."""
    zone, by_id, first = stage.almanac.zone, stage.account(MANAGER).id, next_id(Maintenance)
    diary = Diary([kit.resource_id for kit in stocked.kits.values()])
    plans: list[dict[str, Any]] = []
    holds: list[dict[str, Any]] = []
    for day in days:
        start = at_wall_time(day + timedelta(days=14), OPENED, zone)
        end = at_wall_time(day + timedelta(days=18), CLOSED, zone)
        for kit in stocked.kits.values():
            if end < stage.now and diary.is_free(kit.resource_id, start, end):
                plans.append(_plan(first + len(plans), kit.id, start, end, by_id))
                holds.append(
                    {
                        "resource_id": kit.resource_id, "starts_at": start, "ends_at": end, "label": plans[-1]["label"],
                        "reference": f"maintenance:{plans[-1]['id']}",
                    }
                )  # fmt: skip
    insert_all(Maintenance, plans)
    insert_all(Hold, holds)


def _plan(id_: int, kit_id: int, start: datetime, end: datetime, by_id: int) -> dict[str, Any]:
    return {
        "id": id_, "kit_id": kit_id, "label": "Mises à jour, nettoyage, étiquettes", "starts_at": start, "ends_at": end,
        "planned_by_id": by_id, "called_off_at": None,
    }  # fmt: skip
