"""How residents come to their card, from it to the places that take their vouchers, and back."""

from __future__ import annotations

import re

import pytest

from foundation.db import db, transaction
from places.models import Structure, Venue
from tests.vouchers.carded import text
from tests.vouchers.given import TRAINING, act, campaign, card, handed, partner
from tests.vouchers.test_card_own import PAGE, ask
from tests.vouchers.test_offer_stock import offer
from vouchers.models import PartnerKind
from vouchers.service import cards

OFFERS = "/cheques/offres"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def mine(cast):
    return card(cast, cast.ids["resident"])


def body(answer) -> str:
    return text(answer).partition("<main")[2].partition("</main>")[0]


def links(page: str) -> set[str]:
    return set(re.findall(r'href="([^"]*)"', page))


class TestHome:
    def test_has_a_door_once_somebody_has_a_card(self, client, cast):
        assert PAGE not in links(body(client.get("/")))
        mine = card(cast)
        assert PAGE in links(body(client.get("/")))
        act(cards.end, mine.id, "Parti", by=cast.ids["manager"])
        assert PAGE not in links(body(client.get("/")))

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fr", "Ma carte solidaire"), ("en", "My solidarity card"), ("ar", "بطاقة التضامن الخاصة بي")],
    )
    def test_names_it_in_their_language(self, client, mine, language, words):
        client.get(f"/langue/{language}")
        assert words in body(client.get("/"))

    def test_the_foot_of_every_page_has_it_too(self, client):
        assert PAGE in links(text(client.get("/")).partition("<footer")[2])


class TestFromTheCard:
    def test_to_the_devices_on_offer_and_back(self, client, cast, mine):
        assert OFFERS not in links(body(client.get(PAGE)))
        shop = partner(cast)
        offer(cast, shop)
        assert OFFERS in links(body(client.get(PAGE)))
        assert PAGE in links(body(client.get(OFFERS)))

    def test_from_what_is_left_for_a_device_but_not_from_units_of_training(self, client, cast, mine):
        offer(cast, partner(cast))
        partner(cast, PartnerKind.TRAINING, "town")
        handed(cast, campaign(cast, TRAINING).id, mine.id)
        client.get(PAGE)
        where = ask(client, mine.number, "1951").headers["Location"]
        assert OFFERS not in links(body(client.get(where)))
        handed(cast, campaign(cast).id, mine.id)
        assert OFFERS in links(body(client.get(where)))

    def test_the_way_stays_when_number_and_year_do_not_go_together(self, client, cast, mine):
        offer(cast, partner(cast))
        client.get(PAGE)
        assert OFFERS in links(body(ask(client, mine.number, "1958")))


class TestPlaces:
    def shown(self, client, cast, mine) -> str:
        handed(cast, campaign(cast).id, mine.id)
        client.get(PAGE)
        return body(client.get(ask(client, mine.number, "1951").headers["Location"]))

    def test_say_where_by_which_number_and_when_they_are_open(self, client, cast, mine):
        partner(cast)
        with transaction():
            shop = db.session.get_one(Venue, cast.ids["workshop"])
            shop.phone, shop.opening_hours = "+33639980066", "Mo-Fr 09:00-12:30"
        page = self.shown(client, cast, mine)
        for part in ("Atelier des Moulins", "14 rue du Bief", "06 39 98 00 66", "9 h", "12 h 30", "mardi 30 juin 2026"):
            assert part in page, part

    def test_without_hours_nothing_is_said_of_them(self, client, cast, mine):
        partner(cast)
        with transaction():
            db.session.get_one(Venue, cast.ids["workshop"]).opening_hours = ""
        assert "14 rue du Bief" in self.shown(client, cast, mine)

    def test_a_partner_without_a_place_is_called(self, client, cast, mine):
        with transaction():
            alone = Structure(name="Ordi Malin", phone="+33639980077")
            db.session.add(alone)
            db.session.flush()
            cast.ids["alone"] = alone.id
        partner(cast, structure="alone")
        page = self.shown(client, cast, mine)
        assert "Ordi Malin" in page
        assert "06 39 98 00 77" in page

    def test_in_arabic_they_are_in_the_order_of_the_page(self, client, cast, mine):
        partner(cast)
        handed(cast, campaign(cast).id, mine.id)
        client.get("/langue/ar")
        page = client.get(ask(client, mine.number, "1951").headers["Location"])
        assert 'dir="rtl"' in text(page)
        assert "<bdi>Atelier des Moulins</bdi>" in body(page)
