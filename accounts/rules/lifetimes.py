"""How long a session and a one-time link live."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from accounts.models import LinkKind
from foundation.errors import Refused
from foundation.i18n import _l

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=10)
"""A session's last use is written at most this often: reading a page is no reason for a write."""

LINK_LIVES = {LinkKind.RESET: timedelta(hours=1), LinkKind.INVITATION: timedelta(days=7)}

CLOSED_KEPT_MONTHS = 12


class LinkSpent(Refused):
    """The link was used, is too old, or never existed: all look the same from outside."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_l("This link was already used or is too old. Ask for a new one."))


def session_alive(created_at: datetime, last_seen_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a session still signs its holder in: not revoked, used within 12 hours, opened within 30 days."""
    return revoked_at is None and now - last_seen_at < IDLE and now - created_at < ABSOLUTE


def worth_noting(last_seen_at: datetime, now: datetime) -> bool:
    """Whether the last use is old enough to be written again."""
    return now - last_seen_at >= SEEN_EVERY


def check_link(expires_at: datetime, used_at: datetime | None, now: datetime) -> None:
    """Refuse a link that was used or is too old.

    Raises:
        LinkSpent
    """
    if used_at is not None or now >= expires_at:
        raise LinkSpent


def forgotten_before(now: datetime) -> datetime:
    """Accounts that were closed before this instant lose their name and their addresses."""
    return now - relativedelta(months=CLOSED_KEPT_MONTHS)
