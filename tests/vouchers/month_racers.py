"""What happens at midnight of the last of March, in one round: functions of a module, so that another process finds
them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from foundation.db import db, in_transaction
from tests.racing import THREADS
from tests.vouchers.billing import IN_APRIL, MARCH
from tests.vouchers.given import lesson
from vouchers.models import Redemption, VoucherMovement
from vouchers.service import redeeming, statements, undoing
from vouchers.service.redeeming import Payment

JUST_BEFORE = datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC)
Night = tuple[int, str, list[int]]
"""A partner, the code of a voucher with units left, and payments that can be undone."""


def at_midnight(stake: Night, number: int) -> str:
    """One thread of each process states March; some undo; all others pay one unit."""
    partner_id, _code, _paid = stake
    if number % THREADS == THREADS // 2:
        made = in_transaction(lambda: statements.issue(partner_id, MARCH, None, now=IN_APRIL))
        return f"stated {made.id}"
    in_transaction(lambda: _pressed(stake, number))
    return "written"


def at_midnight_by_own_clock(stake: Night, number: int) -> str:
    """How it must not be done: what is written bears the time that the till saw."""
    if number % THREADS == THREADS // 2:
        return at_midnight(stake, number)

    def press() -> None:
        made = _pressed(stake, number)
        db.session.flush()
        late = {"at": JUST_BEFORE} if made.undone_at is None else {"undone_at": JUST_BEFORE}
        db.session.execute(update(Redemption).where(Redemption.id == made.id).values(late))
        db.session.execute(
            update(VoucherMovement)
            .where(VoucherMovement.redemption_id == made.id, VoucherMovement.at > JUST_BEFORE)
            .values(at=JUST_BEFORE)
        )

    in_transaction(press)
    return "written"


def _pressed(stake: Night, number: int) -> Redemption:
    partner_id, code, paid = stake
    if number % THREADS < len(paid):
        return undoing.undo(paid[number % THREADS], "Erreur", None, now=JUST_BEFORE)
    payment = Payment(code, lesson(1, JUST_BEFORE.date()), f"{code} {number}", partner_id)
    return redeeming.redeem(payment, now=JUST_BEFORE)
