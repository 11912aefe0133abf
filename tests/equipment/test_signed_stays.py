"""What somebody signed stays as it was, whatever the register says later; the register says what changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equipment.models import Condition, Handover, Item
from equipment.rules.items import ItemDetails, rewritten
from equipment.service import items
from foundation.db import db, in_transaction
from tests.cast import NOW, sign_in
from tests.equipment.given import kit, morning, reserved
from tests.equipment.handed import back, items_of, lent, out
from tests.equipment.registers import items_file
from tests.equipment.shelves import act, added, by, events
from tests.papers import text
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
OTHERWISE = ItemDetails("NEUF-1", "portable", "Autre 12", "SN-9")


def renamed(cast, item_id):
    in_transaction(lambda: items.change(item_id, OTHERWISE, by(cast.ids["manager"]), now=NOW))


@pytest.fixture
def signed(cast):
    """A loan of one tablet with its label, its make and its serial number; it is out."""
    case = kit(units=0, code="MAL-1")
    added(cast, case.id, "TAB-01", label="Onde 10", serial_number="SN-0042")
    made = reserved(case.id, morning(), cast.ids["mediator"])
    out(cast, made)
    return made


def papers(client, loan, at=0):
    """The page and the receipt of one of its hand-overs."""
    id_ = list(db.session.scalars(select(Handover.id).where(Handover.reservation_id == loan.id)))[at]
    address = f"/equipe/materiel/remises/{id_}"
    return main_of(client.get(address)), text(client.get(f"{address}/recu.pdf").data)


def test_the_page_and_the_receipt_say_what_was_signed(client, cast, signed):
    sign_in(client, cast.manager)
    before = papers(client, signed)
    renamed(cast, items_of(signed)[0])
    assert papers(client, signed) == before
    page, receipt = before
    assert "TAB-01" in page
    assert all(word in receipt for word in ("TAB-01", "tablette", "Onde 10", "SN-0042"))


def test_what_a_partial_return_left_out_is_told_by_the_labels_that_went(client, cast):
    made = lent(cast)
    first, second, third = items_of(made)
    code = db.session.get_one(Item, third).code
    back(cast, made, conditions={first: Condition.WORKING, second: Condition.WORKING})
    renamed(cast, third)
    sign_in(client, cast.manager)
    _page, receipt = papers(client, made, 1)
    assert code in receipt
    assert "NEUF-1" not in receipt


def test_the_register_says_what_was_written_anew_and_what_it_was(client, cast):
    made = added(cast, None, "TAB-01", label="Onde 10", serial_number="SN-1", price_cents=10000)
    act(items.change, made.id, ItemDetails("TAB-01", "tablette", "Onde 12", "SN-1", price_cents=12050),
        who=cast.ids["manager"])  # fmt: skip
    assert events("TAB-01")[1:] == [
        ("changed", "Onde 10", "Onde 12", "label"),
        ("changed", "10000", "12050", "price_cents"),
    ]
    sign_in(client, cast.manager)
    said = main_of(client.get("/equipe/materiel/appareils/TAB-01"))
    assert "Fiche corrigée · Marque et modèle : Onde 10 → Onde 12" in said
    assert "120,50" in said
    assert "price_cents" not in said


def test_what_stays_as_it_was_is_no_event(cast):
    made = added(cast, None, "TAB-01", label="Onde 10", serial_number="SN-1")
    act(items.change, made.id, ItemDetails("TAB-01", "tablette", " Onde 10 ", "SN-1", funder="CAF"),
        who=cast.ids["manager"])  # fmt: skip
    assert len(events("TAB-01")) == 1


def test_an_import_says_so_too(cast):
    added(cast, None, "TAB-01", label="Onde 10", serial_number="SN-1")
    items_file("Étiquette;Marque et modèle;Numéro de série\nTAB-01;Onde 12;SN-1\n", cast.ids["manager"])
    assert events("TAB-01")[1:] == [("changed", "Onde 10", "Onde 12", "label")]


def test_a_long_make_is_told_as_far_as_its_column_holds_it():
    known = Item(kind="tablette", label="x" * 120, serial_number="", price_cents=None)
    assert rewritten(known, {"label": "y" * 120, "price_cents": 0}) == [
        ("label", "x" * 60, "y" * 60), ("price_cents", "", "0"),
    ]  # fmt: skip
