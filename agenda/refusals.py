"""What the agenda refuses, each by its own name."""

from __future__ import annotations

from collections.abc import Sequence

from agenda.models import Hold
from foundation.db import explain_constraint
from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l, ngettext


class AlreadyHeld(Conflict):
    """Somebody else took a part of this time first."""

    def __init__(self) -> None:
        super().__init__(_l("This time has just been taken. Choose another one."))


class ResourceInactive(Refused):
    """Who or what is to be held is no longer in use."""

    def __init__(self) -> None:
        super().__init__(_l("This can no longer be booked. Choose somebody or something else."))


class NoSuchRecord(Unknown):
    """There is no such resource, opening, absence, calendar or day."""

    def __init__(self) -> None:
        super().__init__(_l("This no longer exists. Load the page again."))


class WouldStrand(Conflict):
    """The change takes away time in which something is booked; it is made only when asked again, knowingly.

    Attributes:
        holds: what would be left without an opening, by start.
    """

    def __init__(self, holds: Sequence[Hold]) -> None:
        message = ngettext(
            "%(num)s booking stands in this time. Look at it, then confirm or change your mind.",
            "%(num)s bookings stand in this time. Look at them, then confirm or change your mind.",
            len({hold.reference for hold in holds}),
        )
        super().__init__(message, alternatives=holds)
        self.holds = list(holds)


explain_constraint("ex_hold_overlap", AlreadyHeld)
