"""What goes into a file of credit transfers, and when it may be paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import holidays

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _, _l, full_day
from foundation.i18n import day as spoken_day
from vouchers.models import Statement, Transfer
from vouchers.rules.banking import BankDetails
from vouchers.rules.credit_transfer import Credit
from vouchers.rules.statements import LONGEST_REASON, check_paid

LATEST = timedelta(days=60)
SATURDAY = 5


class NoSuchTransfer(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such file of transfers."))


class TownBankMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write first from which account the town pays."))


class NothingToPay(Conflict):
    """Nothing approved waits; or somebody has just made the file."""

    def __init__(self) -> None:
        super().__init__(
            _l("No approved statement waits to be paid by transfer. Somebody may have just made the file.")
        )


class FileMadeAlready(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This file was made already. Look at the list of files."))


class TransferPaid(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("The bank has paid this file: it can not be called off any more."))


class TransferCalledOff(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This file was called off: do not send it to the bank. Make another one."))


class CallOffReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say why the bank refused it, in up to 500 characters. Name nobody."), "reason")


class BadDayOfPayment(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a day from today on, within 60 days."), "execute_on")


class NoBankDay(Refused):
    def __init__(self, next_one: date) -> None:
        message = _("Banks do not work on that day. Choose %(day)s, or another working day.", day=spoken_day(next_one))
        super().__init__(message, "execute_on")


class NotPaidYet(Refused):
    """Noted as paid before the day on which the file asks the bank to pay."""

    def __init__(self, execute_on: date) -> None:
        message = _("This file asks the bank to pay on %(day)s: it is paid then, not before.", day=full_day(execute_on))
        super().__init__(message, "paid_on")


def bank_day_from(day: date) -> date:
    """That day, or the first one after it on which banks settle transfers in euros.

    They settle on no Saturday or Sunday, nor on the closing days of TARGET: 1 January, Good Friday, Easter Monday,
    1 May, 25 and 26 December (European Central Bank; kept by the `holidays` library).
    """
    closed = holidays.financial_holidays("ECB")
    while day.weekday() >= SATURDAY or day in closed:
        day += timedelta(days=1)
    return day


def check_execution(day: date, today: date) -> None:
    """Raises: BadDayOfPayment, NoBankDay"""
    if not today <= day <= today + LATEST:
        raise BadDayOfPayment
    if (working := bank_day_from(day)) != day:
        raise NoBankDay(working)


def check_not_called_off(transfer: Transfer) -> None:
    """Raises: TransferCalledOff"""
    if transfer.called_off_at is not None:
        raise TransferCalledOff


def check_paid_by_file(paid_on: date, execute_on: date, today: date) -> None:
    """Raises: NotPaidYet, PaidInFuture"""
    if paid_on < execute_on:
        raise NotPaidYet(execute_on)
    check_paid(paid_on, execute_on, today)


def check_call_off(transfer: Transfer, reason: str) -> str:
    """The reason, without blanks around it.

    Raises:
        TransferPaid, CallOffReasonMissing, and what `check_text` finds in it
    """
    if transfer.paid_on is not None:
        raise TransferPaid
    given = reason.strip()
    if not 0 < len(given) <= LONGEST_REASON:
        raise CallOffReasonMissing
    check_text(given, "reason")
    return given


def message_of(number: int, today: date) -> str:
    """The name of the file, by which a bank knows whether it has seen it: never that of one that was called off."""
    return f"PARVIS-{today:%Y%m%d}-{number}"


def credit_of(statements: Sequence[Statement], to: BankDetails) -> Credit:
    """What one partner gets for its statements, later ones less than nothing included."""
    last = statements[-1]
    months = ", ".join(f"{one.number} ({one.year}-{one.month:02})" for one in statements)
    return Credit(
        to, sum(one.total_cents for one in statements), f"PARVIS-{last.partner_id}-{last.number}", f"Releve {months}"
    )
