"""Registrations that are paid with units of a training voucher."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from vouchers.models import Voucher
from workshops.models.registration import Registration


class UnitsPromised(Base):
    """The voucher that pays a registration, and how many of its units: frozen when it is registered.

    It is paid when the seats are given: at once, or when somebody who waited says yes. What was paid is a redemption
    of the voucher whose act is the registration's reference.
    """

    __tablename__ = "units_promised"
    __table_args__ = (
        CheckConstraint("units > 0", name="units"),
        Index("ix_units_promised_voucher_id", "voucher_id"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey(Voucher.id))
    units: Mapped[int]

    registration: Mapped[Registration] = relationship()
    voucher: Mapped[Voucher] = relationship()
