"""What goes into a file of credit transfers, and when it may be paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l
from vouchers.models import Statement
from vouchers.rules.banking import BankDetails
from vouchers.rules.credit_transfer import Credit

LATEST = timedelta(days=60)


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


class BadDayOfPayment(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a day from today on, within 60 days."), "execute_on")


def check_execution(day: date, today: date) -> None:
    """Raises: BadDayOfPayment"""
    if not today <= day <= today + LATEST:
        raise BadDayOfPayment


def message_of(statements: Sequence[Statement], today: date) -> str:
    """The name of the file: no statement is in two of them, so that no name comes twice."""
    return f"PARVIS-{today:%Y%m%d}-{min(one.id for one in statements)}"


def credit_of(statements: Sequence[Statement], to: BankDetails) -> Credit:
    """What one partner gets for its statements, later ones less than nothing included."""
    last = statements[-1]
    months = ", ".join(f"{one.number} ({one.year}-{one.month:02})" for one in statements)
    return Credit(
        to, sum(one.total_cents for one in statements), f"PARVIS-{last.partner_id}-{last.number}", f"Releve {months}"
    )
