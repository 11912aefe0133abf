"""Queue a message with the act that causes it; withdraw it when the act is undone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Executable, Table, Update, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from foundation import audit, clock
from foundation.db import db, rows_changed, table_of
from foundation.errors import Refused, Unknown
from foundation.i18n import _l
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
    structure_id: int | None = None,
    confidential: bool = False,
) -> int | None:
    """Write a message in the transaction at hand; the jobs process sends it after the commit.

    Args:
        key: what it is for, e.g. `appointment:12:booked`; a key that was queued before is not queued again,
            unless it was withdrawn: then it is written anew.
        reference: the record it is about, e.g. `appointment:12`.
        calendar: text of an .ics file to attach to an e-mail.
        not_before: when it may leave at the earliest; now by default.
        expires_at: when it is better not sent at all (a reminder after the appointment).
        structure_id: whose managers may read it on the page of messages; None: only those of the whole territory.
        confidential: it holds a link that opens an account; only administrators may read it.

    Returns:
        The id of the message, or None when the key was there already.
    """
    now = clock.now()
    message = {
        "key": key, "reference": reference, "channel": channel, "recipient": recipient, "subject": subject,
        "body": body, "locale": locale, "calendar": calendar, "not_before": not_before or now,
        "expires_at": expires_at, "structure_id": structure_id, "confidential": confidential, "created_at": now,
        "state": MessageState.QUEUED, "attempts": 0, "last_error": None,
    }  # fmt: skip
    written: int | None = db.session.scalar(_QUEUED[db.engine.dialect.name], message)
    return written


def _queued(insert: Callable[[Table], Any]) -> Executable:
    """Both engines know the same clause; SQLAlchemy spells it for each."""
    table = table_of(Message)
    statement = insert(table)
    written = [column.name for column in table.c if column.name not in {"id", "key", "created_at"}]
    return statement.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=["key"],
        set_={name: statement.excluded[name] for name in written},
        where=table.c.state == MessageState.WITHDRAWN,
    ).returning(table.c.id)


_QUEUED = {"sqlite": _queued(sqlite.insert), "postgresql": _queued(postgresql.insert)}


def known_keys(keys: Collection[str]) -> set[str]:
    """Those of `keys` that were queued before and not withdrawn since."""
    wanted = sorted(keys)
    found: set[str] = set()
    for at in range(0, len(wanted), 500):
        found.update(
            db.session.scalars(
                select(Message.key).where(
                    Message.key.in_(wanted[at : at + 500]), Message.state != MessageState.WITHDRAWN
                )
            )
        )
    return found


def withdraw(reference: str) -> int:
    """Do not send what still waits about `reference`; returns how many messages that were."""
    return rows_changed(
        update(Message)
        .where(Message.reference == reference, Message.state == MessageState.QUEUED)
        .values(state=MessageState.WITHDRAWN)
    )


class NoSuchMessage(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This message is no longer kept."))


class NotFailed(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This message is not one that failed. Load the page again."))


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__(_l("It is too late for this message: what it announces has begun."))


def send_again(message_id: int, *, actor_id: int | None) -> Message:
    """Put a message that failed back into the queue; a day of tries begins anew.

    Raises:
        NoSuchMessage, NotFailed, TooLate
    """
    message = db.session.get(Message, message_id, with_for_update=True, populate_existing=True)
    now = clock.now()
    if message is None:
        raise NoSuchMessage
    if message.state is not MessageState.FAILED:
        raise NotFailed
    if message.expires_at is not None and message.expires_at <= now:
        raise TooLate
    message.state, message.attempts, message.not_before = MessageState.QUEUED, 0, now
    audit.record("message.queued_again", f"message:{message.id}", actor_id=actor_id)
    db.session.flush()
    return message


def erase(references: Collection[str]) -> int:
    """Delete all messages about these records, sent or not: the person they were written to is forgotten."""
    return changed(delete(Message).where(Message.reference.in_(references)))


def purge(before: datetime) -> int:
    """Delete messages that were sent, or else written, before that; returns how many."""
    return changed(delete(Message).where(func.coalesce(Message.sent_at, Message.created_at) < before))


def changed(statement: Update | Delete) -> int:
    """Execute it; how many rows it changed."""
    return int(cast("CursorResult[Any]", db.session.execute(statement)).rowcount)


_askers: dict[str, Callable[[str, str], bool]] = {}


def ask_before_sending(kind: str, still_wanted: Callable[[str, str], bool]) -> None:
    """Have `still_wanted(reference, key)` asked before a message about a record of `kind` leaves.

    It says whether the record is still as the message tells; the last guard when a message was written while its
    record changed.
    """
    _askers[kind] = still_wanted


def is_still_wanted(message: Message) -> bool:
    asker = _askers.get(message.reference.partition(":")[0])
    return asker is None or asker(message.reference, message.key)
