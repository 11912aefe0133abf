"""Whatever is done in whatever order, pressed twice or cut off halfway, every cent is where the ledger says: on the
voucher, in the budget, on a statement and in the file that pays it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from accounts.models import Account
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.vouchers.given import (
    DEVICE,
    LAST,
    TRAINING,
    campaign,
    category,
    lesson,
    partner,
    person,
    statements_hold,
    sums_hold,
)
from tests.vouchers.month_ends import MONTHLY, MonthEnds, files_hold
from vouchers.models import (
    Campaign,
    CampaignPartner,
    Card,
    CardEvent,
    CardState,
    DeviceKind,
    HandedOver,
    PartnerKind,
    Redemption,
    Share,
    Voucher,
    VoucherBatch,
    VoucherMovement,
    VoucherState,
)
from vouchers.rules.cards import NewCard
from vouchers.rules.eligibility import Claim
from vouchers.rules.refusals import ChangedMeanwhile
from vouchers.rules.states import Device
from vouchers.service import batches, campaigns, cards, ending, issuing, redeeming, undoing
from vouchers.service.redeeming import Payment

pytestmark = pytest.mark.long
PLANS = [
    replace(DEVICE, budget_cents=25_000, tolerance_days=10),
    replace(TRAINING, budget_cents=30_000, share=Share.HOUSEHOLD),
    replace(DEVICE, title="Deux fois", budget_cents=40_000, face_cents=7_500, every_years=2),
]
VERBS = [
    "issue", "issue_all", "hand_over", "hand_over", "hand_over", "redeem", "redeem", "redeem", "redeem_again", "undo",
    "undo_of_dead", "undo_of_dead", "undo_by_partner", "cancel", "replace", "extend", "expire", "change", "close",
    "suspend", "resume", "lose", "replace_card", "end", "renew", "give_card", "wait", *MONTHLY,
]  # fmt: skip
CHOICES = st.tuples(st.sampled_from(VERBS), st.integers(0, 7), st.integers(0, 7), st.sampled_from(["", "", "", "cut"]))


class Cut(Exception):
    """The process died before its commit."""


class Life(MonthEnds):
    """Three campaigns, six people in three households, two partners, and months that pass."""

    def __init__(self, cast: Any) -> None:
        self.by, self.category = cast.ids["manager"], category()
        self.people = [person() for _ in range(6)]
        self.partners = [partner(cast), partner(cast, PartnerKind.TRAINING, "town")]
        self.open_accounts(cast)
        self.cast = cast
        self.done: set[str] = set()
        self.pages: list[Payment] = []

    def begin(self) -> None:
        """Everything anew: no time has passed, and all but one have a card and a voucher, spent in part."""
        with transaction():
            for model in (
                VoucherMovement,
                Redemption,
                Voucher,
                VoucherBatch,
                CampaignPartner,
                Campaign,
                CardEvent,
                Card,
            ):
                db.session.execute(delete(model))
            self.forget_statements()
        self.now, self.pages, self.cut = NOW, [], False
        self.campaigns = [campaign(self.cast, plan).id for plan in PLANS]
        for number in range(len(self.people) - 1):
            self.give_card(number, number)
            self.issue(number, number // 2)
            self.hand_over(number, 0)
        for number in range(3):
            self.redeem(number, 3)
        sums_hold()

    def step(self, choice: tuple[str, int, int, str]) -> None:
        name, first, second, cut = choice
        self.cut = bool(cut)
        act: Callable[[int, int], Any] = getattr(self, name)
        try:
            act(first, second)
            self.done.add(name)
        except ChangedMeanwhile:
            raise  # Nobody else is there: the sums of the verb are wrong.
        except (Refused, Cut):
            db.session.rollback()

    def press(self, verb: Callable[[Account], Any]) -> Any:
        """A transaction; one that is cut off ends after all its writing, before its commit."""

        def inside() -> Any:
            made = verb(db.session.get_one(Account, self.by))
            db.session.flush()
            if self.cut:
                raise Cut
            return made

        return in_transaction(inside)

    def one(self, model: Any, number: int, *conditions: Any) -> int:
        ids = db.session.scalars(select(model.id).where(*conditions).order_by(model.id)).all()
        db.session.rollback()
        if not ids:
            raise Refused("none")
        return int(ids[number % len(ids)])

    def voucher(self, number: int, *conditions: Any) -> int:
        return self.one(Voucher, number, *conditions)

    def alive(self, number: int) -> int:
        return self.voucher(number, Voucher.left_cents > 0)

    def give_card(self, first: int, second: int) -> None:
        who, home = self.people[first % 6], ["Dupuis", "Roux", ""][second % 3]
        wanted = NewCard(who, self.category, NOW.date(), LAST, household=home)
        self.press(lambda actor: cards.create(wanted, actor, now=self.now))

    def issue(self, first: int, second: int) -> None:
        card_id, key = self.one(Card, first), f"{self.now}:{first}:{second}"
        chosen = self.campaigns[second % 3]
        for _ in "ab":
            self.press(lambda actor: issuing.issue(chosen, card_id, Claim(), actor, now=self.now, request_key=key))

    def issue_all(self, first: int, _second: int) -> None:
        chosen = self.campaigns[first % 3]
        batch_id = self.press(lambda actor: batches.ask(chosen, Claim(), actor, now=self.now)).id
        for _ in range(4):
            self.press(lambda _actor: batches.make_some(batch_id, now=self.now, limit=2))

    def hand_over(self, first: int, _second: int) -> None:
        chosen = self.voucher(first, Voucher.state == VoucherState.ISSUED)
        self.press(lambda actor: issuing.hand_over(chosen, HandedOver.POSTED, actor, now=self.now))

    def redeem(self, first: int, second: int) -> None:
        chosen = db.session.get_one(Voucher, self.alive(first))
        device = chosen.campaign.units == 0
        bought = Device(2_000 + second * 1_500, DeviceKind.PHONE, "S") if device else lesson(second, self.now.date())
        payment = Payment(chosen.code, bought, f"{self.now}:{len(self.pages)}", self.partners[0 if device else 1])
        db.session.rollback()
        self.pages.append(payment)
        self.press(lambda actor: redeeming.redeem(payment, now=self.now, actor_id=actor.id))

    def redeem_again(self, first: int, _second: int) -> None:
        """A page that came before comes again, whether it was cut off then or not."""
        if not self.pages:
            raise Refused("none")
        payment = self.pages[first % len(self.pages)]
        self.press(lambda actor: redeeming.redeem(payment, now=self.now, actor_id=actor.id))

    def undo(self, first: int, second: int) -> None:
        chosen = self.one(Redemption, first)
        for _ in range(1 + second % 2):
            self.press(lambda actor: undoing.undo(chosen, "Rendu", actor, now=self.now))

    def undo_of_dead(self, first: int, second: int) -> None:
        """What was paid with a voucher that was cancelled, replaced or has expired since."""
        dead = select(Voucher.id).where(Voucher.state.in_([VoucherState.CANCELLED, VoucherState.EXPIRED]))
        chosen = self.one(Redemption, first, Redemption.voucher_id.in_(dead), Redemption.undone_at.is_(None))
        self.press(lambda actor: undoing.undo(chosen, "Rendu", actor, now=self.now))

    def undo_by_partner(self, first: int, second: int) -> None:
        chosen, whose = self.one(Redemption, first, Redemption.undone_at.is_(None)), self.partners[second % 2]
        self.press(lambda actor: undoing.undo(chosen, "Rendu", actor, now=self.now, partner_id=whose))

    def cancel(self, first: int, _second: int) -> None:
        chosen = self.alive(first)
        for _ in "ab":
            self.press(lambda actor: ending.cancel(chosen, "Erreur", actor, now=self.now))

    def replace(self, first: int, _second: int) -> None:
        chosen = self.alive(first)
        for _ in "ab":
            self.press(lambda actor: ending.replace(chosen, "Perdu", actor, now=self.now))

    def extend(self, first: int, second: int) -> None:
        chosen, until = self.alive(first), LAST + timedelta(days=30 * second)
        self.press(lambda actor: ending.extend(chosen, until, "Malade", actor, now=self.now))

    def expire(self, first: int, _second: int) -> None:
        """The job comes by; now and then long after everything has ended."""
        self.now = max(self.now, NOW + timedelta(days=[0, 0, 0, 20, 113, 125, 150, 300][first]))
        while self.press(lambda _actor: ending.expire(now=self.now, limit=2)):
            pass

    def change(self, first: int, second: int) -> None:
        plan = replace(PLANS[first % 3], budget_cents=10_000 + 5_000 * second)
        self.press(lambda actor: campaigns.change(self.campaigns[first % 3], plan, actor, now=self.now))

    def close(self, first: int, second: int) -> None:
        if second > 4:
            self.expire(6, 0)
        self.press(lambda actor: campaigns.close(self.campaigns[first % 3], actor, now=self.now))

    def suspend(self, first: int, _second: int) -> None:
        chosen = self.one(Card, first)
        self.press(lambda actor: cards.suspend(chosen, "Dossier", actor, now=self.now))

    def resume(self, first: int, _second: int) -> None:
        chosen = self.one(Card, first)
        self.press(lambda actor: cards.resume(chosen, actor, now=self.now))

    def lose(self, first: int, _second: int) -> None:
        chosen = self.one(Card, first)
        self.press(lambda actor: cards.lose(chosen, actor, now=self.now))

    def replace_card(self, first: int, _second: int) -> None:
        chosen = self.one(Card, first)
        self.press(lambda actor: cards.replace(chosen, actor, now=self.now))

    def end(self, first: int, _second: int) -> None:
        chosen = self.one(Card, first)
        self.press(lambda actor: cards.end(chosen, "Parti", actor, now=self.now))

    def renew(self, first: int, second: int) -> None:
        chosen, until = self.one(Card, first), LAST + timedelta(days=60 * second)
        self.press(lambda actor: cards.renew(chosen, until, actor, now=self.now))

    def wait(self, first: int, _second: int) -> None:
        self.now += timedelta(days=[0, 0, 0, 0, 1, 1, 10, 70][first])

    def one_card_counts(self) -> None:
        """Nobody has two cards that count, and a dead card has no voucher that a new one took over, an ended one none
        that is live.
        """
        counting = db.session.scalars(select(Card.person_id).where(Card.state.in_(["live", "suspended"]))).all()
        taken_over = select(Card.replaces_id).where(Card.replaces_id.is_not(None))
        stranded = db.session.scalar(select(Voucher.id).where(Voucher.card_id.in_(taken_over)).limit(1))
        ended = select(Card.id).where(Card.state == CardState.ENDED)
        buried = db.session.scalar(
            select(Voucher.id).where(Voucher.card_id.in_(ended), Voucher.left_cents > 0).limit(1)
        )
        db.session.rollback()
        assert len(counting) == len(set(counting))
        assert stranded is None
        assert buried is None

    def live(self, choices: Iterable[tuple[str, int, int, str]]) -> None:
        """A life from its beginning: after each step all adds up."""
        self.begin()
        for choice in choices:
            self.step(choice)
            sums_hold()
            statements_hold()
            files_hold()
            self.one_card_counts()


def test_the_money_is_where_the_ledger_says(cast):
    life = Life(cast)

    @settings(max_examples=30, deadline=None, derandomize=True, database=None)
    @given(st.lists(CHOICES, min_size=10, max_size=30))
    def lives(choices):
        life.live(choices)

    lives()
    draw = Random(5)
    for _more in range(20):
        if missing := sorted(set(VERBS) - life.done):
            life.live(what_was_not_done(draw, missing))
    assert life.done == set(VERBS)


def what_was_not_done(draw: Random, missing: list[str]) -> Iterator[tuple[str, int, int, str]]:
    """Each second step is one of those that no life has come to yet."""
    for step in range(30):
        yield draw.choice(missing if step % 2 else VERBS), draw.randrange(8), draw.randrange(8), ""
