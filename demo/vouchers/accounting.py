"""What partners are owed, month by month: stated, agreed to, and paid by a file; last month is still on its way."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import select

from demo.vouchers.counters import COUNTERS, FIRST_SCHOOL, FIRST_SHOP, NIGHT
from demo.vouchers.plans import DONE
from demo.vouchers.scene import Scene
from demo.vouchers.timeline import Act
from foundation.db import db
from vouchers.models import Statement, StatementState, Transfer
from vouchers.rules.statements import Month
from vouchers.rules.treasury import NothingToPay, bank_day_from
from vouchers.service import statements, treasury

ISSUED, AGREED, FILED, PAID = (1, 6, 10), (6, 10, 30), (8, 11, 0), (14, 15, 0)
"""Day of the next month, hour and minute."""
DELAY = timedelta(days=2)
LEFT_TO_APPROVE, CONTESTED = FIRST_SHOP, FIRST_SCHOOL
AFTER_THE_FILE = NIGHT
WRONG = "Une séance du milieu du mois n’y est pas : elle a été annulée par erreur à notre caisse."
WAS_WRONG = "Le montant d’un appareil ne correspond pas à notre facture."
ANSWERED = "Vérifié avec vous par téléphone : le montant du relevé est le bon."


class Accounting:
    """All statements, from the month in which the first campaign began to the last one that is over."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def plan(self) -> None:
        month = Month.of(self.scene.today - timedelta(days=DONE.opened))
        last = Month.of(self.scene.today).previous
        self._plan_dispute(last.previous)
        while month < last:
            self._plan_paid(month)
            month = month.following
        self._plan_last(last)

    def _when(self, month: Month, at: tuple[int, int, int]) -> datetime:
        """A time in the month that follows, never after the loading."""
        day, hour, minute = at
        when = self.scene.at(month.following.first_day + timedelta(days=day - 1), hour, minute)
        return min(when, self.scene.stage.now - timedelta(seconds=30))

    def _plan_paid(self, month: Month) -> None:
        """A month that went through to the bank."""
        timeline = self.scene.timeline
        timeline.at(self._when(month, ISSUED), lambda now: self._issue(month, now))
        timeline.at(self._when(month, AGREED), self._approve_all)
        timeline.at(self._when(month, FILED), lambda now: self._pay(month, now))
        timeline.at(self._when(month, PAID), lambda now: self._paid(month, now))

    def _plan_dispute(self, month: Month) -> None:
        """One that was settled since."""
        at = self._when(month, (3, 17, 5))
        self.scene.timeline.at(at, lambda now: self._dispute(FIRST_SHOP, WAS_WRONG, now))

    def _plan_last(self, month: Month) -> None:
        """Each partner is at another step: to approve, disputed, in a file that waits, approved after it."""
        timeline, issued = self.scene.timeline, self._when(month, ISSUED)
        early = [one.key for one in COUNTERS if one.key not in {LEFT_TO_APPROVE, CONTESTED, AFTER_THE_FILE}]
        steps: tuple[tuple[timedelta, Act], ...] = (
            (timedelta(days=2), lambda now: self._dispute(CONTESTED, WRONG, now)),
            (timedelta(hours=30), lambda now: self._approve(early, now)),
            (timedelta(hours=20), lambda now: self._pay(month, now)),
            (timedelta(hours=2), lambda now: self._approve([AFTER_THE_FILE], now)),
        )
        timeline.at(issued, lambda now: self._issue(month, now))
        for before, act in steps:
            timeline.at(max(issued, self.scene.stage.now - before), act)

    def _issue(self, month: Month, now: datetime) -> None:
        for partner_id in statements.due(month):
            statements.issue(partner_id, month, None, now=now)

    def _open(self) -> list[Statement]:
        waits = Statement.state.in_((StatementState.ISSUED, StatementState.DISPUTED))
        return list(db.session.scalars(select(Statement).where(waits).order_by(Statement.id)))

    def _approve_all(self, now: datetime) -> None:
        for one in self._open():
            self._agree(one, now)

    def _agree(self, one: Statement, now: datetime) -> None:
        answer = ANSWERED if one.state is StatementState.DISPUTED else ""
        statements.approve(one.id, self.scene.manager, now=now, answer=answer)

    def _approve(self, keys: list[str], now: datetime) -> None:
        wanted = {self.scene.partners[key] for key in keys}
        for one in self._open():
            if one.partner_id in wanted:
                self._agree(one, now)

    def _dispute(self, key: str, why: str, now: datetime) -> None:
        counter = next(one for one in COUNTERS if one.key == key)
        for one in self._open():
            if one.partner_id == self.scene.partners[key]:
                statements.dispute(one.id, why, self.scene.account(counter.till), now=now)

    def _pay(self, month: Month, now: datetime) -> None:
        """One file for all that is approved, when something is to be paid."""
        with suppress(NothingToPay):
            day = bank_day_from(self._day(now) + DELAY)
            treasury.make(day, f"demo-{month.year}-{month.month}", self.scene.manager, now=now)

    def _paid(self, month: Month, now: datetime) -> None:
        """Once the day has come on which the file asks the bank to pay."""
        query = select(Transfer).where(Transfer.request_key == f"demo-{month.year}-{month.month}")
        made, today = db.session.scalar(query), self._day(now)
        if made is not None and made.execute_on <= today:
            treasury.paid(made.id, today, self.scene.manager, now=now)

    def _day(self, now: datetime) -> date:
        return now.astimezone(self.scene.stage.almanac.zone).date()
