"""Agreements and accounts of partners: who writes them, what a page shows of them, and what it never does."""

from __future__ import annotations

import re

import pytest
import time_machine
from sqlalchemy import select

from foundation import audit
from foundation.db import db, in_transaction, transaction
from places.models import Structure
from tests.cast import sign_in
from tests.counting import statements as counted
from tests.vouchers.billing import IBAN, IN_APRIL, IN_MAY, OTHER_IBAN, by, lessons, purse, with_accounts
from tests.vouchers.given import FIRST, NOW, fresh, partner
from tests.workshops.given import count
from vouchers.models import Partner, PartnerBank, PartnerKind, Statement
from vouchers.rules.banking import BankDetails
from vouchers.rules.partners import Agreement, NoSuchPartner, NoSuchStructure, PartnerAlready
from vouchers.service import banking, partners

pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/equipe/partenaires"
SIRET = "73282932000074"


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def sent(cast, **more):
    usual = {
        "structure_id": cast.ids["association"], "kind": "training", "siret": "732 829 320 00074",
        "agreement_from": "2026-03-01", "contact_name": "Inès Robert", "contact_phone": "06 39 98 00 12",
    }  # fmt: skip
    return usual | more


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


class TestAgreement:
    def test_an_agreement_is_written_down(self, manager, cast):
        answer = manager.post(f"{LIST}/nouveau", data=sent(cast, agreement_until="2027-02-28"))
        assert answer.status_code == 303
        made = db.session.scalars(select(Partner)).one()
        assert (made.siret, made.kind, made.contact_phone) == (SIRET, PartnerKind.TRAINING, "+33639980012")
        assert [entry.action for entry in audit.history(made.reference)] == ["partner.created"]
        assert "Les Clics solidaires" in page(manager, f"{LIST}/{made.id}")
        assert "jusqu’au" in page(manager, LIST)

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("siret", "73282932000075", "sa clé est fausse"), ("siret", "", "14 chiffres"),
            ("agreement_from", "", "premier jour"), ("agreement_until", "2020-01-01", "finir avant"),
            ("kind", "shop", ""), ("structure_id", "99999", ""), ("contact_phone", "12", ""),
            ("contact_email", "zz", "nom@exemple.fr"),
            ("contact_name", "x" * 200, ""),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_is_written(self, manager, cast, field, typed, said):
        answer = manager.post(f"{LIST}/nouveau", data=sent(cast, **{field: typed}))
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
        assert count(Partner) == 0

    def test_a_structure_has_one_agreement(self, cast, school):
        wanted = Agreement(cast.ids["association"], PartnerKind.TRAINING, SIRET, FIRST)
        with pytest.raises(PartnerAlready):
            by(cast, "manager", partners.create, wanted, now=NOW)
        assert count(Partner) == 1

    @pytest.mark.parametrize("address", ["nouveau", "{other}/modifier"])
    def test_the_siret_of_another_partner_is_refused_and_whose_it_is_is_said(self, manager, cast, school, address):
        manager.post(f"{LIST}/{school}/modifier", data=sent(cast))
        other = partner(cast, structure="town") if "modifier" in address else 0
        answer = manager.post(f"{LIST}/{address.format(other=other)}", data=sent(cast, structure_id=cast.ids["town"]))
        assert answer.status_code == 409
        assert "Ce SIRET est celui de Les Clics solidaires" in answer.get_data(as_text=True)
        assert db.session.scalars(select(Partner.id).where(Partner.siret == SIRET)).all() == [school]

    def test_a_partner_keeps_its_own_siret(self, manager, cast, school):
        for _time in range(2):
            assert manager.post(f"{LIST}/{school}/modifier", data=sent(cast)).status_code == 303

    def test_there_is_no_agreement_with_nobody(self, cast):
        with pytest.raises(NoSuchStructure):
            by(cast, "manager", partners.create, Agreement(9999, PartnerKind.TRAINING, SIRET, FIRST), now=NOW)

    def test_a_partner_is_not_offered_again(self, manager, cast, school):
        assert "Les Clics solidaires" not in page(manager, f"{LIST}/nouveau").split("<form", 1)[1]

    def test_it_is_changed_but_for_whose_it_is(self, manager, cast, school):
        answer = manager.post(
            f"{LIST}/{school}/modifier", data=sent(cast, kind="refurbisher", agreement_until="2026-12-31")
        )
        assert answer.status_code == 303
        kept = fresh(Partner, school)
        assert (kept.kind, kept.siret, str(kept.agreement_until)) == (PartnerKind.TRAINING, SIRET, "2026-12-31")

    def test_a_change_that_is_refused_changes_nothing(self, manager, cast, school):
        for data in (sent(cast, siret="1"), sent(cast, agreement_from="x")):
            assert manager.post(f"{LIST}/{school}/modifier", data=data).status_code == 422
        assert fresh(Partner, school).siret == ""

    def test_what_can_be_none_is_not_found(self, manager, cast):
        for path in ("/999", "/999/modifier", "/999/compte"):
            page(manager, LIST + path, 404)
        assert manager.post(f"{LIST}/999/releves", data={"month": "2026-02"}).status_code == 404

    def test_the_list_asks_no_more_when_it_is_longer(self, manager, cast, school):
        with counted() as few:
            page(manager, LIST)
        with transaction():
            for number in range(8):
                structure = Structure(name=f"Atelier {number}")
                db.session.add(structure)
                db.session.flush()
                db.session.add(
                    Partner(structure_id=structure.id, kind=PartnerKind.TRAINING, agreement_from=FIRST, created_at=NOW)
                )
        with counted() as many:
            assert page(manager, LIST).count("<tr") == 10
        assert len(many) == len(few)


class TestBank:
    def test_it_is_kept_whole_and_shown_masked(self, manager, cast, school):
        data = {"holder": "Les Clics", "iban": "fr14 2004 1010 0505 0001 3m02 606", "bic": "psstfrpppar"}
        assert manager.post(f"{LIST}/{school}/compte", data=data).status_code == 303
        assert (fresh(PartnerBank, school).iban, fresh(PartnerBank, school).bic) == (IBAN, "PSSTFRPPPAR")
        for path in (f"{LIST}/{school}", f"{LIST}/{school}/compte"):
            shown = page(manager, path)
            assert "FR•• •••• 2606" in shown
            assert IBAN not in re.sub(r"\s", "", shown)
            assert IBAN[4:20] not in re.sub(r"\s", "", shown)

    @pytest.mark.parametrize(
        ("field", "typed"), [("iban", "FR1520041010050500013M02606"), ("iban", ""), ("bic", "X"), ("holder", " ")]
    )
    def test_a_wrong_one_is_refused_and_the_former_stays(self, manager, cast, school, field, typed):
        with_accounts(cast, school)
        data = {"holder": "Les Clics", "iban": IBAN, "bic": ""} | {field: typed}
        assert manager.post(f"{LIST}/{school}/compte", data=data).status_code == 422
        assert fresh(PartnerBank, school).iban == OTHER_IBAN

    def test_the_journal_says_that_it_changed_and_not_to_what(self, cast, school):
        by(cast, "manager", banking.set_bank, school, BankDetails(IBAN, "", "Les Clics"), now=NOW)
        (entry,) = audit.history(f"partner:{school}")
        assert (entry.action, entry.details) == ("partner.bank_changed", {})

    def test_no_account_is_kept_for_nobody(self, cast):
        with pytest.raises(NoSuchPartner):
            by(cast, "manager", banking.set_bank, 999, BankDetails(IBAN, "", "Les Clics"), now=NOW)
        assert count(PartnerBank) == 0


class TestWho:
    @pytest.mark.parametrize("name", ["partner", "mediator", "prescriber", "host"])
    def test_others_open_nothing(self, client, cast, school, name):
        sign_in(client, getattr(cast, name))
        for path in ("", "/nouveau", f"/{school}", f"/{school}/modifier", f"/{school}/compte"):
            page(client, LIST + path, 403)
        assert client.post(f"{LIST}/{school}/compte", data={"iban": IBAN, "holder": "x"}).status_code == 403

    def test_a_manager_of_one_structure_sees_agreements_but_no_account(self, client, cast, school):
        with_accounts(cast, school)
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
        sign_in(client, cast.manager)
        assert "Les Clics solidaires" in page(client, LIST)
        assert OTHER_IBAN[-4:] not in page(client, f"{LIST}/{school}")
        for path in ("/nouveau", f"/{school}/modifier", f"/{school}/compte"):
            page(client, LIST + path, 403)
        for path, data in (("/compte", {"iban": IBAN, "holder": "Moi"}), ("/releves", {"month": "2026-02"}),
                           ("/modifier", sent(cast))):  # fmt: skip
            assert client.post(f"{LIST}/{school}{path}", data=data).status_code == 403
        assert fresh(PartnerBank, school).iban == OTHER_IBAN


class TestByHand:
    def test_a_month_is_stated(self, client, cast, school):
        lessons(purse(cast), school, 1)
        with time_machine.travel(IN_APRIL, tick=False):
            manager = sign_in(client, cast.manager)
            answer = manager.post(f"{LIST}/{school}/releves", data={"month": "2026-03"})
            assert answer.status_code == 303
            assert answer.location.startswith("/releves/")
            assert "mars 2026" in page(manager, f"{LIST}/{school}")

    def test_only_months_that_are_not_stated_are_offered(self, client, cast, school):
        lessons(purse(cast), school, 1)
        with time_machine.travel(IN_APRIL, tick=False):
            manager = sign_in(client, cast.manager)
            assert 'value="2026-03"' in page(manager, f"{LIST}/{school}")
            manager.post(f"{LIST}/{school}/releves", data={"month": "2026-03"})
            shown = page(manager, f"{LIST}/{school}")
            assert 'name="month"' not in shown
            assert "Tous les mois terminés ont leur relevé." in shown
        with time_machine.travel(IN_MAY, tick=False):
            manager = sign_in(client, cast.manager)
            shown = page(manager, f"{LIST}/{school}")
            assert 'value="2026-04"' in shown
            assert 'value="2026-03"' not in shown

    @pytest.mark.parametrize("typed", ["2026-03", "2027-01", "mars", "", "2026-13", "2026-1x", "-", "99999999-1"])
    def test_one_that_is_not_over_or_none_is_refused_in_words(self, manager, cast, school, typed):
        answer = manager.post(f"{LIST}/{school}/releves", data={"month": typed})
        assert answer.status_code == 422
        assert "terminé" in answer.get_data(as_text=True)
        assert count(Statement) == 0
