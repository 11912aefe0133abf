"""What the town owes a partner for a month."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal
from vouchers.models.partner import Partner
from vouchers.models.treasury import Transfer


class StatementState(StrEnum):
    ISSUED = "issued"
    DISPUTED = "disputed"
    APPROVED = "approved"
    PAID = "paid"


class Statement(Base):
    """Numbered per partner, locked once issued: the ledger of the partner from `since` to before `until`.

    What is undone later is a negative line of a later statement, so that a total may be negative too.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("count >= 0", name="count"),
        CheckConstraint("since IS NULL OR since < until", name="end_after_start"),
        CheckConstraint("state <> 'disputed' OR disputed_reason <> ''", name="disputed_says_why"),
        CheckConstraint("answer = '' OR disputed_reason <> ''", name="answer_to_a_dispute"),
        CheckConstraint("(approved_at IS NULL) = (state IN ('issued', 'disputed'))", name="approved_has_a_time"),
        CheckConstraint("(paid_on IS NOT NULL) = (state = 'paid')", name="paid_has_a_day"),
        UniqueConstraint("partner_id", "number"),
        UniqueConstraint("partner_id", "year", "month"),
        Index("ix_statement_state", "state"),
        Index("ix_statement_transfer_id", "transfer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id))
    year: Mapped[int]
    month: Mapped[int]
    number: Mapped[int]
    since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=not_personal(), comment="end of the statement before; none: the beginning"
    )
    until: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal(), comment="end of the month, not included")
    state: Mapped[StatementState] = mapped_column(enum_type(StatementState), default=StatementState.ISSUED)
    total_cents: Mapped[int]
    count: Mapped[int] = mapped_column(comment="of lines, negative ones included")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    disputed_reason: Mapped[str] = mapped_column(String(500), default="", info=not_personal(), comment="names nobody")
    answer: Mapped[str] = mapped_column(
        String(500), default="", info=not_personal(), comment="of the town to the dispute; names nobody"
    )
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    transfer_id: Mapped[int | None] = mapped_column(ForeignKey(Transfer.id), comment="the file that pays it")
    paid_on: Mapped[date | None] = mapped_column(Date, info=not_personal())

    partner: Mapped[Partner] = relationship()
    approved_by: Mapped[Account | None] = relationship()

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"statement:{self.id}"
