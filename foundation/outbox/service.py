"""Queue a message with the act that causes it; withdraw it when the act is undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from foundation import clock
from foundation.db import db, rows_changed
from foundation.outbox.models import Channel, Message, MessageState


def queue(
    *,
    key: str,
    reference: str,
    channel: Channel,
    recipient: str,
    subject: str,
    body: str,
    locale: str,
    calendar: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Message | None:
    """Write a message in the transaction at hand; the jobs process sends it after the commit.

    Args:
        key: what it is for, e.g. `appointment:12:booked`; a key that was queued before is not queued again.
        reference: the record it is about, e.g. `appointment:12`.
        calendar: text of an .ics file to attach to an e-mail.
        not_before: when it may leave at the earliest; now by default.
        expires_at: when it is better not sent at all (a reminder after the appointment).

    Returns:
        The message, or None when the key was there already.
    """
    if db.session.scalar(select(Message.id).where(Message.key == key)):
        return None
    now = clock.now()
    message = Message(
        key=key, reference=reference, channel=channel, recipient=recipient, subject=subject, body=body, locale=locale,
        calendar=calendar, created_at=now, not_before=not_before or now, expires_at=expires_at,
    )  # fmt: skip
    db.session.add(message)
    db.session.flush()
    return message


def withdraw(reference: str) -> int:
    """Do not send what still waits about `reference`; returns how many messages that were."""
    return rows_changed(
        update(Message)
        .where(Message.reference == reference, Message.state == MessageState.QUEUED)
        .values(state=MessageState.WITHDRAWN)
    )
