"""What is said of cards on pages."""

from __future__ import annotations

from foundation.i18n import _l
from vouchers.models import CardEventKind, CardState

CARD_STATES = {
    CardState.LIVE: _l("Live"),
    CardState.SUSPENDED: _l("Suspended"),
    CardState.LOST: _l("Lost"),
    CardState.REPLACED: _l("Replaced"),
    CardState.ENDED: _l("Ended"),
}
CARD_EVENTS = {
    CardEventKind.CREATED: _l("Card given"),
    CardEventKind.IMPORTED: _l("Taken over from a file"),
    CardEventKind.CHANGED: _l("Changed by a file"),
    CardEventKind.PROOF_SEEN: _l("Proof of income seen"),
    CardEventKind.RENEWED: _l("Renewed"),
    CardEventKind.SUSPENDED: _l("Suspended"),
    CardEventKind.RESUMED: _l("Counts again"),
    CardEventKind.LOST: _l("Declared lost"),
    CardEventKind.REPLACED: _l("Replaced by another card"),
    CardEventKind.ENDED: _l("Ended"),
}
