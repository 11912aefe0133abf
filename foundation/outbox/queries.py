"""Messages as staff read them: newest first, in the reader's scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true

from foundation.db import db
from foundation.outbox.models import Channel, Message, MessageState

PAGE = 50


@dataclass(frozen=True)
class Reader:
    """What somebody may read: messages of one structure (None: of all), and those that open accounts or not."""

    structure_id: int | None
    confidential: bool

    def may_read(self) -> ColumnElement[bool]:
        return and_(
            true() if self.structure_id is None else Message.structure_id == self.structure_id,
            true() if self.confidential else Message.confidential == false(),
        )


def messages(
    reader: Reader, *, state: MessageState | None = None, channel: Channel | None = None, before: int | None = None
) -> list[Message]:
    """A page of messages, newest first, and one more when there are more.

    Args:
        before: id of the last message of the page before.
    """
    query = select(Message).where(reader.may_read()).order_by(Message.id.desc()).limit(PAGE + 1)
    if state is not None:
        query = query.where(Message.state == state)
    if channel is not None:
        query = query.where(Message.channel == channel)
    if before is not None:
        query = query.where(Message.id < before)
    return list(db.session.scalars(query))


def about(reader: Reader, reference: str) -> list[Message]:
    """What was written about a record, in order."""
    query = select(Message).where(reader.may_read(), Message.reference == reference)
    return list(db.session.scalars(query.order_by(Message.id)))


def counts(reader: Reader) -> dict[MessageState, int]:
    """How many messages there are in each state; states without any are 0."""
    rows = db.session.execute(
        select(Message.state, func.count(Message.id)).where(reader.may_read()).group_by(Message.state)
    )
    return dict.fromkeys(MessageState, 0) | {row[0]: row[1] for row in rows}


def message(reader: Reader, message_id: int) -> Message | None:
    return db.session.scalar(select(Message).where(reader.may_read(), Message.id == message_id))


def failed_since(reader: Reader, since: datetime) -> Select[int]:
    """Counts the messages that were to leave since then and were given up."""
    return select(func.count(Message.id)).where(
        reader.may_read(), Message.state == MessageState.FAILED, Message.not_before >= since
    )


def undelivered(references: Collection[str]) -> set[str]:
    """Those of the records of which the last message that was tried was given up: nobody may know of them."""
    ended = (MessageState.SENT, MessageState.FAILED)
    rows = db.session.execute(
        select(Message.reference, Message.state)
        .where(Message.reference.in_(references), Message.state.in_(ended))
        .order_by(Message.id)
    )
    last = {reference: state for reference, state in rows}
    return {reference for reference, state in last.items() if state is MessageState.FAILED}


def unreached(references: Collection[str]) -> dict[str, list[str]]:
    """Record → recipients of whom the last message about it that was tried was given up, in the order of writing.

    Records whose recipients were all reached, or still may be, are left out.
    """
    ended = (MessageState.SENT, MessageState.FAILED)
    rows = db.session.execute(
        select(Message.reference, Message.recipient, Message.state)
        .where(Message.reference.in_(references), Message.state.in_(ended))
        .order_by(Message.id)
    )
    last = {(reference, recipient): state for reference, recipient, state in rows}
    found: dict[str, list[str]] = {}
    for (reference, recipient), state in last.items():
        if state is MessageState.FAILED:
            found.setdefault(reference, []).append(recipient)
    return found


def failed_ids(reader: Reader) -> list[int]:
    """What failed and may be sent again, oldest first."""
    return list(
        db.session.scalars(
            select(Message.id).where(reader.may_read(), Message.state == MessageState.FAILED).order_by(Message.id)
        )
    )
