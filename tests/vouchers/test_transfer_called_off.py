"""The bank refused a file: it is called off as a whole, and what it would have paid goes into another one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from foundation import audit
from foundation.db import db, in_transaction
from foundation.forbidden import SocialSecurityNumber
from foundation.scope import OfTheTerritory
from tests.cast import sign_in
from tests.racing import RACERS, race
from tests.vouchers import billing
from tests.vouchers.billing import (
    IBAN,
    IN_APRIL,
    OTHER_IBAN,
    by,
    transfer,
)
from tests.vouchers.given import fresh
from tests.vouchers.month_ends import files_hold
from tests.vouchers.test_treasury_file import CREDIT, found, read
from vouchers.models import Statement, StatementState, Transfer
from vouchers.queries.treasury import waiting
from vouchers.rules import treasury as rules
from vouchers.rules.banking import BankDetails
from vouchers.rules.partners import ForTheTerritory
from vouchers.service import banking, treasury

PAGE = "/equipe/tresorerie"
WHY = "Le compte de Les Clics est clos."
pytestmark = pytest.mark.usefixtures("april")


@pytest.fixture
def file(cast, owed):
    return transfer(cast)


def called_off(cast, file, why=WHY):
    return by(cast, "manager", treasury.call_off, file.id, why, now=IN_APRIL)


class TestVerb:
    def test_its_statements_wait_to_be_paid_again(self, cast, owed, file):
        called_off(cast, file)
        kept = fresh(Statement, owed.id)
        assert (kept.state, kept.transfer_id, kept.paid_on) == (StatementState.APPROVED, None, None)
        assert [(one.owed_cents, one.goes) for one in waiting()] == [(3_000, True)]

    def test_who_when_and_why_are_kept_and_the_file_is_too(self, cast, file):
        before = file.content
        called_off(cast, file, f"  {WHY} ")
        kept = fresh(Transfer, file.id)
        assert (kept.called_off_reason, kept.called_off_by_id, kept.called_off_at, kept.content) == (
            WHY, cast.ids["manager"], IN_APRIL, before,
        )  # fmt: skip
        assert audit.history(file.reference)[0].action == "transfer.called_off"

    def test_another_file_has_another_name_and_the_account_as_it_is_now(self, cast, school, file):
        called_off(cast, file)
        by(cast, "manager", banking.set_bank, school, BankDetails(IBAN, "", "Les Clics"), now=IN_APRIL)
        again = transfer(cast, "page 2")
        assert again.message != file.message
        assert found(read(again.content), f"{CREDIT}/CdtrAcct/Id/IBAN") == [IBAN]
        assert found(read(fresh(Transfer, file.id).content), f"{CREDIT}/CdtrAcct/Id/IBAN") == [OTHER_IBAN]
        files_hold()

    def test_the_page_that_made_it_makes_no_other(self, cast, file):
        called_off(cast, file)
        assert transfer(cast).id == file.id

    def test_said_again_the_first_reason_stays(self, cast, file):
        called_off(cast, file)
        called_off(cast, file, "Autre chose")
        assert fresh(Transfer, file.id).called_off_reason == WHY
        assert len(audit.history(file.reference)) == 2

    def test_what_is_paid_can_not_be_called_off(self, cast, owed, file):
        by(cast, "manager", treasury.paid, file.id, date(2026, 4, 2), now=IN_APRIL)
        with pytest.raises(rules.TransferPaid):
            called_off(cast, file)
        assert fresh(Statement, owed.id).state is StatementState.PAID

    def test_what_is_called_off_can_not_be_paid(self, cast, owed, file):
        called_off(cast, file)
        with pytest.raises(rules.TransferCalledOff):
            by(cast, "manager", treasury.paid, file.id, date(2026, 4, 2), now=IN_APRIL)
        assert fresh(Statement, owed.id).state is StatementState.APPROVED

    def test_its_statement_may_be_paid_by_other_means(self, cast, owed, file):
        called_off(cast, file)
        by(cast, "manager", treasury.settle, owed.id, date(2026, 4, 2), now=IN_APRIL)
        assert fresh(Statement, owed.id).state is StatementState.PAID

    @pytest.mark.parametrize("why", ["", "  ", "x" * 501])
    def test_without_a_reason_nothing_happens(self, cast, owed, file, why):
        with pytest.raises(rules.CallOffReasonMissing):
            called_off(cast, file, why)
        assert fresh(Statement, owed.id).transfer_id == file.id

    def test_no_number_of_a_person_in_it(self, cast, file):
        with pytest.raises(SocialSecurityNumber):
            called_off(cast, file, "2 55 08 14 168 025 38")

    def test_there_is_no_such_file(self, cast):
        with pytest.raises(rules.NoSuchTransfer):
            by(cast, "manager", treasury.call_off, 9, WHY, now=IN_APRIL)

    def test_only_the_territory_s_managers_do_it(self, cast, file):
        with pytest.raises(ForTheTerritory):
            by(cast, "partner", treasury.call_off, file.id, WHY, now=IN_APRIL)
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["town"]))
        with pytest.raises(OfTheTerritory):
            called_off(cast, file)


class TestPages:
    @pytest.fixture
    def clerk(self, client, cast):
        return sign_in(client, cast.manager)

    def test_from_the_list_to_another_file(self, clerk, cast, owed, file):
        path = f"{PAGE}/virements/{file.id}/annuler"
        assert path in clerk.get(PAGE).get_data(as_text=True)
        shown = clerk.get(path).get_data(as_text=True)
        assert file.message in shown
        assert f"/releves/{owed.id}" in shown
        assert clerk.post(path, data={"reason": WHY}).status_code == 303
        listed = clerk.get(PAGE).get_data(as_text=True)
        assert "Annulé" in listed
        assert f"{PAGE}/virements/{file.id}.xml" not in listed
        assert f"{PAGE}/virements/{file.id}/paye" not in listed
        assert WHY in clerk.get(path).get_data(as_text=True)

    def test_the_file_is_not_fetched_to_be_sent_again(self, clerk, cast, file):
        called_off(cast, file)
        assert clerk.get(f"{PAGE}/virements/{file.id}.xml").status_code == 409

    @pytest.mark.parametrize("why", ["", "x" * 501, "2 55 08 14 168 025 38"])
    def test_what_can_not_be_kept_is_said_on_its_field(self, clerk, owed, file, why):
        answer = clerk.post(f"{PAGE}/virements/{file.id}/annuler", data={"reason": why})
        assert answer.status_code == 422
        assert 'id="reason-fault"' in answer.get_data(as_text=True)
        assert fresh(Statement, owed.id).transfer_id == file.id

    def test_what_is_paid_offers_nothing(self, clerk, cast, file):
        by(cast, "manager", treasury.paid, file.id, date(2026, 4, 2), now=IN_APRIL)
        path = f"{PAGE}/virements/{file.id}/annuler"
        assert path not in clerk.get(PAGE).get_data(as_text=True)
        assert 'name="reason"' not in clerk.get(path).get_data(as_text=True)
        assert clerk.post(path, data={"reason": WHY}).status_code == 409

    def test_there_is_none(self, clerk, cast):
        assert clerk.get(f"{PAGE}/virements/9/annuler").status_code == 404
        assert clerk.post(f"{PAGE}/virements/9/annuler", data={"reason": WHY}).status_code == 404

    @pytest.mark.parametrize("name", ["partner", "mediator", "prescriber", "host"])
    def test_others_open_nothing(self, client, cast, owed, file, name):
        sign_in(client, getattr(cast, name))
        path = f"{PAGE}/virements/{file.id}/annuler"
        assert client.get(path).status_code == 403
        assert client.post(path, data={"reason": WHY}).status_code == 403
        assert fresh(Statement, owed.id).transfer_id == file.id

    def test_a_manager_of_one_structure_opens_nothing(self, client, cast, file):
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
        sign_in(client, cast.manager)
        assert client.get(f"{PAGE}/virements/{file.id}/annuler").status_code == 403


@pytest.mark.long
def test_paid_or_called_off_by_forty_clerks_it_is_one_of_both(cast, database, file):
    [got] = race(database.url, billing.raced_end_of_file, [(file.id, cast.ids["manager"])])
    kept = fresh(Transfer, file.id)
    refused = "TransferPaid" if kept.paid_on else "TransferCalledOff"
    assert set(got) == {"done", refused}
    assert got.count("done") == RACERS // 2
    assert db.session.scalar(select(func.count()).select_from(Statement).where(Statement.transfer_id.is_(None))) == (
        1 if kept.called_off_at else 0
    )
    db.session.rollback()
    files_hold()
