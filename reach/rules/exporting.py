"""What may be asked for of files of activity records, and what is refused."""

from __future__ import annotations

from accounts.models import Account
from foundation.errors import Conflict, Unknown
from foundation.i18n import _l
from foundation.security import Role

MOST_OF_A_WORKBOOK = 50_000
"""Lines of a workbook that is made while somebody waits; a file with more is CSV alone."""


class NoSuchExport(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such file, or not any more. Ask for it again."))


class _NotNow(Conflict):
    """Nobody else was first: it is the file that is not there, or one of theirs that is in the way."""

    title = _l("This can not be done")


class NotMadeYet(_NotNow):
    def __init__(self) -> None:
        super().__init__(_l("This file is still being made. Wait until all records are in it."))


class NeverMade(_NotNow):
    def __init__(self) -> None:
        super().__init__(
            _l("This file could not be made. Ask for it again; if it fails once more, tell your administrator.")
        )


class StillMaking(_NotNow):
    def __init__(self) -> None:
        super().__init__(_l("A file of yours is being made. Wait until it is ready, then ask for the next one."))


class TooLong(_NotNow):
    def __init__(self) -> None:
        super().__init__(_l("This file has too many lines for a workbook. Take the CSV."))


def may_name(account: Account) -> bool:
    """Whether somebody's files may tell mediators by name: who manages them knows who did what."""
    return account.has(Role.MANAGER, Role.ADMINISTRATOR)
