"""Who publish at once, in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from accounts.models import Account
from foundation.db import db, in_transaction
from reach.models import ReportKind
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import publishing, schedules

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
TWO = "maire@valbriac.example\nconseil@valbriac.example"
EACH = 10
Stake = tuple[int, int]
"""A manager, and a quarter of 2025; or a manager and a published report."""


def ask(stake: Stake, number: int) -> str:
    """Each from a page of their own."""
    actor_id, quarter = stake
    wanted = Wanted(ReportKind.QUARTER, periods.quarter(2025, quarter), "fr")
    return _done(lambda: publishing.publish(wanted, _actor(actor_id), now=NOW, request_key=f"{quarter} {number}"))


def revise(stake: Stake, _number: int) -> str:
    actor_id, report_id = stake
    return _done(lambda: publishing.revise(report_id, "Deux fiches jointes.", _actor(actor_id), now=NOW))


def schedule(stake: Stake, _number: int) -> str:
    kind = ReportKind.QUARTER
    made = in_transaction(lambda: schedules.schedule(kind, None, "fr", TWO, _actor(stake[0]), now=NOW))
    return str(made.id)


def make(_stake: Stake, number: int) -> str:
    """As four jobs processes would, should somebody start more than one; the others look on: counting costs."""
    if number % EACH == 0:
        publishing.publish_next(NOW)
    return "worked"


def _actor(actor_id: int) -> Account:
    return db.session.get_one(Account, actor_id)


def _done(act: Any) -> str:
    in_transaction(act)
    return "asked"
