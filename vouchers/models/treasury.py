"""How the town pays partners: from which account, and the files of credit transfers that it made."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.privacy import not_personal, personal
from vouchers.models.partner import KEPT


class TownBank(Base):
    """The account of the town from which partners are paid; one row."""

    __tablename__ = "town_bank"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    iban: Mapped[str] = mapped_column(String(34), info=not_personal())
    bic: Mapped[str] = mapped_column(String(11), default="", info=not_personal())
    holder: Mapped[str] = mapped_column(String(70), info=not_personal())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())


class Transfer(Base):
    """A file of credit transfers, kept as it was made: whoever fetches it again gets the same bytes, whatever became
    of the accounts since. The statements that it pays name it; none does any more once it is called off.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("count > 0 AND total_cents > 0", name="pays"),
        CheckConstraint("(paid_on IS NULL) = (paid_by_id IS NULL)", name="paid_has_a_witness"),
        CheckConstraint("(called_off_at IS NULL) = (called_off_by_id IS NULL)", name="called_off_by_somebody"),
        CheckConstraint("(called_off_at IS NULL) = (called_off_reason = '')", name="called_off_says_why"),
        CheckConstraint("called_off_at IS NULL OR paid_on IS NULL", name="paid_or_called_off"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that asked: a double press makes one file"
    )
    message: Mapped[str] = mapped_column(String(35), unique=True, info=not_personal(), comment="MsgId of the file")
    execute_on: Mapped[date] = mapped_column(Date, info=not_personal())
    count: Mapped[int] = mapped_column(comment="of transfers, one a partner")
    total_cents: Mapped[int]
    content: Mapped[str] = mapped_column(Text, info=personal("paying the partner", KEPT))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    created_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    paid_on: Mapped[date | None] = mapped_column(Date, info=not_personal())
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    called_off_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    called_off_reason: Mapped[str] = mapped_column(String(500), default="", info=not_personal(), comment="names nobody")

    created_by: Mapped[Account] = relationship(foreign_keys=[created_by_id])
    paid_by: Mapped[Account | None] = relationship(foreign_keys=[paid_by_id])
    called_off_by: Mapped[Account | None] = relationship(foreign_keys=[called_off_by_id])

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"transfer:{self.id}"
