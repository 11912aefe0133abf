"""A process that is killed between writing and committing leaves nothing; what was answered survives."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import Any

import pytest

from foundation.db import in_transaction, transaction
from tests.cast import NOW
from tests.databases import application
from tests.vouchers.given import LAPTOP, amounts, campaign, card, fresh, handed, ledger, paid, partner, sums_hold
from tests.workshops.given import count
from vouchers.models import Campaign, Redemption
from vouchers.service import redeeming
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


def killed(*given: Any) -> None:
    child = CONTEXT.Process(target=pay_and_die, args=given)
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("commits", [False, True])
def test_the_same_page_sent_again_pays_once_either_way(cast, database, commits):
    till, voucher = partner(cast), handed(cast, campaign(cast).id, card(cast).id)
    payment = Payment(voucher.code, LAPTOP, "one page", till)
    killed(database.url, payment, commits)
    assert count(Redemption) == int(commits)
    assert amounts(voucher.id) == ((0, 10_000, 0, 0) if commits else (10_000, 0, 0, 0))
    sums_hold()
    assert paid(voucher.code, till, key="one page").amount_cents == 10_000
    assert count(Redemption) == 1
    assert len(ledger(voucher.id)) == 3
    assert fresh(Campaign, voucher.campaign_id).spent_cents == 10_000
    sums_hold()
