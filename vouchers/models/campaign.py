"""Campaigns: a budget, a face value, a time, and who may have a voucher of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal
from foundation.said import Said
from places.models import Structure
from vouchers.models.partner import Partner


class CampaignKind(StrEnum):
    DEVICE = "device"
    TRAINING = "training"


class CampaignState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Share(StrEnum):
    """Who gets one voucher of a kind, and no second one for a while."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Campaign(Said, Base):
    """`budget = left + committed + spent`: committed is what its live vouchers are still worth, spent what was paid.

    A device voucher helps with part of a price; a training voucher is worth `units` of `unit_cents` each. Lists of
    ids and kinds that are empty narrow nothing. `act_needed` is the reference of what somebody must have done, e.g.
    `programme:5`; `every_years` 0 means once in this campaign. `report` is what the campaign came to when it closed.
    Its title and the text of its vouchers are translated: residents read them.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint("committed_cents >= 0", name="committed"),
        CheckConstraint("spent_cents >= 0", name="spent"),
        CheckConstraint("committed_cents + spent_cents <= budget_cents", name="within_budget"),
        CheckConstraint("budget_cents BETWEEN 0 AND 1000000000", name="budget"),
        CheckConstraint(
            "face_cents > 0 AND ((kind = 'device' AND units = 0 AND unit_cents = 0)"
            " OR (kind = 'training' AND units > 0 AND unit_cents > 0 AND face_cents = units * unit_cents))",
            name="face",
        ),
        CheckConstraint("starts_on <= ends_on", name="end_after_start"),
        CheckConstraint("tolerance_days BETWEEN 0 AND 90", name="tolerance"),
        CheckConstraint("age_min BETWEEN 0 AND 120 AND age_max BETWEEN 0 AND 120 AND age_min <= age_max", name="ages"),
        CheckConstraint("every_years BETWEEN 0 AND 20", name="every_years"),
        CheckConstraint("floor_cents >= 0", name="floor"),
        CheckConstraint("price_ceiling_cents > 0", name="price_ceiling"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_time"),
        Index("ix_campaign_structure_id", "structure_id"),
        Index("ix_campaign_state_ends_on", "state", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CampaignKind] = mapped_column(enum_type(CampaignKind))
    title: Mapped[str] = mapped_column(String(120), info=not_personal())
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id), comment="none: the whole territory")
    state: Mapped[CampaignState] = mapped_column(enum_type(CampaignState), default=CampaignState.DRAFT)
    budget_cents: Mapped[int]
    committed_cents: Mapped[int] = mapped_column(default=0)
    spent_cents: Mapped[int] = mapped_column(default=0)
    face_cents: Mapped[int]
    units: Mapped[int] = mapped_column(default=0)
    unit_cents: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date] = mapped_column(Date, info=not_personal())
    ends_on: Mapped[date] = mapped_column(Date, info=not_personal(), comment="the last day printed on vouchers")
    tolerance_days: Mapped[int] = mapped_column(default=0, comment="vouchers are still taken for so long after it")
    category_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    commune_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    neighbourhood_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    age_min: Mapped[int] = mapped_column(default=0)
    age_max: Mapped[int] = mapped_column(default=120)
    share: Mapped[Share] = mapped_column(enum_type(Share), default=Share.PERSON)
    every_years: Mapped[int] = mapped_column(default=0)
    prescriber_needed: Mapped[bool] = mapped_column(default=False)
    act_needed: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    floor_cents: Mapped[int] = mapped_column(default=0, comment="what residents pay at least")
    price_ceiling_cents: Mapped[int | None] = mapped_column(comment="dearer devices are not helped with")
    device_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    voucher_text: Mapped[str] = mapped_column(String(1000), default="", info=not_personal())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=not_personal())

    structure: Mapped[Structure | None] = relationship()
    partners: Mapped[list[Partner]] = relationship(secondary="campaign_partner", order_by=Partner.id)

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"campaign:{self.id}"

    @property
    def left_cents(self) -> int:
        """What may still be promised."""
        return self.budget_cents - self.committed_cents - self.spent_cents


class CampaignPartner(Base):
    """A partner who takes the vouchers of a campaign. A campaign without any is for all partners of its kind."""

    __tablename__ = "campaign_partner"
    __table_args__ = (Index("ix_campaign_partner_partner_id", "partner_id"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id), primary_key=True)
