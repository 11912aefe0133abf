"""A voucher at a counter, in pages: code, sale, amounts to agree to, receipt; and presses that come twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.db import db, transaction
from tests.cast import TODAY, sign_in
from tests.vouchers.counters import TABLET, agreed, asked, changed, confirmed, hidden, words
from tests.vouchers.given import (
    DEVICE,
    TRAINING,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    lesson,
    paid,
    partner,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import Campaign, Card, DeviceKind, Partner, PartnerKind, Redemption, Voucher
from vouchers.rules.codes import spoken
from vouchers.rules.states import Device

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def shop(client, cast, till):
    """Somebody behind the counter."""
    return sign_in(client, cast.partner)


@pytest.fixture
def voucher(cast):
    return handed(cast, campaign(cast).id, card(cast, cast.ids["resident"]).id)


@pytest.fixture
def units(cast):
    """A training voucher of ten units, and its partner behind the counter."""
    partner(cast, PartnerKind.TRAINING)
    return handed(cast, campaign(cast, TRAINING).id, card(cast, cast.ids["resident"]).id)


class TestTheCode:
    def test_typed_as_one_reads_it_leads_to_its_sale(self, shop, voucher):
        answer = shop.post("/partenaire", data={"code": f" {spoken(voucher.code).lower()} "})
        assert (answer.status_code, answer.location) == (303, f"/partenaire/cheque/{voucher.code}")

    def test_only_what_is_needed_is_shown(self, shop, voucher):
        page = shop.get(f"/partenaire/cheque/{voucher.code}")
        said, whole = words(page), page.get_data(as_text=True).replace(hidden(page)["request_key"], "")
        for part in ("Jeanne L.", "100,00 €", "Un ordinateur pour tous", "mardi 30 juin 2026", "20,00 €"):
            assert part in said, part
        for part in ("Le Goff", "1951", "06 39 98 00 21", "+33639980021", "Minima sociaux"):
            assert part not in whole, part

    def test_scanned_at_a_counter_it_leads_to_its_sale(self, shop, voucher):
        assert shop.get(f"/cheque/{voucher.code}").location == f"/partenaire/cheque/{voucher.code}"

    def test_scanned_by_anybody_else_nothing_is_told(self, client, cast, voucher):
        known, unknown = (client.get(f"/cheque/{code}") for code in (voucher.code, "2222222222"))
        assert known.status_code == unknown.status_code == 200
        assert words(known) == words(unknown)
        assert "Jeanne" not in words(known)
        assert words(sign_in(client, cast.mediator).get(f"/cheque/{voucher.code}")).startswith("Ceci est un chèque")

    def test_nothing_typed_is_asked_for(self, shop):
        answer = shop.post("/partenaire", data={"code": " "})
        assert answer.status_code == 422
        assert "Saisissez le code" in words(answer)

    def test_a_card_that_has_ended_does_not_stop_it_and_both_days_are_said(self, shop, voucher):
        with transaction():
            db.session.get_one(Card, voucher.card_id).valid_until = TODAY - timedelta(days=1)
        page = shop.get(f"/partenaire/cheque/{voucher.code}")
        assert "La carte est finie, mais le chèque vaut jusqu’au mardi 30 juin 2026." in words(page)
        confirmed(shop, voucher.code, asked(shop, voucher.code, **TABLET))
        assert amounts(voucher.id) == (0, 10_000, 0, 0)

    def test_nor_does_it_in_the_days_of_tolerance(self, shop, voucher, cast):
        with transaction():
            db.session.get_one(Card, voucher.card_id).valid_until = TODAY - timedelta(days=2)
            db.session.get_one(Voucher, voucher.id).valid_until = TODAY - timedelta(days=1)
            db.session.get_one(Campaign, voucher.campaign_id).tolerance_days = 3
        page = shop.get(f"/partenaire/cheque/{voucher.code}")
        assert "La carte est finie ; le chèque peut encore servir." in words(page)

    def test_used_up_it_says_so(self, shop, voucher, till):
        paid(voucher.code, till)
        answer = shop.get(f"/partenaire/cheque/{voucher.code}")
        assert answer.status_code == 409
        assert "Il ne reste rien sur ce chèque" in words(answer)


class TestTheAmounts:
    def test_in_plain_words_before_anything_is_taken(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET)
        assert page.status_code == 200
        for part in (
            "L’appareil coûte 150,00 €.", "Votre chèque paie 100,00 €", "Vous payez encore 50,00 €.", "Tablette, SN12"
        ):  # fmt: skip
            assert part in words(page), part
        assert count(Redemption) == 0

    def test_the_floor_is_told_and_what_stays(self, shop, voucher):
        said = words(asked(shop, voucher.code, **TABLET | {"price": "50"}))
        assert "Votre chèque paie 30,00 €" in said
        assert "Vous payez encore 20,00 €." in said
        assert "70,00 €" in said

    @pytest.mark.parametrize("price", ["12,505", "-12", "1e3", "", "douze"])
    def test_a_price_that_is_none_is_refused_in_words(self, shop, voucher, price):
        page = asked(shop, voucher.code, **TABLET | {"price": price})
        assert page.status_code == 422
        assert 'id="price-fault"' in page.get_data(as_text=True)
        assert 'value="sn 12"' in page.get_data(as_text=True)
        assert count(Redemption) == 0

    @pytest.mark.parametrize("price", ["150,00", "150.0", "150 €", " 150 "])
    def test_a_price_is_read_as_people_write_it(self, shop, voucher, price):
        assert "L’appareil coûte 150,00 €." in words(asked(shop, voucher.code, **TABLET | {"price": price}))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"price": "20"}, "price"),
            ({"price": "100001"}, "price"),
            ({"serial": " "}, "serial"),
            ({"serial": "A" * 61}, "serial"),
            ({"device_kind": "toaster"}, "device_kind"),
            ({"device_kind": ""}, "device_kind"),
        ],
    )
    def test_what_can_not_be_sold_is_told_beside_its_field(self, shop, voucher, wrong, field):
        page = asked(shop, voucher.code, **TABLET | wrong)
        assert page.status_code == 422
        assert f'id="{field}-fault"' in page.get_data(as_text=True)

    def test_a_campaign_of_one_kind_offers_that_one(self, cast, shop):
        one = handed(cast, campaign(cast, replace(DEVICE, device_kinds=["phone"], price_ceiling_cents=20_000)).id)
        page = shop.get(f"/partenaire/cheque/{one.code}").get_data(as_text=True)
        assert 'value="phone"' in page
        assert 'value="tablet"' not in page
        assert asked(shop, one.code, **TABLET).status_code == 422
        assert asked(shop, one.code, **TABLET | {"device_kind": "phone", "price": "201"}).status_code == 422

    def test_something_can_be_changed_and_is_kept(self, shop, voucher):
        asking = asked(shop, voucher.code, **TABLET)
        sent, page = hidden(asking), changed(shop, asking).get_data(as_text=True)
        assert 'value="150"' in page
        assert 'value="sn 12"' in page
        assert f'value="{sent["request_key"]}"' in page
        assert count(Redemption) == 0


class TestTaking:
    def test_it_is_taken_and_the_receipt_says_it(self, cast, shop, voucher, till):
        answer = confirmed(shop, voucher.code, asked(shop, voucher.code, **TABLET))
        made = db.session.query(Redemption).one()
        assert (answer.status_code, answer.location) == (303, f"/partenaire/encaissements/{made.id}")
        assert (made.amount_cents, made.price_cents, made.serial, made.device_kind, made.partner_id, made.by_id) == (
            10_000, 15_000, "SN12", DeviceKind.TABLET, till, cast.ids["partner"],
        )  # fmt: skip
        said = words(shop.get(answer.location))
        for part in (
            "Chèque encaissé",
            "100,00 € · Jeanne L.",
            "Appareil Tablette Numéro de série SN12",
            "50,00 €",
            "0,00 €",
        ):
            assert part in said, part
        sums_hold()

    def test_units_of_training_are_taken(self, client, cast, units):
        shop = sign_in(client, cast.partner)
        page = asked(shop, units.code, units="3", session_on=TODAY.isoformat())
        assert "3 unités sont prises" in words(page)
        assert "Il y reste ensuite 7 unités." in words(page)
        answer = confirmed(shop, units.code, page)
        assert amounts(units.id) == (7_000, 3_000, 0, 0)
        assert "3 unités" in words(shop.get(answer.location))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"units": "11"}, "units"),
            ({"units": "0"}, "units"),
            ({"units": "-2"}, "units"),
            ({"units": "9" * 30}, "units"),
            ({"session_on": ""}, "session_on"),
            ({"session_on": "2024-01-01"}, "session_on"),
        ],
    )
    def test_units_that_are_not_there_are_refused(self, client, cast, units, wrong, field):
        shop = sign_in(client, cast.partner)
        page = asked(shop, units.code, **{"units": "1", "session_on": TODAY.isoformat()} | wrong)
        assert page.status_code in {409, 422}
        assert f'id="{field}-fault"' in page.get_data(as_text=True)
        assert amounts(units.id) == (10_000, 0, 0, 0)

    def test_units_taken_before_are_told(self, client, cast, units):
        shop = sign_in(client, cast.partner)
        paid(units.code, db.session.query(Partner).one().id, lesson(2))
        page = asked(shop, units.code, units="1", session_on=TODAY.isoformat())
        assert "Ce chèque a déjà payé ici : mardi 10 mars à 8 h 00 : 2 unités, 20,00 €" in words(page)


class TestTwice:
    def test_a_double_press_is_taken_once(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET)
        first, second = (confirmed(shop, voucher.code, page) for _press in "ab")
        assert first.location == second.location
        assert count(Redemption) == 1
        sums_hold()

    def test_a_part_is_taken_once_as_well(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET | {"price": "50"})
        for _press in "abc":
            confirmed(shop, voucher.code, page)
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)

    def test_going_back_and_checking_again_leads_to_the_receipt(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET)
        made = confirmed(shop, voucher.code, page)
        again = shop.post(f"/partenaire/cheque/{voucher.code}", data=hidden(page))
        assert (again.status_code, again.location) == (303, made.location)

    def test_begun_anew_after_a_lost_network_the_same_device_is_not_paid_twice(self, shop, voucher):
        cheap = TABLET | {"price": "50"}
        made = confirmed(shop, voucher.code, asked(shop, voucher.code, **cheap))
        again = asked(shop, voucher.code, **cheap | {"serial": "SN12"})
        assert again.location == made.location
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)

    def test_two_tills_with_the_same_device_pay_it_once(self, shop, voucher):
        first, second = (asked(shop, voucher.code, **TABLET | {"price": "50"}) for _till in "ab")
        made = confirmed(shop, voucher.code, first)
        assert confirmed(shop, voucher.code, second).location == made.location
        assert "70,00 €" in words(shop.get(made.location))
        assert count(Redemption) == 1
        sums_hold()

    def test_when_another_till_took_a_part_the_amounts_are_read_again(self, shop, voucher, till):
        page = asked(shop, voucher.code, **TABLET)
        paid(voucher.code, till, Device(5_000, DeviceKind.PHONE, "OTHER"))
        again = agreed(shop, confirmed(shop, voucher.code, page))
        assert "les montants ont changé" in again.get_data(as_text=True)
        assert "Votre chèque paie 70,00 €" in words(again)
        assert "Vous payez encore 80,00 €." in words(again)
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)
        confirmed(shop, voucher.code, again)
        assert amounts(voucher.id) == (0, 10_000, 0, 0)
        sums_hold()

    def test_when_another_till_took_all_it_says_so(self, shop, voucher, till):
        page = asked(shop, voucher.code, **TABLET)
        paid(voucher.code, till)
        again = confirmed(shop, voucher.code, page)
        assert again.status_code == 409
        assert "Il ne reste rien sur ce chèque" in words(again)

    def test_an_amount_that_was_made_up_is_not_taken(self, shop, voucher):
        sent = hidden(asked(shop, voucher.code, **TABLET)) | {"agreed": "1"}
        answer = shop.post(f"/partenaire/cheque/{voucher.code}/encaisser", data=sent)
        assert "/verifier?d=" in answer.location
        assert count(Redemption) == 0

    def test_a_page_without_its_key_is_taken_once_all_the_same(self, shop, voucher):
        sent = hidden(asked(shop, voucher.code, **TABLET)) | {"request_key": ""}
        for _press in "ab":
            shop.post(f"/partenaire/cheque/{voucher.code}/encaisser", data=sent)
        assert count(Redemption) == 1


class TestWhose:
    def test_without_agreement_the_first_page_says_whom_to_call(self, client, cast, voucher):
        shop = sign_in(client, cast.partner)
        assert "pas de convention" in words(shop.get("/partenaire"))
        assert shop.get(f"/partenaire/cheque/{voucher.code}").location == "/partenaire"
        assert shop.post("/partenaire", data={"code": voucher.code}).status_code == 403

    def test_after_the_agreement_the_past_stays_and_nothing_is_taken(self, shop, voucher, till):
        made = paid(voucher.code, till)
        with transaction():
            db.session.get_one(Partner, till).agreement_until = TODAY - timedelta(days=1)
        said = words(shop.get("/partenaire"))
        assert "pas de convention" in said
        assert "Jeanne L." in said
        assert 'name="code"' not in shop.get("/partenaire").get_data(as_text=True)
        assert shop.get(f"/partenaire/encaissements/{made.id}").status_code == 200

    def test_a_voucher_of_other_partners_looks_like_none(self, cast, shop):
        other = partner(cast, structure="town")
        theirs = handed(cast, campaign(cast, replace(DEVICE, partner_ids=[other])).id)
        known, unknown = (shop.post("/partenaire", data={"code": code}) for code in (theirs.code, "2222222222"))
        assert known.status_code == unknown.status_code == 422
        assert words(known).replace(theirs.code, "") == words(unknown).replace("2222222222", "")

    def test_nothing_is_committed_by_looking(self, shop, voucher):
        asked(shop, voucher.code, **TABLET)
        assert fresh(Voucher, voucher.id).first_used_at is None
