"""What may be said of a unit, when a walk is over, and when a kit should be counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.models import Condition, Item, StockLine, StockPlace, StockTaking
from equipment.rules import counting as rules
from tests.cast import NOW

HERE = 7


def item(condition: Condition = Condition.WORKING, kit_id: int | None = HERE) -> Item:
    return Item(id=1, code="T-1", kind="tablette", kit_id=kit_id, condition=condition)


class TestList:
    @pytest.mark.parametrize("condition", [one for one in Condition if one is not Condition.RETIRED])
    def test_what_somebody_sees_may_be_said(self, condition):
        rules.check_found(condition)
        rules.check_on_list(item(condition), HERE, None)

    def test_nobody_sees_a_device_out_of_use(self):
        with pytest.raises(rules.NotAsFound):
            rules.check_found(Condition.RETIRED)

    def test_what_left_is_on_no_list_even_when_it_was(self):
        for place in (None, StockPlace.HERE):
            with pytest.raises(rules.NotOnTheList):
                rules.check_on_list(item(Condition.RETIRED), HERE, place)

    @pytest.mark.parametrize("elsewhere", [8, None])
    def test_what_belongs_elsewhere_is_on_it_once_it_turned_up(self, elsewhere):
        with pytest.raises(rules.NotOnTheList):
            rules.check_on_list(item(kit_id=elsewhere), HERE, None)
        rules.check_on_list(item(kit_id=elsewhere), HERE, StockPlace.ELSEWHERE)

    def test_what_left_for_good_does_not_turn_up(self):
        rules.check_turns_up(item(Condition.MISSING))
        with pytest.raises(rules.GoneForGood) as refused:
            rules.check_turns_up(item(Condition.RETIRED))
        assert refused.value.field == "code"


class TestEnd:
    def test_what_is_closed_is_closed(self):
        rules.check_open(StockTaking())
        with pytest.raises(rules.CountedOut):
            rules.check_open(StockTaking(closed_at=NOW))

    def test_what_nobody_saw_is_asked_for(self, app):
        rules.check_all_seen([], rest_missing=False)
        rules.check_all_seen([item()], rest_missing=True)
        with pytest.raises(rules.NotSeenYet) as refused:
            rules.check_all_seen([item(), item()], rest_missing=False)
        assert str(refused.value).startswith("2 ")
        assert refused.value.field == "rest_missing"

    @pytest.mark.parametrize(
        ("was", "found", "place", "differs"),
        [
            (Condition.WORKING, Condition.WORKING, StockPlace.HERE, False),
            (Condition.DAMAGED, Condition.DAMAGED, StockPlace.HERE, False),
            (Condition.DAMAGED, Condition.WORKING, StockPlace.HERE, True),
            (Condition.WORKING, Condition.MISSING, StockPlace.HERE, True),
            (Condition.WORKING, Condition.WORKING, StockPlace.ELSEWHERE, True),
            (Condition.WORKING, Condition.WORKING, StockPlace.TAKEN_IN, True),
            (Condition.RETIRED, Condition.WORKING, StockPlace.HERE, True),
        ],
    )
    def test_a_difference_is_in_how_it_is_or_in_where_it_belongs(self, was, found, place, differs):
        assert rules.differs(StockLine(was=was, found=found, place=place)) is differs


@pytest.mark.parametrize(
    ("last", "due"), [(None, True), (NOW, False), (NOW - timedelta(days=365), False), (NOW - timedelta(days=366), True)]
)
def test_a_kit_should_be_counted_once_a_year(last, due):
    assert rules.is_due(last, NOW) is due
