"""Vouchers taken in payment, what was tried in vain, and what became of the devices."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from vouchers.models.partner import KEPT, DeviceKind, Offer, Partner
from vouchers.models.voucher import Voucher

_UNDONE = text("undone_at IS NOT NULL")


class Redemption(Base):
    """A voucher taken in payment: of one device, or of units of training. Without partner: an act of the town itself.

    `act` is the reference of what another room sold for it, e.g. `registration:5`. An undone one stays, and says why.
    No statement is named: `at` and `undone_at` say which ones it is on, and none of them lies before what is stated.
    """

    __tablename__ = "redemption"
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents <= price_cents", name="amount"),
        CheckConstraint("price_cents <= 10000000", name="price"),
        CheckConstraint(
            "(device_kind IS NOT NULL AND serial <> '' AND units = 0 AND session_on IS NULL)"
            " OR (device_kind IS NULL AND serial = '' AND units > 0 AND session_on IS NOT NULL)",
            name="device_or_units",
        ),
        CheckConstraint("offer_id IS NULL OR device_kind IS NOT NULL", name="device_of_a_list"),
        CheckConstraint("partner_id IS NOT NULL OR act <> ''", name="paid_for_something"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name="undone_says_why"),
        CheckConstraint("undone_at IS NULL OR undone_at >= at", name="undone_afterwards"),
        Index("ix_redemption_voucher_id", "voucher_id"),
        Index("ix_redemption_partner_id_at", "partner_id", "at"),
        Index("ix_redemption_undone", "partner_id", "undone_at", sqlite_where=_UNDONE, postgresql_where=_UNDONE),
        Index("ix_redemption_serial", "serial"),
        Index("ix_redemption_act", "act"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press pays once"
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey(Voucher.id))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey(Partner.id))
    amount_cents: Mapped[int]
    price_cents: Mapped[int]
    device_kind: Mapped[DeviceKind | None] = mapped_column(enum_type(DeviceKind))
    serial: Mapped[str] = mapped_column(
        String(60), default="", info=personal("noticing that a device is sold twice", KEPT)
    )
    offer_id: Mapped[int | None] = mapped_column(ForeignKey(Offer.id), comment="of the list that counts one less")
    model: Mapped[str] = mapped_column(
        String(120), default="", info=not_personal(), comment="as the list called it when it was sold"
    )
    warranty_months: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    session_on: Mapped[date | None] = mapped_column(Date, info=not_personal())
    act: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: the resident, registering")
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    undone_reason: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")

    voucher: Mapped[Voucher] = relationship()
    partner: Mapped[Partner | None] = relationship()
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Account | None] = relationship(foreign_keys=[undone_by_id])

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"redemption:{self.id}"


class RefusedTry(Base):
    """A code that was tried at a counter and not taken. `reason` names the refusal; the code itself is not kept.

    `address` is a keyed hash: the network address can not be read from it.
    """

    __tablename__ = "refused_try"
    __table_args__ = (
        Index("ix_refused_try_partner_id_at", "partner_id", "at"),
        Index("ix_refused_try_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey(Partner.id))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    reason: Mapped[str] = mapped_column(String(60), info=not_personal())
    address: Mapped[str] = mapped_column(String(64), default="", info=personal("slowing down guessing", "12 months"))


class FollowUpAnswer(StrEnum):
    """What became of a device after three months; unknown: nobody could be reached, or they do not say."""

    USED = "used"
    NOT_USED = "not_used"
    BROKEN = "broken"
    GONE = "gone"
    UNKNOWN = "unknown"


class FollowUp(Base):
    """One question, three months after a device was bought: is it still used? No answer is unknown, not no."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_has_a_time"),
        Index("ix_follow_up_due_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    redemption_id: Mapped[int] = mapped_column(ForeignKey(Redemption.id), unique=True)
    due_on: Mapped[date] = mapped_column(Date, info=not_personal())
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    answer: Mapped[FollowUpAnswer | None] = mapped_column(
        enum_type(FollowUpAnswer), info=personal("knowing what the help came to", KEPT)
    )
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: by the resident")

    redemption: Mapped[Redemption] = relationship()
    answered_by: Mapped[Account | None] = relationship()
