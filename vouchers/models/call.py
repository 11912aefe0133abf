"""Who was called about a voucher that is about to end."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.privacy import not_personal
from vouchers.models.voucher import Voucher


class VoucherCall(Base):
    """Somebody of the staff told its person by telephone of the last day of a voucher: given more time, it is told
    of once more, as in messages.
    """

    __tablename__ = "voucher_call"
    __table_args__ = (UniqueConstraint("voucher_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey(Voucher.id))
    last_day: Mapped[date] = mapped_column(Date, info=not_personal(), comment="the one that was told")
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    by: Mapped[Account] = relationship()
