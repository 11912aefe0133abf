"""What becomes of one row of a file of devices, decided without a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Account, AccountRole
from equipment.importing import items as rows
from equipment.importing.register import Register
from equipment.models import Condition, Destination, ItemEventKind, Purchase
from equipment.queries.registers import Shelf
from equipment.rules.codes import CodeTaken
from equipment.rules.importing import (
    HowItLeft,
    InUseStill,
    LeavesOnItsPage,
    UnknownKit,
    UnknownStructure,
    check_leaving,
)
from equipment.rules.items import CertificateElsewhere, ItemGone, KindMissing, NotBoughtYet, StillOut
from equipment.rules.keeping import ForKeepers
from equipment.rules.refusals import BadCount
from foundation.scope import OfTheTerritory
from foundation.security import Role
from tests.cast import TODAY

TOWN, OTHER = 1, 2
SHELVES = {
    "MAL-1": Shelf(11, 101, None, in_use=True),
    "MAL-2": Shelf(12, 102, None, in_use=True),
    "TOWN-1": Shelf(13, 103, TOWN, in_use=True),
    "OTHER-1": Shelf(14, 104, OTHER, in_use=True),
    "GONE-1": Shelf(15, 105, None, in_use=False),
}


def register(structure_id: int | None = None, role: Role = Role.MANAGER) -> Register:
    actor = Account(structure_id=structure_id, role_rows=[AccountRole(role=role)])
    return Register(SHELVES, {"ville": TOWN, "autre": OTHER}, actor, TODAY)


@dataclass
class Known:
    """A row of the table of devices."""

    id: int = 7
    code: str = "T-1"
    kind: str = "tablette"
    label: str = ""
    serial_number: str = "SN1"
    purchase: Purchase = Purchase.UNKNOWN
    bought_on: date | None = None
    price_cents: int | None = None
    funder: str = ""
    condition: Condition = Condition.WORKING
    battery_percent: int | None = 80
    structure_id: int | None = None
    kit_id: int | None = 11


def new(told: Register | None = None, **facts: Any) -> rows.Outcome:
    return rows.new({"code": "T-9", "kind": "tablette"} | facts, told or register())


def changed(known: Known | None = None, told: Register | None = None, **facts: Any) -> rows.Outcome:
    return rows.changed({"code": "T-1"} | facts, known or Known(), told or register())


class TestNew:
    def test_it_works_and_is_in_reserve_unless_the_row_says_otherwise(self):
        outcome = new()
        assert (outcome.values["condition"], outcome.values["kit_id"]) == (Condition.WORKING, None)
        assert outcome.events == ((ItemEventKind.ADDED, "", ""),)
        assert outcome.kits == frozenset()

    def test_it_is_whose_the_kit_is(self):
        outcome = new(kit="town-1", structure="autre")
        assert (outcome.values["kit_id"], outcome.values["structure_id"]) == (13, TOWN)
        assert outcome.kits == {13}
        assert outcome.events[0][2] == "TOWN-1"

    @pytest.mark.parametrize("kit", ["réserve", "En réserve", "in reserve", "stock"])
    def test_the_reserve_may_be_named(self, app, kit):
        assert new(kit=kit).values["kit_id"] is None

    @pytest.mark.parametrize("kit", ["NOPE", "GONE-1", "OTHER-1"])
    def test_a_kit_that_is_not_there_for_this_person_is_unknown(self, app, kit):
        with pytest.raises(UnknownKit):
            new(register(TOWN), kit=kit)

    def test_a_device_in_reserve_is_of_the_structure_that_is_named(self):
        assert new(structure="Ville").values["structure_id"] == TOWN
        assert new(register(TOWN)).values["structure_id"] == TOWN
        for name in ("Autre", "Personne"):
            with pytest.raises(UnknownStructure):
                new(register(TOWN), structure=name)

    def test_whoever_writes_no_register_adds_nothing(self):
        with pytest.raises(ForKeepers):
            new(register(role=Role.MEDIATOR))

    def test_the_kits_of_the_territory_are_the_territorys(self, app):
        with pytest.raises((UnknownKit, OfTheTerritory)):
            new(register(TOWN), kit="MAL-1")

    def test_a_kit_has_that_label(self):
        with pytest.raises(CodeTaken):
            rows.new({"code": "MAL-1", "kind": "tablette"}, register())

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"kind": ""}, KindMissing),
            ({"bought_on": date(2026, 3, 11)}, NotBoughtYet),
            ({"bought_on": date(1999, 1, 1)}, NotBoughtYet),
            ({"battery_percent": 101}, BadCount),
            ({"certificate": "R-1"}, CertificateElsewhere),
            ({"condition": Condition.RETIRED}, HowItLeft),
            ({"condition": Condition.RETIRED, "retired_on": TODAY}, HowItLeft),
            (
                {"condition": Condition.RETIRED, "retired_on": date(2026, 3, 11), "destination": Destination.LOST},
                HowItLeft,
            ),
            ({"destination": Destination.LOST}, InUseStill),
        ],
    )
    def test_what_no_register_would_hold_is_refused(self, facts, refusal):
        with pytest.raises(refusal):
            new(**facts)


class TestChanged:
    def test_the_same_changes_nothing(self):
        same = {"kind": "tablette", "serial_number": "SN1", "battery_percent": 80, "kit": "mal-1"}
        assert changed(**same, condition=Condition.WORKING) == rows.Outcome({})

    def test_what_is_told_anew_is_changed_and_nothing_else(self):
        outcome = changed(serial_number="SN2", price_cents=100)
        assert outcome.values == {"serial_number": "SN2", "price_cents": 100}
        assert outcome.events == ()

    def test_another_condition_is_left_aside_and_counted(self):
        for condition in (Condition.DAMAGED, Condition.MISSING, Condition.INCOMPLETE):
            assert changed(condition=condition) == rows.Outcome({}, left=True)

    def test_it_moves_with_whose_it_is(self):
        outcome = changed(kit="TOWN-1")
        assert outcome.values == {"kit_id": 13, "structure_id": TOWN}
        assert outcome.events == ((ItemEventKind.MOVED, "MAL-1", "TOWN-1"),)
        assert outcome.kits == {11, 13}

    def test_in_reserve_it_stays_whose_it_was(self, app):
        outcome = changed(kit="réserve")
        assert (outcome.values, outcome.kits) == ({"kit_id": None}, {11})
        assert changed(Known(kit_id=None), kit="réserve") == rows.Outcome({})

    def test_a_kit_that_went_out_of_use_keeps_what_was_in_it(self):
        assert changed(Known(kit_id=15), kit="GONE-1", kind="robot").values == {"kind": "robot"}

    def test_a_battery_is_measured_again(self):
        assert changed(battery_percent=70).events == ((ItemEventKind.BATTERY, "80", "70"),)
        assert changed(Known(battery_percent=None), battery_percent=70).events[0][1] == ""
        with pytest.raises(BadCount):
            changed(battery_percent=-1)

    def test_another_structures_device_has_that_label(self):
        with pytest.raises(CodeTaken):
            changed(Known(structure_id=OTHER), register(TOWN), kind="robot")

    def test_what_left_for_good_is_as_it_was(self):
        gone = Known(condition=Condition.RETIRED)
        assert changed(gone, kind="tablette", condition=Condition.WORKING, kit="MAL-2") == rows.Outcome({})
        with pytest.raises(ItemGone):
            changed(gone, kind="robot")

    def test_nothing_leaves_by_a_file(self):
        with pytest.raises(LeavesOnItsPage):
            changed(condition=Condition.RETIRED)
        with pytest.raises(InUseStill):
            changed(destination=Destination.RECYCLING)


@pytest.mark.parametrize("condition", [one for one in Condition if one is not Condition.RETIRED])
def test_only_what_left_went_somewhere(condition):
    check_leaving(condition, since=None, somewhere=False, today=TODAY)
    check_leaving(Condition.RETIRED, since=TODAY, somewhere=True, today=TODAY)
    for since, somewhere in ((TODAY, False), (None, True), (TODAY + timedelta(days=1), True)):
        with pytest.raises(InUseStill):
            check_leaving(condition, since=since, somewhere=somewhere, today=TODAY)
        with pytest.raises(HowItLeft):
            check_leaving(Condition.RETIRED, since=since, somewhere=somewhere, today=TODAY)


def test_one_that_a_loan_has_is_moved_by_no_row():
    from_loan = replace(register(), out=frozenset({7}))
    with pytest.raises(StillOut):
        changed(None, from_loan, kit="MAL-2")
