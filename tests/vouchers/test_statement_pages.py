"""Statements on pages and in files: whose they are, disputing, approving, and what partners and books get."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import openpyxl
import pikepdf
import pytest
import time_machine

from foundation import audit
from foundation.db import in_transaction
from tests.cast import NOW, sign_in
from tests.counting import statements as counted
from tests.vouchers.billing import APRIL, IN_APRIL, IN_MAY, approved, by, lessons, purse, stated, undone
from tests.vouchers.given import fresh, partner
from tests.workshops.given import count
from vouchers.models import PartnerKind, Statement, StatementState
from vouchers.queries.statements import disputed
from vouchers.rules import statements as rules
from vouchers.service import statements, treasury
from vouchers.views.statements import paper

LIST = "/releves"
pytestmark = pytest.mark.usefixtures("april")


@pytest.fixture
def at_till(client, cast):
    return sign_in(client, cast.partner)


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def plain(text):
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", text))


class TestWhose:
    def test_a_partner_sees_its_own(self, at_till, march):
        assert "30,00 €" in plain(page(at_till, LIST))
        shown = plain(page(at_till, f"{LIST}/{march.id}"))
        assert "Relevé n° 1, mars 2026" in shown
        assert "30,00 €" in shown
        assert "Approuver" not in shown

    def test_the_menu_leads_there(self, at_till, march):
        assert "/releves/mes-releves" in page(at_till, LIST)
        assert at_till.get(f"{LIST}/mes-releves").location == LIST

    def test_another_partner_s_is_as_if_there_were_none(self, at_till, cast, school):
        other = partner(cast, PartnerKind.TRAINING, "town")
        lessons(purse(cast), other, 3)
        theirs = stated(other)
        assert "30,00" not in plain(page(at_till, LIST))
        for ending in ("", ".pdf", ".csv", ".xlsx"):
            page(at_till, f"{LIST}/{theirs.id}{ending}", 404)
        data = {"reason": "Ce n’est pas à moi"}
        assert at_till.post(f"{LIST}/{theirs.id}/contester", data=data).status_code == 404
        assert fresh(Statement, theirs.id).state is StatementState.ISSUED

    def test_a_manager_of_one_structure_sees_none(self, client, cast, march):
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
        sign_in(client, cast.manager)
        assert "30,00" not in plain(page(client, LIST))
        page(client, f"{LIST}/{march.id}", 404)
        assert client.post(f"{LIST}/{march.id}/approuver").status_code == 404

    @pytest.mark.parametrize("name", ["mediator", "prescriber", "host"])
    def test_others_open_nothing(self, client, cast, march, name):
        sign_in(client, getattr(cast, name))
        for path in (LIST, f"{LIST}/{march.id}", f"{LIST}/{march.id}.pdf"):
            page(client, path, 403)

    def test_a_partner_neither_approves_nor_pays(self, at_till, march):
        for act in ("approuver", "payer"):
            assert at_till.post(f"{LIST}/{march.id}/{act}", data={"paid_on": "2026-04-02"}).status_code == 403
        assert fresh(Statement, march.id).state is StatementState.ISSUED


class TestDispute:
    def test_it_says_why_and_the_town_sees_it(self, client, cast, march):
        sign_in(client, cast.partner)
        assert client.post(f"{LIST}/{march.id}/contester", data={"reason": " Une séance manque. "}).status_code == 303
        kept = fresh(Statement, march.id)
        assert (kept.state, kept.disputed_reason) == (StatementState.DISPUTED, "Une séance manque.")
        assert disputed(cast.manager) == 1
        sign_in(client, cast.manager)
        assert "Une séance manque." in page(client, f"{LIST}/{march.id}")
        assert "mars 2026" in page(client, f"{LIST}?etat=disputed").lower()
        assert "mars 2026" not in page(client, f"{LIST}?etat=paid").lower()

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "FR14 2004 1010 0505 0001 3M02 606"])
    def test_without_a_reason_that_may_be_kept_nothing_happens(self, at_till, march, reason):
        assert at_till.post(f"{LIST}/{march.id}/contester", data={"reason": reason}).status_code == 422
        assert fresh(Statement, march.id).state is StatementState.ISSUED

    def test_what_is_approved_can_not_be_disputed(self, cast, school, march):
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL)
        with pytest.raises(rules.NotDisputable):
            by(cast, "partner", statements.dispute, march.id, "Trop tard", now=IN_APRIL)

    def test_only_the_partner_disputes(self, cast, march):
        with pytest.raises(rules.NoSuchStatement):
            by(cast, "manager", statements.dispute, march.id, "Pas à moi", now=IN_APRIL)


class TestApprove:
    @pytest.mark.parametrize("disputed_before", [True, False])
    def test_the_town_agrees_to_pay(self, client, cast, march, disputed_before):
        if disputed_before:
            by(cast, "partner", statements.dispute, march.id, "Une séance manque.", now=IN_APRIL)
        sign_in(client, cast.manager)
        sent = {"answer": "Elle est sur le relevé d’avril."} if disputed_before else {}
        assert client.post(f"{LIST}/{march.id}/approuver", data=sent).status_code == 303
        kept = fresh(Statement, march.id)
        assert (kept.state, kept.approved_at, kept.approved_by_id) == (
            StatementState.APPROVED, IN_APRIL, cast.ids["manager"],
        )  # fmt: skip
        assert audit.history(march.reference)[0].action == "statement.approved"

    def test_twice_is_said_and_changes_nothing(self, manager, march):
        manager.post(f"{LIST}/{march.id}/approuver")
        assert manager.post(f"{LIST}/{march.id}/approuver").status_code == 409

    @pytest.mark.parametrize("answer", ["", "  ", "x" * 501, "FR14 2004 1010 0505 0001 3M02 606"])
    def test_what_is_disputed_is_not_approved_without_an_answer(self, client, cast, march, answer):
        by(cast, "partner", statements.dispute, march.id, "Une séance manque.", now=IN_APRIL)
        sign_in(client, cast.manager)
        shown = client.post(f"{LIST}/{march.id}/approuver", data={"answer": answer})
        assert shown.status_code == 422
        assert 'id="answer-fault"' in shown.text
        assert fresh(Statement, march.id).state is StatementState.DISPUTED

    def test_the_answer_is_kept_and_the_partner_reads_it(self, client, cast, march):
        by(cast, "partner", statements.dispute, march.id, "Une séance manque.", now=IN_APRIL)
        sign_in(client, cast.manager)
        assert "Votre réponse au partenaire" in page(client, f"{LIST}/{march.id}")
        client.post(f"{LIST}/{march.id}/approuver", data={"answer": " Elle est sur le relevé d’avril. "})
        assert fresh(Statement, march.id).answer == "Elle est sur le relevé d’avril."
        sign_in(client, cast.partner)
        shown = plain(page(client, f"{LIST}/{march.id}"))
        assert "Réponse de la ville Elle est sur le relevé d’avril." in shown

    def test_what_nobody_disputed_needs_no_answer_and_keeps_none(self, manager, march):
        assert "Votre réponse" not in page(manager, f"{LIST}/{march.id}")
        manager.post(f"{LIST}/{march.id}/approuver", data={"answer": "Sans objet"})
        assert fresh(Statement, march.id).answer == ""

    def test_what_was_undone_since_is_marked_for_both_and_approving_says_so(self, client, cast, school):
        first, _second = lessons(purse(cast), school, 1, 2)
        march = stated(school)
        undone(first, IN_APRIL)
        mark, whole = "Annulé le jeudi 2 avril 2026, déduit du relevé suivant (avril 2026)", "1 paiement de ce relevé"
        for who in (cast.partner, cast.manager):
            shown = plain(page(sign_in(client, who), f"{LIST}/{march.id}"))
            assert mark in shown
            assert whole in shown
        assert mark in plain(page(client, f"{LIST}/{march.id}.csv"))
        client.post(f"{LIST}/{march.id}/approuver")
        said = plain(page(client, f"{LIST}/{march.id}"))
        assert "1 paiement de ce relevé a été annulé depuis (10,00 €)." in said.partition("trésorerie.")[2]
        assert fresh(Statement, march.id).total_cents == 3_000

    def test_what_was_not_undone_has_no_mark(self, manager, march):
        assert "annulé depuis" not in plain(page(manager, f"{LIST}/{march.id}"))

    def test_there_is_none_to_approve(self, manager, cast):
        assert manager.post(f"{LIST}/999/approuver").status_code == 404


class TestPaidByOtherMeans:
    def test_it_is_noted_with_its_day(self, manager, cast, school, march):
        manager.post(f"{LIST}/{march.id}/approuver")
        assert manager.post(f"{LIST}/{march.id}/payer", data={"paid_on": "2026-04-02"}).status_code == 303
        kept = fresh(Statement, march.id)
        assert (kept.state, kept.paid_on) == (StatementState.PAID, date(2026, 4, 2))

    @pytest.mark.parametrize("day", ["2026-04-03", "2026-04-01", "", "hier"])
    def test_not_before_it_was_approved_and_not_tomorrow(self, manager, march, day):
        manager.post(f"{LIST}/{march.id}/approuver")
        assert manager.post(f"{LIST}/{march.id}/payer", data={"paid_on": day}).status_code == 422
        assert fresh(Statement, march.id).state is StatementState.APPROVED

    def test_what_is_not_approved_or_paid_already_is_not_paid(self, cast, march):
        with pytest.raises(rules.NotPayable):
            by(cast, "manager", treasury.settle, march.id, date(2026, 4, 2), now=IN_APRIL)
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL)
        by(cast, "manager", treasury.settle, march.id, date(2026, 4, 2), now=IN_APRIL)
        with pytest.raises(rules.NotPayable):
            by(cast, "manager", treasury.settle, march.id, date(2026, 4, 2), now=IN_APRIL)


class TestFiles:
    def test_the_table_has_each_line_and_comes_to_the_total(self, at_till, march):
        answer = at_till.get(f"{LIST}/{march.id}.csv")
        assert 'filename="releve-1-les-clics-solidaires-2026-03.csv"' in answer.headers["Content-Disposition"]
        _header, *rows, total = csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")), delimiter=";")
        assert [row[10] for row in rows] == ["10,00", "20,00"]
        assert [row[3] for row in rows] == ["2026-03-10", "2026-03-10"]
        assert (total[1], total[10]) == ("Total", "30,00")
        assert {len(row) for row in (_header, *rows, total)} == {15}
        assert {tuple(row[12:]) for row in (*rows, total)} == {("Les Clics solidaires", "", "")}
        assert _header[12:] == ["Partenaire", "SIRET", "Annulé depuis"]

    def test_in_the_spreadsheet_days_are_days_and_the_total_is_there(self, at_till, march):
        sheet = openpyxl.load_workbook(io.BytesIO(at_till.get(f"{LIST}/{march.id}.xlsx").get_data())).active
        assert [sheet.cell(row, 4).value.date() for row in (2, 3)] == [date(2026, 3, 10)] * 2
        assert sheet.cell(2, 4).number_format == "dd/mm/yyyy"
        assert (sheet.cell(4, 2).value, sheet.cell(4, 11).value) == ("Total", 30)

    def test_what_is_taken_back_is_negative_and_a_number(self, client, cast, school):
        (only,) = lessons(purse(cast), school, 2)
        stated(school)
        undone(only, IN_APRIL)
        with time_machine.travel(IN_MAY, tick=False):
            april = stated(school, APRIL, IN_MAY)
            sign_in(client, cast.partner)
            text = client.get(f"{LIST}/{april.id}.csv").get_data(as_text=True)
            assert ";-20,00;Séance annulée" in text
            book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}/{april.id}.xlsx").get_data()))
            assert book.active.cell(2, 11).value == -20
            assert "-20,00 €" in plain(page(client, f"{LIST}/{april.id}"))

    def test_the_paper_is_the_same_whenever_it_is_printed(self, client, cast, march):
        sign_in(client, cast.partner)
        first = client.get(f"{LIST}/{march.id}.pdf").get_data()
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL)
        assert client.get(f"{LIST}/{march.id}.pdf").get_data() == first
        with pikepdf.open(io.BytesIO(first)) as document:
            assert len(document.pages) == 1
            assert str(document.docinfo["/Title"]) == "Relevé n° 1, mars 2026"

    def test_a_long_one_tells_its_sums_on_paper(self, at_till, march, monkeypatch):
        monkeypatch.setattr(paper, "LONGEST", 1)
        assert at_till.get(f"{LIST}/{march.id}.pdf").status_code == 200


def test_a_long_statement_is_shown_a_page_at_a_time(at_till, cast, school, monkeypatch):
    monkeypatch.setattr("vouchers.views.statements.blueprint.LINES", 2)
    lessons(purse(cast), school, 1, 1, 1)
    made = stated(school)
    first, second = page(at_till, f"{LIST}/{made.id}"), page(at_till, f"{LIST}/{made.id}?page=2")
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_a_page_asks_no_more_for_more_lines(at_till, cast, school):
    lessons(purse(cast), school, 1)
    few = stated(school)
    lessons(purse(cast), school, *[1] * 9, now=IN_APRIL)
    with time_machine.travel(IN_MAY, tick=False):
        many = stated(school, APRIL, IN_MAY)
    with counted() as one:
        page(at_till, f"{LIST}/{few.id}")
    with counted() as nine:
        page(at_till, f"{LIST}/{many.id}")
    assert len(nine) == len(one)


def test_nothing_to_see_is_said(at_till, manager, cast):
    assert "Aucun relevé" in page(at_till, LIST)
    assert count(Statement) == 0
    page(at_till, f"{LIST}/1", 404)
    page(at_till, f"{LIST}?etat=odd&page=x")


def test_what_is_approved_stays_what_it_came_to(cast, school):
    voucher = purse(cast)
    (only,) = lessons(voucher, school, 1)
    made = approved(cast, school)
    undone(only, NOW.replace(month=4, day=20))
    assert fresh(Statement, made.id).total_cents == 1_000
