"""What the register takes of kits, devices and what is counted: the last value that passes, and the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import CheckConstraint

from equipment.models import Condition, Destination, Item, Kit
from equipment.rules import details as kit_rules
from equipment.rules import items as item_rules
from equipment.rules.details import (
    LIMITS,
    Counted,
    KitDetails,
    KitStillWanted,
    LabelMissing,
    OutOfLimits,
    UnitsMissing,
    check_counted,
    check_kit,
)
from equipment.rules.items import (
    BadPrice,
    CertificateElsewhere,
    ItemDetails,
    ItemGone,
    KindMissing,
    NewItem,
    NotBoughtYet,
    NotFound,
    check_battery,
    check_details,
    check_found,
    check_here,
    check_leaving,
    check_new,
    check_note,
)
from equipment.rules.refusals import BadCount, TooLongText
from foundation.errors import Refused
from foundation.forbidden import Password

TODAY = date(2026, 3, 10)
KIT = KitDetails(code="MAL-01", name="Mallette bleue", kind="Tablettes", unit_kind="tablette")
ITEM = ItemDetails(code="TAB-01", kind="tablette")


def refused(check, *rest, field: str | None, of: type[Refused]) -> None:
    with pytest.raises(of) as found:
        check(*rest)
    assert found.value.field == field


@pytest.mark.parametrize("field", LIMITS)
def test_each_number_of_a_kit_has_its_limits(field):
    least, most = LIMITS[field]
    for number in (least, most):
        check_kit(replace(KIT, **{field: number}))
    for number in (least - 1, most + 1):
        refused(check_kit, replace(KIT, **{field: number}), field=field, of=OutOfLimits)


def test_the_limits_are_those_of_the_table():
    said = " ".join(str(one.sqltext) for one in Kit.__table__.constraints if isinstance(one, CheckConstraint))
    for field, (least, most) in LIMITS.items():
        assert f"{field} BETWEEN {least} AND {most}" in said


@pytest.mark.parametrize("field", kit_rules.LONGEST)
def test_each_text_of_a_kit_is_as_long_as_its_column(field):
    most = Kit.__table__.c[field].type.length
    check_kit(replace(KIT, **{field: "x" * most}))
    refused(check_kit, replace(KIT, **{field: "x" * (most + 1)}), field=field, of=TooLongText)


@pytest.mark.parametrize("field", item_rules.LONGEST)
def test_each_text_of_a_device_too(field):
    most = Item.__table__.c[field].type.length
    check_details(replace(ITEM, **{field: "x" * most}), TODAY)
    refused(check_details, replace(ITEM, **{field: "x" * (most + 1)}), TODAY, field=field, of=TooLongText)


def test_a_minimum_needs_something_to_count():
    check_kit(replace(KIT, minimum_units=1))
    check_kit(replace(KIT, unit_kind="", minimum_units=0))
    refused(check_kit, replace(KIT, unit_kind="  ", minimum_units=1), field="unit_kind", of=UnitsMissing)


@pytest.mark.parametrize("field", ["description", "rules"])
def test_no_secret_is_kept_of_a_kit(field):
    refused(check_kit, replace(KIT, **{field: "mot de passe : rivage42"}), field=field, of=Password)


@pytest.mark.parametrize("field", ["label", "funder"])
def test_nor_of_a_device(field):
    refused(check_details, replace(ITEM, **{field: "mot de passe : rivage42"}), TODAY, field=field, of=Password)


def test_a_device_is_something():
    refused(check_details, replace(ITEM, kind=" "), TODAY, field="kind", of=KindMissing)


@pytest.mark.parametrize("cents", [None, 0, 1, 10_000_000])
def test_a_price_may_be_nothing_or_not_known(cents):
    check_details(replace(ITEM, price_cents=cents), TODAY)


@pytest.mark.parametrize("cents", [-1, 10_000_001])
def test_a_price_beyond_reason_is_none(cents):
    refused(check_details, replace(ITEM, price_cents=cents), TODAY, field="price", of=BadPrice)


@pytest.mark.parametrize("day", [None, TODAY, date(2000, 1, 1)])
def test_it_was_bought_by_today(day):
    check_details(replace(ITEM, bought_on=day), TODAY)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(1999, 12, 31), date(2100, 1, 1)])
def test_and_not_in_a_year_in_which_nothing_is_bought(day):
    refused(check_details, replace(ITEM, bought_on=day), TODAY, field="bought_on", of=NotBoughtYet)


def test_of_many_new_ones_each_is_looked_at():
    good = NewItem("TAB-01", "tablette", battery_percent=100)
    check_new([good, replace(good, code="TAB-02", condition=Condition.DAMAGED)], TODAY)
    for changes, refusal in (
        ({"condition": Condition.RETIRED}, NotFound), ({"battery_percent": 101}, BadCount), ({"kind": ""}, KindMissing),
    ):  # fmt: skip
        with pytest.raises(refusal):
            check_new([good, replace(good, code="TAB-02", **changes)], TODAY)


@pytest.mark.parametrize("condition", Condition)
def test_everything_can_be_found_but_out_of_use(condition):
    if condition is Condition.RETIRED:
        refused(check_found, condition, field="condition", of=NotFound)
    else:
        check_found(condition)


@pytest.mark.parametrize("percent", [0, 100])
def test_a_battery_holds_from_nothing_to_all(percent):
    check_battery(percent)


@pytest.mark.parametrize("percent", [-1, 101])
def test_and_nothing_beyond(percent):
    refused(check_battery, percent, field="percent", of=BadCount)


@pytest.mark.parametrize("condition", Condition)
def test_only_what_is_out_of_use_is_gone(condition):
    item = Item(condition=condition)
    if condition is Condition.RETIRED:
        refused(check_here, item, field=None, of=ItemGone)
    else:
        check_here(item)


@pytest.mark.parametrize("destination", Destination)
def test_recycling_alone_has_a_certificate(destination):
    check_leaving(destination, "")
    check_leaving(destination, "  ")
    if destination is Destination.RECYCLING:
        check_leaving(destination, "x" * 60)
        refused(check_leaving, destination, "x" * 61, field="certificate", of=TooLongText)
    else:
        refused(check_leaving, destination, "BSD-1", field="certificate", of=CertificateElsewhere)


def test_a_note_is_short_and_holds_no_secret():
    check_note("x" * 300)
    refused(check_note, "x" * 301, field="note", of=TooLongText)
    refused(check_note, "mot de passe : rivage42", field="note", of=Password)


def test_what_is_counted_has_a_name_and_two_numbers():
    check_counted(Counted("x" * 60, 10_000, 10_000))
    refused(check_counted, Counted("  "), field="label", of=LabelMissing)
    refused(check_counted, Counted("x" * 61), field="label", of=TooLongText)
    for field in ("count", "minimum"):
        for number in (-1, 10_001):
            refused(check_counted, Counted("Souris", **{field: number}), field=field, of=BadCount)


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_still_wanted_is_counted_in_the_sentence(number):
    found = KitStillWanted(range(number))
    assert str(found).startswith(f"{number} ")
    assert found.alternatives == list(range(number))
