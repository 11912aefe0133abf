"""Cards: one that counts per person, its number, its proof, and what becomes of its vouchers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.audit import history
from foundation.db import db, in_transaction, transaction
from foundation.forbidden import AccountNumber, SocialSecurityNumber
from people import service as people
from tests.cast import NOW, TODAY
from tests.vouchers.given import (
    FIRST,
    TRAINING,
    YEAR_END,
    act,
    amounts,
    campaign,
    card,
    category,
    fresh,
    handed,
    issued,
    ledger,
    paid,
    partner,
    person,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import (
    Campaign,
    Card,
    CardCategory,
    CardEvent,
    CardEventKind,
    CardState,
    DeviceKind,
    MovementKind,
    Redemption,
    Voucher,
    VoucherState,
)
from vouchers.rules import cards as rules
from vouchers.rules.cards import NewCard
from vouchers.rules.codes import read_card_number
from vouchers.rules.eligibility import Claim
from vouchers.rules.refusals import ReasonMissing
from vouchers.rules.states import Device
from vouchers.service import cards, issuing, undoing


def kinds(card_id):
    found = db.session.scalars(select(CardEvent.kind).where(CardEvent.card_id == card_id).order_by(CardEvent.id)).all()
    db.session.rollback()
    return found


class TestGiving:
    def test_a_number_that_checks_and_a_proof_that_was_only_seen(self, cast, by):
        made = card(cast, cast.ids["resident"], proof_seen_on=TODAY, household=" 77 ", former_number="A-12")
        assert read_card_number(made.number) == made.number
        assert (made.state, made.person_id) == (CardState.LIVE, cast.ids["resident"])
        assert (made.proof_seen_by_id, made.proof_seen_on) == (by, TODAY)
        assert (made.household, made.former_number) == ("77", "A-12")
        assert kinds(made.id) == [CardEventKind.CREATED]

    def test_without_proof_nobody_saw_one(self, cast):
        made = card(cast)
        assert (made.proof_seen_by_id, made.proof_seen_on) == (None, None)

    def test_an_import_is_told_as_one(self, cast):
        wanted = NewCard(person(), category(), FIRST, YEAR_END)
        made = in_transaction(lambda: cards.create(wanted, None, now=NOW, kind=CardEventKind.IMPORTED))
        assert kinds(made.id) == [CardEventKind.IMPORTED]

    def test_nobody_gets_a_second_one(self, cast):
        first = card(cast)
        with pytest.raises(rules.HasACard):
            card(cast, first.person_id)
        assert count(Card) == 1

    def test_not_while_one_is_lost_either(self, cast, by):
        """It is replaced, so that what was on it follows."""
        first = card(cast)
        act(cards.lose, first.id, by=by)
        with pytest.raises(rules.HasACard):
            card(cast, first.person_id)

    def test_after_the_end_of_one_there_may_be_another(self, cast, by):
        first = card(cast)
        act(cards.end, first.id, "Parti", by=by)
        assert card(cast, first.person_id).id != first.id

    def test_the_database_refuses_two_even_when_the_verb_is_passed_by(self, cast):
        first = card(cast)
        with pytest.raises(rules.HasACard), transaction():
            db.session.add(
                Card(person_id=first.person_id, number="222222222", category_id=category(), valid_from=FIRST,
                     valid_until=YEAR_END, created_at=NOW)
            )  # fmt: skip
        assert count(Card) == 1

    def test_unknown_people_get_none(self, cast):
        with pytest.raises(rules.NoSuchHolder):
            card(cast, 4242)

    def test_a_record_that_was_joined_to_another_gets_none(self, cast):
        kept, gone = person(), person()
        with transaction():
            people.merge(kept, gone, None)
        with pytest.raises(rules.NoSuchHolder):
            card(cast, gone)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"valid_until": FIRST - timedelta(1)}, rules.BadValidity),
            ({"valid_until": FIRST + timedelta(3 * 366 + 1)}, rules.BadValidity),
            ({"proof_seen_on": TODAY + timedelta(1)}, rules.ProofInFuture),
            ({"household": "x" * 41}, rules.KeyTooLong),
            ({"household": "269054958815780"}, SocialSecurityNumber),
            ({"former_number": "FR7630006000011234567890189"}, AccountNumber),
            ({"former_number": "x" * 41}, rules.KeyTooLong),
            ({"category_id": 4242}, rules.NoSuchCategory),
        ],
    )
    def test_what_can_not_be_leaves_nothing_behind(self, cast, changes, refusal):
        with pytest.raises(refusal):
            card(cast, **changes)
        assert count(Card) == count(CardEvent) == 0

    def test_a_category_out_of_use_is_not_given(self, cast):
        old = category("Ancienne")
        with transaction():
            db.session.get_one(CardCategory, old).active = False
        with pytest.raises(rules.NoSuchCategory):
            card(cast, category_id=old)


class TestRenewing:
    def test_the_number_stays_and_the_proof_is_seen_again(self, cast, by):
        made = card(cast)
        other = category("Étudiant")
        later = YEAR_END + timedelta(365)
        done = act(cards.renew, made.id, later, by=by, proof_seen_on=TODAY, category_id=other)
        assert (done.number, done.valid_until, done.category_id) == (made.number, later, other)
        assert (done.proof_seen_by_id, done.proof_seen_on) == (by, TODAY)
        assert kinds(made.id)[-1] is CardEventKind.RENEWED

    @pytest.mark.parametrize(("until", "proof", "refusal"), [
        (TODAY - timedelta(1), None, rules.BadValidity), (TODAY + timedelta(1200), None, rules.BadValidity),
        (YEAR_END, TODAY + timedelta(1), rules.ProofInFuture),
    ])  # fmt: skip
    def test_to_a_day_that_makes_sense(self, cast, by, until, proof, refusal):
        made = card(cast)
        with pytest.raises(refusal):
            act(cards.renew, made.id, until, by=by, proof_seen_on=proof)
        assert fresh(Card, made.id).valid_until == YEAR_END


class TestStopping:
    def test_suspended_and_back(self, cast, by):
        made = card(cast)
        for _ in "ab":
            assert act(cards.suspend, made.id, "Dossier", by=by).state is CardState.SUSPENDED
        assert act(cards.resume, made.id, by=by).state is CardState.LIVE
        assert kinds(made.id) == [CardEventKind.CREATED, CardEventKind.SUSPENDED, CardEventKind.RESUMED]

    def test_who_and_why_are_kept_and_the_audit_names_nobody(self, cast, by):
        made = card(cast)
        act(cards.suspend, made.id, "  Dossier à revoir ", by=by)
        event = db.session.scalars(select(CardEvent).order_by(CardEvent.id.desc())).first()
        assert (event.actor_id, event.reason, event.at) == (by, "Dossier à revoir", NOW)
        assert history(made.reference)[0].action == "card.suspended"

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
    def test_not_without_a_reason(self, cast, by, reason):
        made = card(cast)
        with pytest.raises(ReasonMissing):
            act(cards.suspend, made.id, reason, by=by)

    def test_no_social_security_number_in_a_reason(self, cast, by):
        made = card(cast)
        with pytest.raises(SocialSecurityNumber):
            act(cards.suspend, made.id, "2 55 08 14 168 025 38", by=by)

    @pytest.mark.parametrize("verb", [cards.lose, cards.end])
    def test_what_is_over_does_not_come_back(self, cast, by, verb):
        made = card(cast)
        act(verb, made.id, *(["Parti"] if verb is cards.end else []), by=by)
        for again, rest in ((cards.resume, []), (cards.suspend, ["x"]), (cards.renew, [YEAR_END])):
            with pytest.raises(rules.CardIsOver):
                act(again, made.id, *rest, by=by)

    def test_a_lost_one_can_be_ended(self, cast, by):
        made = card(cast)
        act(cards.lose, made.id, by=by)
        assert act(cards.end, made.id, "Parti", by=by).state is CardState.ENDED

    @pytest.mark.parametrize("lost", [False, True])
    def test_what_is_left_on_an_ended_one_goes_back_to_the_budgets(self, cast, by, lost):
        made, till = card(cast), partner(cast)
        first, second = campaign(cast).id, campaign(cast, TRAINING).id
        spent, waits = handed(cast, first, made.id), issued(cast, second, made.id)
        kept = paid(spent.code, till, Device(5_000, DeviceKind.PHONE, "P"))
        if lost:
            act(cards.lose, made.id, by=by)
        for _ in "ab":
            act(cards.end, made.id, "Parti", by=by)
        assert amounts(spent.id) == (0, 3_000, 7_000, 0)
        assert amounts(waits.id) == (0, 0, 10_000, 0)
        assert {fresh(Voucher, one.id).state for one in (spent, waits)} == {VoucherState.CANCELLED}
        assert (fresh(Campaign, first).left_cents, fresh(Campaign, second).left_cents) == (97_000, 100_000)
        assert fresh(Redemption, kept.id).undone_at is None
        sums_hold()

    def test_of_another_structure_too(self, cast, by):
        made = card(cast)
        chosen = campaign(cast, structure_id=cast.ids["association"]).id
        theirs = act(issuing.issue, chosen, made.id, Claim(), by=cast.ids["other_mediator"])
        act(cards.end, made.id, "Parti", by=by)
        assert amounts(theirs.id) == (0, 0, 10_000, 0)

    def test_a_new_card_gets_what_was_never_used_anew(self, cast, by):
        made, chosen = card(cast), campaign(cast).id
        handed(cast, chosen, made.id)
        act(cards.end, made.id, "Erreur", by=by)
        again = handed(cast, chosen, card(cast, made.person_id).id)
        assert paid(again.code, partner(cast)).amount_cents == 10_000
        sums_hold()

    def test_a_payment_undone_since_goes_to_the_budget(self, cast, by):
        made = card(cast)
        voucher = handed(cast, campaign(cast).id, made.id)
        payment = paid(voucher.code, partner(cast))
        act(cards.end, made.id, "Parti", by=by)
        act(undoing.undo, payment.id, "Rendu", by=by)
        assert amounts(voucher.id) == (0, 0, 10_000, 0)
        assert ledger(voucher.id)[-2:] == [(MovementKind.UNDONE, 10_000), (MovementKind.CANCELLED, 10_000)]
        assert fresh(Campaign, voucher.campaign_id).left_cents == 100_000
        sums_hold()

    def test_an_unknown_one_is_unknown(self, cast, by):
        with pytest.raises(rules.NoSuchCard):
            act(cards.lose, 4242, by=by)


class TestReplacing:
    def test_the_balance_follows_and_the_old_number_is_dead(self, cast, by):
        made = card(cast, household="77")
        voucher = handed(cast, campaign(cast).id, made.id)
        act(cards.lose, made.id, by=by)
        new = act(cards.replace, made.id, by=by, reason="Perdue au marché")
        assert (new.number != made.number, new.household, new.state) == (True, "77", CardState.LIVE)
        assert fresh(Card, made.id).state is CardState.REPLACED
        assert fresh(Voucher, voucher.id).card_id == new.id
        assert paid(voucher.code, partner(cast)).amount_cents == 10_000
        sums_hold()

    def test_twice_gives_the_same_new_one(self, cast, by):
        made = card(cast)
        assert len({act(cards.replace, made.id, by=by).id for _ in "abc"}) == 1
        assert count(Card) == 2

    def test_a_suspended_one_stays_suspended(self, cast, by):
        made = card(cast)
        act(cards.suspend, made.id, "Dossier", by=by)
        assert act(cards.replace, made.id, by=by).state is CardState.SUSPENDED

    def test_an_ended_one_is_not_replaced(self, cast, by):
        made = card(cast)
        act(cards.end, made.id, "Parti", by=by)
        with pytest.raises(rules.CardIsOver):
            act(cards.replace, made.id, by=by)
