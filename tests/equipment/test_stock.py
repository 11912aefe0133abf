"""Stock-taking: begun, walked with phones, closed; what becomes of what was found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Incident, IncidentState, Item, StockLine, StockPlace, StockTaking
from equipment.queries import stock as queries
from equipment.queries import stock_takings
from equipment.queries.kits import lendable
from equipment.rules.counting import (
    CountedOut,
    GoneForGood,
    NoSuchStockTaking,
    NotAsFound,
    NotOnTheList,
    NotSeenYet,
    is_due,
)
from equipment.rules.keeping import ForKeepers, NoSuchItem
from equipment.rules.refusals import NoSuchKit
from equipment.service import stock, stock_closing
from foundation import audit
from foundation.db import db, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.faults import act, condition_of, devices, reported
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import lent

pytestmark = pytest.mark.usefixtures("stopped_clock")
WORKING, DAMAGED, INCOMPLETE, MISSING = (
    Condition.WORKING, Condition.DAMAGED, Condition.INCOMPLETE, Condition.MISSING,
)  # fmt: skip


@pytest.fixture
def blue(app, cast):
    return kit(code="MAL-1", units=3)


@pytest.fixture
def me(cast) -> int:
    return cast.ids["mediator"]


def begun(kit_id: int, by: int) -> int:
    return act(stock.begin, kit_id, by=by).id


def pressed(taking_id: int, found: dict[int, Condition], by: int) -> None:
    for item_id, condition in found.items():
        act(stock.press, taking_id, item_id, condition, by=by)


def closed(taking_id: int, by: int, **more) -> StockTaking:
    return act(stock_closing.close, taking_id, by=by, **more)


def lines(taking_id: int) -> list[tuple[int, Condition, Condition | None, StockPlace]]:
    rows = db.session.scalars(
        select(StockLine).where(StockLine.stock_taking_id == taking_id).order_by(StockLine.item_id)
    )
    found = [(one.item_id, one.found, one.was, one.place) for one in rows]
    db.session.rollback()
    return found


def incidents() -> list[tuple[int | None, Condition, IncidentState]]:
    rows = db.session.scalars(select(Incident).order_by(Incident.item_id))
    found = [(one.item_id, one.condition, one.state) for one in rows]
    db.session.rollback()
    return found


def taken_back(taking_id: int, item_id: int, by: int) -> None:
    with transaction():
        stock.take_back(taking_id, item_id, db.session.get_one(Account, by))


def move_away(item_id: int, **changes) -> None:
    with transaction():
        item = db.session.get_one(Item, item_id)
        for name, value in changes.items():
            setattr(item, name, value)


class TestBegin:
    def test_whoever_comes_second_goes_on_with_what_was_begun(self, blue, me, cast):
        first = begun(blue.id, me)
        assert begun(blue.id, cast.ids["manager"]) == first
        assert audit.history(f"stock_taking:{first}")[0].action == "stock_taking.opened"

    def test_after_it_was_closed_another_one_begins(self, blue, me):
        first = begun(blue.id, me)
        closed(first, me, rest_missing=True)
        assert begun(blue.id, me) != first

    def test_another_structures_kit_and_one_out_of_use_are_not_counted(self, blue, me, cast):
        theirs = kit(structure_id=cast.ids["association"])
        gone = kit(retired_at=NOW)
        for kit_id in (theirs.id, gone.id, 999):
            with pytest.raises(NoSuchKit):
                begun(kit_id, me)

    def test_the_database_itself_keeps_to_one_open_stock_taking_a_kit(self, blue, me):
        begun(blue.id, me)
        with pytest.raises(Exception, match=r"uq_stock_taking_open|stock_taking\.kit_id"), transaction():
            db.session.add(StockTaking(kit_id=blue.id, begun_at=NOW, begun_by_id=me))


class TestPress:
    def test_nothing_changes_in_the_register_until_the_end(self, blue, me):
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: DAMAGED}, me)
        assert lines(taking) == [(first, DAMAGED, None, StockPlace.HERE)]
        assert condition_of(first) is WORKING
        assert incidents() == []

    def test_a_double_press_is_one_and_of_two_phones_the_later_counts(self, blue, me, cast):
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: WORKING}, me)
        pressed(taking, {first: WORKING}, cast.ids["manager"])
        line = db.session.get_one(StockLine, (taking, first))
        assert (line.by_id, line.at) == (me, NOW)
        act(stock.press, taking, first, MISSING, by=cast.ids["manager"], now=NOW + timedelta(minutes=1))
        assert lines(taking) == [(first, MISSING, None, StockPlace.HERE)]

    def test_what_was_said_by_mistake_is_taken_back(self, blue, me):
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: WORKING}, me)
        for _twice in range(2):
            taken_back(taking, first, me)
        assert lines(taking) == []

    def test_nobody_finds_a_device_out_of_use(self, blue, me):
        with pytest.raises(NotAsFound):
            pressed(begun(blue.id, me), {devices(blue.id)[0]: Condition.RETIRED}, me)

    def test_what_is_not_on_the_list_is_not_pressed(self, blue, me):
        taking, other = begun(blue.id, me), devices(kit("Verte").id)[0]
        with pytest.raises(NotOnTheList):
            pressed(taking, {other: WORKING}, me)
        with pytest.raises(NoSuchItem):
            pressed(taking, {99_999: WORKING}, me)

    def test_another_structures_stock_taking_does_not_exist(self, app, me, cast):
        theirs = kit(structure_id=cast.ids["association"])
        taking, [first, *_rest] = begun(theirs.id, cast.ids["manager"]), devices(theirs.id)
        for verb in (lambda: pressed(taking, {first: WORKING}, me), lambda: closed(taking, me, rest_missing=True)):
            with pytest.raises(NoSuchStockTaking):
                verb()


class TestTurnsUp:
    def test_a_device_of_another_kit_is_put_on_the_list_by_its_label_and_counted_there(self, blue, me):
        green = kit("Verte", units=1)
        stray, taking = devices(green.id)[0], begun(blue.id, me)
        code = db.session.get_one(Item, stray).code
        for _twice in range(2):
            act(stock.turn_up, taking, code, by=me)
        pressed(taking, {stray: INCOMPLETE}, me)
        act(stock.turn_up, taking, code, by=me)
        assert lines(taking) == [(stray, INCOMPLETE, None, StockPlace.ELSEWHERE)]

    def test_one_of_the_kit_that_was_said_to_be_missing_works_again(self, blue, me):
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: MISSING}, me)
        act(stock.turn_up, taking, db.session.get_one(Item, first).code, by=me)
        assert lines(taking) == [(first, WORKING, None, StockPlace.HERE)]

    def test_what_left_for_good_is_told_apart_from_what_nobody_knows(self, blue, me, cast):
        stray = devices(kit("Verte", units=1).id)[0]
        move_away(stray, condition=Condition.RETIRED, retired_on=NOW.date(), destination="lost")
        code, taking = db.session.get_one(Item, stray).code, begun(blue.id, me)
        with pytest.raises(GoneForGood):
            act(stock.turn_up, taking, code, by=me)
        with pytest.raises(NoSuchItem):
            act(stock.turn_up, taking, "NOPE", by=me)

    def test_another_structures_device_is_not_told_of(self, blue, me, cast):
        stray = devices(kit("Chez eux", units=1).id)[0]
        move_away(stray, structure_id=cast.ids["association"])
        with pytest.raises(NoSuchItem):
            act(stock.turn_up, begun(blue.id, me), db.session.get_one(Item, stray).code, by=me)


class TestClose:
    def test_what_nobody_counted_is_asked_for_first_and_missing_when_said_so(self, blue, me):
        taking, [first, second, third] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: WORKING}, me)
        with pytest.raises(NotSeenYet) as refused:
            closed(taking, me)
        assert "2" in str(refused.value)
        assert queries.open_of(blue.id) is not None
        closed(taking, me, rest_missing=True)
        assert [condition_of(one) for one in (first, second, third)] == [WORKING, MISSING, MISSING]

    def test_what_is_worse_opens_an_incident_and_what_works_again_settles_its_own(self, blue, me):
        first, second, third = devices(blue.id)
        reported(blue.id, me, DAMAGED, item_id=first)
        taking = begun(blue.id, me)
        pressed(taking, {first: WORKING, second: INCOMPLETE, third: WORKING}, me)
        closed(taking, me)
        assert incidents() == [
            (first, DAMAGED, IncidentState.CLOSED),
            (second, INCOMPLETE, IncidentState.OPEN),
        ]
        assert lendable(blue.id).working == 2
        assert [(item_id, was) for item_id, _found, was, _place in lines(taking)] == [
            (first, DAMAGED), (second, WORKING), (third, WORKING),
        ]  # fmt: skip

    def test_what_is_damaged_still_is_no_news(self, blue, me):
        first, second, third = devices(blue.id)
        reported(blue.id, me, DAMAGED, item_id=first)
        taking = begun(blue.id, me)
        pressed(taking, {first: DAMAGED, second: WORKING, third: WORKING}, me)
        closed(taking, me)
        assert incidents() == [(first, DAMAGED, IncidentState.OPEN)]
        assert stock_takings.history(db.session.get_one(Account, me))[0].differences == 0

    def test_what_was_missing_elsewhere_and_is_found_here_works_and_is_brought_back_or_taken_in(self, blue, me, cast):
        green, manager = kit("Verte", units=2), cast.ids["manager"]
        back, stays = devices(green.id)
        reported(green.id, me, MISSING, item_id=back)
        taking = begun(blue.id, manager)
        pressed(taking, dict.fromkeys(devices(blue.id), WORKING), me)
        for stray in (back, stays):
            act(stock.turn_up, taking, db.session.get_one(Item, stray).code, by=me)
        closed(taking, manager, take_in=[stays])
        assert condition_of(back) is WORKING
        assert [db.session.get_one(Item, one).kit_id for one in (back, stays)] == [green.id, blue.id]
        assert {place for _id, _found, _was, place in lines(taking)} == set(StockPlace)
        assert (lendable(blue.id).units, lendable(green.id).units) == (4, 1)

    def test_a_mediator_takes_nothing_in(self, blue, me):
        stray = devices(kit("Verte", units=1).id)[0]
        taking = begun(blue.id, me)
        act(stock.turn_up, taking, db.session.get_one(Item, stray).code, by=me)
        with pytest.raises(ForKeepers):
            closed(taking, me, rest_missing=True, take_in=[stray])
        assert queries.open_of(blue.id) is not None
        assert condition_of(devices(blue.id)[0]) is WORKING

    def test_what_is_out_on_loan_is_neither_asked_for_nor_missing(self, blue, me, cast):
        kit_id = lent(cast).kit_id
        taking = begun(kit_id, me)
        walk = queries.walk(db.session.get_one(StockTaking, taking))
        assert {row.away for row in walk.here} == {True}
        closed(taking, me)
        assert {condition_of(one) for one in devices(kit_id)} == {WORKING}
        assert lines(taking) == []

    def test_closed_twice_it_is_closed_once_and_nothing_is_pressed_any_more(self, blue, me, cast):
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        closed(taking, me, rest_missing=True)
        with pytest.raises(CountedOut):
            closed(taking, cast.ids["manager"], rest_missing=True)
        for late in (
            lambda: pressed(taking, {first: WORKING}, me),
            lambda: act(stock.turn_up, taking, "MAL-1-0", by=me),
            lambda: taken_back(taking, first, me),
        ):
            with pytest.raises(CountedOut):
                late()
        assert len(incidents()) == 3

    def test_whoever_borrows_it_next_no_longer_gets_a_kit_that_is_too_small(self, blue, me, cast):
        with transaction():
            db.session.get_one(type(blue), blue.id).minimum_units = 2
        reserved(blue.id, morning(), cast.ids["manager"])
        taking, [first, *_rest] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: WORKING}, me)
        closed(taking, me, rest_missing=True)
        assert not lendable(blue.id).goes_out

    def test_what_left_or_moved_meanwhile_is_not_dragged_back(self, blue, me):
        taking, [first, second, third] = begun(blue.id, me), devices(blue.id)
        pressed(taking, {first: DAMAGED, second: DAMAGED, third: WORKING}, me)
        green = kit("Verte", units=0)
        move_away(first, kit_id=green.id)
        move_away(second, condition=Condition.RETIRED, retired_on=NOW.date(), destination="lost")
        closed(taking, me)
        assert condition_of(second) is Condition.RETIRED
        assert incidents() == [(first, DAMAGED, IncidentState.OPEN)]


class TestHowMuchIsAsked:
    def test_closing_a_large_kit_that_is_as_it_should_be_asks_no_more_than_a_small_one(self, app, me):
        asked = []
        for units in (2, 25):
            kit_id = kit(units=units).id
            taking = begun(kit_id, me)
            with transaction():
                usual = {"stock_taking_id": taking, "found": WORKING, "at": NOW, "by_id": me, "place": StockPlace.HERE}
                db.session.add_all([StockLine(item_id=one, **usual) for one in devices(kit_id)])
            with statements() as sent:
                closed(taking, me)
            asked.append(len(sent) - sum("UPDATE stock_line" in one for one in sent))
        assert asked[1] == asked[0]

    def test_a_press_costs_the_same_in_a_large_kit(self, app, me):
        asked = []
        for units in (2, 25):
            taking, [first, *_rest] = begun(kit_id := kit(units=units).id, me), devices(kit_id)
            with statements() as sent:
                pressed(taking, {first: WORKING}, me)
            asked.append(len(sent))
        assert asked[1] == asked[0] <= 9


class TestListing:
    def test_kits_being_counted_come_first_then_those_never_and_longest_not_counted(self, app, me, cast):
        names = ("Récente", "Ancienne", "Jamais", "En cours")
        kits = {name: kit(name, units=1) for name in names}
        for name, days in (("Récente", 3), ("Ancienne", 500)):
            taking = act(stock.begin, kits[name].id, by=me, now=NOW - timedelta(days=days)).id
            closed(taking, me, now=NOW - timedelta(days=days), rest_missing=True)
        begun(kits["En cours"].id, me)
        found = stock_takings.kits_to_count(db.session.get_one(Account, me))
        assert [one.kit.name for one in found] == ["En cours", "Jamais", "Ancienne", "Récente"]
        assert [is_due(one.last, NOW) for one in found] == [True, True, True, False]

    def test_each_counts_what_is_within_reach(self, blue, me, cast):
        kit("Chez eux", structure_id=cast.ids["association"])
        viewer = db.session.get_one(Account, me)
        assert [one.kit.id for one in stock_takings.kits_to_count(viewer)] == [blue.id]
        taking = begun(blue.id, me)
        closed(taking, me, rest_missing=True)
        [past] = stock_takings.history(db.session.get_one(Account, me), kit_id=blue.id)
        assert (past.taking.id, past.units, past.differences) == (taking, 3, 3)
