"""Whatever is reported, repaired and settled in whatever order: one incident a device, and each step is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from accounts.models import Account
from equipment.models import Condition, Destination, Incident, IncidentEvent, IncidentState, Item, ItemEvent
from equipment.queries.kits import lendable
from equipment.service import incidents, items
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.equipment.faults import devices
from tests.equipment.given import kit

FOUND = [Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING]
ENDS = [Condition.WORKING, *FOUND, Condition.RETIRED]
CHOICES = st.tuples(
    st.sampled_from(["report", "report", "of_the_kit", "repair", "remark", "settle", "settle", "look_at", "retire"]),
    st.integers(0, 3), st.integers(0, 4), st.sampled_from(["manager", "mediator"]),
)  # fmt: skip


class Shelf:
    """One kit of three devices, and what the team does with it."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.kit_id = kit(units=3).id
        self.items = devices(self.kit_id)

    def empty(self) -> None:
        with transaction():
            for model in (IncidentEvent, Incident, ItemEvent, AuditEntry):
                db.session.execute(delete(model))
            for one in db.session.scalars(select(Item)):
                one.condition, one.retired_on, one.destination = Condition.WORKING, None, None

    def step(self, choice: tuple[str, int, int, str]) -> None:
        name, first, second, who = choice
        act: Callable[[int, int, Account], Any] = getattr(self, name)
        try:
            in_transaction(lambda: act(first, second, db.session.get_one(Account, self.cast.ids[who])))
        except Refused:
            db.session.rollback()

    def _incident(self, number: int) -> int:
        ids = list(db.session.scalars(select(Incident.id).order_by(Incident.id)))
        if not ids:
            raise Refused("none")
        return ids[number % len(ids)]

    def report(self, first: int, second: int, actor: Account) -> None:
        words, condition = f"Vu {second}.", FOUND[second % 3]
        incidents.open_incident(self.kit_id, condition, words, actor, now=NOW, item_id=self.items[first % 3])

    def of_the_kit(self, _first: int, second: int, actor: Account) -> None:
        incidents.open_incident(self.kit_id, Condition.DAMAGED, f"Coque {second}.", actor, now=NOW)

    def repair(self, first: int, second: int, actor: Account) -> None:
        incidents.begin_repair(self._incident(first), actor, now=NOW, supplier=["", "Atelier", "Magasin"][second % 3])

    def remark(self, first: int, second: int, actor: Account) -> None:
        incidents.add_note(self._incident(first), f"Appel {second}.", actor, now=NOW)

    def settle(self, first: int, second: int, actor: Account) -> None:
        went = Destination.PARTS if second % 2 == 0 else None
        incidents.close(
            self._incident(first), f"Fini {second}.", actor, now=NOW, became=ENDS[second], cost_cents=second * 100,
            destination=went,
        )  # fmt: skip

    def look_at(self, first: int, second: int, actor: Account) -> None:
        items.set_condition(self.items[first % 3], ENDS[second], actor, now=NOW)

    def retire(self, first: int, _second: int, actor: Account) -> None:
        items.retire(self.items[first % 3], Destination.LOST, "", actor, now=NOW)

    def check(self) -> None:
        """What must be true after each step."""
        found = list(db.session.scalars(select(Incident).order_by(Incident.id)))
        steps = list(db.session.scalars(select(IncidentEvent).order_by(IncidentEvent.id)))
        waiting = Counter(one.item_id for one in found if one.item_id and one.state is not IncidentState.CLOSED)
        assert all(count == 1 for count in waiting.values())
        for one in found:
            self._check_one(one, [step for step in steps if step.incident_id == one.id])
        written = db.session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.subject.startswith("incident:"))
        )
        assert written == len(steps)
        self._check_kit()
        db.session.rollback()

    def _check_one(self, one: Incident, mine: list[IncidentEvent]) -> None:
        states = [step.state for step in mine]
        order = list(IncidentState)
        assert states == sorted(states, key=order.index)
        assert states[-1] is one.state
        assert states.count(IncidentState.CLOSED) == (one.closed_at is not None) == (one.outcome != "")
        assert (mine[0].condition, mine[0].note) == (one.condition, one.description)
        doubles = [(step.state, step.actor_id, step.condition, step.note) for step in mine]
        assert all(left != right for left, right in pairwise(doubles))

    def _check_kit(self) -> None:
        there = list(db.session.scalars(select(Item).where(Item.kit_id == self.kit_id)))
        served = lendable(self.kit_id)
        assert served.units == sum(one.condition is not Condition.RETIRED for one in there)
        assert served.working == sum(one.condition is Condition.WORKING for one in there)
        assert all((one.condition is Condition.RETIRED) == (one.destination is not None) for one in there)
        for one in there:
            past = list(db.session.scalars(select(ItemEvent).where(ItemEvent.item_id == one.id).order_by(ItemEvent.id)))
            assert (past[-1].kind.value == "retired" if past else False) == (one.condition is Condition.RETIRED)
            if past and one.condition is not Condition.RETIRED:
                assert past[-1].became == one.condition.value


@pytest.fixture
def shelf(cast):
    with time_machine.travel(NOW, tick=False):
        yield Shelf(cast)


@settings(
    max_examples=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(CHOICES, min_size=6, max_size=18))
def test_each_step_is_kept_and_the_kit_serves_what_works(shelf, choices):
    shelf.empty()
    for choice in choices:
        shelf.step(choice)
        shelf.check()
