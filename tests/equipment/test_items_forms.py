"""What the forms of devices read: labels in capitals, amounts with a comma, as many devices as are wanted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from equipment.forms.items import CertificateForm, ItemForm, MoveForm, NewItemsForm, RetireForm
from equipment.forms.kits import LeavingForm, PhotoForm, SupplyForm
from equipment.models import Destination, Item, Purchase, Supply
from equipment.rules.details import Counted, Leaving

STRUCTURES = [(0, "Tout le territoire"), (1, "Ville")]


@pytest.fixture(autouse=True)
def page(app):
    """Forms read a request; no test here is about forgery."""
    before = app.config["WTF_CSRF_ENABLED"]
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST"):
        yield
    app.config["WTF_CSRF_ENABLED"] = before


def sent(form: type, *rest: Any, **fields: Any) -> Any:
    """A form as a page sends it."""
    made = form(*rest)
    made.process(formdata=MultiDict({name: str(value) for name, value in fields.items()}))
    return made


def several(**changes: Any) -> Any:
    usual = {"count": 2, "code": "tab-01", "kind": " tablette ", "purchase": "new", "structure_id": 1}
    return sent(NewItemsForm, STRUCTURES, **usual | changes)


def test_labels_are_read_in_capitals_and_texts_without_their_spaces():
    form = several()
    assert form.validate(), form.errors
    first, second = form.news()
    assert (first.code, second.code, first.kind, first.structure_id) == ("TAB-01", "TAB-02", "tablette", 1)


def test_the_whole_territory_is_no_structure():
    form = several(structure_id=0)
    assert form.validate(), form.errors
    assert {one.structure_id for one in form.news()} == {None}


def test_in_a_kit_nobody_is_asked_whose_they_are():
    form = NewItemsForm(STRUCTURES)
    del form.structure_id
    form.process(formdata=MultiDict({"count": "1", "code": "A", "kind": "robot", "purchase": "given"}))
    assert form.validate(), form.errors
    assert (form.news()[0].structure_id, form.news()[0].purchase) == (None, Purchase.GIVEN)


@pytest.mark.parametrize(("count", "serial", "kept"), [(1, "SN-1", True), (2, "SN-1", False), (2, "", True)])
def test_a_serial_number_belongs_to_a_single_device(count, serial, kept):
    form = several(count=count, serial_number=serial)
    assert form.validate() is kept
    assert bool(form.serial_number.errors) is not kept
    if kept:
        assert {one.serial_number for one in form.news()} == {serial}


@pytest.mark.parametrize(
    ("typed", "cents"), [("", None), ("149", 14900), ("149,9", 14990), ("1 249.50 €", 124950), ("0", 0)]
)
def test_amounts_are_read_as_people_write_them(typed, cents):
    form = several(price=typed)
    assert form.validate(), form.errors
    assert form.news()[0].price_cents == cents


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"price": "12,345"}, "price"),
        ({"price": "-1"}, "price"),
        ({"count": "1e3"}, "count"),
        ({"count": "9" * 30}, "count"),
        ({"purchase": ""}, "purchase"),
        ({"bought_on": "1999-01-01"}, "bought_on"),
        ({"structure_id": "7"}, "structure_id"),
        ({"label": "x" * 121}, "label"),
        ({"code": "   "}, "code"),
    ],
)
def test_what_can_not_be_read_is_said_beside_its_field(wrong, field):
    form = several(**wrong)
    assert not form.validate()
    assert list(form.errors) == [field]


def test_a_device_fills_its_form():
    item = Item(
        code="TAB-01", kind="tablette", label="Onde", serial_number="SN", purchase=Purchase.GIVEN, price_cents=5,
        bought_on=date(2025, 9, 1), funder="Région",
    )  # fmt: skip
    form = ItemForm(item)
    assert (form.code.object_data, form.price.object_data, form.purchase.object_data) == ("TAB-01", 5, Purchase.GIVEN)


def test_the_reserve_is_a_place_to_move_to():
    form = sent(MoveForm, [(7, "Mallette")], None, kit_id="")
    assert form.validate(), form.errors
    assert form.kit_id.data is None
    assert sent(MoveForm, [(7, "Mallette")], None, kit_id=7).kit_id.data == 7
    assert not sent(MoveForm, [(7, "Mallette")], None, kit_id=8).validate()


@pytest.mark.parametrize("destination", Destination)
def test_each_destination_can_be_chosen(destination):
    for form in (sent(RetireForm, destination=destination.value), sent(LeavingForm, destination=destination.value)):
        assert form.validate(), form.errors
        assert form.destination.data is destination


def test_the_devices_of_a_kit_may_stay_and_one_alone_may_not():
    form = sent(LeavingForm, destination="", certificate=" BSD ")
    assert form.validate(), form.errors
    assert form.leaving() == Leaving(None, "BSD")
    assert not sent(RetireForm, destination="").validate()


def test_a_certificate_has_a_number():
    assert not sent(CertificateForm, certificate="  ").validate()
    assert sent(CertificateForm, certificate=" BSD-1 ").certificate.data == "BSD-1"


def test_what_is_counted_may_be_none_yet():
    form = sent(SupplyForm, label=" Piles ", count="", minimum="", consumable="y")
    assert form.validate(), form.errors
    assert form.counted() == Counted("Piles", 0, 0, consumable=True)


def test_supplies_fill_their_form():
    form = SupplyForm(Supply(label="Piles", count=4, minimum=2, consumable=True))
    assert (form.label.object_data, form.count.object_data, form.consumable.object_data) == ("Piles", 4, True)


def test_words_about_a_photo_are_short():
    assert sent(PhotoForm, alt="x" * 160).validate()
    assert not sent(PhotoForm, alt="x" * 161).validate()
