"""Cards, vouchers and payments of people whose records are joined, parted, exported or forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db, in_transaction, transaction
from people import service as people
from people.models import Person
from tests.cast import NOW, sign_in
from tests.vouchers.given import (
    FIRST,
    TRAINING,
    YEAR_END,
    act,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    issued,
    ledger,
    lesson,
    paid,
    partner,
    person,
    sums_hold,
)
from vouchers.models import Campaign, Card, CardEvent, CardState, MovementKind, PartnerKind, Voucher, VoucherState
from vouchers.rules import cards as rules
from vouchers.service import cards, undoing


def merged(kept_id: int, gone_id: int, by: int) -> int:
    """The number of the merge."""
    return in_transaction(lambda: people.merge(kept_id, gone_id, by).id)


def parted(merge_id: int, by: int) -> None:
    in_transaction(lambda: people.undo_merge(merge_id, by))


def erased(person_id: int, by: int) -> None:
    in_transaction(lambda: people.erase(person_id, by))


def holders_agree() -> None:
    """Every voucher is whose its card is."""
    db.session.rollback()
    apart = select(Voucher.id).join(Card, Card.id == Voucher.card_id).where(Card.person_id != Voucher.person_id)
    assert list(db.session.scalars(apart)) == []
    db.session.rollback()


class TestJoined:
    def test_two_records_with_a_card_each_are_not_joined_before_one_ends(self, cast, by):
        kept, gone = card(cast), card(cast)
        with pytest.raises(rules.HasACard):
            merged(kept.person_id, gone.person_id, by)
        assert fresh(Card, gone.id).person_id == gone.person_id
        assert fresh(Person, gone.person_id).merged_into_id is None
        act(cards.end, gone.id, "Doublon", by=by)
        merged(kept.person_id, gone.person_id, by)
        assert fresh(Card, gone.id).person_id == kept.person_id

    def test_the_page_says_what_to_do_about_two_cards(self, client, cast, by):
        kept, gone = card(cast), card(cast)
        visitor = sign_in(client, cast.manager)
        where = f"/equipe/habitants/{kept.person_id}/doublons/{gone.person_id}"
        answer = visitor.post(where, data={"kept": str(kept.person_id)})
        assert answer.status_code == 409
        assert "déjà une carte" in answer.get_data(as_text=True)

    def test_vouchers_follow_when_records_are_joined(self, cast, by):
        voucher, kept = handed(cast, campaign(cast).id), person()
        merged(kept, voucher.person_id, by)
        assert fresh(Voucher, voucher.id).person_id == kept
        assert fresh(Card, voucher.card_id).person_id == kept
        assert paid(voucher.code, partner(cast)).amount_cents == 10_000

    def test_what_each_paid_stays_as_it_was(self, cast, by):
        """A double had a card of its own, which was ended: what was left on it is in the budget, its payments stay."""
        chosen, till = campaign(cast, TRAINING).id, partner(cast, PartnerKind.TRAINING)
        mine, double = (handed(cast, chosen) for _one in range(2))
        paid(double.code, till, lesson(3))
        act(cards.end, double.card_id, "Doublon", by=by)
        merged(mine.person_id, double.person_id, by)
        assert (amounts(mine.id), amounts(double.id)) == ((10_000, 0, 0, 0), (0, 3_000, 7_000, 0))
        holders_agree()
        sums_hold()

    def test_a_lost_card_and_a_live_one_are_joined_and_the_lost_one_is_not_replaced(self, cast, by):
        kept, gone = card(cast), card(cast)
        act(cards.lose, gone.id, by=by)
        merged(kept.person_id, gone.person_id, by)
        with pytest.raises(rules.HasACard):
            act(cards.replace, gone.id, by=by)
        assert fresh(Card, gone.id).state is CardState.LOST


class TestParted:
    def test_all_goes_back_to_whom_it_came_from(self, cast, by):
        voucher, kept = handed(cast, campaign(cast).id), person()
        parted(merged(kept, voucher.person_id, by), by)
        assert fresh(Voucher, voucher.id).person_id == voucher.person_id
        assert fresh(Card, voucher.card_id).person_id == voucher.person_id

    def test_what_was_issued_on_a_card_since_goes_with_it(self, cast, by):
        made, kept = card(cast), person()
        merge = merged(kept, made.person_id, by)
        since = issued(cast, campaign(cast).id, made.id)
        assert since.person_id == kept
        parted(merge, by)
        assert fresh(Voucher, since.id).person_id == made.person_id
        holders_agree()

    def test_cards_that_replaced_it_since_go_with_it_and_so_do_their_vouchers(self, cast, by):
        voucher, kept = handed(cast, campaign(cast).id), person()
        merge = merged(kept, voucher.person_id, by)
        second = act(cards.replace, voucher.card_id, by=by)
        third = act(cards.replace, second.id, by=by)
        parted(merge, by)
        assert {fresh(Card, one).person_id for one in (second.id, third.id)} == {voucher.person_id}
        assert fresh(Voucher, voucher.id).person_id == voucher.person_id
        holders_agree()
        assert card(cast, kept).person_id == kept

    def test_the_card_of_the_kept_one_stays_theirs(self, cast, by):
        kept, other = handed(cast, campaign(cast).id), person()
        merge = merged(kept.person_id, other, by)
        new = act(cards.replace, kept.card_id, by=by)
        parted(merge, by)
        assert fresh(Card, new.id).person_id == kept.person_id
        holders_agree()


class TestForgotten:
    def test_the_card_ends_and_its_keys_are_emptied(self, cast, by):
        made = card(cast, household="77", former_number="A-12")
        erased(made.person_id, by)
        found = fresh(Card, made.id)
        assert (found.state, found.household, found.former_number) == (CardState.ENDED, "", "")
        assert fresh(Person, made.person_id).anonymised_at is not None
        assert audit.history(f"card:{made.id}", limit=1)[0].action == "card.ended"

    def test_what_is_left_of_their_vouchers_goes_back_to_the_budget(self, cast, by):
        chosen, till = campaign(cast, TRAINING).id, partner(cast, PartnerKind.TRAINING)
        mine, others = handed(cast, chosen), handed(cast, chosen)
        paid(mine.code, till, lesson(4))
        erased(mine.person_id, by)
        assert amounts(mine.id) == (0, 4_000, 6_000, 0)
        assert amounts(others.id) == (10_000, 0, 0, 0)
        assert fresh(Campaign, chosen).committed_cents == 10_000
        assert ledger(mine.id)[-1] == (MovementKind.CANCELLED, 6_000)
        assert fresh(Voucher, mine.id).state is VoucherState.CANCELLED
        sums_hold()

    def test_a_payment_stays_and_its_undoing_goes_to_the_budget(self, cast, by):
        chosen, till = campaign(cast, TRAINING).id, partner(cast, PartnerKind.TRAINING)
        mine = handed(cast, chosen)
        made = paid(mine.code, till, lesson(4))
        erased(mine.person_id, by)
        act(undoing.undo, made.id, "Séance annulée", by=by)
        assert amounts(mine.id) == (0, 0, 10_000, 0)
        assert fresh(Campaign, chosen).spent_cents == 0
        sums_hold()

    def test_what_was_used_up_or_had_expired_stays_as_it_was(self, cast, by):
        mine = handed(cast, campaign(cast).id)
        paid(mine.code, partner(cast))
        before = ledger(mine.id)
        erased(mine.person_id, by)
        assert (ledger(mine.id), amounts(mine.id)) == (before, (0, 10_000, 0, 0))

    def test_a_double_that_was_joined_is_forgotten_too(self, cast, by):
        gone = handed(cast, campaign(cast).id)
        kept = person()
        merged(kept, gone.person_id, by)
        erased(kept, by)
        assert amounts(gone.id) == (0, 0, 10_000, 0)
        assert fresh(Card, gone.card_id).state is CardState.ENDED

    def test_a_page_of_theirs_that_was_open_closes(self, client, cast, by):
        made = card(cast, person(given_name="Jeanne", family_name="Kerlaz", birth_year=1957))
        client.get("/ma-carte")
        where = client.post("/ma-carte", data={"number": made.number, "year": "1957"}).headers["Location"]
        assert "Jeanne" in client.get(where).get_data(as_text=True)
        erased(made.person_id, by)
        assert client.get(where).status_code == 404
        assert client.post("/ma-carte", data={"number": made.number, "year": "1957"}).status_code == 422


class TestKept:
    """Who has a card is known for as long as it runs, and 24 months more."""

    def last_contact(self, person_id: int) -> datetime:
        return fresh(Person, person_id).last_contact_at

    def test_a_record_is_not_forgotten_while_its_card_runs(self, cast, by):
        made = card(cast, valid_until=date(2029, 1, 31))
        with transaction():
            assert people.anonymise_idle(NOW + timedelta(days=900)) >= 0
        assert fresh(Person, made.person_id).anonymised_at is None
        assert fresh(Card, made.id).state is CardState.LIVE

    def test_a_renewal_keeps_it_longer(self, cast, by):
        made = card(cast)
        assert self.last_contact(made.person_id).date() >= YEAR_END - timedelta(days=1)
        act(cards.renew, made.id, date(2027, 12, 31), by=by)
        assert self.last_contact(made.person_id).date() >= date(2027, 12, 30)

    def test_two_years_after_the_last_one_they_are_forgotten_with_all_that_names_them(self, cast, by):
        made = card(cast, household="77", former_number="A-12")
        db.session.rollback()
        with transaction():
            people.anonymise_idle(datetime.combine(YEAR_END, NOW.timetz()) + timedelta(days=800))
        found = fresh(Card, made.id)
        assert (found.state, found.former_number, found.person.name) == (CardState.ENDED, "", "")
        last = select(CardEvent).where(CardEvent.card_id == made.id).order_by(CardEvent.id.desc()).limit(1)
        assert db.session.scalars(last).one().actor_id is None


class TestTheirCopy:
    def test_has_cards_vouchers_and_what_was_paid_with_them(self, cast, by):
        mine = handed(cast, campaign(cast).id, card(cast, valid_from=FIRST).id)
        paid(mine.code, partner(cast))
        with transaction():
            copy = people.export(mine.person_id, by)
        text = str(copy)
        for part in (mine.code, "SN001", "10000", "voucher_payment"):
            assert part in text, part

    def test_says_nothing_of_payments_of_others(self, cast, by):
        mine, theirs = (handed(cast, campaign(cast).id) for _one in range(2))
        paid(theirs.code, partner(cast))
        with transaction():
            assert "voucher_payment" not in str(people.export(mine.person_id, by))
