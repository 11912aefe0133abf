"""What is approved is paid: one file, made once, that comes to what is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from lxml import etree
from sqlalchemy import select

from foundation.db import db, in_transaction
from foundation.scope import OfTheTerritory
from tests.cast import sign_in
from tests.vouchers.billing import (
    APRIL,
    IBAN,
    IN_APRIL,
    IN_MAY,
    OTHER_IBAN,
    approved,
    by,
    lessons,
    purse,
    stated,
    transfer,
    undone,
    with_accounts,
)
from tests.vouchers.given import fresh, partner
from tests.vouchers.test_treasury_file import CREDIT, found, read
from tests.workshops.given import count
from vouchers.models import PartnerBank, PartnerKind, Statement, StatementState, Transfer
from vouchers.queries.treasury import waiting
from vouchers.rules import treasury as rules
from vouchers.rules.banking import BankDetails
from vouchers.rules.partners import ForTheTerritory
from vouchers.rules.statements import NotPayable, PaidInFuture
from vouchers.service import banking, treasury

PAGE = "/equipe/tresorerie"
pytestmark = pytest.mark.usefixtures("april")


def amounts(made):
    return found(read(made.content), f"{CREDIT}/Amt/InstdAmt")


class TestFile:
    def test_it_pays_what_is_approved_to_the_cent(self, cast, owed):
        made = transfer(cast)
        assert (made.count, made.total_cents) == (1, 3_000)
        assert amounts(made) == ["30.00"]
        document = read(made.content)
        assert found(document, f"{CREDIT}/CdtrAcct/Id/IBAN") == [OTHER_IBAN]
        assert found(document, "CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id/IBAN") == [IBAN]
        assert found(document, f"{CREDIT}/RmtInf/Ustrd") == ["Releve 1 (2026-03)"]
        assert fresh(Statement, owed.id).transfer_id == made.id

    def test_pressed_twice_it_is_made_once(self, cast, owed):
        assert transfer(cast).id == transfer(cast).id
        assert count(Transfer) == 1

    def test_made_again_nothing_is_left_to_pay(self, cast, owed):
        transfer(cast)
        with pytest.raises(rules.NothingToPay):
            transfer(cast, "page 2")
        assert count(Transfer) == 1

    def test_it_stays_as_it_was_made_whatever_becomes_of_the_account(self, cast, school, owed):
        before = transfer(cast).content
        by(cast, "manager", banking.set_bank, school, BankDetails(IBAN, "", "Autre"), now=IN_APRIL)
        assert fresh(Transfer, transfer(cast).id).content == before

    def test_what_is_not_approved_is_not_in_it(self, cast, school):
        lessons(purse(cast), school, 1)
        with_accounts(cast, school)
        stated(school)
        with pytest.raises(rules.NothingToPay):
            transfer(cast)

    def test_what_was_taken_back_is_less_on_the_same_transfer(self, cast, school, owed):
        voucher = purse(cast)
        (gone,) = lessons(voucher, school, 4, now=IN_APRIL)
        april = approved(cast, school, APRIL, IN_MAY)
        undone(gone, IN_MAY)
        may = approved(cast, school, APRIL.following, IN_MAY + timedelta(days=30))
        assert [one.total_cents for one in (april, may)] == [4_000, -4_000]
        made = transfer(cast, now=IN_MAY + timedelta(days=30))
        assert amounts(made) == ["30.00"]
        assert made.total_cents == 3_000

    def test_who_owes_more_waits_for_the_next_statement(self, cast, school):
        (gone,) = lessons(purse(cast), school, 4)
        with_accounts(cast, school)
        first = approved(cast, school)
        in_transaction(lambda: None)
        transfer(cast)
        undone(gone, IN_APRIL)
        approved(cast, school, APRIL, IN_MAY)
        assert [(one.owed_cents, one.goes) for one in waiting()] == [(-4_000, False)]
        with pytest.raises(rules.NothingToPay):
            transfer(cast, "page 2", IN_MAY)
        assert fresh(Statement, first.id).state is StatementState.APPROVED

    def test_who_has_no_account_waits_and_the_others_are_paid(self, cast, owed):
        other = partner(cast, PartnerKind.TRAINING, "town")
        lessons(purse(cast), other, 5)
        theirs = approved(cast, other)
        assert amounts(transfer(cast)) == ["30.00"]
        assert fresh(Statement, theirs.id).transfer_id is None

    def test_each_partner_gets_one_transfer(self, cast, owed):
        other = partner(cast, PartnerKind.TRAINING, "town")
        lessons(purse(cast), other, 5)
        with_accounts(cast, other)
        approved(cast, other)
        made = transfer(cast)
        assert sorted(amounts(made)) == ["30.00", "50.00"]
        assert (made.count, made.total_cents) == (2, 8_000)

    def test_without_the_account_of_the_town_nothing_is_made(self, cast, school):
        lessons(purse(cast), school, 1)
        approved(cast, school)
        with pytest.raises(rules.TownBankMissing):
            transfer(cast)

    @pytest.mark.parametrize("days", [-1, 61])
    def test_the_day_is_near_and_not_past(self, cast, owed, days):
        with pytest.raises(rules.BadDayOfPayment):
            by(cast, "manager", treasury.make, IN_APRIL.date() + timedelta(days=days), "page", now=IN_APRIL)
        assert count(Transfer) == 0

    @pytest.mark.parametrize(
        ("day", "next_one"),
        [
            (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, before Easter Monday
            (date(2026, 4, 4), date(2026, 4, 7)),
            (date(2026, 5, 1), date(2026, 5, 4)),
            (date(2026, 12, 25), date(2026, 12, 28)),
            (date(2026, 12, 26), date(2026, 12, 28)),
            (date(2027, 1, 1), date(2027, 1, 4)),
        ],
    )
    def test_banks_settle_on_no_such_day(self, app, day, next_one):
        assert rules.bank_day_from(day) == next_one
        with app.test_request_context(), pytest.raises(rules.NoBankDay) as refused:
            rules.check_execution(day, day)
        assert refused.value.field == "execute_on"

    @pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 7, 14), date(2026, 11, 11)])
    def test_a_holiday_of_france_alone_is_a_day_like_others_for_banks(self, day):
        assert rules.bank_day_from(day) == day
        rules.check_execution(day, day)


class TestPaid:
    def test_all_its_statements_are_paid_on_that_day(self, cast, owed):
        made = transfer(cast)
        by(cast, "manager", treasury.paid, made.id, date(2026, 4, 7), now=IN_MAY)
        kept = fresh(Statement, owed.id)
        assert (kept.state, kept.paid_on) == (StatementState.PAID, date(2026, 4, 7))
        assert fresh(Transfer, made.id).paid_by_id == cast.ids["manager"]

    def test_said_again_the_first_day_stays(self, cast, owed):
        made = transfer(cast)
        for day in (7, 9):
            by(cast, "manager", treasury.paid, made.id, date(2026, 4, day), now=IN_MAY)
        assert fresh(Transfer, made.id).paid_on == date(2026, 4, 7)

    @pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 4, 3)])
    def test_not_before_the_file_and_not_tomorrow(self, cast, owed, day):
        made = transfer(cast)
        with pytest.raises((PaidInFuture, rules.NotPaidYet)):
            by(cast, "manager", treasury.paid, made.id, day, now=IN_APRIL)
        assert fresh(Statement, owed.id).state is StatementState.APPROVED

    def test_what_is_on_its_way_is_not_paid_by_other_means(self, cast, owed):
        transfer(cast)
        with pytest.raises(NotPayable):
            by(cast, "manager", treasury.settle, owed.id, date(2026, 4, 2), now=IN_APRIL)

    def test_there_is_no_such_file(self, cast):
        with pytest.raises(rules.NoSuchTransfer):
            by(cast, "manager", treasury.paid, 9, date(2026, 4, 2), now=IN_APRIL)


class TestWho:
    VERBS = (
        (treasury.make, (date(2026, 4, 2), "page")), (treasury.paid, (1, date(2026, 4, 2))),
        (treasury.settle, (1, date(2026, 4, 2))), (banking.set_town_bank, (BankDetails(IBAN, "", "Ville"),)),
        (banking.set_bank, (1, BankDetails(IBAN, "", "Moi"))),
    )  # fmt: skip

    @pytest.mark.parametrize(("verb", "given"), VERBS)
    def test_only_the_territory_s_managers_do_it(self, cast, verb, given):
        with pytest.raises(ForTheTerritory):
            by(cast, "partner", verb, *given, now=IN_APRIL)
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["town"]))
        with pytest.raises(OfTheTerritory):
            by(cast, "manager", verb, *given, now=IN_APRIL)

    @pytest.mark.parametrize("name", ["partner", "mediator", "prescriber", "host"])
    def test_others_open_nothing(self, client, cast, owed, name):
        made = transfer(cast)
        sign_in(client, getattr(cast, name))
        for path in ("", "/compte", f"/virements/{made.id}.xml"):
            assert client.get(PAGE + path).status_code == 403
        assert client.post(f"{PAGE}/virements").status_code == 403

    def test_a_manager_of_one_structure_opens_nothing(self, client, cast, owed):
        made = transfer(cast)
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
        sign_in(client, cast.manager)
        for path in ("", "/compte", f"/virements/{made.id}.xml"):
            assert client.get(PAGE + path).status_code == 403


class TestPages:
    @pytest.fixture
    def clerk(self, client, cast):
        return sign_in(client, cast.manager)

    def test_from_what_waits_to_what_is_paid(self, clerk, cast, owed):
        shown = clerk.get(PAGE).get_data(as_text=True)
        assert "DE•• •••• 3000" in shown
        assert OTHER_IBAN not in shown
        data = {"execute_on": "2026-04-02", "request_key": "one page"}
        for _press in range(2):
            assert clerk.post(f"{PAGE}/virements", data=data).status_code == 303
        (made,) = db.session.scalars(select(Transfer)).all()
        answer = clerk.get(f"{PAGE}/virements/{made.id}.xml")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{made.message}.xml"'
        assert answer.get_data() == clerk.get(f"{PAGE}/virements/{made.id}.xml").get_data()
        assert etree.fromstring(answer.get_data()).tag.endswith("Document")
        assert clerk.post(f"{PAGE}/virements/{made.id}/paye", data={"paid_on": "2026-04-02"}).status_code == 303
        assert fresh(Statement, owed.id).state is StatementState.PAID
        assert made.message in clerk.get(PAGE).get_data(as_text=True)

    def test_not_before_the_day_on_which_the_bank_is_asked_to_pay(self, clerk, cast, owed):
        later = IN_APRIL.date() + timedelta(days=5)
        made = by(cast, "manager", treasury.make, later, "page 1", now=IN_APRIL)
        said = clerk.get(PAGE).get_data(as_text=True)
        assert "la banque paie le mardi 7 avril 2026" in said
        assert f"{PAGE}/virements/{made.id}/paye" not in said
        answer = clerk.post(f"{PAGE}/virements/{made.id}/paye", data={"paid_on": IN_APRIL.date().isoformat()})
        assert answer.status_code == 422
        assert "demande à la banque de payer le mardi 7 avril 2026" in answer.get_data(as_text=True)
        assert fresh(Transfer, made.id).paid_on is None
        by(cast, "manager", treasury.paid, made.id, later, now=IN_APRIL + timedelta(days=5))
        assert fresh(Transfer, made.id).paid_on == later

    def test_the_day_that_is_proposed_is_one_on_which_banks_work(self, clerk, cast, owed):
        with time_machine.travel(IN_APRIL + timedelta(days=2), tick=False):
            sign_in(clerk, cast.manager)
            assert 'value="2026-04-07"' in clerk.get(PAGE).get_data(as_text=True)
            answer = clerk.post(f"{PAGE}/virements", data={"execute_on": "2026-04-06", "request_key": "a"})
        assert answer.status_code == 422
        assert "Choisissez le mardi 7 avril" in answer.get_data(as_text=True)
        assert count(Transfer) == 0

    def test_what_can_not_be_is_said(self, clerk, cast, owed):
        for data, status in (({}, 422), ({"execute_on": "2026-04-01", "request_key": "a"}, 422)):
            assert clerk.post(f"{PAGE}/virements", data=data).status_code == status
        made = transfer(cast)
        again = {"execute_on": "2026-04-02", "request_key": "other"}
        assert clerk.post(f"{PAGE}/virements", data=again).status_code == 409
        for day in ("", "2030-01-01"):
            assert clerk.post(f"{PAGE}/virements/{made.id}/paye", data={"paid_on": day}).status_code == 422
        assert clerk.get(f"{PAGE}/virements/99.xml").status_code == 404

    def test_the_account_of_the_town_is_written_and_masked(self, clerk, cast):
        assert clerk.post(f"{PAGE}/compte", data={"holder": "Ville", "iban": "FR00", "bic": ""}).status_code == 422
        assert clerk.post(f"{PAGE}/compte", data={"holder": "Ville", "iban": IBAN, "bic": ""}).status_code == 303
        for path in ("", "/compte"):
            shown = clerk.get(PAGE + path).get_data(as_text=True)
            assert "FR•• •••• 2606" in shown
            assert IBAN not in shown

    def test_empty_it_says_where_to_go(self, clerk, cast):
        assert "Relevés à approuver" in clerk.get(PAGE).get_data(as_text=True)
        assert count(PartnerBank) == 0
