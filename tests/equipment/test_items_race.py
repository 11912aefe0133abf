"""Two people write the register at the same moment: the database has the last word, and says it in a sentence."""

from __future__ import annotations

import pytest

from equipment.models import Item, Kit, Supply
from equipment.rules.codes import CodeTaken
from equipment.rules.details import Counted, CountedAlready, KitDetails
from equipment.rules.items import NewItem
from equipment.service import items, kits, supplies
from foundation.db import in_transaction
from tests.equipment.given import kit
from tests.equipment.shelves import act, added, by
from tests.workshops.given import count

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def unseen(monkeypatch):
    """Nobody sees yet what the other one has just written."""
    monkeypatch.setattr("equipment.queries.items.codes_taken", lambda _codes: set())
    monkeypatch.setattr(supplies, "_check_label", lambda _others, _counted: None)


@pytest.mark.usefixtures("unseen")
def test_of_two_devices_with_one_label_the_second_is_refused(cast):
    added(cast)
    with pytest.raises(CodeTaken):
        act(items.add, None, NewItem("TAB-01", "robot"), who=cast.ids["manager"])
    assert count(Item) == 1


@pytest.mark.usefixtures("unseen")
def test_of_two_kits_with_one_label_too(cast):
    details = KitDetails("MAL-01", "Mallette bleue", "Tablettes")
    act(kits.create, details, who=cast.ids["manager"])
    with pytest.raises(CodeTaken):
        act(kits.create, details, who=cast.ids["manager"])
    assert count(Kit) == 1


@pytest.mark.usefixtures("unseen")
def test_of_two_supplies_of_one_name_too(cast):
    case = kit(units=0)

    def mice() -> Supply:
        return in_transaction(lambda: supplies.add_supply(case.id, Counted("Souris"), by(cast.ids["manager"])))

    mice()
    with pytest.raises(CountedAlready):
        mice()
    assert count(Supply) == 1


def test_a_change_to_a_label_that_was_just_taken_is_refused(cast, unseen):
    added(cast)
    other = added(cast, code="TAB-02")
    with pytest.raises(CodeTaken):
        act(items.change, other.id, NewItem("TAB-01", "robot"), who=cast.ids["manager"])
