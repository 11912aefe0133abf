"""What must never be in the register is refused by the database itself, whichever feature writes."""

from __future__ import annotations

import typing
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from equipment.models import Condition, Destination, Item, Kit, Supply
from foundation.db import broken_constraint, db, table_of, transaction
from foundation.errors import Refused
from tests.cast import NOW, TODAY
from tests.equipment.given import kit

pytestmark = pytest.mark.usefixtures("stopped_clock")


def broken(model: Any, **values: Any) -> str | None:
    """The name of the constraint that a row breaks; None when it is written."""
    try:
        with transaction():
            db.session.execute(insert(table_of(model)), values)
    except IntegrityError as error:
        return broken_constraint(error)
    except Refused as told:
        return broken_constraint(typing.cast("IntegrityError", told.__cause__))
    return None


def kit_row(**changes: Any) -> dict[str, Any]:
    with transaction():
        taken = db.session.scalar(select(Kit.resource_id).limit(1))
    usual = {
        "resource_id": taken, "code": "MAL-99", "name": "Mallette", "kind": "Tablettes", "description": "",
        "rules": "", "borrowers": "hosts", "approval": "none", "lead_hours": 48, "longest_loan_days": 14,
        "turnaround_minutes": 120, "flat_minutes": 180, "unit_kind": "", "minimum_units": 0, "photo_type": "",
        "photo_alt": "", "created_at": NOW,
    }  # fmt: skip
    return usual | changes


def item_row(**changes: Any) -> dict[str, Any]:
    usual = {
        "code": "TAB-99", "kind": "tablette", "label": "", "serial_number": "", "condition": Condition.WORKING,
        "purchase": "unknown", "funder": "", "certificate": "",
    }  # fmt: skip
    return usual | changes


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"name": ""}, "ck_kit_named"),
        ({"kind": ""}, "ck_kit_named"),
        ({"lead_hours": -1}, "ck_kit_lead"),
        ({"longest_loan_days": 0}, "ck_kit_longest_loan"),
        ({"turnaround_minutes": 10_081}, "ck_kit_turnaround"),
        ({"flat_minutes": -1}, "ck_kit_flat"),
        ({"minimum_units": 201}, "ck_kit_minimum_units"),
    ],
)
def test_a_kit_that_could_not_be_lent_is_not_written(cast, changes, name):
    kit(units=0)
    assert broken(Kit, **kit_row(**changes)) == name


def test_a_kit_has_a_calendar_and_a_label_of_its_own(cast):
    made = kit(units=0)
    assert broken(Kit, **kit_row()) == "uq_kit_resource_id"
    assert broken(Kit, **kit_row(resource_id=cast.mediator.resource_id, code=made.code)) == "uq_kit_code"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"price_cents": -1}, "ck_item_price"),
        ({"price_cents": 10_000_001}, "ck_item_price"),
        ({"battery_percent": 101}, "ck_item_battery"),
        ({"retired_on": TODAY}, "ck_item_retired_has_a_day"),
        ({"destination": Destination.LOST}, "ck_item_retired_went_somewhere"),
        ({"condition": Condition.RETIRED, "retired_on": TODAY}, "ck_item_retired_went_somewhere"),
        ({"condition": Condition.RETIRED, "destination": Destination.PARTS}, "ck_item_retired_has_a_day"),
    ],
)
def test_a_device_that_contradicts_itself_is_not_written(cast, changes, name):
    assert broken(Item, **item_row(**changes)) == name


def test_what_left_has_a_day_and_a_destination(cast):
    gone = {"condition": Condition.RETIRED, "destination": Destination.PARTS, "retired_on": TODAY}
    assert broken(Item, **item_row(**gone)) is None
    assert broken(Item, **item_row()) == "uq_item_code"


@pytest.mark.parametrize("changes", [{"count": -1}, {"count": 10_001}, {"minimum": -1}, {"minimum": 10_001}])
def test_nothing_is_counted_below_none(cast, changes):
    made = kit(units=0).id
    row = {"kit_id": made, "label": "Souris", "count": 1, "minimum": 0, "consumable": False}
    assert broken(Supply, **row | changes) == "ck_supply_counts"
    assert broken(Supply, **row) is None
    assert broken(Supply, **row) == "uq_supply_kit_id_label"
