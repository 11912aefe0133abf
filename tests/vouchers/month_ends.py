"""What happens at the ends of months in a life that a property test makes up: stated, disputed, approved, paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import delete, select, update

from accounts.models import Account
from foundation.db import db, transaction
from tests.vouchers.billing import with_accounts
from vouchers.models import Partner, Statement, StatementState, Transfer
from vouchers.rules.statements import Month
from vouchers.rules.treasury import bank_day_from
from vouchers.service import statements, treasury

MONTHLY = [
    "month_end", "settle", "settle", "state_by_hand", "till_is_late", "till_is_late", "dispute", "approve", "make_file",
    "file_paid", "settle", "call_off",
]  # fmt: skip
EARLY = time(4, 0, tzinfo=UTC)


class MonthEnds:
    """Two partners who are paid; `self.now` is the time of the life, `self.press` a transaction of the manager."""

    now: datetime
    partners: list[int]
    press: Callable[[Callable[[Account], Any]], Any]
    one: Callable[..., int]
    redeem: Callable[[int, int], None]
    undo: Callable[[int, int], None]

    def open_accounts(self, cast: Any) -> None:
        self.till, self.files = cast.ids["partner"], 0
        for partner_id in self.partners:
            with_accounts(cast, partner_id)

    def forget_statements(self) -> None:
        """Within a transaction: no month was ever stated."""
        db.session.execute(delete(Statement))
        db.session.execute(delete(Transfer))
        db.session.execute(update(Partner).values(stated_until=None))

    def month_end(self, first: int, _second: int) -> None:
        """The job comes by in the night of the first; now and then it slept over a month."""
        month = Month.of(self.now.date()).following
        day = (month.following if first == 7 else month).first_day
        self.now = max(self.now, datetime.combine(day, EARLY))
        while self.press(lambda _actor: statements.issue_due(self.now)):
            pass

    def state_by_hand(self, first: int, second: int) -> None:
        """Of last month, or of the one before; a month that goes on is waited for, now and then."""
        month = Month.of(self.now.date())
        if first % 2:
            self.now = datetime.combine(month.following.first_day, EARLY)
        wanted = month if first % 2 else month.previous
        for _ in "ab":
            self.press(lambda actor: statements.issue(self.partners[second % 2], wanted, actor, now=self.now))

    def till_is_late(self, first: int, second: int) -> None:
        """Somebody presses on a page whose clock stood still for some days."""
        today, self.now = self.now, self.now.replace(day=max(1, self.now.day - second))
        self.now = datetime.combine(Month.of(self.now.date()).previous.first_day, EARLY) if first > 3 else self.now
        try:
            (self.redeem if first % 2 else self.undo)(first, second)
        finally:
            self.now = today

    def dispute(self, first: int, _second: int) -> None:
        chosen = self._statement(first, StatementState.ISSUED)
        self.press(
            lambda _actor: statements.dispute(
                chosen, "Une séance manque", db.session.get_one(Account, self.till), now=self.now
            )
        )

    def approve(self, first: int, _second: int) -> None:
        chosen = self._statement(first, StatementState.ISSUED, StatementState.DISPUTED)
        self.press(lambda actor: statements.approve(chosen, actor, now=self.now, answer="Vu"))

    def make_file(self, first: int, second: int) -> None:
        """All that is open is approved before, as a rule; where nothing was ever stated, a month ends."""
        self._statement(first, *StatementState)
        while second > 1 and self._any(Statement.approved_at.is_(None)):
            self.approve(first, 0)
        self.files += 1
        day = bank_day_from(self.now.date())
        for _ in "ab":
            self.press(lambda actor: treasury.make(day, f"file {self.files}", actor, now=self.now))

    def file_paid(self, first: int, _second: int) -> None:
        chosen = self._file(first)
        for _ in "ab":
            self.press(lambda actor: treasury.paid(chosen, self.now.date(), actor, now=self.now))

    def call_off(self, first: int, _second: int) -> None:
        chosen = self._file(first)
        for _ in "ab":
            self.press(lambda actor: treasury.call_off(chosen, "Compte clos", actor, now=self.now))

    def settle(self, first: int, _second: int) -> None:
        if not self._any(Statement.state == StatementState.APPROVED, Statement.transfer_id.is_(None)):
            self.approve(first, 0)
        chosen = self.one(Statement, first, Statement.state == StatementState.APPROVED, Statement.transfer_id.is_(None))
        self.press(lambda actor: treasury.settle(chosen, self.now.date(), actor, now=self.now))

    def _statement(self, number: int, *states: StatementState) -> int:
        """One in such a state; when there is none, a month ends."""
        if not self._any(Statement.state.in_(states)):
            self.month_end(number, 0)
        return self.one(Statement, number, Statement.state.in_(states))

    def _file(self, number: int) -> int:
        """Any; when none was made, one is."""
        if not db.session.scalar(select(Transfer.id).limit(1)):
            self.make_file(number, 7)
        return self.one(Transfer, number)

    def _any(self, *conditions: Any) -> bool:
        found = db.session.scalar(select(Statement.id).where(*conditions).limit(1))
        db.session.rollback()
        return found is not None


def files_hold() -> None:
    """Each file comes to the statements that name it, which are paid with it; none names one that was called off."""
    with transaction():
        for file in db.session.scalars(select(Transfer).execution_options(populate_existing=True)).all():
            query = select(Statement.total_cents, Statement.state).where(Statement.transfer_id == file.id)
            found = db.session.execute(query).all()
            if file.called_off_at is not None:
                assert not found
                continue
            assert file.total_cents == sum(one.total_cents for one in found)
            assert {one.state for one in found} == {StatementState.PAID if file.paid_on else StatementState.APPROVED}
