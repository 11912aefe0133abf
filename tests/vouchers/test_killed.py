"""A process that is killed between writing and committing leaves nothing; what was answered survives."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.databases import application
from tests.vouchers.given import LAPTOP, act, amounts, campaign, card, fresh, handed, ledger, paid, partner, sums_hold
from tests.workshops.given import count
from vouchers.models import BatchState, Campaign, Redemption, Voucher, VoucherBatch, VoucherMovement
from vouchers.rules.eligibility import Claim
from vouchers.service import batches, making, redeeming
from vouchers.service.redeeming import Payment

pytestmark = pytest.mark.long
CONTEXT = multiprocessing.get_context("spawn")


def pay_and_die(url: str, payment: Payment, commits: bool) -> None:
    """All is written, and committed or not; then the process is gone, without any farewell."""
    with application(url).app_context():
        if commits:
            in_transaction(lambda: redeeming.redeem(payment, now=NOW))
            os.kill(os.getpid(), signal.SIGKILL)
        with transaction():
            redeeming.redeem(payment, now=NOW)
            os.kill(os.getpid(), signal.SIGKILL)


def make_and_die(url: str, batch_id: int) -> None:
    """Two chunks of a batch are made and committed; of the third all is written when the process is gone."""
    with application(url).app_context():
        for _chunk in range(2):
            in_transaction(lambda: batches.make_some(batch_id, now=NOW, limit=3))
        with transaction():
            batches.make_some(batch_id, now=NOW, limit=3)
            os.kill(os.getpid(), signal.SIGKILL)


def killed(target: Callable[..., None], *given: Any) -> None:
    child = CONTEXT.Process(target=target, args=given)
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("commits", [False, True])
def test_the_same_page_sent_again_pays_once_either_way(cast, database, commits):
    till, voucher = partner(cast), handed(cast, campaign(cast).id, card(cast).id)
    payment = Payment(voucher.code, LAPTOP, "one page", till)
    killed(pay_and_die, database.url, payment, commits)
    assert count(Redemption) == int(commits)
    assert amounts(voucher.id) == ((0, 10_000, 0, 0) if commits else (10_000, 0, 0, 0))
    sums_hold()
    assert paid(voucher.code, till, key="one page").amount_cents == 10_000
    assert count(Redemption) == 1
    assert len(ledger(voucher.id)) == 3
    assert fresh(Campaign, voucher.campaign_id).spent_cents == 10_000
    sums_hold()


def test_another_process_goes_on_with_a_batch_and_doubles_nothing(cast, database):
    chosen, cards = campaign(cast).id, [card(cast).id for _ in range(10)]
    batch_id = act(batches.ask, chosen, Claim(), by=cast.ids["manager"]).id
    killed(make_and_die, database.url, batch_id)
    left = fresh(VoucherBatch, batch_id)
    assert (left.made, left.state) == (6, BatchState.WAITING)
    assert (count(Voucher), count(VoucherMovement), fresh(Campaign, chosen).committed_cents) == (6, 6, 60_000)
    sums_hold()
    while in_transaction(lambda: making.make_next(NOW)):
        pass
    ended = fresh(VoucherBatch, batch_id)
    assert (ended.made, ended.skipped, ended.state) == (10, 0, BatchState.DONE)
    assert sorted(one.card_id for one in db.session.scalars(select(Voucher))) == cards
    sums_hold()
