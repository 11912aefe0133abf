"""Several phones count one kit at the same moment: they begin one stock-taking, say one thing a device, end it once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.models import Account
from equipment.models import Condition, Incident, StockLine, StockTaking
from equipment.service import stock, stock_closing
from foundation.db import db, in_transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.equipment.faults import devices
from tests.equipment.given import kit

PHONES = 6
pytestmark = pytest.mark.usefixtures("stopped_clock")


def at_once(app: Any, act: Callable[[Account, int], Any]) -> list[Any]:
    """What each phone got: what `act` gives, or the name of what it was refused by."""
    start = Barrier(PHONES)

    def run(number: int) -> Any:
        with app.app_context():
            start.wait()
            try:
                return in_transaction(lambda: act(db.session.get_one(Account, who), number))
            except Refused as refused:
                return type(refused).__name__
            finally:
                db.session.remove()

    who = db.session.scalars(select(Account.id).where(Account.name == "Salima Benali")).one()
    db.session.rollback()
    with ThreadPoolExecutor(PHONES) as phones:
        return list(phones.map(run, range(PHONES)))


def count(model: Any) -> int:
    found = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return found


def test_phones_at_once_begin_one_press_one_line_and_close_once(app, cast):
    kit_id = kit(units=3).id
    units = devices(kit_id)
    takings = at_once(app, lambda me, _number: stock.begin(kit_id, me, now=NOW).id)
    assert len(set(takings)) == count(StockTaking) == 1
    taking = takings[0]

    def press(me: Account, number: int) -> str:
        condition = Condition.DAMAGED if number % 2 else Condition.WORKING
        for item_id in units:
            stock.press(taking, item_id, condition, me, now=NOW)
        return "pressed"

    assert at_once(app, press) == ["pressed"] * PHONES
    assert count(StockLine) == 3
    in_transaction(lambda: press(db.session.get_one(Account, cast.ids["mediator"]), 1))
    closed = at_once(app, lambda me, _number: stock_closing.close(taking, me, now=NOW).id)
    assert sorted(map(str, closed)) == [str(taking), *["CountedOut"] * (PHONES - 1)]
    assert count(Incident) == 3
