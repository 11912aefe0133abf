"""Signs that something may be wrong, which somebody looked at and found in order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal


class SignKind(StrEnum):
    """What draws attention."""

    REFUSALS = "refusals"
    HOURS = "hours"
    SERIAL = "serial"
    NAME = "name"


class SignLookedAt(Base):
    """Somebody looked at the facts of a sign, up to the newest, and found nothing wrong: a newer one shows it again.

    `mark` is a keyed hash of what the sign is about, so that no name and no serial number is kept here.
    """

    __tablename__ = "sign_looked_at"
    __table_args__ = (
        UniqueConstraint("kind", "mark", "newest"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SignKind] = mapped_column(enum_type(SignKind))
    mark: Mapped[str] = mapped_column(String(64), info=not_personal())
    newest: Mapped[int] = mapped_column(comment="id of its newest fact: a code refused, a payment, a voucher")
    reason: Mapped[str] = mapped_column(String(300), info=not_personal(), comment="names nobody")
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    by: Mapped[Account] = relationship()

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"sign:{self.id}"
