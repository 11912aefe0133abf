"""Devices come into the register, are looked at, measured and moved; each step is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipment.models import Condition, Item, Kit, Purchase
from equipment.queries import kits as lendables
from equipment.rules.codes import CodeTaken
from equipment.rules.items import BadPrice, ItemGone, KindMissing, NewItem, NotBoughtYet, NotFound
from equipment.rules.keeping import ForKeepers, NoSuchItem
from equipment.rules.refusals import BadCount, NoSuchKit, TooLongText
from equipment.service import items
from foundation.db import db, transaction
from foundation.errors import Refused
from foundation.scope import NotInYourStructure, OfTheTerritory
from foundation.security import Role
from tests.cast import NOW, TODAY
from tests.equipment.given import kit
from tests.equipment.shelves import act, acts, added, events, item
from tests.mediation.planning import account_in
from tests.workshops.given import count

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_a_device_comes_into_a_kit_with_all_that_is_known_of_it(cast):
    case = kit(units=0, structure_id=cast.ids["town"])
    made = added(
        cast, case.id, "MAL-01-01", purchase=Purchase.REFURBISHED, bought_on=date(2025, 9, 1), price_cents=14900,
        funder=" Région ", battery_percent=92,
    )  # fmt: skip
    kept = item("MAL-01-01")
    assert (kept.kit_id, kept.structure_id, kept.condition) == (case.id, cast.ids["town"], Condition.WORKING)
    assert (kept.purchase, kept.bought_on, kept.price_cents) == (Purchase.REFURBISHED, date(2025, 9, 1), 14900)
    assert (kept.funder, kept.battery_percent, kept.serial_number) == ("Région", 92, "SN-0042")
    assert events("MAL-01-01") == [("added", "", case.code, "")]
    assert acts(f"item:{made.id}") == ["item.added"]


def test_without_a_kit_it_is_in_reserve(cast):
    added(cast, structure_id=cast.ids["town"])
    assert (item("TAB-01").kit_id, item("TAB-01").structure_id) == (None, cast.ids["town"])
    assert events("TAB-01") == [("added", "", "", "")]


def test_a_kit_serves_more_at_once(cast):
    case = kit(units=1)
    added(cast, case.id)
    assert (lendables.lendable(case.id).units, lendables.lendable(case.id).working) == (2, 2)


def test_of_several_either_all_come_or_none(cast):
    case = kit(units=1)
    news = [NewItem(code=code, kind="tablette") for code in ("A-1", "A-2", f"{case.code}-0")]
    with pytest.raises(CodeTaken) as refused:
        act(items.add_several, case.id, news, who=cast.ids["manager"])
    assert f"{case.code}-0" in str(refused.value)
    assert count(Item) == 1


def test_a_label_is_on_one_thing_only_be_it_a_kit(cast):
    case = kit(units=0)
    for codes in (["B-1", "B-1"], [case.code]):
        with pytest.raises(CodeTaken):
            act(items.add_several, None, [NewItem(code, "robot") for code in codes], who=cast.ids["manager"])
    assert count(Item) == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": " "}, KindMissing),
        ({"kind": "x" * 61}, TooLongText),
        ({"label": "x" * 121}, TooLongText),
        ({"price_cents": -1}, BadPrice),
        ({"price_cents": 10_000_001}, BadPrice),
        ({"bought_on": TODAY + timedelta(days=1)}, NotBoughtYet),
        ({"bought_on": date(1999, 12, 31)}, NotBoughtYet),
        ({"condition": Condition.RETIRED}, NotFound),
        ({"battery_percent": 101}, BadCount),
    ],
)
def test_what_no_register_would_hold_is_refused(cast, changes, refusal):
    with pytest.raises(refusal):
        added(cast, **changes)
    assert count(Item) == 0


def test_a_kit_that_has_left_takes_no_device(cast):
    case = kit(units=0)
    with transaction():
        db.session.get_one(Kit, case.id).retired_at = NOW
    for kit_id in (case.id, 999_999):
        with pytest.raises(NoSuchKit):
            added(cast, kit_id)


def test_only_those_who_keep_it_write_the_register(cast):
    case = kit(units=0, structure_id=cast.ids["town"])
    of_association = account_in(cast, "association", Role.MANAGER)
    for who, refusal in ((cast.ids["mediator"], ForKeepers), (of_association.id, NotInYourStructure)):
        with pytest.raises(refusal):
            act(items.add, case.id, NewItem("C-1", "robot"), who=who)
    with pytest.raises(OfTheTerritory):
        act(items.add, None, NewItem("C-1", "robot"), who=of_association.id)


def test_what_was_written_wrong_is_written_anew(cast):
    made = added(cast)
    again = NewItem("TAB-02", "tablette ", "Onde 11", "SN-0043", Purchase.NEW, TODAY, 0, "Ville")
    act(items.change, made.id, again, who=cast.ids["manager"])
    kept = item("TAB-02")
    assert (kept.kind, kept.label, kept.serial_number, kept.price_cents) == ("tablette", "Onde 11", "SN-0043", 0)
    assert acts(f"item:{made.id}") == ["item.added", "item.changed"]


def test_it_keeps_its_label_when_another_has_the_new_one(cast):
    added(cast, code="TAB-09")
    made = added(cast)
    with pytest.raises(CodeTaken):
        act(items.change, made.id, NewItem("TAB-09", "tablette"), who=cast.ids["manager"])
    assert item("TAB-01").id == made.id
    assert act(items.change, made.id, NewItem("TAB-01", "liseuse"), who=cast.ids["manager"]).kind == "liseuse"


def test_how_it_was_found_is_kept_with_who_and_what(cast):
    case = kit(units=0)
    made = added(cast, case.id)
    act(items.set_condition, made.id, Condition.DAMAGED, who=cast.ids["mediator"], note=" Écran fêlé ")
    assert item("TAB-01").condition is Condition.DAMAGED
    assert events("TAB-01")[-1] == ("condition", "working", "damaged", "Écran fêlé")
    assert lendables.lendable(case.id).working == 0
    assert acts(f"item:{made.id}")[-1] == "item.looked_at"


def test_nothing_is_written_when_nothing_is_new(cast):
    made = added(cast)
    act(items.set_condition, made.id, Condition.WORKING, who=cast.ids["mediator"])
    assert len(events("TAB-01")) == 1
    act(items.set_condition, made.id, Condition.WORKING, who=cast.ids["mediator"], note="Coque changée")
    assert events("TAB-01")[-1] == ("condition", "working", "working", "Coque changée")


def test_a_job_may_speak_of_it_too(cast):
    made = added(cast)
    with transaction():
        items.set_condition(made.id, Condition.MISSING, None, now=NOW)
    assert item("TAB-01").condition is Condition.MISSING


def test_nobody_finds_it_out_of_use_and_no_note_holds_a_secret(cast):
    made = added(cast)
    with pytest.raises(NotFound):
        act(items.set_condition, made.id, Condition.RETIRED, who=cast.ids["manager"])
    for note in ("x" * 301, "mot de passe : rivage42"):
        with pytest.raises(Refused):
            act(items.set_condition, made.id, Condition.DAMAGED, who=cast.ids["manager"], note=note)
    assert item("TAB-01").condition is Condition.WORKING


def test_its_battery_is_measured_again_and_again(cast):
    made = added(cast)
    act(items.measure_battery, made.id, 90, who=cast.ids["mediator"])
    act(items.measure_battery, made.id, 71, who=cast.ids["mediator"])
    assert item("TAB-01").battery_percent == 71
    assert events("TAB-01")[1:] == [("battery", "", "90", ""), ("battery", "90", "71", "")]
    with pytest.raises(BadCount):
        act(items.measure_battery, made.id, 101, who=cast.ids["mediator"])


def test_it_moves_between_kits_and_the_reserve(cast):
    first, second = kit("A", units=0), kit("B", units=0, structure_id=cast.ids["town"])
    made = added(cast, first.id)
    act(items.move, made.id, second.id, who=cast.ids["manager"])
    assert (item("TAB-01").kit_id, item("TAB-01").structure_id) == (second.id, cast.ids["town"])
    act(items.move, made.id, None, who=cast.ids["manager"], note="En attente d’une coque")
    assert item("TAB-01").kit_id is None
    assert events("TAB-01")[1:] == [
        ("moved", first.code, second.code, ""), ("moved", second.code, "", "En attente d’une coque"),
    ]  # fmt: skip


def test_where_it_is_already_it_does_not_move(cast):
    case = kit(units=0)
    made = added(cast, case.id)
    act(items.move, made.id, case.id, who=cast.ids["manager"])
    assert len(events("TAB-01")) == 1


def test_it_does_not_move_into_a_kit_of_others(cast):
    of_association = account_in(cast, "association", Role.MANAGER)
    own = kit("Ici", units=0, structure_id=cast.ids["association"])
    other = kit("Ailleurs", units=0, structure_id=cast.ids["town"])
    made = added(cast, own.id)
    with pytest.raises(NotInYourStructure):
        act(items.move, made.id, other.id, who=of_association.id)
    theirs = added(cast, other.id, "TAB-02")
    with pytest.raises(NoSuchItem):
        act(items.move, theirs.id, own.id, who=of_association.id)
    with pytest.raises(NoSuchItem):
        act(items.measure_battery, theirs.id, 50, who=of_association.id)


def test_what_is_not_there_is_not_found(cast):
    with pytest.raises(NoSuchItem):
        act(items.set_condition, 999_999, Condition.DAMAGED, who=cast.ids["manager"])


def test_what_has_left_for_good_stays_as_it_was(cast):
    made = added(cast)
    with transaction():
        row = db.session.get_one(Item, made.id)
        row.condition, row.retired_on, row.destination = Condition.RETIRED, TODAY, "lost"
    for verb, rest in (
        (items.set_condition, [Condition.WORKING]), (items.measure_battery, [50]), (items.move, [None]),
    ):  # fmt: skip
        with pytest.raises(ItemGone):
            act(verb, made.id, *rest, who=cast.ids["manager"])
