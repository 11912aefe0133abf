"""What became of a device, in words for the team. Pure."""

from __future__ import annotations

from foundation.i18n import _l
from vouchers.models import FollowUpAnswer

TOLD = {
    FollowUpAnswer.USED: _l("Still used"),
    FollowUpAnswer.NOT_USED: _l("Not used any more"),
    FollowUpAnswer.GONE: _l("Passed on to somebody"),
    FollowUpAnswer.BROKEN: _l("Out of order"),
    FollowUpAnswer.UNKNOWN: _l("Nobody knows"),
}
"""What the team can write down: also that nobody could be reached."""
