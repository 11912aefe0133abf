"""Whatever is done with devices in whatever order: their past tells how they are, and kits serve what works in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from accounts.models import Account
from equipment.models import Condition, Destination, Incident, IncidentEvent, IncidentState, Item, ItemEvent, Kit
from equipment.queries.kits import lendable
from equipment.rules.items import ItemDetails, NewItem
from equipment.service import incidents, items, reshaping
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.equipment.given import kit

ACTS = ["add", "find", "move", "retire", "measure", "rename", "settle", "certify"]
CHOICES = st.tuples(
    st.sampled_from(ACTS), st.integers(0, 5), st.integers(0, 5), st.sampled_from(["manager", "mediator"])
)  # fmt: skip
SEEN = [Condition.WORKING, Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING, Condition.RETIRED]
WENT = [*Destination, Destination.RECYCLING]


class Shelf:
    """Two kits and a reserve, and what happens to the devices between them."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.kits = [kit("A", units=0).id, kit("B", units=0, minimum_units=2).id, None]

    def empty(self) -> None:
        with transaction():
            for model in (IncidentEvent, Incident, ItemEvent, Item):
                db.session.execute(delete(model))
        self.made = 0

    def step(self, choice: tuple[str, int, int, str]) -> None:
        name, first, second, who = choice
        verb: Callable[[int, int, Account], Any] = getattr(self, name)
        try:
            in_transaction(lambda: verb(first, second, db.session.get_one(Account, self.cast.ids[who])))
        except Refused:
            db.session.rollback()

    def one(self, number: int) -> int:
        ids = list(db.session.scalars(select(Item.id).order_by(Item.id)))
        if not ids:
            raise Refused("none")
        return ids[number % len(ids)]

    def add(self, first: int, second: int, by: Account) -> None:
        news = [NewItem(f"N{self.made}-{number}", "tablette") for number in range(1 + second % 2)]
        reshaping.add(self.kits[first % 3], news, by, now=NOW)
        self.made += 1

    def find(self, first: int, second: int, by: Account) -> None:
        reshaping.found(self.one(first), SEEN[second % 5], by, now=NOW, note="Vu" if first % 2 else "")

    def move(self, first: int, second: int, by: Account) -> None:
        reshaping.move(self.one(first), self.kits[second % 3], by, now=NOW)

    def retire(self, first: int, second: int, by: Account) -> None:
        reshaping.retire(self.one(first), WENT[second], "", by, now=NOW)

    def measure(self, first: int, second: int, by: Account) -> None:
        items.measure_battery(self.one(first), second * 25, by, now=NOW)

    def rename(self, first: int, second: int, by: Account) -> None:
        kind = "robot" if second % 2 else "tablette"
        item = db.session.get_one(Item, self.one(first))
        reshaping.change_item(item.id, ItemDetails(item.code, kind), by, now=NOW)

    def settle(self, first: int, second: int, by: Account) -> None:
        item_id = self.one(first)
        found = db.session.scalar(
            select(Incident.id).where(Incident.item_id == item_id, Incident.state != IncidentState.CLOSED)
        )
        if found is None:
            raise Refused("none")
        incidents.close(found, f"Fini {second}", by, now=NOW, became=SEEN[second % 4])

    def certify(self, first: int, second: int, by: Account) -> None:
        items.certify(self.one(first), f"BSD-{second}", by)


def replayed(item: Item) -> dict[str, str]:
    """How a device is, from its past alone; each step begins where the one before it ended."""
    told = {"condition": "working", "moved": "", "battery": ""}
    for event in sorted(item.events, key=lambda one: one.id):
        name = {"added": "moved", "retired": "condition", "changed": event.note}.get(event.kind.value, event.kind.value)
        assert event.was == told.setdefault(name, event.was)
        told[name] = "retired" if event.kind.value == "retired" else event.became
        if event.kind.value == "retired":
            assert event.became == item.destination
    return told


def check(shelf: Shelf) -> None:
    units, working = Counter[int](), Counter[int]()
    for item in db.session.scalars(select(Item)):
        told = replayed(item)
        assert told["condition"] == item.condition
        assert told["moved"] == (item.kit.code if item.kit else "")
        assert told.get("kind", item.kind) == item.kind
        assert told["battery"] == ("" if item.battery_percent is None else str(item.battery_percent))
        if item.kit_id and item.kind == "tablette" and item.condition is not Condition.RETIRED:
            units[item.kit_id] += 1
            working[item.kit_id] += item.condition is Condition.WORKING
    for kit_id in shelf.kits[:2]:
        found = lendable(kit_id)
        assert (found.units, found.working) == (units[kit_id], working[kit_id])
        assert found.goes_out is (working[kit_id] >= db.session.get_one(Kit, kit_id).minimum_units)
    open_ones = Counter(
        db.session.scalars(select(Incident.item_id).where(Incident.state != IncidentState.CLOSED)).all()
    )  # fmt: skip
    assert set(open_ones.values()) <= {1}
    gone = set(db.session.scalars(select(Item.id).where(Item.condition == Condition.RETIRED)))
    assert not gone & set(open_ones)
    db.session.rollback()


@pytest.fixture
def shelf(cast):
    with time_machine.travel(NOW, tick=False):
        yield Shelf(cast)


@settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(CHOICES, min_size=8, max_size=24))
def test_the_past_of_devices_tells_how_they_are(shelf, choices):
    shelf.empty()
    for choice in [("add", 0, 1, "manager"), *choices]:
        shelf.step(choice)
        check(shelf)
