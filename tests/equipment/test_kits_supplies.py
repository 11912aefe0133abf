"""What is counted in a kit: named by whoever keeps it, counted by whoever looks into it, never below none."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equipment.models import Supply
from equipment.rules.details import Counted, CountedAlready, LabelMissing
from equipment.rules.keeping import ForKeepers
from equipment.rules.refusals import BadCount, NoSuchKit, TooLongText
from equipment.service import supplies
from foundation.db import db, in_transaction
from foundation.security import Role
from tests.equipment.given import kit
from tests.equipment.shelves import acts, by
from tests.mediation.planning import account_in

pytestmark = pytest.mark.usefixtures("stopped_clock")


def do(cast, verb, *rest, who="manager"):
    account_id = who if isinstance(who, int) else cast.ids[who]
    return in_transaction(lambda: verb(*rest, by(account_id)))


def counts() -> list[tuple[str, int, int, bool]]:
    db.session.rollback()
    rows = db.session.scalars(select(Supply).order_by(Supply.id))
    return [(one.label, one.count, one.minimum, one.consumable) for one in rows]


def mice(cast, **changes) -> tuple[int, int]:
    """(kit, supply) of a kit with twelve mice."""
    case = kit(units=0, **changes)
    return case.id, do(cast, supplies.add_supply, case.id, Counted(" Souris ", 12, 10)).id


def test_a_manager_names_what_is_counted(cast):
    kit_id, _supply = mice(cast)
    do(cast, supplies.add_supply, kit_id, Counted("Filament", 2, 1, consumable=True))
    assert counts() == [("Souris", 12, 10, False), ("Filament", 2, 1, True)]
    assert acts(f"kit:{kit_id}") == ["supply.added", "supply.added"]


def test_a_mediator_counts_more_and_fewer(cast):
    kit_id, supply_id = mice(cast)
    for by_ in (-1, -1, 1, -5):
        do(cast, supplies.count_supply, kit_id, supply_id, by_, who="mediator")
    assert counts()[0][1] == 6
    assert acts(f"kit:{kit_id}")[1:] == ["supply.recounted"] * 4


@pytest.mark.parametrize("by_", [-13, 9989])
def test_there_are_never_fewer_than_none_nor_more_than_fit(cast, by_):
    kit_id, supply_id = mice(cast)
    with pytest.raises(BadCount):
        do(cast, supplies.count_supply, kit_id, supply_id, by_)
    assert counts()[0][1] == 12
    assert acts(f"kit:{kit_id}") == ["supply.added"]


def test_two_of_one_name_are_not_counted(cast):
    kit_id, supply_id = mice(cast)
    with pytest.raises(CountedAlready):
        do(cast, supplies.add_supply, kit_id, Counted("souris", 1))
    other = do(cast, supplies.add_supply, kit_id, Counted("Câbles", 1))
    with pytest.raises(CountedAlready):
        do(cast, supplies.change_supply, kit_id, other.id, Counted("Souris", 1))
    do(cast, supplies.change_supply, kit_id, supply_id, Counted("SOURIS", 4, 4, consumable=True))
    assert counts() == [("SOURIS", 4, 4, True), ("Câbles", 1, 0, False)]


@pytest.mark.parametrize(
    ("counted", "refusal"),
    [
        (Counted(" "), LabelMissing),
        (Counted("x" * 61), TooLongText),
        (Counted("Souris", -1), BadCount),
        (Counted("Souris", 1, 10_001), BadCount),
    ],
)
def test_what_can_not_be_counted_is_refused(cast, counted, refusal):
    case = kit(units=0)
    with pytest.raises(refusal):
        do(cast, supplies.add_supply, case.id, counted)
    assert counts() == []


def test_what_is_used_up_for_good_is_counted_no_more(cast):
    kit_id, supply_id = mice(cast)
    do(cast, supplies.remove_supply, kit_id, supply_id)
    assert counts() == []
    with pytest.raises(NoSuchKit):
        do(cast, supplies.count_supply, kit_id, supply_id, 1)


def test_a_mediator_counts_but_does_not_name(cast):
    kit_id, supply_id = mice(cast)
    for verb, rest in (
        (supplies.add_supply, [Counted("Câbles")]), (supplies.change_supply, [supply_id, Counted("Rats")]),
        (supplies.remove_supply, [supply_id]),
    ):  # fmt: skip
        with pytest.raises(ForKeepers):
            do(cast, verb, kit_id, *rest, who="mediator")
    assert counts() == [("Souris", 12, 10, False)]


def test_nobody_counts_in_a_kit_of_others_nor_through_another_kit(cast):
    stranger = account_in(cast, "association", Role.MEDIATOR)
    kit_id, supply_id = mice(cast, structure_id=cast.ids["town"])
    with pytest.raises(NoSuchKit):
        do(cast, supplies.count_supply, kit_id, supply_id, 1, who=stranger.id)
    with pytest.raises(NoSuchKit):
        do(cast, supplies.count_supply, kit("B", units=0).id, supply_id, 1)
    assert counts()[0][1] == 12
