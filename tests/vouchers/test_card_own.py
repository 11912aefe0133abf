"""Residents look at their card: number or code and year of birth, what is left, and the brake on guessing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from accounts.rules import throttle
from accounts.rules.throttle import ONE_RECORD
from foundation.codes import check_character
from foundation.db import db, transaction
from people.models import Person
from people.queries import born_in
from tests.cast import NOW, TODAY
from tests.counting import statements
from tests.vouchers.carded import resident, text
from tests.vouchers.given import DEVICE, TRAINING, act, campaign, card, handed, issued, paid, partner
from vouchers.models import Card, CardState, DeviceKind, Partner, PartnerKind, VoucherState
from vouchers.rules.codes import Mistyped
from vouchers.rules.own_card import Stop, read_either, stop_of
from vouchers.rules.states import Device
from vouchers.service import cards, ending, undoing

PAGE = "/ma-carte"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def mine(cast):
    """The card of somebody born in 1957."""
    return card(cast, resident())


def ask(client, number: str, year: str = "1957", **more):
    if client.token is None:
        client.get(PAGE)
    return client.post(PAGE, data={"number": number, "year": year}, **more)


def opened(client, number: str, language: str = "fr") -> str:
    """The page of a card."""
    client.get(f"/langue/{language}")
    answer = ask(client, number)
    assert answer.status_code == 303
    return text(client.get(answer.headers["Location"]))


class TestOpening:
    def test_with_the_number_however_it_is_typed(self, client, mine):
        assert "Jeanne" in opened(client, f" {mine.number[:3]}-{mine.number[3:].lower()} ")

    def test_with_the_code_of_a_voucher(self, client, cast, mine):
        code = handed(cast, campaign(cast).id, mine.id).code
        assert "100,00 €" in opened(client, code)

    @pytest.mark.parametrize("year", ["1957", " 1957 ", "١٩٥٧"])
    def test_in_the_digits_of_ones_own_script(self, client, mine, year):
        assert ask(client, mine.number, year).status_code == 303

    def test_the_square_fills_in_the_number_and_nothing_else(self, client, mine):
        page = text(client.get(f"{PAGE}?numero={mine.number}"))
        assert f'value="{mine.number}"' in page
        assert "Jeanne" not in page

    @pytest.mark.parametrize("odd", ["AAAA", "'><b>", "2" * 300])
    def test_what_is_no_number_in_an_address_fills_in_nothing(self, client, odd):
        page = text(client.get(PAGE, query_string={"numero": odd}))
        assert 'value=""' in page.partition('id="number"')[2].partition(">")[0]

    def test_a_wrong_year_an_unknown_number_and_a_dead_one_look_the_same(self, client, cast, mine):
        old = mine.number
        wrong = text(ask(client, old, "1958"))
        unknown = text(ask(client, "222222222"))
        act(cards.replace, mine.id, by=cast.ids["manager"])
        dead = text(ask(client, old))
        sentence = "Ce numéro et cette année ne vont pas ensemble."
        assert all(sentence in page for page in (wrong, unknown, dead))
        assert wrong.replace("1958", "1957") == dead

    def test_of_somebody_whose_year_is_not_known_nothing_opens(self, client, cast):
        unknown = card(cast, resident("Paul", "Sans Année", None))
        for year in ("1957", "None", ""):
            assert ask(client, unknown.number, year).status_code == 422

    def test_a_lost_card_opens_nothing_and_the_new_one_everything(self, client, cast, mine):
        handed(cast, campaign(cast).id, mine.id)
        act(cards.lose, mine.id, by=cast.ids["manager"])
        assert ask(client, mine.number).status_code == 422
        new = act(cards.replace, mine.id, by=cast.ids["manager"])
        assert "100,00 €" in opened(client, new.number)

    def test_a_link_is_of_one_card_and_dies_with_it(self, client, cast, mine):
        other = card(cast, resident("Ali", "Autre", 1957))
        link = ask(client, mine.number).headers["Location"]
        assert client.get(link.replace(mine.number, other.number)).status_code == 404
        assert client.get(f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}").status_code == 404
        act(cards.replace, mine.id, by=cast.ids["manager"])
        assert client.get(link).status_code == 404

    def test_without_a_forgery_token_nothing_is_looked_at(self, client, mine):
        assert ask(client, mine.number, forged=True).status_code == 400


class TestGuessing:
    def tried(self, client, number: str, times: int, **more) -> list[int]:
        return [ask(client, number, str(1910 + step), **more).status_code for step in range(times)]

    def test_the_years_of_one_card_are_slowed_down(self, client, mine):
        assert self.tried(client, mine.number, ONE_RECORD.free + 2) == [422] * ONE_RECORD.free + [429] * 2

    def test_others_at_the_same_desk_open_theirs_meanwhile(self, client, cast, mine):
        other = card(cast, resident("Ali", "Autre", 1957)).number
        self.tried(client, mine.number, ONE_RECORD.free + 9)
        assert ask(client, other).status_code == 303

    def test_whoever_has_to_wait_reads_why_how_long_and_whom_to_call(self, client, mine):
        self.tried(client, mine.number, ONE_RECORD.free)
        page = text(ask(client, mine.number))
        assert "Il y a eu beaucoup d’essais faux" in page
        assert "Attendez 2 secondes" in page
        assert "Ou appelez-nous : 06 39 98 00 01" in page
        assert 'href="#number"' in page

    def test_many_numbers_from_one_address_are_slowed_down_in_the_end(self, client, monkeypatch):
        monkeypatch.setattr(throttle, "SHARED_ADDRESS", throttle.Allowance(free=12))
        numbers = [f"{code}{check_character(code)}" for code in (f"222222{a}{b}" for a in "23456" for b in "789")]
        statuses = [ask(client, one).status_code for one in numbers]
        assert statuses == [422] * 12 + [429] * 3

    def test_from_many_addresses_the_years_of_one_number_are_slowed_down_too(self, client, mine):
        number = mine.number
        statuses = [
            ask(client, number, str(1910 + step), environ_base={"REMOTE_ADDR": f"192.0.2.{step}"}).status_code
            for step in range(ONE_RECORD.free + 2)
        ]
        assert statuses[-1] == 429
        assert ask(client, number, environ_base={"REMOTE_ADDR": "192.0.2.200"}).status_code == 429
        with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
            assert ask(client, number).status_code == 303

    @pytest.mark.parametrize("year", ["73", "2300", "1815", "né en 57", "²⁰⁰⁰"])
    def test_what_is_no_year_says_so_and_costs_no_try(self, client, mine, year):
        for _try in range(ONE_RECORD.free + 5):
            refused = ask(client, mine.number, year)
            assert refused.status_code == 422
        assert "avec quatre chiffres, comme 1957" in text(refused)
        assert 'href="#year"' in text(refused)
        assert ask(client, mine.number).status_code == 303

    def test_empty_fields_are_asked_for_one_by_one(self, client):
        page = text(ask(client, "", ""))
        assert "Écrivez le numéro de votre carte, ou le code de votre chèque." in page
        assert "Écrivez votre année de naissance avec quatre chiffres, comme 1957." in page

    def test_what_does_not_go_together_leads_to_its_field(self, client, mine):
        assert 'href="#number"' in text(ask(client, mine.number, "1958"))

    def test_a_slip_of_the_pen_costs_no_try_and_no_look_at_the_database(self, client, mine):
        wrong = mine.number[:-1] + ("2" if mine.number[-1] != "2" else "3")
        client.get(PAGE)
        with statements() as sent:
            for _try in range(ONE_RECORD.free + 5):
                assert ask(client, wrong).status_code == 422
        assert not [one for one in sent if "FROM card" in one or "failed_try" in one]
        assert ask(client, mine.number).status_code == 303

    def test_the_right_one_costs_no_try(self, client, mine):
        for _try in range(ONE_RECORD.free + 5):
            assert ask(client, mine.number).status_code == 303


class TestShown:
    def test_what_is_left_after_a_purchase_until_when_and_where(self, client, cast, mine):
        shop = partner(cast)
        made = handed(cast, campaign(cast).id, mine.id)
        paid(made.code, shop)
        page = opened(client, mine.number)
        assert DEVICE.title in page
        assert "Tout a été utilisé." in page
        training = handed(cast, campaign(cast, TRAINING).id, mine.id)
        page = opened(client, training.code)
        assert "Il reste 10 unités de formation" in page
        assert "mardi 30 juin 2026" in page

    def test_the_doors_of_the_partners_who_take_it(self, client, cast, mine):
        partner(cast)
        handed(cast, campaign(cast).id, mine.id)
        page = opened(client, mine.number)
        assert "Atelier des Moulins" in page
        assert "14 rue du Bief" in page
        assert "Vous payez au moins 20,00 €" in page

    def test_not_those_of_another_kind_nor_those_without_agreement(self, client, cast, mine):
        partner(cast, PartnerKind.TRAINING, "town")
        over = partner(cast)
        with transaction():
            db.session.get_one(Partner, over).agreement_until = TODAY - timedelta(days=1)
        handed(cast, campaign(cast).id, mine.id)
        page = opened(client, mine.number)
        assert "Atelier des Moulins" not in page
        assert "Médiathèque du Port" not in page
        assert "Personne ne prend ce chèque" in page

    def test_one_that_was_not_handed_over_says_so_and_no_code_is_shown(self, client, cast, mine):
        made = issued(cast, campaign(cast).id, mine.id)
        page = opened(client, mine.number)
        assert "pas encore été remis" in page
        assert made.code not in page

    def test_what_was_paid_already_when_where_and_how_much(self, client, cast, mine):
        shop = partner(cast)
        paid(handed(cast, campaign(cast).id, mine.id).code, shop, Device(5_000, DeviceKind.TABLET, "SN 1"))
        page = opened(client, mine.number)
        assert "Il reste 70,00 €" in page
        assert "plusieurs fois, jusqu’à épuisement" in page
        assert "mardi 10 mars 2026 : 30,00 € · Tablette" in page
        assert cast.association.name in page.partition("Ce que ce chèque a déjà payé")[2]

    def test_what_was_given_back_is_not_told_as_paid(self, client, cast, mine):
        made = paid(handed(cast, campaign(cast).id, mine.id).code, partner(cast))
        act(undoing.undo, made.id, "erreur", by=cast.ids["manager"])
        assert "déjà payé" not in opened(client, mine.number)

    @pytest.mark.parametrize(("stop", "times"), [(cards.suspend, 2), (cards.end, 0)])
    def test_what_is_stopped_says_so_on_each_voucher_and_invites_nobody(self, client, cast, mine, stop, times):
        """An ended card has no voucher any more: what was left on them went back to the budget."""
        partner(cast)
        handed(cast, campaign(cast).id, mine.id)
        handed(cast, campaign(cast, TRAINING).id, mine.id)
        act(stop, mine.id, "à revoir", by=cast.ids["manager"])
        page = opened(client, mine.number)
        assert page.count("suspendue : ce chèque ne peut pas") == times
        for word in ("Atelier des Moulins", "Où l’utiliser", "en plusieurs fois", "propres ateliers"):
            assert word not in page

    def test_one_that_was_not_handed_over_invites_nobody(self, client, cast, mine):
        partner(cast)
        issued(cast, campaign(cast).id, mine.id)
        assert "Atelier des Moulins" not in opened(client, mine.number)

    def test_a_cancelled_one_is_not_there(self, client, cast, mine):
        made = issued(cast, campaign(cast).id, mine.id)
        act(ending.cancel, made.id, "erreur", by=cast.ids["manager"])
        page = opened(client, mine.number)
        assert DEVICE.title not in page
        assert "pas de chèque sur votre carte" in page

    def test_a_suspended_card_and_one_that_has_ended_say_so(self, client, cast, mine):
        act(cards.suspend, mine.id, "à revoir", by=cast.ids["manager"])
        page = opened(client, mine.number)
        assert "Votre carte est suspendue" in page
        assert "à revoir" not in page
        act(cards.end, mine.id, "fini", by=cast.ids["manager"])
        assert "Votre carte est finie" in opened(client, mine.number)

    def test_a_card_that_ended_by_its_day_does_not_stop_a_voucher_and_says_so(self, client, cast, mine):
        handed(cast, campaign(cast).id, mine.id)
        with transaction():
            db.session.get_one(Card, mine.id).valid_until = TODAY - timedelta(days=1)
        page = opened(client, mine.number)
        assert "Votre carte est finie. Demandez-nous si elle peut être renouvelée." in page
        assert "Votre carte est finie, mais ce chèque peut servir jusqu’au mardi 30 juin 2026." in page

    def test_its_category_and_the_rest_of_the_record_are_not_told(self, client, mine):
        page = opened(client, mine.number)
        assert "Minima sociaux" not in page
        assert "Kerlaz" not in page

    @pytest.mark.parametrize(("language", "words"), [("en", "My solidarity card"), ("ar", "بطاقة التضامن")])
    def test_in_their_language(self, client, cast, mine, language, words):
        handed(cast, campaign(cast).id, mine.id)
        page = opened(client, mine.number, language)
        assert words in page
        assert ('dir="rtl"' in page) is (language == "ar")

    def test_more_vouchers_ask_no_more_statements(self, client, cast, mine):
        partner(cast)
        handed(cast, campaign(cast).id, mine.id)
        link = ask(client, mine.number).headers["Location"]

        def asked() -> int:
            with statements() as sent:
                client.get(link)
            return len(sent)

        few = asked()
        for _more in range(5):
            handed(cast, campaign(cast).id, mine.id)
        assert asked() == few


class TestRules:
    @pytest.mark.parametrize(
        ("card", "voucher", "begins", "stop"),
        [
            (CardState.LIVE, VoucherState.HANDED_OVER, TODAY, None),
            (CardState.LIVE, VoucherState.PARTLY_USED, TODAY, None),
            (CardState.SUSPENDED, VoucherState.ISSUED, TODAY, Stop.SUSPENDED),
            (CardState.ENDED, VoucherState.HANDED_OVER, TODAY, Stop.ENDED),
            (CardState.LIVE, VoucherState.ISSUED, TODAY, Stop.NOT_HANDED_OVER),
            (CardState.LIVE, VoucherState.HANDED_OVER, TODAY + timedelta(days=1), Stop.NOT_YET),
        ],
    )
    def test_what_stops_a_voucher(self, card, voucher, begins, stop):
        assert stop_of(card, voucher, begins, TODAY) is stop

    @pytest.mark.parametrize("typed", ["", "222", "2222222222222", "ABCDEFGHJ", "O0I1"])
    def test_neither_a_number_nor_a_code(self, typed):
        with pytest.raises(Mistyped):
            read_either(typed)

    @pytest.mark.parametrize(
        ("typed", "fits"),
        [("1957", True), ("57", False), ("01957", False), ("1958", False), ("19 57", False), ("²⁰⁰⁰", False)],
    )
    def test_a_year_is_four_digits(self, typed, fits):
        assert born_in(Person(birth_year=1957), typed) is fits

    def test_of_somebody_forgotten_no_year_is_right(self):
        assert not born_in(Person(birth_year=1957, anonymised_at=NOW), "1957")
        assert not born_in(Person(birth_year=None), "None")


def test_a_voucher_of_a_campaign_that_is_long_over_is_not_there_when_nothing_is_left(client, cast, mine):
    shop = partner(cast)
    paid(handed(cast, campaign(cast).id, mine.id).code, shop)
    with time_machine.travel(NOW.replace(month=9), tick=False):
        assert DEVICE.title not in opened(client, mine.number)
    assert date(2026, 6, 30) < NOW.replace(month=9).date()
