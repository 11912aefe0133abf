"""What residents see of what partners offer: page, languages, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.db import db, transaction
from places.models import Structure
from tests.cast import TODAY
from tests.counting import statements
from tests.vouchers.counters import words
from tests.vouchers.given import partner
from tests.vouchers.test_offers_catalogue import LAPTOP, offered
from vouchers.models import DeviceKind, Partner, PartnerKind

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/cheques/offres"


@pytest.fixture
def mine(cast):
    return partner(cast)


@pytest.fixture
def offer(cast, mine):
    """What adds another device to the list of the partner."""

    def add(**more) -> int:
        return offered(mine, cast.ids["partner"], replace(LAPTOP, **more))

    return add


def test_what_it_is_what_it_costs_and_where_it_is(client, offer):
    offer()
    said = words(client.get(PAGE))
    for part in (
        "Portable 14 pouces", "180,00 €", "Ordinateur", "Bon état", "garantie 12 mois", "Les Clics solidaires",
        "Atelier des Moulins", "14 rue du Bief, 99100 Rives-sur-Aure",
    ):  # fmt: skip
        assert part in said, part


def test_the_cheapest_comes_first(client, offer):
    offer(title="Cher", price_cents=30_000)
    offer(title="Abordable", price_cents=9_000)
    said = words(client.get(PAGE))
    assert said.index("Abordable") < said.index("Cher")


def test_only_one_kind_when_one_asks_for_it(client, offer):
    offer()
    offer(title="Petit téléphone", device_kind=DeviceKind.PHONE)
    phones = words(client.get(f"{PAGE}?genre=phone"))
    assert "Petit téléphone" in phones
    assert "Portable" not in phones
    assert "Rien de ce genre" in words(client.get(f"{PAGE}?genre=tablet"))
    assert "Portable" in words(client.get(f"{PAGE}?genre=toaster"))


def test_few_are_counted_and_many_are_not(client, offer):
    offer(stock=2)
    assert "Plus que 2" in words(client.get(PAGE))
    offer(stock=40)
    assert "40" not in words(client.get(PAGE))


@pytest.mark.parametrize("gone", [{"active": False}, {"stock": 0}])
def test_what_is_hidden_or_sold_out_is_not_there(client, offer, gone):
    offer(**gone)
    assert "Aucun appareil n’est proposé en ce moment." in words(client.get(PAGE))


@pytest.mark.parametrize(
    "changed",
    [
        {"agreement_from": TODAY + timedelta(days=1)},
        {"agreement_until": TODAY - timedelta(days=1)},
        {"kind": PartnerKind.TRAINING},
    ],
)
def test_nothing_of_a_partner_who_takes_no_device_vouchers_today(client, offer, mine, changed):
    offer()
    with transaction():
        for name, value in changed.items():
            setattr(db.session.get_one(Partner, mine), name, value)
    assert "Aucun appareil" in words(client.get(PAGE))


def test_on_its_last_day_a_partner_still_sells(client, offer, mine):
    offer()
    with transaction():
        db.session.get_one(Partner, mine).agreement_until = TODAY
    assert "Portable" in words(client.get(PAGE))


def test_a_dozen_a_page(client, offer):
    for number in range(13):
        offer(title=f"Appareil numéro {number:02}", price_cents=10_000 + number)
    first, second = (words(client.get(f"{PAGE}?page={number}")) for number in (1, 2))
    assert "numéro 11" in first
    assert "numéro 12" not in first
    assert "numéro 12" in second
    assert "Rien de ce genre" in words(client.get(f"{PAGE}?page=99"))


def test_more_devices_ask_no_more_of_the_database(client, offer):
    offer()
    with statements() as few:
        client.get(PAGE)
    for _one in range(6):
        offer()
    with statements() as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_in_arabic_and_in_english(client, offer):
    offer()
    client.get("/langue/ar")
    page = client.get(PAGE)
    assert 'dir="rtl"' in page.get_data(as_text=True)
    assert "الأجهزة المُجدَّدة المعروضة" in words(page)
    client.get("/langue/en")
    assert "Refurbished devices on offer" in words(client.get(PAGE))


def test_the_home_page_leads_there_while_something_is_on_offer(client, cast, mine):
    assert PAGE not in client.get("/").get_data(as_text=True)
    offered(mine, cast.ids["partner"])
    assert PAGE in client.get("/").get_data(as_text=True)


def test_a_partner_without_a_place_is_called(client, cast):
    with transaction():
        alone = Structure(name="Ordi Malin", phone="+33639980077")
        db.session.add(alone)
        db.session.flush()
        cast.ids["alone"] = alone.id
    offered(partner(cast, structure="alone"), cast.ids["partner"])
    said = words(client.get(PAGE))
    assert "Ordi Malin" in said
    assert "06 39 98 00 77" in said
