"""Vouchers, the batches they are made in, and the ledger of what became of their money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from activity.models import AgeBand
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from people.models import Person, Residence
from people.references import follows_merge
from places.models import Neighbourhood
from vouchers.models.campaign import Campaign
from vouchers.models.card import Card, CardCategory
from vouchers.models.partner import KEPT, Partner


class VoucherState(StrEnum):
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    PARTLY_USED = "partly_used"
    USED = "used"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def live(self) -> bool:
        """Whether something of it is still promised."""
        return self in {VoucherState.ISSUED, VoucherState.HANDED_OVER, VoucherState.PARTLY_USED}


class HandedOver(StrEnum):
    """How a voucher reached its person."""

    IN_PERSON = "in_person"
    POSTED = "posted"


class BatchState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"


class VoucherBatch(Base):
    """Vouchers for everybody who may have one, made a few hundred at a time; `last_card_id` is how far it came.

    `skipped` counts cards that were looked at and may not have one; `stopped` says why it went no further.
    """

    __tablename__ = "voucher_batch"
    __table_args__ = (
        CheckConstraint("wanted >= 0 AND made >= 0 AND skipped >= 0", name="counts"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended_has_a_time"),
        Index("ix_voucher_batch_campaign_id", "campaign_id"),
        Index("ix_voucher_batch_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press asks once"
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    wanted: Mapped[int] = mapped_column(comment="cards to look at")
    made: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    last_card_id: Mapped[int] = mapped_column(default=0)
    state: Mapped[BatchState] = mapped_column(enum_type(BatchState), default=BatchState.WAITING)
    stopped: Mapped[str] = mapped_column(String(40), default="", info=not_personal(), comment="name of the refusal")
    card_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True), comment="only these; none: all")
    act: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    prescribed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    campaign: Mapped[Campaign] = relationship()
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"voucher_batch:{self.id}"


class Voucher(Base):
    """`face = left + spent + cancelled + expired`, whatever happens. Only what is handed over can be spent.

    The neighbourhood, residence, age band and category are those of the day it was issued. `act` is the reference
    of what gave a right to it. A voucher that `replaces_id` another one took over what was left of it.
    """

    __tablename__ = "voucher"
    __table_args__ = (
        CheckConstraint("face_cents = left_cents + spent_cents + cancelled_cents + expired_cents", name="balance"),
        CheckConstraint(
            "face_cents > 0 AND left_cents >= 0 AND spent_cents >= 0 AND cancelled_cents >= 0 AND expired_cents >= 0",
            name="amounts",
        ),
        CheckConstraint(
            "(state IN ('issued', 'handed_over') AND left_cents = face_cents)"
            " OR (state = 'partly_used' AND left_cents > 0 AND spent_cents > 0)"
            " OR (state = 'used' AND spent_cents = face_cents)"
            " OR (state IN ('cancelled', 'expired') AND left_cents = 0)",
            name="state_fits",
        ),
        CheckConstraint("(handed_over_at IS NULL) = (handed_over_how IS NULL)", name="handed_over_somehow"),
        CheckConstraint(
            "handed_over_at IS NOT NULL OR state IN ('issued', 'cancelled', 'expired')", name="handed_over_first"
        ),
        Index("ix_voucher_campaign_id_state", "campaign_id", "state"),
        Index("ix_voucher_person_id", "person_id"),
        Index("ix_voucher_card_id", "card_id"),
        Index("ix_voucher_batch_id", "batch_id"),
        Index("ix_voucher_state_valid_until", "state", "valid_until"),
        Index("ix_voucher_issued_by_id", "issued_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, info=personal("paying at a partner’s", KEPT))
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press issues once"
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    card_id: Mapped[int] = mapped_column(ForeignKey(Card.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey(VoucherBatch.id))
    state: Mapped[VoucherState] = mapped_column(enum_type(VoucherState), default=VoucherState.ISSUED)
    face_cents: Mapped[int]
    left_cents: Mapped[int]
    spent_cents: Mapped[int] = mapped_column(default=0)
    cancelled_cents: Mapped[int] = mapped_column(default=0)
    expired_cents: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[date] = mapped_column(Date, info=not_personal(), comment="the last day, without tolerance")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    prescribed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    act: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    handed_over_how: Mapped[HandedOver | None] = mapped_column(enum_type(HandedOver))
    first_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"), unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey(CardCategory.id))
    age_band: Mapped[AgeBand] = mapped_column(enum_type(AgeBand), default=AgeBand.NOT_COMMUNICATED)
    residence: Mapped[Residence] = mapped_column(enum_type(Residence), default=Residence.UNKNOWN)
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey(Neighbourhood.id))

    campaign: Mapped[Campaign] = relationship()
    card: Mapped[Card] = relationship()
    person: Mapped[Person] = relationship()
    movements: Mapped[list[VoucherMovement]] = relationship(order_by="VoucherMovement.id", back_populates="voucher")

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"voucher:{self.id}"


class MovementKind(StrEnum):
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    REDEEMED = "redeemed"
    UNDONE = "undone"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    EXTENDED = "extended"
    REPLACED = "replaced"


class VoucherMovement(Base):
    """One line of the ledger: appended, never changed; amounts are never negative, the kind says which way they go.

    What is left of a voucher is issued - redeemed + undone - cancelled - expired - replaced.
    """

    __tablename__ = "voucher_movement"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="amount"),
        Index("ix_voucher_movement_voucher_id", "voucher_id"),
        Index("ix_voucher_movement_campaign_id_kind", "campaign_id", "kind"),
        Index("ix_voucher_movement_partner_id_at", "partner_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey(Voucher.id))
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    kind: Mapped[MovementKind] = mapped_column(enum_type(MovementKind))
    amount_cents: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: a job, or the resident")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey(Partner.id))
    redemption_id: Mapped[int | None] = mapped_column(ForeignKey("redemption.id"))
    reason: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")

    voucher: Mapped[Voucher] = relationship(back_populates="movements")
    actor: Mapped[Account | None] = relationship()
    partner: Mapped[Partner | None] = relationship()


follows_merge(Voucher.person_id)
