"""What a counter took: its receipt on screen and on paper, the days, and what is undone; never another partner's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Account
from foundation.db import db, transaction
from foundation.security import Role
from tests import papers
from tests.cast import NOW, TODAY, sign_in
from tests.counting import statements
from tests.vouchers.counters import TABLET, asked, confirmed, words
from tests.vouchers.given import (
    DEVICE,
    TRAINING,
    act,
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
from vouchers.models import DeviceKind, PartnerKind, Redemption
from vouchers.rules.states import Device
from vouchers.service import undoing

pytestmark = pytest.mark.usefixtures("stopped_clock")
WHY = {"reason": "Mauvais appareil"}


@pytest.fixture
def shop(client, cast, till):
    return sign_in(client, cast.partner)


@pytest.fixture
def voucher(cast):
    return handed(cast, campaign(cast).id, card(cast, cast.ids["resident"]).id)


@pytest.fixture
def made(cast, voucher, till):
    return paid(voucher.code, till, Device(5_000, DeviceKind.TABLET, "SN 12"), by=cast.ids["partner"])


def one(made, rest="") -> str:
    return f"/partenaire/encaissements/{made.id}{rest}"


class TestOnPaper:
    def test_once_for_the_resident_and_once_for_the_shop(self, shop, made):
        answer = shop.get(one(made, "/recu.pdf"))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="recu-2026-03-10-{made.id}.pdf"'
        said = papers.text(answer.data)
        for part in (
            "Reçu d’un chèque", "mardi 10 mars 2026, 8 h 00", "Les Clics solidaires", "Jeanne L.", "Tablette", "SN12",
            "Payé par le chèque : 30,00 €", "Payé par la personne : 20,00 €", "Reste sur le chèque : 70,00 €",
        ):  # fmt: skip
            assert said.count(part) == 2, part
        assert "Pour la personne" in said
        assert "Le Goff" not in said
        facts = papers.facts(answer.data)
        assert (facts["language"], facts["sheets"], facts["embedded"]) == ("fr", 1, True)

    def test_units_of_training(self, client, cast):
        school = partner(cast, PartnerKind.TRAINING)
        units = handed(cast, campaign(cast, TRAINING).id)
        made = paid(units.code, school, lesson(3))
        said = papers.text(sign_in(client, cast.partner).get(one(made, "/recu.pdf")).data)
        assert "mardi 10 mars 2026, 3 unités" in said
        assert "Reste sur le chèque : 7 unités" in said
        assert "Numéro de série" not in said

    def test_printed_again_later_it_says_the_same(self, shop, voucher, till, made):
        before = shop.get(one(made, "/recu.pdf")).data
        paid(voucher.code, till, Device(50_000, DeviceKind.PHONE, "OTHER"))
        assert shop.get(one(made, "/recu.pdf")).data == before

    def test_undone_it_says_so_loudly(self, shop, made):
        shop.post(one(made, "/annuler"), data=WHY)
        assert "ANNULÉ le mardi 10 mars 2026" in papers.text(shop.get(one(made, "/recu.pdf")).data)

    def test_in_english_for_those_who_read_it(self, shop, made):
        shop.get("/langue/en")
        said = papers.text(shop.get(one(made, "/recu.pdf")).data)
        assert "Paid by the resident: €20.00" in said


class TestUndoing:
    def test_on_the_same_day_the_money_goes_back(self, cast, shop, voucher, made):
        answer = shop.post(one(made, "/annuler"), data=WHY)
        assert (answer.status_code, answer.location) == (303, one(made))
        assert amounts(voucher.id) == (10_000, 0, 0, 0)
        said = words(shop.get(one(made)))
        assert "Annulé mardi 10 mars à 8 h 00 : Mauvais appareil" in said
        assert "C’était une erreur" not in said
        found = fresh(Redemption, made.id)
        assert (found.undone_by_id, found.undone_reason) == (cast.ids["partner"], "Mauvais appareil")
        sums_hold()

    def test_twice_is_once(self, shop, voucher, made):
        for _press in "ab":
            assert shop.post(one(made, "/annuler"), data=WHY).status_code == 303
        assert amounts(voucher.id) == (10_000, 0, 0, 0)
        sums_hold()

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
    def test_a_reason_is_needed(self, shop, voucher, made, reason):
        page = shop.post(one(made, "/annuler"), data={"reason": reason})
        assert page.status_code == 422
        assert "<details open" in page.get_data(as_text=True)
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)

    def test_a_social_security_number_is_no_reason(self, shop, voucher, made):
        page = shop.post(one(made, "/annuler"), data={"reason": "pour 2 51 03 75 116 001 79"})
        assert page.status_code == 422
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)

    def test_on_the_next_day_the_town_does_it(self, client, cast, voucher, made):
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            shop = sign_in(client, cast.partner)
            page = shop.get(one(made))
            assert "L’annulation n’est plus possible ici." in words(page)
            assert 'name="reason"' not in page.get_data(as_text=True)
            assert shop.post(one(made, "/annuler"), data=WHY).status_code == 403
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)

    def test_undone_it_can_be_taken_again_and_the_old_page_answers_with_the_old_receipt(self, shop, voucher):
        page = asked(shop, voucher.code, **TABLET)
        first = confirmed(shop, voucher.code, page)
        shop.post(f"{first.location}/annuler", data=WHY)
        shop.get(first.location)
        old = confirmed(shop, voucher.code, page)
        assert old.location == first.location
        said = words(shop.get(old.location))
        assert "Le chèque est encaissé" not in said
        assert "rien n’est encaissé" in said
        assert amounts(voucher.id) == (10_000, 0, 0, 0)
        again = confirmed(shop, voucher.code, asked(shop, voucher.code, **TABLET))
        assert again.location != first.location
        assert amounts(voucher.id) == (0, 10_000, 0, 0)
        sums_hold()


class TestTheDays:
    def test_today_with_its_total_without_what_was_undone(self, cast, shop, voucher, till, made):
        other = paid(voucher.code, till, Device(3_000, DeviceKind.PHONE, "X9"))
        act(undoing.undo, other.id, "Erreur", by=cast.ids["partner"], partner_id=till)
        said = words(shop.get("/partenaire"))
        assert "Tablette, SN12" in said
        assert "Téléphone, X9 Annulé" in said
        assert "Total : 30,00 €" in said

    def test_yesterday_is_on_a_page_of_its_own(self, client, cast, made):
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            shop = sign_in(client, cast.partner)
            assert "Rien pour l’instant." in words(shop.get("/partenaire"))
            said = words(shop.get(f"/partenaire/encaissements?jour={TODAY}"))
            assert "Encaissé le mardi 10 mars 2026" in said
            assert "Jeanne L." in said

    @pytest.mark.parametrize("asked_for", ["", "demain", "2026-99-01", "2031-01-01", "1066-10-14"])
    def test_a_day_that_is_none_is_today(self, shop, made, asked_for):
        said = words(shop.get(f"/partenaire/encaissements?jour={asked_for}"))
        assert "Encaissé le mardi 10 mars 2026" in said
        assert "Le lendemain" not in said

    def test_more_rows_ask_no_more_of_the_database(self, cast, shop, till, made):
        shop.get("/partenaire")
        with statements() as few:
            shop.get("/partenaire")
        chosen = campaign(cast, DEVICE)
        for _one in range(5):
            paid(handed(cast, chosen.id).code, till)
        with statements() as many:
            shop.get("/partenaire")
        assert len(many) == len(few)


class TestWhose:
    @pytest.fixture
    def theirs(self, cast, voucher):
        """A payment at another partner's."""
        return paid(voucher.code, partner(cast, structure="town"))

    @pytest.mark.parametrize("rest", ["", "/recu.pdf"])
    def test_another_partners_is_not_there(self, shop, theirs, rest):
        assert shop.get(one(theirs, rest)).status_code == 404
        assert "Jeanne" not in words(shop.get("/partenaire"))

    def test_nor_can_it_be_undone(self, shop, voucher, theirs):
        assert shop.post(one(theirs, "/annuler"), data=WHY).status_code == 404
        assert amounts(voucher.id) == (0, 10_000, 0, 0)

    def test_its_page_does_not_answer_for_it(self, shop, voucher, theirs):
        sent = TABLET | {"request_key": theirs.request_key, "agreed": "10000"}
        assert shop.post(f"/partenaire/cheque/{voucher.code}/encaisser", data=sent).status_code == 409

    def test_a_colleague_of_the_same_shop_sees_it(self, client, cast, made):
        with transaction():
            other = db.session.get_one(Account, cast.ids["other_mediator"])
            other.role_rows[0].role = Role.PARTNER
        assert sign_in(client, cast.other_mediator).get(one(made)).status_code == 200

    @pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.MANAGER, Role.ADMINISTRATOR])
    def test_only_partners_stand_at_counters(self, client, cast, made, role):
        known = sign_in(client, cast.account_of(role))
        for path in ("/partenaire", "/partenaire/encaissements", one(made), "/partenaire/catalogue"):
            assert known.get(path).status_code == 403, path
