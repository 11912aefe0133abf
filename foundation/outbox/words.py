"""What channels, states and failures of messages are called."""

from __future__ import annotations

from typing import Any

from foundation.i18n import _, _l
from foundation.outbox.models import Channel, MessageState

NO_ANSWER, BROKEN_OFF, BAD_ADDRESS = "no_answer", "broken_off", "bad_address"
TOO_LATE, INTERRUPTED = "too_late", "interrupted"

CHANNELS = {Channel.EMAIL: _l("E-mail"), Channel.SMS: _l("Text message")}
STATES = {
    MessageState.QUEUED: _l("Waiting"),
    MessageState.SENDING: _l("On its way"),
    MessageState.SENT: _l("Sent"),
    MessageState.FAILED: _l("Failed"),
    MessageState.WITHDRAWN: _l("Withdrawn"),
}
_REASONS = {
    NO_ANSWER: _l("the server does not answer"),
    BROKEN_OFF: _l("the server broke off"),
    BAD_ADDRESS: _l("nothing can be sent to this address"),
    TOO_LATE: _l("it could not leave in time"),
    INTERRUPTED: _l("interrupted while it was sent: it may have arrived"),
}


def reason_words(reason: str | None) -> Any:
    """Why it did not leave, for staff; answers of servers such as `SMTP 550` with their number."""
    if not reason:
        return ""
    return _REASONS.get(reason) or _("the server answered %(code)s", code=reason)
