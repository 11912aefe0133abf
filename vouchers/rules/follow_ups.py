"""When the question of a device is asked, and what can be answered. Pure."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from foundation.errors import Unknown
from foundation.i18n import _l
from vouchers.models import FollowUpAnswer

AFTER = relativedelta(months=3)
TOO_LATE = relativedelta(months=6)
"""Nobody is asked about a device bought so long ago: not when the question is asked for the first time either."""
ANSWERS = {
    FollowUpAnswer.USED: _l("Yes, it is used"),
    FollowUpAnswer.NOT_USED: _l("No, it is not used"),
    FollowUpAnswer.GONE: _l("It was given away"),
    FollowUpAnswer.BROKEN: _l("It is broken"),
}
"""What a resident can press."""


class NoSuchFollowUp(Unknown):
    """Unknown, of a sale that was undone, or with a wrong secret: all look the same."""

    def __init__(self) -> None:
        super().__init__(_l("This link is not valid any more. Call us: we are glad to hear from you."))


def due_on(bought_on: date) -> date:
    return bought_on + AFTER


def asked_about(today: date) -> tuple[date, date]:
    """The days on which a device was bought that is asked about now: from the first, to the last."""
    return today - TOO_LATE, today - AFTER
