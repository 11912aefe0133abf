"""Sending what waits: claim, send, mark; each message once, whoever else sends at the same time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import select, update

from foundation import clock
from foundation.db import db, in_transaction
from foundation.outbox.delivery import Carrier, Deferred, Parcel, Rejected, Unreachable
from foundation.outbox.mail import Mailer
from foundation.outbox.models import Channel, Message, MessageState
from foundation.outbox.rules import INTERRUPTED_AFTER, delay_after, is_quiet, out_of_quiet_hours
from foundation.outbox.service import changed, is_still_wanted
from foundation.outbox.texting import Texter
from foundation.outbox.words import INTERRUPTED, TOO_LATE

log = structlog.get_logger()
BATCH = 50


@dataclass(frozen=True)
class Tally:
    """What a run did, in messages."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    dropped: int = 0


def carriers() -> list[Carrier]:
    """The ways of sending that this deployment is set up with; none by default, so that nothing leaves."""
    settings = current_app.extensions["settings"]
    found: list[Carrier] = []
    if settings.smtp_url:
        found.append(Mailer(settings.smtp_url, settings.mail_from))
    if settings.sms_url:
        found.append(Texter(settings.sms_url, settings.sms_token))
    return found


def leaves_by(channel: Channel) -> bool:
    """Whether this deployment sends messages by `channel`; otherwise they stay readable on the page of messages."""
    return any(carrier.channel is channel for carrier in carriers())


def send_due(
    using: list[Carrier] | None = None, *, stopped: Callable[[], bool] = lambda: False, most: int = 1000
) -> Tally:
    """Send what is due; commits by itself, a claim before each message and its outcome after it.

    Args:
        using: ways of sending; those of the settings by default.
        stopped: asked before each message, so that a process that ends does not begin another one.
        most: number of messages after which the run ends, so that other work gets its turn.
    """
    tally = Tally()
    with ExitStack() as stack:
        reachable = {one.channel: stack.enter_context(one) for one in (carriers() if using is None else using)}
        seen = 0
        while reachable and seen < most and not stopped() and (due := _due(set(reachable))):
            for message_id, channel in due:
                if stopped() or channel not in reachable:
                    continue
                outcome, alive = _send_one(message_id, reachable[channel])
                tally = replace(tally, **{outcome: getattr(tally, outcome) + 1}) if outcome else tally
                if not alive:
                    del reachable[channel]
            seen += len(due)
    return tally


def _due(channels: set[Channel]) -> list[tuple[int, Channel]]:
    """The oldest messages that may leave now; nothing that rings in the quiet hours."""
    now = clock.now()
    awake = {one for one in channels if one is not Channel.SMS or not is_quiet(now, clock.territory_zone())}
    rows = db.session.execute(
        select(Message.id, Message.channel)
        .where(Message.state == MessageState.QUEUED, Message.not_before <= now, Message.channel.in_(awake))
        .order_by(Message.not_before, Message.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return [(row.id, row.channel) for row in rows]


def _send_one(message_id: int, carrier: Carrier) -> tuple[str, bool]:
    """What became of it (a field of `Tally`, empty when another process has it), and whether the server answers."""
    claimed_at = clock.now()
    parcel, outcome = in_transaction(lambda: _claim(message_id, claimed_at))
    if parcel is None:
        return outcome, True
    try:
        carrier.deliver(parcel)
    except Rejected as failure:
        _conclude(parcel.id, claimed_at, {"state": MessageState.FAILED, "last_error": failure.reason})
        log.warning("message refused", message=parcel.id, channel=carrier.channel, reason=failure.reason)
        return "failed", True
    except (Deferred, Unreachable) as failure:
        log.warning("message put off", message=parcel.id, channel=carrier.channel, reason=failure.reason)
        return _put_off(parcel.id, claimed_at, failure.reason), isinstance(failure, Deferred)
    _conclude(parcel.id, claimed_at, {"state": MessageState.SENT, "sent_at": clock.now(), "last_error": None})
    log.info("message sent", message=parcel.id, channel=carrier.channel)
    return "sent", True


def _claim(message_id: int, claimed_at: datetime) -> tuple[Parcel | None, str]:
    """Take the message by compare-and-swap, or drop it when it is no longer true or useful."""
    taken = changed(
        update(Message)
        .where(Message.id == message_id, Message.state == MessageState.QUEUED)
        .values(state=MessageState.SENDING, claimed_at=claimed_at, attempts=Message.attempts + 1)
    )
    if taken != 1:
        return None, ""
    message = db.session.get_one(Message, message_id, populate_existing=True)
    if message.expires_at is not None and message.expires_at <= claimed_at:
        message.state, message.last_error = MessageState.FAILED, TOO_LATE
        return None, "failed"
    if not is_still_wanted(message):
        message.state = MessageState.WITHDRAWN
        return None, "dropped"
    return _parcel(message), ""


def _parcel(message: Message) -> Parcel:
    return Parcel(message.id, message.recipient, message.subject, message.body, message.calendar, message.locale)


def _put_off(message_id: int, claimed_at: datetime, reason: str) -> str:
    """Back into the queue for later, or given up after a day; never into the night when it rings."""
    message = db.session.get_one(Message, message_id)
    delay = delay_after(message.attempts)
    rings = message.channel is Channel.SMS
    db.session.rollback()
    if delay is None:
        _conclude(message_id, claimed_at, {"state": MessageState.FAILED, "last_error": reason})
        return "failed"
    later = clock.now() + delay
    not_before = out_of_quiet_hours(later, clock.territory_zone()) if rings else later
    _conclude(message_id, claimed_at, {"state": MessageState.QUEUED, "not_before": not_before, "last_error": reason})
    return "put_off"


def _conclude(message_id: int, claimed_at: datetime, values: dict[str, Any]) -> None:
    """Write the outcome, unless the claim was taken from us meanwhile."""
    mine = (Message.id == message_id, Message.state == MessageState.SENDING, Message.claimed_at == claimed_at)
    in_transaction(lambda: changed(update(Message).where(*mine).values(**values)))


def recover_interrupted() -> int:
    """Take up messages whose sender died between claim and outcome; nobody knows whether they left. Commits.

    An e-mail is sent again under the same Message-ID, which mailboxes recognise. A text message is not: it would ring
    twice, so it fails and staff decide.
    """
    limit = clock.now() - INTERRUPTED_AFTER
    stale = (Message.state == MessageState.SENDING, Message.claimed_at < limit)

    anything = db.session.scalar(select(Message.id).where(*stale).limit(1))
    db.session.rollback()
    if anything is None:
        return 0

    def act() -> int:
        again = update(Message).where(*stale, Message.channel == Channel.EMAIL).values(state=MessageState.QUEUED)
        given_up = (
            update(Message)
            .where(*stale, Message.channel == Channel.SMS)
            .values(state=MessageState.FAILED, last_error=INTERRUPTED)
        )
        return changed(again) + changed(given_up)

    return in_transaction(act)
