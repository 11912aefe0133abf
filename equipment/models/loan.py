"""Reservations of kits, and what happens to them: asked, said yes to, handed over, brought back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from equipment.models.kit import Condition, Item, Kit
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.period import Period
from foundation.privacy import not_personal, personal
from places.models import CareHome, School, Venue

WORK = "24 months after the loan"


class ReservationState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"

    @property
    def holds(self) -> bool:
        """Whether the kit is held for it; what was asked holds too, so that nobody is promised the same kit."""
        return self not in {ReservationState.REFUSED, ReservationState.CANCELLED}


class Handing(StrEnum):
    """How the kit gets there, and back."""

    COLLECTED = "collected"
    DELIVERED = "delivered"


class Reservation(Base):
    """A kit for a school, a care home or an act of the team, from `starts_at` to `ends_at`, turnaround after it.

    While its state `holds` there is exactly one hold `reservation:<id>` on the kit, from `starts_at` to `held_until`;
    otherwise none. `series` is shared by the dates of one recurring wish. `purpose_of` is the reference of the act of
    another room that took it, e.g. `session:5`; then it has neither school nor home of its own.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at AND ends_at <= held_until", name="in_order"),
        CheckConstraint("head_count BETWEEN 0 AND 500", name="head_count"),
        CheckConstraint("units_wanted BETWEEN 0 AND 200", name="units_wanted"),
        CheckConstraint("minutes_in_use BETWEEN 0 AND 100000", name="minutes_in_use"),
        CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name="one_borrower"),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused_says_why"),
        Index("ix_reservation_kit_id_starts_at", "kit_id", "starts_at"),
        Index("ix_reservation_school_id", "school_id"),
        Index("ix_reservation_care_home_id", "care_home_id"),
        Index("ix_reservation_state_ends_at", "state", "ends_at"),
        Index("ix_reservation_purpose_of", "purpose_of"),
        Index("ix_reservation_series", "series"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True, info=not_personal())
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press reserves once"
    )
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    state: Mapped[ReservationState] = mapped_column(enum_type(ReservationState))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    held_until: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id), comment="where the team uses it")
    purpose_of: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    series: Mapped[str] = mapped_column(String(12), default="", info=not_personal())
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: a job")
    group_label: Mapped[str] = mapped_column(String(120), default="", info=not_personal(), comment="e.g. CM1")
    activity: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="what for")
    sheet_url: Mapped[str] = mapped_column(String(500), default="", info=not_personal(), comment="activity sheet")
    units_wanted: Mapped[int] = mapped_column(default=0)
    head_count: Mapped[int] = mapped_column(default=0, comment="pupils or residents who will hold it")
    minutes_in_use: Mapped[int | None] = mapped_column(comment="in their hands, as told at return; none: not told")
    outward: Mapped[Handing] = mapped_column(enum_type(Handing, "outward"), default=Handing.COLLECTED)
    homeward: Mapped[Handing] = mapped_column(enum_type(Handing, "homeward"), default=Handing.COLLECTED)
    contact_phone: Mapped[str] = mapped_column(
        String(20), default="", info=personal("calling the borrower about the kit", WORK)
    )
    answer: Mapped[str] = mapped_column(String(300), default="", info=not_personal())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    kit: Mapped[Kit] = relationship()
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    asked_by: Mapped[Account | None] = relationship()
    events: Mapped[list[ReservationEvent]] = relationship(order_by="ReservationEvent.id", back_populates="reservation")
    handovers: Mapped[list[Handover]] = relationship(order_by="Handover.id", back_populates="reservation")

    @property
    def reference(self) -> str:
        """What its hold, its messages and its audit entries are filed under."""
        return f"reservation:{self.id}"

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)


class ReservationEventKind(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    PARTLY_RETURNED = "partly_returned"
    RETURNED = "returned"
    WARNED = "warned"
    REASSURED = "reassured"
    REMINDED = "reminded"
    LATE = "late"


class ReservationEvent(Base):
    """One thing that happened to a reservation: who, when, why.

    `warned`: the kit no longer serves what it is wanted for, the reason says `9/12`; `reassured`: it does again.
    `moved`: `was_…` is the kit and the time that it had until then.
    """

    __tablename__ = "reservation_event"
    __table_args__ = (Index("ix_reservation_event_reservation_id", "reservation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reservation_id: Mapped[int] = mapped_column(ForeignKey(Reservation.id))
    kind: Mapped[ReservationEventKind] = mapped_column(enum_type(ReservationEventKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    reason: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")
    was_kit_id: Mapped[int | None] = mapped_column(ForeignKey(Kit.id), comment="none: not moved")
    was_starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    was_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    reservation: Mapped[Reservation] = relationship(back_populates="events")
    was_kit: Mapped[Kit | None] = relationship()
    actor: Mapped[Account | None] = relationship()


class Direction(StrEnum):
    OUT = "out"
    BACK = "back"


class Handover(Base):
    """A checklist gone through with a person who typed their name under it. A kit may come back in parts."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_reservation_id", "reservation_id"),
        Index(
            "uq_handover_reservation_id", "reservation_id", unique=True,
            sqlite_where=text("direction = 'out'"), postgresql_where=text("direction = 'out'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(64), unique=True, info=not_personal())
    reservation_id: Mapped[int] = mapped_column(ForeignKey(Reservation.id))
    direction: Mapped[Direction] = mapped_column(enum_type(Direction))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    signed_name: Mapped[str] = mapped_column(String(120), info=personal("who took or gave the kit", WORK))
    came_back_flat: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")
    due_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=not_personal(), comment="when the kit has to be back, as said on that day; none at returns"
    )
    rules_agreed: Mapped[str] = mapped_column(
        String(1000), default="", info=not_personal(), comment="those of the kit on that day"
    )

    reservation: Mapped[Reservation] = relationship(back_populates="handovers")
    by: Mapped[Account] = relationship()
    lines: Mapped[list[HandoverLine]] = relationship(order_by="HandoverLine.item_id", cascade="all, delete-orphan")
    supplies: Mapped[list[HandoverSupply]] = relationship(
        order_by="HandoverSupply.label", cascade="all, delete-orphan"
    )  # fmt: skip


class HandoverLine(Base):
    """One unit on a checklist, and how it was; `code` to `serial_number` as they were when the list was signed."""

    __tablename__ = "handover_line"
    __table_args__ = (Index("ix_handover_line_item_id", "item_id"),)

    handover_id: Mapped[int] = mapped_column(ForeignKey(Handover.id, ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    condition: Mapped[Condition] = mapped_column(enum_type(Condition, "seen_condition"))
    code: Mapped[str] = mapped_column(String(20), default="", info=not_personal())
    kind: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    label: Mapped[str] = mapped_column(String(120), default="", info=not_personal())
    serial_number: Mapped[str] = mapped_column(String(60), default="", info=not_personal())

    item: Mapped[Item] = relationship()


class HandoverSupply(Base):
    """How many of a supply went along, or came back; its label as it was on that day."""

    __tablename__ = "handover_supply"
    __table_args__ = (CheckConstraint("count BETWEEN 0 AND 10000", name="count"),)

    handover_id: Mapped[int] = mapped_column(ForeignKey(Handover.id, ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(60), primary_key=True, info=not_personal())
    count: Mapped[int]
