"""A partner looks after its own list of devices."""

from __future__ import annotations

import pytest

from foundation.audit import AuditEntry
from foundation.db import db, in_transaction
from tests.cast import NOW, sign_in
from tests.vouchers.counters import words
from tests.vouchers.given import partner
from tests.workshops.given import count
from vouchers.models import DeviceKind, Grade, Offer, PartnerKind
from vouchers.rules.offers import (
    BadOfferPrice,
    BadStock,
    BadWarranty,
    NoSuchOffer,
    OfferDetails,
    SellsNoDevices,
    TitleMissing,
    check_offer,
)
from vouchers.service import catalogue

LAPTOP = OfferDetails(DeviceKind.COMPUTER, "Portable 14 pouces", Grade.GOOD, 18_000, 12, 4)
SENT = {
    "device_kind": "tablet", "title": " Tablette 10 pouces ", "grade": "very_good", "price": "89,90",
    "warranty_months": "12", "stock": "", "active": "y",
}  # fmt: skip
LIST = "/partenaire/catalogue"


def offered(partner_id: int, by: int, details: OfferDetails = LAPTOP) -> int:
    return in_transaction(lambda: catalogue.add(partner_id, details, now=NOW, actor_id=by).id)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": " "}, TitleMissing),
        ({"title": "x" * 121}, TitleMissing),
        ({"price_cents": 0}, BadOfferPrice),
        ({"price_cents": 10_000_001}, BadOfferPrice),
        ({"warranty_months": -1}, BadWarranty),
        ({"warranty_months": 121}, BadWarranty),
        ({"stock": -1}, BadStock),
        ({"stock": 100_001}, BadStock),
    ],
)
def test_what_no_list_would_say_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        check_offer(OfferDetails(**vars(LAPTOP) | wrong))


@pytest.mark.parametrize("fine", [{"stock": None}, {"stock": 0}, {"warranty_months": 0}, {"price_cents": 1}])
def test_what_is_unusual_is_not(fine):
    check_offer(OfferDetails(**vars(LAPTOP) | fine))


class TestVerbs:
    def test_only_those_who_sell_have_a_list(self, cast):
        with pytest.raises(SellsNoDevices):
            offered(partner(cast, PartnerKind.TRAINING), cast.ids["partner"])
        assert count(Offer) == 0

    def test_another_partners_offer_can_not_be_changed(self, cast):
        theirs = offered(partner(cast, structure="town"), cast.ids["partner"])
        mine = partner(cast)
        with pytest.raises(NoSuchOffer):
            in_transaction(lambda: catalogue.change(mine, theirs, LAPTOP, now=NOW, actor_id=cast.ids["partner"]))

    def test_it_is_written_down_who_did_what(self, cast):
        mine = partner(cast)
        made = offered(mine, cast.ids["partner"])
        in_transaction(lambda: catalogue.change(mine, made, LAPTOP, now=NOW, actor_id=cast.ids["partner"]))
        db.session.rollback()
        done = [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.id)]
        assert [one for one in done if one.startswith("offer")] == ["offer.added", "offer.changed"]


@pytest.mark.usefixtures("stopped_clock")
class TestPages:
    @pytest.fixture
    def mine(self, cast):
        return partner(cast)

    @pytest.fixture
    def shop(self, client, cast, mine):
        return sign_in(client, cast.partner)

    def test_an_empty_list_says_what_it_is_for(self, shop):
        assert "Votre liste est vide." in words(shop.get(LIST))

    def test_a_device_is_added(self, shop, mine):
        answer = shop.post(f"{LIST}/nouveau", data=SENT)
        assert (answer.status_code, answer.location) == (303, LIST)
        made = db.session.query(Offer).one()
        assert (made.partner_id, made.title, made.device_kind, made.grade, made.price_cents, made.stock) == (
            mine, "Tablette 10 pouces", DeviceKind.TABLET, Grade.VERY_GOOD, 8_990, None,
        )  # fmt: skip
        assert (made.warranty_months, made.active, made.changed_at) == (12, True, NOW)
        said = words(shop.get(LIST))
        for part in ("Tablette 10 pouces", "89,90 €", "Très bon état", "garantie 12 mois"):
            assert part in said, part

    def test_it_is_changed_and_hidden(self, cast, shop, mine):
        made = offered(mine, cast.ids["partner"])
        page = shop.get(f"{LIST}/{made}").get_data(as_text=True)
        for part in ('value="180,00"', 'value="Portable 14 pouces"', 'value="4"'):
            assert part in page, part
        sent = {name: value for name, value in SENT.items() if name != "active"} | {"stock": "0"}
        assert shop.post(f"{LIST}/{made}", data=sent).status_code == 303
        found = db.session.get_one(Offer, made)
        assert (found.title, found.stock, found.active) == ("Tablette 10 pouces", 0, False)
        assert "Masqué" in words(shop.get(LIST))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"price": "12,505"}, "price"),
            ({"price": "-3"}, "price"),
            ({"price": "1e3"}, "price"),
            ({"price": "0"}, "price"),
            ({"title": " "}, "title"),
            ({"device_kind": "toaster"}, "device_kind"),
            ({"grade": "shiny"}, "grade"),
            ({"warranty_months": "1000"}, "warranty_months"),
            ({"stock": "-1"}, "stock"),
            ({"stock": "9" * 30}, "stock"),
        ],
    )
    def test_what_is_wrong_is_told_beside_its_field(self, cast, shop, mine, wrong, field):
        made = offered(mine, cast.ids["partner"])
        for path in ("/nouveau", f"/{made}"):
            page = shop.post(f"{LIST}{path}", data=SENT | wrong)
            assert page.status_code == 422
            assert f'id="{field}-fault"' in page.get_data(as_text=True)
        assert count(Offer) == 1
        assert db.session.get_one(Offer, made).title == "Portable 14 pouces"

    def test_another_partners_is_not_there(self, cast, shop):
        theirs = offered(partner(cast, structure="town"), cast.ids["partner"])
        assert shop.get(f"{LIST}/{theirs}").status_code == 404
        assert shop.post(f"{LIST}/{theirs}", data=SENT).status_code == 404
        assert shop.post(f"{LIST}/{theirs}", data=SENT | {"title": ""}).status_code == 404
        assert "Portable" not in words(shop.get(LIST))

    @pytest.mark.parametrize("path", ["", "/nouveau", "/1"])
    def test_who_sells_nothing_is_led_to_the_counter(self, client, cast, path):
        partner(cast, PartnerKind.TRAINING)
        known = sign_in(client, cast.partner)
        assert known.get(f"{LIST}{path}").location == "/partenaire"
        assert "Votre convention porte sur la formation" in words(known.get("/partenaire"))
