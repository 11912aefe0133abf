"""Whatever is done in whatever order, what is held of kits is what reservations say: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from accounts.models import Account
from agenda.models import Hold
from equipment.models import (
    Approval,
    Condition,
    Handover,
    HandoverLine,
    Incident,
    IncidentEvent,
    Item,
    Kit,
    Maintenance,
    Reservation,
    ReservationEvent,
    StockLine,
    StockTaking,
)
from equipment.rules.details import Leaving
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.service import handing, kits, lateness, lending, maintenance, stock, stock_closing
from equipment.service.changing import change_details
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from foundation.period import Period
from tests.cast import NOW
from tests.equipment.faults import act, devices
from tests.equipment.given import by_rights, done, host_of_school, hours, kit, ledger, morning
from tests.workshops.given import plan_of, programme
from workshops.models import SessionState, WorkshopSession
from workshops.rules.planning import Place
from workshops.service import changing, planning

CHOICES = st.tuples(
    st.sampled_from(
        ["reserve", "series", "approve", "refuse", "move", "cancel", "plan", "replan", "rearrange", "call_off", "out",
         "back", "late", "upkeep", "no_upkeep", "retire", "count", "correct"]
    ),
    st.integers(0, 5), st.integers(0, 5), st.sampled_from(["host", "manager", "mediator"]),
)  # fmt: skip


class Life:
    """Three kits, a school, a team, and what happens between them."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.kits = [
            kit("A", turnaround_minutes=60).id,
            kit("B", approval=Approval.MANAGER).id,
            kit("C", approval=Approval.HEAD_TEACHER, turnaround_minutes=1440).id,
        ]
        self.homes = {one.id: one.kit_id for one in db.session.scalars(select(Item))}
        host_of_school(cast)
        self.programme = programme(cast).id
        self.pages = 0

    def empty(self) -> None:
        with transaction():
            for model in (StockLine, StockTaking, IncidentEvent, Incident):
                db.session.execute(delete(model))
            for model in (Hold, HandoverLine, Handover, ReservationEvent, Reservation, Maintenance):
                db.session.execute(delete(model))
            for one in db.session.scalars(select(WorkshopSession)):
                one.state = SessionState.CANCELLED
            for case in db.session.scalars(select(Kit)):
                case.retired_at, case.resource.active = None, True
            for item in db.session.scalars(select(Item)):
                item.kit_id, item.condition = self.homes[item.id], Condition.WORKING

    def period(self, number: int) -> Period:
        """Half-days close enough to meet each other, one over the change of clocks."""
        start = hours().start + timedelta(hours=[0, 2, 4, 24, 28, 24 * 12][number])
        return Period(start, start + timedelta(hours=3))

    def step(self, choice: tuple[str, int, int, str]) -> None:
        name, first, second, who = choice
        act: Callable[[int, int, int], Any] = getattr(self, name)
        try:
            act(first, second, self.cast.ids[who])
        except Refused:
            db.session.rollback()

    def one(self, number: int) -> int:
        return self._pick(select(Reservation.id).order_by(Reservation.id), number)

    def session(self, number: int) -> int:
        return self._pick(
            select(WorkshopSession.id)
            .where(WorkshopSession.state == SessionState.PLANNED)
            .order_by(WorkshopSession.id),
            number,
        )

    def _pick(self, query: Any, number: int) -> int:
        ids = list(db.session.scalars(query))
        db.session.rollback()
        if not ids:
            raise Refused("none")
        return int(ids[number % len(ids)])

    def reserve(self, first: int, second: int, by: int) -> None:
        self._reserve(first, [self.period(second)], by)

    def series(self, first: int, second: int, by: int) -> None:
        self._reserve(first, [morning(n) for n in range(second)], by, only_free=bool(first % 2))

    def _reserve(self, number: int, periods: list[Period], by: int, **more: Any) -> None:
        in_transaction(
            lambda: lending.reserve_series(
                self.kits[number % 3], periods, Wish(), db.session.get_one(Account, by), now=NOW, **more
            )
        )

    def approve(self, first: int, _second: int, by: int) -> None:
        done(lending.approve, self.one(first), by=by)

    def refuse(self, first: int, _second: int, by: int) -> None:
        done(lending.refuse, self.one(first), "Non.", by=by)

    def move(self, first: int, second: int, by: int) -> None:
        kit_id = self.kits[second % 3] if first % 2 else None
        done(lending.move, self.one(first), self.period(second), by=by, kit_id=kit_id)

    def correct(self, first: int, second: int, by: int) -> None:
        done(change_details, self.one(first), Wish(group_label=f"CM{second}", units_wanted=second), by=by)

    def cancel(self, first: int, _second: int, by: int) -> None:
        done(lending.cancel, self.one(first), by=by)

    def plan(self, first: int, second: int, by: int) -> None:
        plans = [plan_of(self.cast, self.period(n), kits={"tablettes": 1 + second % 2}) for n in {first, second}]
        in_transaction(lambda: planning.plan(self.programme, plans, now=NOW, actor_id=by))

    def replan(self, first: int, second: int, by: int) -> None:
        chosen = self.session(first)
        in_transaction(lambda: changing.move(chosen, self.period(second), now=NOW, actor_id=by))

    def rearrange(self, first: int, second: int, by: int) -> None:
        chosen, place = self.session(first), Place(self.cast.ids["library"], self.cast.ids["room"])
        wanted = changing.Arrangement(place, [self.cast.ids["mediator"]], kits={"Tablettes": second} if second else {})
        in_transaction(lambda: changing.change(chosen, wanted, now=NOW, actor_id=by))

    def call_off(self, first: int, _second: int, by: int) -> None:
        chosen = self.session(first)
        in_transaction(lambda: changing.cancel(chosen, reason="", now=NOW, actor_id=by))

    def upkeep(self, first: int, second: int, by: int) -> None:
        act(maintenance.plan, self.kits[first % 3], self.period(second), "Charge", by=by)

    def no_upkeep(self, first: int, _second: int, by: int) -> None:
        act(maintenance.call_off, self._pick(select(Maintenance.id).order_by(Maintenance.id), first), by=by)

    def retire(self, first: int, _second: int, by: int) -> None:
        """Out of use, when nothing is to come of it."""
        in_transaction(
            lambda: kits.retire(self.kits[first % 3], Leaving(), db.session.get_one(Account, by), now=NOW)
        )  # fmt: skip

    def count(self, first: int, second: int, by: int) -> None:
        """Counted to the end: what is here works, but for one device now and then; or nobody sees any of it."""
        kit_id = self.kits[first % 3]
        taking = act(stock.begin, kit_id, by=by).id
        for number, item_id in enumerate(devices(kit_id) if second % 3 else ()):
            broken = number == 0 and second % 2
            act(stock.press, taking, item_id, Condition.DAMAGED if broken else Condition.WORKING, by=by)
        act(stock_closing.close, taking, by=by, rest_missing=True)

    def out(self, first: int, second: int, by: int) -> None:
        """Handed over in its time, or a day before it."""
        chosen, items = self.loan(first)
        now = chosen.starts_at - timedelta(days=second % 2)
        self._hand(handing.hand_over, chosen, Checked(items, "Bruno", early=True), by, now)

    def back(self, first: int, second: int, by: int) -> None:
        """All of it or the first device only, early, in time or late; flat now and then."""
        chosen, items = self.loan(first)
        now = chosen.ends_at + timedelta(hours=[-2, 0, 1, 3, 30, 300][second])
        some = dict(list(items.items())[: 1 if first % 2 else None])
        self._hand(handing.take_back, chosen, Checked(some, "Bruno", came_back_flat=second % 2 == 0), by, now)

    def late(self, _first: int, second: int, _by: int) -> None:
        """The jobs look, some time after it all was due."""
        now = hours().end + timedelta(hours=[1, 2, 5, 26, 80, 400][second])
        in_transaction(lambda: lateness.tell_late(now))

    def loan(self, number: int) -> tuple[Reservation, dict[int, Condition]]:
        chosen = db.session.get_one(Reservation, self.one(number))
        items = db.session.scalars(select(Item.id).where(Item.kit_id == chosen.kit_id).order_by(Item.id)).all()
        db.session.rollback()
        return chosen, dict.fromkeys(items, Condition.WORKING)

    def _hand(self, verb: Any, chosen: Reservation, checked: Checked, by: int, now: datetime) -> None:
        reservation_id = chosen.id
        self.pages += 1
        key = str(self.pages)
        in_transaction(lambda: verb(reservation_id, checked, db.session.get_one(Account, by), now=now, request_key=key))


@pytest.fixture
def life(cast):
    with time_machine.travel(NOW, tick=False):
        yield Life(cast)


@settings(
    max_examples=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(CHOICES, min_size=8, max_size=16))
def test_the_ledger_is_what_reservations_say(life, choices):
    life.empty()
    for choice in choices:
        life.step(choice)
        assert ledger() == by_rights(), choice
