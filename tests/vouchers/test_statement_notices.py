"""Partners are told what they are owed and when it is paid, managers of the territory of a dispute: each once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import Account
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message
from foundation.outbox.service import is_still_wanted
from tests.cast import sign_in
from tests.vouchers.billing import (
    APRIL,
    IN_APRIL,
    IN_MAY,
    OTHER_IBAN,
    approved,
    by,
    lessons,
    purse,
    stated,
    trainer,
    transfer,
    undone,
    with_accounts,
)
from tests.vouchers.given import partner
from tests.workshops.given import count
from vouchers.models import Partner, PartnerKind, Statement
from vouchers.rules import statements as rules
from vouchers.service import statements, treasury

CONTACT = "compta@lesclics.example"
pytestmark = pytest.mark.usefixtures("april")


@pytest.fixture
def school(cast):
    made = trainer(cast)
    tell(made, CONTACT)
    return made


def tell(partner_id, email):
    with transaction():
        kept = db.session.get_one(Partner, partner_id)
        kept.contact_email, kept.contact_name = email, "Nora" if email else ""


def messages(kind):
    """The messages of a kind, in the order in which they were written."""
    query = select(Message).where(Message.key.like(f"%:{kind}:%")).order_by(Message.id)
    found = db.session.scalars(query.execution_options(populate_existing=True)).all()
    db.session.rollback()
    return found


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def disputed(cast, march, now=IN_APRIL):
    return by(cast, "partner", statements.dispute, march.id, "Une séance manque.", now=now)


class TestIssued:
    def test_the_contact_reads_how_much_where_and_until_when_to_dispute(self, march):
        (told,) = messages("issued")
        assert (told.recipient, told.locale) == (CONTACT, "fr")
        assert plain(told.subject) == "Votre relevé n° 1, mars 2026 : 30,00 €"
        body = plain(told.body)
        for part in ("Bonjour Nora,", "La ville vous doit 30,00 €.", f"/releves/{march.id}", "samedi 2 mai"):
            assert part in body

    def test_issued_again_nothing_more_is_told(self, school, march):
        stated(school)
        assert len(messages("issued")) == 1

    def test_what_was_not_issued_is_told_to_nobody(self, school):
        with pytest.raises(rules.NothingToState):
            stated(school)
        assert count(Message) == 0

    def test_without_contact_those_at_the_counter_are_told(self, cast, school):
        tell(school, "")
        lessons(purse(cast), school, 1)
        stated(school)
        assert [one.recipient for one in messages("issued")] == [cast.partner.email]

    def test_with_neither_nobody_is_and_the_statement_is_issued(self, cast):
        other = partner(cast, PartnerKind.TRAINING, "town")
        lessons(purse(cast), other, 1)
        stated(other)
        assert (count(Statement), count(Message)) == (1, 0)

    def test_in_the_language_of_the_account_with_this_address(self, cast, school):
        in_transaction(lambda: setattr(db.session.get_one(Account, cast.ids["partner"]), "locale", "en"))
        tell(school, cast.partner.email.upper())
        lessons(purse(cast), school, 1)
        stated(school)
        (told,) = messages("issued")
        assert plain(told.subject).startswith("Your statement no. 1, March 2026:")
        assert "The town owes you" in told.body

    def test_what_is_owed_to_the_town_is_said_so(self, cast, school):
        (gone,) = lessons(purse(cast), school, 2)
        stated(school)
        undone(gone, IN_APRIL)
        stated(school, APRIL, IN_MAY)
        assert "20,00 € seront déduits des prochains paiements." in plain(messages("issued")[-1].body)
        assert "vous doit" not in messages("issued")[-1].body

    def test_no_resident_and_no_code_is_in_it(self, cast, school):
        voucher = purse(cast)
        lessons(voucher, school, 1)
        stated(school)
        (told,) = messages("issued")
        assert voucher.code not in told.body
        assert "Ada" not in told.body


class TestDisputed:
    def test_managers_of_the_whole_territory_are_told(self, cast, march):
        disputed(cast, march)
        told = messages("disputed")
        assert cast.manager.email in [one.recipient for one in told]
        assert f"/releves/{march.id}" in told[0].body
        assert "Un relevé est contesté" in told[0].subject

    def test_managers_of_one_structure_are_not(self, cast, march):
        in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
        disputed(cast, march)
        assert cast.manager.email not in [one.recipient for one in messages("disputed")]

    def test_once_it_is_answered_nobody_needs_to_know(self, cast, march):
        disputed(cast, march)
        assert is_still_wanted(messages("disputed")[0])
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL, answer="Elle y est.")
        assert not is_still_wanted(messages("disputed")[0])
        assert is_still_wanted(messages("issued")[0])


class TestAnswered:
    def test_the_partner_is_told_the_answer_once(self, cast, march):
        disputed(cast, march)
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL, answer="Elle est sur le relevé d’avril.")
        with pytest.raises(rules.NotApprovable):
            by(cast, "manager", statements.approve, march.id, now=IN_APRIL, answer="Encore")
        (told,) = messages("answered")
        assert told.recipient == CONTACT
        assert "Elle est sur le relevé d’avril." in told.body
        assert f"/releves/{march.id}" in told.body
        assert is_still_wanted(told)

    def test_without_dispute_nothing_is_answered(self, cast, march):
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL)
        assert messages("answered") == []


class TestUntilWhen:
    def test_on_the_thirtieth_day_it_can_be_disputed(self, cast, march):
        assert disputed(cast, march, IN_APRIL + timedelta(days=30)).disputed_reason

    def test_a_day_later_it_can_not_and_nobody_is_told(self, cast, march):
        with pytest.raises(rules.DisputeTooLate):
            disputed(cast, march, IN_APRIL + timedelta(days=31))
        assert messages("disputed") == []

    def test_the_page_says_until_when_and_offers_it_no_longer(self, client, cast, march):
        sign_in(client, cast.partner)
        assert "samedi 2 mai" in plain(client.get(f"/releves/{march.id}").get_data(as_text=True))
        with time_machine.travel(IN_APRIL + timedelta(days=31), tick=False):
            sign_in(client, cast.partner)
            assert "/contester" not in client.get(f"/releves/{march.id}").get_data(as_text=True)
            assert client.post(f"/releves/{march.id}/contester", data={"reason": "Trop tard"}).status_code == 409


class TestPaid:
    def test_a_file_tells_each_partner_once_of_all_its_statements(self, cast, school):
        other = partner(cast, PartnerKind.TRAINING, "town")
        tell(other, "autre@example.org")
        voucher = purse(cast)
        lessons(voucher, school, 1, 2)
        lessons(voucher, other, 1)
        approved(cast, other)
        approved(cast, school)
        lessons(voucher, school, 3, now=IN_APRIL)
        approved(cast, school, APRIL, IN_MAY)
        with_accounts(cast, school)
        with_accounts(cast, other)
        with time_machine.travel(IN_MAY, tick=False):
            made = transfer(cast, now=IN_MAY)
            assert messages("paid") == []
            for _ in "ab":
                by(cast, "manager", treasury.paid, made.id, IN_MAY.date(), now=IN_MAY)
        told = {one.recipient: one for one in messages("paid")}
        assert set(told) == {CONTACT, "autre@example.org"}
        assert plain(told[CONTACT].subject) == "La ville vous a payé 60,00 €"
        for line in ("- n° 1, mars 2026 : 30,00 €\n", "- n° 2, avril 2026 : 30,00 €\n"):
            assert line in plain(told[CONTACT].body)
        assert OTHER_IBAN not in told[CONTACT].body

    def test_paid_by_other_means_it_is_told_too(self, cast, march):
        by(cast, "manager", statements.approve, march.id, now=IN_APRIL)
        by(cast, "manager", treasury.settle, march.id, date(2026, 4, 2), now=IN_APRIL)
        (told,) = messages("paid")
        assert "jeudi 2 avril" in plain(told.body)

    def test_what_the_partner_gave_back_is_settled(self, cast, school):
        (gone,) = lessons(purse(cast), school, 2)
        stated(school)
        undone(gone, IN_APRIL)
        with time_machine.travel(IN_MAY, tick=False):
            april = approved(cast, school, APRIL, IN_MAY)
            by(cast, "manager", treasury.settle, april.id, IN_MAY.date(), now=IN_MAY)
        (told,) = messages("paid")
        assert plain(told.subject) == "Votre relevé n° 2, avril 2026 est soldé"
