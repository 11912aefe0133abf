"""The page with the amounts can be opened again; and what it tells, so that nobody pays twice without knowing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from foundation.db import db, transaction
from tests.cast import NOW, TODAY, sign_in
from tests.vouchers.counters import TABLET, asked, changed, confirmed, hidden, words
from tests.vouchers.given import (
    DEVICE,
    FIRST,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    handed,
    lesson,
    paid,
    partner,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import Campaign, DeviceKind, HandedOver, PartnerKind, Redemption, Voucher
from vouchers.rules.refusals import SessionNotNow, SessionTooEarly
from vouchers.rules.states import AROUND, Device, serial_of
from vouchers.service import ending, issuing, tills
from vouchers.service.redeeming import Payment
from vouchers.service.tills import Till

pytestmark = pytest.mark.usefixtures("stopped_clock")
CHEAP = TABLET | {"price": "50"}


@pytest.fixture
def shop(client, cast, till):
    return sign_in(client, cast.partner)


@pytest.fixture
def voucher(cast):
    plan = replace(DEVICE, price_ceiling_cents=50_000)
    return handed(cast, campaign(cast, plan).id, card(cast, cast.ids["resident"]).id)


def sent(shop, code, **typed):
    """The answer to the press that asks for the amounts."""
    page = f"/partenaire/cheque/{code}"
    return shop.post(page, data={**hidden(shop.get(page)), **typed})


class TestOpenedAgain:
    def test_it_has_an_address_and_no_word_of_what_was_typed_is_in_it(self, shop, voucher):
        answer = sent(shop, voucher.code, **TABLET)
        assert answer.status_code == 303
        assert "sn" not in answer.location.rpartition("/")[2].partition("=")[0]
        for _time in "ab":
            assert "Vous payez encore 50,00 €." in words(shop.get(answer.location))
        assert count(Redemption) == 0

    def test_going_back_to_it_after_the_press_leads_to_the_receipt(self, shop, voucher):
        way = sent(shop, voucher.code, **TABLET).location
        made = confirmed(shop, voucher.code, shop.get(way))
        assert shop.get(way).location == made.location
        assert count(Redemption) == 1

    def test_also_when_something_is_left_and_pressing_from_there_pays_once(self, shop, voucher):
        way = sent(shop, voucher.code, **CHEAP).location
        page = shop.get(way)
        made = confirmed(shop, voucher.code, page)
        assert shop.get(way).location == confirmed(shop, voucher.code, page).location == made.location
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)
        sums_hold()

    def test_what_is_changed_takes_the_place_of_what_was_typed(self, shop, voucher):
        page = changed(shop, asked(shop, voucher.code, **TABLET))
        again = shop.post(f"/partenaire/cheque/{voucher.code}", data=hidden(page) | CHEAP)
        assert "Votre chèque paie 30,00 €" in words(shop.get(again.location))

    def test_another_browser_has_nothing_of_it(self, shop, voucher):
        assert shop.get(f"/partenaire/cheque/{voucher.code}/verifier?d=abc").location.endswith(voucher.code)

    def test_after_an_hour_the_sale_is_begun_again(self, shop, voucher):
        way = sent(shop, voucher.code, **TABLET).location
        with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
            answer = shop.get(way)
            assert answer.location == f"/partenaire/cheque/{voucher.code}"
            assert "Trop de temps a passé" in words(shop.get(answer.location))


class TestPaidBefore:
    def test_what_the_voucher_paid_here_is_told_when_what_and_how_much(self, shop, voucher, till):
        paid(voucher.code, till, Device(5_000, DeviceKind.PHONE, "X9"))
        told = "Ce chèque a déjà payé ici : mardi 10 mars à 8 h 00 : Téléphone, X9, 30,00 €"
        for page in (shop.get(f"/partenaire/cheque/{voucher.code}"), asked(shop, voucher.code, **TABLET)):
            assert told in words(page)
            assert "utilisée ailleurs" not in words(page)

    def test_of_what_it_paid_to_another_partner_no_more_than_that_it_was_used(self, cast, shop, voucher):
        paid(voucher.code, partner(cast, structure="town"), Device(5_000, DeviceKind.PHONE, "X9"))
        for page in (shop.get(f"/partenaire/cheque/{voucher.code}"), asked(shop, voucher.code, **TABLET)):
            said = words(page)
            assert "Une partie de ce chèque a été utilisée ailleurs. Ce qui reste compte." in said
            for part in ("X9", "30,00", "à 8 h 00", "Ville de Rives", "payé ici"):
                assert part not in said, part

    def test_nothing_is_told_of_a_voucher_that_paid_nothing(self, shop, voucher):
        assert "déjà payé" not in words(asked(shop, voucher.code, **TABLET))

    def test_used_up_here_it_leads_to_the_receipt(self, shop, voucher, till):
        made = paid(voucher.code, till)
        for answer in (
            shop.get(f"/partenaire/cheque/{voucher.code}"), shop.post("/partenaire", data={"code": voucher.code})
        ):  # fmt: skip
            assert "Ce chèque a été encaissé ici : mardi 10 mars à 8 h 00" in words(answer)
            assert f'href="/partenaire/encaissements/{made.id}"' in answer.get_data(as_text=True)

    def test_so_does_the_slower_one_of_two_tills(self, shop, voucher, till):
        page = asked(shop, voucher.code, **TABLET)
        made = paid(voucher.code, till)
        answer = confirmed(shop, voucher.code, page)
        assert answer.status_code == 409
        assert f'href="/partenaire/encaissements/{made.id}"' in answer.get_data(as_text=True)

    def test_used_up_elsewhere_nothing_of_it_is_told(self, cast, shop, voucher):
        paid(voucher.code, partner(cast, structure="town"))
        assert "encaissé ici" not in words(shop.get(f"/partenaire/cheque/{voucher.code}"))


class TestTheMenu:
    def test_who_sells_devices_finds_their_list(self, shop):
        assert shop.get("/partenaire").get_data(as_text=True).count('href="/partenaire/catalogue"') >= 2


class TestTheSameDevice:
    def test_sold_here_before_the_receipt_is_one_press_away(self, cast, shop, voucher, till):
        other = handed(cast, voucher.campaign_id)
        made = paid(other.code, till, Device(15_000, DeviceKind.TABLET, "S/N: SN12"))
        page = asked(shop, voucher.code, **TABLET)
        assert "Un appareil avec ce numéro de série a déjà été payé avec un chèque" in words(page)
        assert f'href="/partenaire/encaissements/{made.id}"' in page.get_data(as_text=True)
        assert confirmed(shop, voucher.code, page).status_code == 303

    def test_sold_elsewhere_it_is_told_without_where(self, cast, shop, voucher):
        paid(
            handed(cast, voucher.campaign_id).code,
            partner(cast, structure="town"),
            Device(15_000, DeviceKind.TABLET, "S/N: SN12"),
        )
        said = words(asked(shop, voucher.code, **TABLET))
        assert "a déjà été payé avec un chèque, dans un autre magasin." in said
        assert "Ville de Rives" not in said
        assert "10 mars" not in said

    def test_another_device_is_not_suspected(self, cast, shop, voucher, till):
        paid(handed(cast, voucher.campaign_id).code, till, Device(15_000, DeviceKind.TABLET, "SN13"))
        assert "numéro de série a déjà" not in words(asked(shop, voucher.code, **TABLET))

    @pytest.mark.parametrize(
        "typed",
        [
            "imei 35-20", "IMEI: 35-20", "35-20", " 35 -20", "IMEI n° 35-20", "3520", "S/N 3520", "S/N3520", "SN: 3520",
            "S.N. 3520", "N° de série : 3520", "Numéro de série 3520", "Serial No. 3520", "IMEI 1: 35.20", "35\u202e20",
        ],
    )  # fmt: skip
    def test_the_words_and_signs_around_a_number_are_not_the_number(self, typed):
        assert serial_of(Device(1, DeviceKind.PHONE, typed)) == "3520"

    @pytest.mark.parametrize("serial", ["SN12", "NO12", "SERIAL1", "IMEI35", "sn 12"])
    def test_a_number_may_begin_with_their_letters(self, serial):
        assert serial_of(Device(1, DeviceKind.PHONE, serial)) == serial.replace(" ", "").upper()

    def test_of_signs_alone_there_is_no_number(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET | {"serial": "-- \u202e"})
        assert 'id="serial-fault"' in page.get_data(as_text=True)


class TestRefusedInWords:
    def test_all_that_is_wrong_is_told_at_once(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET | {"price": "501", "serial": ""})
        assert "Il y a 2 problèmes" in words(page)

    @pytest.mark.parametrize(
        ("price", "why"),
        [
            ("501", "Le chèque sert pour un appareil à 500,00 € au plus."),
            ("12", "La personne paie toujours au moins 20,00 €."),
            ("0", "Indiquez le prix de l’appareil."),
        ],
    )
    def test_a_price_is_refused_with_the_amount_that_counts(self, shop, voucher, price, why):
        assert why in words(asked(shop, voucher.code, **TABLET | {"price": price}))

    def test_the_number_of_a_card_is_told_from_a_code(self, shop, cast):
        assert "C’est le numéro d’une carte solidaire." in words(
            shop.post("/partenaire", data={"code": card(cast).number})
        )

    def test_the_square_of_a_card_leads_back_to_the_counter(self, shop, cast):
        answer = shop.get(f"/c/{card(cast).number}")
        assert answer.location == "/partenaire"
        assert "Demandez le chèque" in words(shop.get(answer.location))

    @pytest.mark.parametrize(("reason", "why"), [("", "Dites pourquoi, en quelques mots."), ("x" * 301, "300")])
    def test_an_empty_reason_and_a_long_one_are_told_apart(self, shop, voucher, till, reason, why):
        made = paid(voucher.code, till)
        said = words(shop.post(f"/partenaire/encaissements/{made.id}/annuler", data={"reason": reason}))
        assert why in said
        assert "en quelques mots, en 300" not in said

    def test_a_code_that_is_too_short_is_counted(self, shop, voucher):
        said = words(shop.post("/partenaire", data={"code": voucher.code[:-2]}))
        assert "Le code a 10 caractères, vous en avez saisi 8." in said


class TestTraining:
    @pytest.fixture
    def school(self, client, cast):
        partner(cast, PartnerKind.TRAINING)
        return sign_in(client, cast.partner)

    @pytest.fixture
    def units(self, cast):
        return handed(cast, campaign(cast, TRAINING).id)

    def test_who_trains_has_no_list_of_devices_in_the_menu(self, school):
        assert "/partenaire/catalogue" not in school.get("/partenaire").get_data(as_text=True)

    def test_the_button_says_units_and_euros(self, school, units):
        page = asked(school, units.code, units="2", session_on=TODAY.isoformat())
        assert "Encaisser 2 unités (20,00 €)" in words(page)

    @pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - AROUND - timedelta(days=1)])
    def test_a_session_still_to_come_or_long_past_is_refused_with_the_days_that_are_not(self, school, units, day):
        with transaction():
            db.session.get_one(Voucher, units.id).handed_over_at = NOW - timedelta(days=400)
            db.session.get_one(Campaign, units.campaign_id).starts_on = TODAY - timedelta(days=400)
        said = words(asked(school, units.code, units="11", session_on=day.isoformat()))
        assert "du lundi 8 décembre 2025 au mardi 10 mars 2026" in said
        assert "Il y a 2 problèmes" in said

    def test_a_session_of_before_the_hand_over_is_refused_with_the_first_day_that_is_paid(self, school, units, cast):
        before = TODAY - timedelta(days=1)
        page = asked(school, units.code, units="1", session_on=before.isoformat())
        assert page.status_code == 422
        assert "Ce chèque paie les séances à partir du mardi 10 mars 2026" in words(page)
        with pytest.raises(SessionTooEarly):
            tills.take(
                Payment(units.code, lesson(1, before), "x", 1), 1_000, Till(1, "192.0.2.1"), now=NOW,
                actor_id=cast.ids["partner"],
            )  # fmt: skip
        assert amounts(units.id) == (10_000, 0, 0, 0)

    def test_when_today_is_the_only_day_it_is_said_so(self, school, units):
        page = asked(school, units.code, units="1", session_on=(TODAY + timedelta(days=1)).isoformat())
        assert "Écrivez le jour de la séance : mardi 10 mars 2026." in words(page)

    def test_nor_one_of_before_the_campaign(self, school, units):
        with transaction():
            db.session.get_one(Voucher, units.id).handed_over_at = NOW - timedelta(days=30)
        page = asked(school, units.code, units="1", session_on=(FIRST - timedelta(days=1)).isoformat())
        assert "Ce chèque paie les séances à partir du dimanche 1 mars 2026" in words(page).replace("1er", "1")
        first = asked(school, units.code, units="1", session_on=FIRST.isoformat())
        assert "Encaisser 1 unité" in words(first)

    def test_one_in_place_of_a_lost_one_pays_what_that_one_would_have(self, app, school, units, by):
        later = NOW + timedelta(days=5)
        new = act(ending.replace, units.id, "Perdu", by=by, now=later)
        act(issuing.hand_over, new.id, HandedOver.IN_PERSON, by=by, now=later)
        payment = Payment(new.code, lesson(1), "x", 1)
        tills.take(payment, 1_000, Till(1, "192.0.2.1"), now=later, actor_id=by)
        assert new.spent_cents == 1_000

    def test_nor_does_a_page_that_was_made_up_pay_it(self, app, school, units, cast):
        till = Till(1, "192.0.2.1")
        tomorrow = lesson(1, TODAY + timedelta(days=1))
        with pytest.raises(SessionNotNow):
            tills.take(Payment(units.code, tomorrow, "x", 1), 1_000, till, now=NOW, actor_id=cast.ids["partner"])
