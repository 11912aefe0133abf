"""A message waiting, on its way, sent or given up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal

KEPT = "90 days after it was sent"


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Message(Base):
    """One message to one address. `key` says what it is for: the same key is never queued twice."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_message_state_not_before", "state", "not_before", "id"),
        Index("ix_message_reference", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True, info=not_personal())
    reference: Mapped[str] = mapped_column(String(60), info=not_personal())
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    recipient: Mapped[str] = mapped_column(String(254), info=personal("where the message goes", KEPT))
    subject: Mapped[str] = mapped_column(String(200), info=personal("what the message says", KEPT))
    body: Mapped[str] = mapped_column(Text, info=personal("what the message says", KEPT))
    calendar: Mapped[str | None] = mapped_column(Text, info=personal("calendar file of the appointment", KEPT))
    locale: Mapped[str] = mapped_column(String(5), info=not_personal())
    structure_id: Mapped[int | None] = mapped_column(
        comment="whose managers may read it; none: only those of the whole territory"
    )
    confidential: Mapped[bool] = mapped_column(
        default=False, comment="holds a link that opens an account: for administrators only"
    )
    state: Mapped[MessageState] = mapped_column(enum_type(MessageState), default=MessageState.QUEUED)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    not_before: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(200), info=not_personal())
