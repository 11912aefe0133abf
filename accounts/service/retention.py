"""What is forgotten of accounts, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select

from accounts.models import Account, AccountLink, FailedTry, StaffSession
from accounts.rules.lifetimes import ABSOLUTE, IDLE, LINK_LIVES, forgotten_before
from accounts.rules.throttle import FORGOTTEN_AFTER
from agenda.service import change_resource
from foundation import audit
from foundation.db import db
from foundation.i18n import _, in_language

NOWHERE = "@account.invalid"
"""The end of an address that can not exist (RFC 2606), in place of one that was forgotten."""


def tidy(now: datetime) -> int:
    """Delete what is past its time: ended sessions, spent links, old tries, and who held accounts closed a year ago.

    Returns how many rows went or were emptied.
    """
    ended = or_(
        StaffSession.revoked_at < now - ABSOLUTE,
        StaffSession.last_seen_at < now - IDLE - ABSOLUTE,
        StaffSession.created_at < now - ABSOLUTE - ABSOLUTE,
    )
    gone = 0
    for statement in (
        delete(StaffSession).where(ended),
        delete(AccountLink).where(AccountLink.expires_at < now - max(LINK_LIVES.values())),
        delete(FailedTry).where(FailedTry.last_at < now - FORGOTTEN_AFTER),
    ):
        gone += cast("CursorResult[Any]", db.session.execute(statement)).rowcount
    return gone + forget_closed(now)


def forget_closed(now: datetime) -> int:
    """Empty accounts that were closed more than a year ago; the row stays, for what was done is signed with its id."""
    closed = db.session.scalars(
        select(Account)
        .where(~Account.active, Account.closed_at < forgotten_before(now), ~Account.email.endswith(NOWHERE))
        .order_by(Account.id)
    ).all()
    for account in closed:
        _forget(account)
        audit.record("account.forgotten", f"account:{account.id}")
    db.session.flush()
    return len(closed)


def is_forgotten(account: Account) -> bool:
    """Whether nothing of its holder is left in this account."""
    return account.email.endswith(NOWHERE)


def _forget(account: Account) -> None:
    with in_language(account.locale):
        account.name = _("Closed account %(number)s", number=account.id)
    account.email = f"closed-{account.id}{NOWHERE}"
    account.phone = account.password_hash = account.password_changed_at = account.last_signed_in_at = None
    if account.resource_id is not None:
        change_resource(account.resource_id, label=account.name)
