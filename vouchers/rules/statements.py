"""What may be done with a statement, and when a month may be stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from foundation.period import at_wall_time
from vouchers.models import Statement, StatementState

LONGEST_REASON = 500
OFFERED = 12
"""Months from which somebody chooses."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_WORKBOOK = 20_000
"""Lines; a workbook is made in memory as a whole, a table line by line."""
DISPUTED_WITHIN = timedelta(days=30)
"""Longer than it takes until the statement after it."""


class NoSuchStatement(Unknown):
    """There is none, or it is another partner's."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such statement."))


class MonthNotOver(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("This month is not over. Its statement can be issued from the first of the next one."), "month"
        )


class LaterOneIssued(Conflict):
    def __init__(self) -> None:
        super().__init__(
            _l("A later month was stated already: what was missing will be on the next statement."), "month"
        )


class NothingToState(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Nothing was paid and nothing was taken back up to the end of this month."), "month")


class TooLongForWorkbook(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This statement is too long for a spreadsheet file. Take the table (.csv) instead."))


class DisputeReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say what is wrong, in up to 500 characters. Name no resident."), "reason")


class AnswerMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Answer the partner, in up to 500 characters. Name no resident."), "answer")


class NotDisputable(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This statement was approved already. Call the town."))


class DisputeTooLate(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("A statement is disputed within 30 days after it was issued. Call the town."))


class NotApprovable(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This statement was approved already."))


class NotPayable(Conflict):
    """Not approved yet, paid already, or on its way in a file."""

    def __init__(self) -> None:
        super().__init__(_l("This statement is not waiting for its payment. Look at it again."))


class PaidInFuture(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Write the day on which it was paid: not before it was approved, not after today."), "paid_on"
        )


@dataclass(frozen=True, order=True)
class Month:
    """A month of the territory's calendar."""

    year: int
    month: int

    @property
    def following(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def end(self, zone: ZoneInfo) -> datetime:
        """The instant at which it is over."""
        return at_wall_time(self.following.first_day, time(), zone)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)


def after_stated(now: datetime, stated_until: datetime | None) -> datetime:
    """When something is written that happens now: never before what is stated, which stays as it was told.

    A press that was on its way at midnight, while the month was stated, counts for the next one.
    """
    return now if stated_until is None else max(now, stated_until)


def to_state(today: date, stated_until: datetime | None, zone: ZoneInfo) -> list[Month]:
    """The months that can still be stated, the last one first: over, after what is stated, a year back at most."""
    months = [Month.of(today).previous]
    while len(months) < OFFERED:
        months.append(months[-1].previous)
    return [one for one in months if stated_until is None or one.end(zone) > stated_until]


def check_over(month: Month, today: date) -> None:
    """Raises: MonthNotOver"""
    if not 1 <= month.month <= 12 or not FIRST_YEAR <= month.year <= LAST_YEAR or month >= Month.of(today):
        raise MonthNotOver


def last_day_to_dispute(issued_on: date) -> date:
    """The last day on which a partner may say that something is wrong."""
    return issued_on + DISPUTED_WITHIN


def check_dispute(statement: Statement, reason: str, issued_on: date, today: date) -> str:
    """The reason, without blanks around it.

    Raises:
        NotDisputable, DisputeTooLate, DisputeReasonMissing, and what `check_text` finds in it
    """
    if statement.state is not StatementState.ISSUED:
        raise NotDisputable
    if today > last_day_to_dispute(issued_on):
        raise DisputeTooLate
    given = reason.strip()
    if not 0 < len(given) <= LONGEST_REASON:
        raise DisputeReasonMissing
    check_text(given, "reason")
    return given


def check_answer(statement: Statement, answer: str) -> str:
    """What the town says to a dispute when it approves, without blanks around it; where nothing is disputed, nothing.

    Raises:
        NotApprovable, AnswerMissing, and what `check_text` finds in it
    """
    if statement.state is StatementState.ISSUED:
        return ""
    if statement.state is not StatementState.DISPUTED:
        raise NotApprovable
    given = answer.strip()
    if not 0 < len(given) <= LONGEST_REASON:
        raise AnswerMissing
    check_text(given, "answer")
    return given


def check_workbook(statement: Statement) -> None:
    """Raises: TooLongForWorkbook"""
    if statement.count > LONGEST_WORKBOOK:
        raise TooLongForWorkbook


def check_paid(paid_on: date, since: date, today: date) -> None:
    """Raises: PaidInFuture"""
    if not since <= paid_on <= today:
        raise PaidInFuture
