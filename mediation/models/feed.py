"""Private calendar addresses of mediators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.privacy import not_personal, personal


class CalendarFeed(Base):
    """An address at which a mediator's calendar can be read. Only a hash of its secret is kept.

    Revoking deletes the row: the address opens nothing any more.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    label: Mapped[str] = mapped_column(
        String(80), default="", info=personal("telling one's feeds apart", "until revoked")
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=personal("opening the feed", "until revoked"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    last_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    shows_names: Mapped[bool] = mapped_column(default=False, comment="residents by name; else by initials")

    account: Mapped[Account] = relationship()
