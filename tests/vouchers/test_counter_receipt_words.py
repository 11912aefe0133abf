"""What a receipt says, on screen and on paper: which device, where it was bought, and whether the payment stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.db import db, transaction
from places.models import Venue
from tests import papers
from tests.cast import sign_in
from tests.vouchers.counters import words
from tests.vouchers.given import DEVICE, TRAINING, act, campaign, card, handed, lesson, paid, partner
from tests.vouchers.test_offer_stock import offer
from vouchers.models import DeviceKind, Offer, PartnerKind
from vouchers.rules.states import Device
from vouchers.service import ending, undoing

pytestmark = pytest.mark.usefixtures("stopped_clock")
TABLET = Device(5_000, DeviceKind.TABLET, "SN 12")


@pytest.fixture
def till(cast):
    """A shop with a door."""
    with transaction():
        db.session.add(
            Venue(
                structure_id=cast.ids["association"], external_id="shop", name="Les Clics", commune="Valbriac",
                postcode="49000", address="12 rue des Tanneurs", phone="+33639980077",
            )
        )  # fmt: skip
    return partner(cast)


@pytest.fixture
def voucher(cast):
    return handed(
        cast, campaign(cast, replace(DEVICE, price_ceiling_cents=50_000)).id, card(cast, cast.ids["resident"]).id
    )


def both(shop, made) -> tuple[str, str]:
    """The words of the page and of the paper."""
    address = f"/partenaire/encaissements/{made.id}"
    return words(shop.get(address)), papers.text(shop.get(f"{address}/recu.pdf").data).replace("\u00a0", " ")


class TestBought:
    def test_of_the_list_the_model_and_the_warranty_stay_as_they_were(self, client, cast, till, voucher):
        listed = offer(cast, till, title="Dell Latitude 5490", device_kind=DeviceKind.TABLET)
        made = paid(voucher.code, till, replace(TABLET, offer_id=listed))
        with transaction():
            db.session.get_one(Offer, listed).title = "Autre chose"
        shop = sign_in(client, cast.partner)
        for said in both(shop, made):
            assert "Dell Latitude 5490" in said
            assert "12 mois" in said
            assert "Autre chose" not in said
        assert "Tablette, Dell Latitude 5490, SN12" in words(shop.get("/partenaire"))

    def test_typed_by_hand_nothing_is_made_up(self, client, cast, till, voucher):
        page, paper = both(sign_in(client, cast.partner), paid(voucher.code, till, TABLET))
        for said in (page, paper):
            assert "Modèle" not in said
            assert "Garantie" not in said
        assert "sert pour la garantie" in paper

    def test_the_paper_says_where_and_whom_to_call_and_the_end_of_the_code(self, client, cast, till, voucher):
        page, paper = both(sign_in(client, cast.partner), paid(voucher.code, till, TABLET))
        for part in ("12 rue des Tanneurs, 49000 Valbriac, 06 39 98 00 77", "Appelez la ville : 06 39 98 00 01"):
            assert paper.count(part) == 2, part
        for said in (page, paper):
            assert voucher.code[-4:] in said
            assert voucher.code not in said

    @pytest.mark.parametrize("reason", ["", "Un mot trop long " * 17])
    def test_the_longest_of_all_stays_on_its_half(self, client, cast, till, reason):
        plan = replace(DEVICE, title="Un appareil reconditionné " * 4)
        voucher = handed(cast, campaign(cast, plan).id)
        listed = offer(cast, till, title="Portable reconditionné " * 5, device_kind=DeviceKind.TABLET)
        made = paid(voucher.code, till, replace(TABLET, serial="9" * 60, offer_id=listed))
        if reason:
            act(undoing.undo, made.id, reason, by=cast.ids["manager"])
        paper = sign_in(client, cast.partner).get(f"/partenaire/encaissements/{made.id}/recu.pdf").data
        assert papers.facts(paper)["sheets"] == 1
        assert papers.lowest(paper) > 12, "as much room is above the line"

    def test_training_has_no_resident_who_pays(self, client, cast):
        school = partner(cast, PartnerKind.TRAINING)
        made = paid(handed(cast, campaign(cast, TRAINING).id).code, school, lesson(3))
        for said in both(sign_in(client, cast.partner), made):
            assert "Payé par la personne" not in said
            assert "7 unités" in said


class TestUndone:
    @pytest.fixture
    def made(self, voucher, till):
        return paid(voucher.code, till, TABLET)

    def undo(self, cast, made):
        act(undoing.undo, made.id, "Mauvais appareil", by=cast.ids["manager"])

    def test_it_says_what_came_back_and_no_more_that_it_was_paid(self, client, cast, made):
        self.undo(cast, made)
        for said in both(sign_in(client, cast.partner), made):
            assert "Le chèque ne paie plus rien" in said
            assert "Payé par" not in said
            assert "Mauvais appareil" in said
        page, paper = both(client, made)
        assert "Rendu au chèque 30,00 € Reste sur le chèque 100,00 €" in page
        assert paper.count("Rendu au chèque : 30,00 €") == paper.count("Reste sur le chèque : 100,00 €") == 2

    def test_what_is_bought_later_does_not_change_it(self, client, cast, made, voucher, till):
        self.undo(cast, made)
        shop = sign_in(client, cast.partner)
        before = both(shop, made)
        paid(voucher.code, till, replace(TABLET, serial="OTHER"))
        assert both(shop, made) == before

    def test_of_a_voucher_that_is_over_the_town_has_it(self, client, cast, made, voucher):
        act(ending.cancel, voucher.id, "Perdu", by=cast.ids["manager"])
        self.undo(cast, made)
        page, _paper = both(sign_in(client, cast.partner), made)
        assert "Rendu à la ville, car le chèque n’est plus valable 30,00 € Reste sur le chèque 0,00 €" in page

    def test_the_one_that_took_its_place_has_it(self, client, cast, made, voucher):
        act(ending.replace, voucher.id, "Perdu", by=cast.ids["manager"])
        self.undo(cast, made)
        page, _paper = both(sign_in(client, cast.partner), made)
        assert "Rendu au chèque qui a remplacé celui-ci 30,00 € Reste sur le chèque 0,00 €" in page

    def test_when_that_one_is_over_the_town_has_it(self, client, cast, made, voucher):
        new = act(ending.replace, voucher.id, "Perdu", by=cast.ids["manager"])
        act(ending.cancel, new.id, "Erreur", by=cast.ids["manager"])
        self.undo(cast, made)
        page, _paper = both(sign_in(client, cast.partner), made)
        assert "Rendu à la ville, car le chèque n’est plus valable 30,00 € Reste sur le chèque 0,00 €" in page

    def test_the_main_button_is_the_next_voucher(self, client, cast, made):
        shop = sign_in(client, cast.partner)
        address = f"/partenaire/encaissements/{made.id}"
        assert f'class="button" href="{address}/recu.pdf"' in shop.get(address).get_data(as_text=True)
        self.undo(cast, made)
        page = shop.get(address).get_data(as_text=True)
        assert f'class="button quiet" href="{address}/recu.pdf"' in page
        assert 'class="button" href="/partenaire"' in page

    def test_a_manager_reads_the_same(self, client, cast, made):
        self.undo(cast, made)
        said = words(sign_in(client, cast.manager).get(f"/equipe/encaissements/{made.id}"))
        assert "Rendu au chèque 30,00 € Reste sur le chèque 100,00 €" in said
        assert "Payé par" not in said
