"""Who takes vouchers in payment, what they offer, and where their money goes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from places.models import Structure

KEPT = "10 years after the last payment, as public accounts must be"
_WRITTEN = text("siret <> ''")


class PartnerKind(StrEnum):
    """What a partner is paid for."""

    REFURBISHER = "refurbisher"
    TRAINING = "training"


class DeviceKind(StrEnum):
    COMPUTER = "computer"
    TABLET = "tablet"
    PHONE = "phone"


class Grade(StrEnum):
    """How a refurbished device looks, as the trade says it."""

    LIKE_NEW = "like_new"
    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"


class Partner(Base):
    """A structure that has an agreement with the town; accounts with the role partner belong to that structure.

    Its places are the venues of the structure. Without `agreement_until` the agreement goes on.
    """

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint("agreement_until IS NULL OR agreement_from <= agreement_until", name="end_after_start"),
        Index("uq_partner_siret", "siret", unique=True, sqlite_where=_WRITTEN, postgresql_where=_WRITTEN),
        Index("ix_partner_kind", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    structure_id: Mapped[int] = mapped_column(ForeignKey(Structure.id), unique=True)
    kind: Mapped[PartnerKind] = mapped_column(enum_type(PartnerKind))
    siret: Mapped[str] = mapped_column(String(14), default="", info=not_personal())
    agreement_from: Mapped[date] = mapped_column(Date, info=not_personal())
    agreement_until: Mapped[date | None] = mapped_column(Date, info=not_personal(), comment="the last day")
    contact_name: Mapped[str] = mapped_column(String(120), default="", info=personal("reaching the partner", KEPT))
    contact_phone: Mapped[str] = mapped_column(String(20), default="", info=personal("reaching the partner", KEPT))
    contact_email: Mapped[str] = mapped_column(String(254), default="", info=personal("reaching the partner", KEPT))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    stated_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=not_personal(), comment="end of the last statement: nothing is written before it any more"
    )

    structure: Mapped[Structure] = relationship(lazy="joined", innerjoin=True)
    offers: Mapped[list[Offer]] = relationship(order_by="Offer.id", back_populates="partner")

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"partner:{self.id}"

    def under_agreement(self, on: date) -> bool:
        """Whether it takes vouchers on that day."""
        return self.agreement_from <= on and (self.agreement_until is None or on <= self.agreement_until)


class PartnerBank(Base):
    """Where a partner is paid: apart, so that no page that shows a partner reads it. Whole in the treasury’s file."""

    __tablename__ = "partner_bank"

    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id), primary_key=True)
    iban: Mapped[str] = mapped_column(String(34), info=personal("paying the partner", KEPT))
    bic: Mapped[str] = mapped_column(String(11), default="", info=personal("paying the partner", KEPT))
    holder: Mapped[str] = mapped_column(String(70), info=personal("paying the partner", KEPT))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    partner: Mapped[Partner] = relationship()


class Offer(Base):
    """A refurbished device that a partner sells. `stock` is None when the partner does not count."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint("price_cents BETWEEN 1 AND 10000000", name="price"),
        CheckConstraint("warranty_months BETWEEN 0 AND 120", name="warranty"),
        CheckConstraint("stock BETWEEN 0 AND 100000", name="stock"),
        Index("ix_offer_partner_id", "partner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id))
    device_kind: Mapped[DeviceKind] = mapped_column(enum_type(DeviceKind))
    title: Mapped[str] = mapped_column(String(120))
    grade: Mapped[Grade] = mapped_column(enum_type(Grade))
    price_cents: Mapped[int]
    warranty_months: Mapped[int] = mapped_column(default=0)
    stock: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    partner: Mapped[Partner] = relationship(back_populates="offers")
