"""Whatever is sent to the pages of the register, it answers in a sentence: never a broken page, never half a record."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from equipment.models import Item, ItemEvent, Kit, Supply
from equipment.rules.details import Counted
from equipment.service import supplies
from foundation.db import db, in_transaction
from tests.cast import sign_in
from tests.equipment.given import kit
from tests.equipment.shelves import added, by
from tests.equipment.test_items_pages import new_form
from tests.equipment.test_kits_pages import kit_form
from tests.equipment.test_kits_photo import picture
from tests.workshops.given import count
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
NASTY = [
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "NaN",
    "'; DROP TABLE kit; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n%d",
    "\u202egnp.exe",
    "مرحبا",
    "🙂" * 200,
    "a\r\nb",
    "١٢",
]
ANSWERS = {303, 404, 409, 413, 422}
LIST = "/equipe/materiel/mallettes"
ITEM = "/equipe/materiel/appareils/TAB-01"


@pytest.fixture
def case(cast, client):
    """A kit with a device and something counted, before the manager."""
    made = kit(units=0)
    added(cast, made.id)
    in_transaction(lambda: supplies.add_supply(made.id, Counted("Souris", 3), by(cast.ids["manager"])))
    sign_in(client, cast.manager)
    return made.id


def some(field: str) -> list[str]:
    """A quarter of them, another one for each field: all together every form meets all."""
    return NASTY[sum(map(ord, field)) % 4 :: 4]


def check(response) -> None:
    assert response.status_code in ANSWERS, (response.status_code, main_of(response))
    page = response.get_data(as_text=True)
    assert "<script>alert" not in page


def is_whole() -> None:
    """What is in the register could have been typed by somebody."""
    for one in db.session.scalars(select(Kit)):
        assert one.name.strip()
        assert one.kind.strip()
        assert one.code == one.code.upper()
    for one in db.session.scalars(select(Item)):
        assert one.kind.strip()
        assert one.events, one.code
    db.session.rollback()


@pytest.mark.parametrize(
    "field",
    [
        "structure_id", "name", "code", "kind", "home_venue_id", "description", "unit_kind", "minimum_units",
        "borrowers", "approval", "lead_hours", "longest_loan_days", "turnaround_minutes", "flat_minutes", "rules",
    ],
)  # fmt: skip
def test_any_field_of_a_kit(client, cast, case, field):
    for number, value in enumerate(some(field)):
        sent = kit_form(cast, code=f"K-{number}") | {field: value}
        check(client.post(f"{LIST}/{case}/modifier" if number % 2 else f"{LIST}/nouvelle", data=sent))
    is_whole()


@pytest.mark.parametrize(
    "field",
    ["count", "code", "kind", "label", "serial_number", "purchase", "bought_on", "price", "funder", "structure_id"],
)
def test_any_field_of_a_device(client, cast, case, field):
    for number, value in enumerate(some(field)):
        sent = new_form(count=1, code=f"D-{number}") | {field: value}
        into = "/equipe/materiel/reserve/ajouter" if number % 2 else f"{LIST}/{case}/appareils"
        check(client.post(into, data=sent))
    is_whole()


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (f"{ITEM}/etat", ("condition", "note")),
        (f"{ITEM}/batterie", ("percent",)),
        (f"{ITEM}/deplacer", ("kit_id", "note")),
        (f"{ITEM}/retirer", ("destination", "certificate", "note")),
        (f"{ITEM}/certificat", ("certificate",)),
        (f"{ITEM}/modifier", ("kind", "price", "bought_on")),
        ("{kit}/fournitures", ("label", "count", "minimum", "consumable")),
        ("{kit}/fournitures/1/modifier", ("label", "count", "minimum")),
        ("{kit}/fournitures/1/compter", ("pas",)),
        ("{kit}/retirer", ("certificate",)),
    ],
)
def test_any_small_form(client, cast, case, path, fields):
    address = path.format(kit=f"{LIST}/{case}")
    for field in fields:
        for value in some(field):
            check(client.post(address, data={field: value}))
    is_whole()


@pytest.mark.parametrize("name", NASTY[::3])
def test_any_name_of_a_photo(client, cast, case, name):
    sent = {"photo": (BytesIO(picture()), name.strip() or "x"), "alt": name[:160]}
    check(client.post(f"{LIST}/{case}/photo", data=sent))
    check(client.post(f"{LIST}/{case}/photo", data={"photo": name, "alt": name}))


def test_any_question_in_an_address(client, cast, case):
    for path, names in (
        (LIST, ("q", "genre", "lieu", "structure", "vue", "page")),
        ("/equipe/materiel/appareils", ("q", "vue", "page")),
    ):
        for name in names:
            for value in some(name):
                assert client.get(path, query_string={name: value}).status_code == 200, (path, name)


def test_any_label(client, cast, case):
    for value in [one for one in NASTY if one.strip() and "/" not in one]:
        for path in ("/m/", "/equipe/materiel/appareils/"):
            assert client.get(f"{path}{value.splitlines()[0]}").status_code == 404
    assert (count(Kit), count(Item), count(Supply)) == (1, 1, 1)


def test_a_refused_form_writes_nothing_at_all(client, cast, case):
    before = count(ItemEvent)
    client.post(f"{LIST}/{case}/appareils", data=new_form(count=3, price="x"))
    client.post(f"{ITEM}/deplacer", data={"kit_id": "999999"})
    client.post(f"{ITEM}/retirer", data={"destination": "lost", "certificate": "BSD-1"})
    client.post(f"{ITEM}/batterie", data={"percent": "101"})
    assert (count(ItemEvent), count(Item)) == (before, 1)
