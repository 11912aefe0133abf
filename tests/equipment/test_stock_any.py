"""Any walk along the shelf: the list says what was last pressed, and the register what was found, once it is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Incident, IncidentState, Item, StockLine, StockPlace
from equipment.queries import stock as queries
from equipment.queries.kits import lendable
from equipment.rules.counting import NotOnTheList, NotSeenYet
from equipment.service import stock, stock_closing
from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.equipment.given import kit

pytestmark = pytest.mark.usefixtures("stopped_clock")
SEEN = (Condition.WORKING, Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING)
UNITS, STRAYS = 3, 2
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("press"), st.integers(0, UNITS + STRAYS - 1), st.sampled_from(SEEN)),
        st.tuples(st.just("turn_up"), st.integers(0, UNITS + STRAYS - 1), st.none()),
        st.tuples(st.just("take_back"), st.integers(0, UNITS + STRAYS - 1), st.none()),
    ),
    max_size=14,
)


@dataclass
class Shelf:
    """A kit with its devices, two strays of another one, and what should be on the list."""

    who: int
    kit_id: int
    other_id: int
    items: list[int]
    codes: list[str]
    taking: int = 0
    said: dict[int, Condition] = field(default_factory=dict)

    def here(self, number: int) -> bool:
        return number < UNITS

    def act(self, verb: Any, *rest: Any, **more: Any) -> Any:
        return in_transaction(lambda: verb(*rest, db.session.get_one(Account, self.who), **more))

    def press(self, number: int, condition: Condition) -> None:
        if not self.here(number) and number not in self.said:
            with pytest.raises(NotOnTheList):
                self.act(stock.press, self.taking, self.items[number], condition, now=NOW)
            return
        self.act(stock.press, self.taking, self.items[number], condition, now=NOW)
        self.said[number] = condition

    def turn_up(self, number: int, _nothing: None) -> None:
        self.act(stock.turn_up, self.taking, self.codes[number], now=NOW)
        if self.said.get(number, Condition.MISSING) is Condition.MISSING:
            self.said[number] = Condition.WORKING

    def take_back(self, number: int, _nothing: None) -> None:
        self.act(stock.take_back, self.taking, self.items[number])
        self.said.pop(number, None)

    def listed(self) -> dict[int, Condition]:
        lines = db.session.scalars(select(StockLine).where(StockLine.stock_taking_id == self.taking))
        found = {self.items.index(line.item_id): line.found for line in lines}
        db.session.rollback()
        return found


def shelf(who: int) -> Shelf:
    blue, other = kit(units=UNITS, broken=1), kit("Verte", units=STRAYS)
    rows = [*blue.items, *other.items]
    made = Shelf(who, blue.id, other.id, [one.id for one in rows], [one.code for one in rows])
    made.taking = made.act(stock.begin, made.kit_id, now=NOW).id
    return made


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, take_in=st.booleans())
def test_the_register_says_what_was_pressed_last(app, cast, steps, take_in):
    mine = shelf(cast.ids["manager"])
    for verb, number, condition in steps:
        getattr(mine, verb)(number, condition)
        assert mine.listed() == mine.said
    before = conditions(mine)
    assert before == {0: Condition.DAMAGED} | dict.fromkeys(range(1, UNITS + STRAYS), Condition.WORKING)
    close(mine, take_in=take_in)
    told = dict.fromkeys(range(UNITS), Condition.MISSING) | mine.said
    assert conditions(mine) == before | told
    check_incidents(mine)
    check_places(mine, take_in=take_in)
    assert lendable(mine.kit_id).working == sum(
        one.condition is Condition.WORKING for one in db.session.scalars(select(Item).where(Item.kit_id == mine.kit_id))
    )


def close(mine: Shelf, *, take_in: bool) -> None:
    """What was not counted is missing, after it was asked for."""
    taken = [mine.items[number] for number in mine.said if not mine.here(number)] if take_in else []
    if not set(range(UNITS)) <= set(mine.said):
        with pytest.raises(NotSeenYet):
            mine.act(stock_closing.close, mine.taking, now=NOW, take_in=taken)
        assert queries.open_of(mine.kit_id) is not None
    mine.act(stock_closing.close, mine.taking, now=NOW, rest_missing=True, take_in=taken)


def conditions(mine: Shelf) -> dict[int, Condition]:
    rows = db.session.execute(select(Item.id, Item.condition).where(Item.id.in_(mine.items)))
    found = {mine.items.index(item_id): condition for item_id, condition in rows}
    db.session.rollback()
    return found


def check_incidents(mine: Shelf) -> None:
    """Whatever is not as it should be and was not so before has an incident that is open, and nothing else has."""
    unsettled = {
        mine.items.index(one.item_id)
        for one in db.session.scalars(select(Incident).where(Incident.item_id.in_(mine.items)))
        if one.state is not IncidentState.CLOSED
    }
    bad = {number for number, condition in conditions(mine).items() if condition is not Condition.WORKING}
    known = {0} if conditions(mine)[0] is Condition.DAMAGED else set()
    assert unsettled == bad - known


def check_places(mine: Shelf, *, take_in: bool) -> None:
    """Strays belong here from now on when they were taken in; the lines say so, for good."""
    lines = db.session.scalars(select(StockLine).where(StockLine.stock_taking_id == mine.taking)).all()
    for line in lines:
        stray = not mine.here(mine.items.index(line.item_id))
        expected = (StockPlace.TAKEN_IN if take_in else StockPlace.ELSEWHERE) if stray else StockPlace.HERE
        assert line.place is expected
        assert line.item.kit_id == (mine.other_id if expected is StockPlace.ELSEWHERE else mine.kit_id)
        assert line.was is not None
    db.session.rollback()
