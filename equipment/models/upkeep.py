"""What goes wrong with kits, how it is put right, and what is really on the shelf."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from equipment.models.kit import Condition, Item, Kit
from equipment.models.loan import Reservation
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal


class IncidentState(StrEnum):
    OPEN = "open"
    IN_REPAIR = "in_repair"
    CLOSED = "closed"


class Incident(Base):
    """Something is missing or damaged; about one unit, or about the whole kit."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("cost_cents BETWEEN 0 AND 10000000", name="cost"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_time"),
        Index("ix_incident_kit_id_state", "kit_id", "state"),
        Index("ix_incident_item_id", "item_id"),
        Index("ix_incident_reservation_id", "reservation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id))
    reservation_id: Mapped[int | None] = mapped_column(ForeignKey(Reservation.id))
    condition: Mapped[Condition] = mapped_column(enum_type(Condition, "found_condition"))
    description: Mapped[str] = mapped_column(String(500), info=not_personal(), comment="names nobody")
    state: Mapped[IncidentState] = mapped_column(enum_type(IncidentState), default=IncidentState.OPEN)
    supplier: Mapped[str] = mapped_column(String(120), default="", info=not_personal())
    cost_cents: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    opened_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    kit: Mapped[Kit] = relationship()
    item: Mapped[Item | None] = relationship()
    reservation: Mapped[Reservation | None] = relationship()
    opened_by: Mapped[Account] = relationship()


class IncidentEvent(Base):
    """A step of an incident: who, when, what. Appended, never changed."""

    __tablename__ = "incident_event"
    __table_args__ = (Index("ix_incident_event_incident_id", "incident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey(Incident.id))
    state: Mapped[IncidentState] = mapped_column(enum_type(IncidentState, "incident_event_state"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    note: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")


class Maintenance(Base):
    """Planned upkeep: the kit is held with the reference `maintenance:<id>` from start to end, unless called off."""

    __tablename__ = "maintenance"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="end_after_start"),
        Index("ix_maintenance_kit_id", "kit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    label: Mapped[str] = mapped_column(String(120), info=not_personal())
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    planned_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    kit: Mapped[Kit] = relationship()


class StockTaking(Base):
    """A walk along the shelf with a phone; differences are reported, and become incidents when it is closed."""

    __tablename__ = "stock_taking"
    __table_args__ = (Index("ix_stock_taking_kit_id", "kit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    begun_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    kit: Mapped[Kit] = relationship()
    lines: Mapped[list[StockLine]] = relationship(order_by="StockLine.item_id", cascade="all, delete-orphan")


class StockLine(Base):
    """One unit as it was found."""

    __tablename__ = "stock_line"

    stock_taking_id: Mapped[int] = mapped_column(ForeignKey(StockTaking.id, ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    found: Mapped[Condition] = mapped_column(enum_type(Condition, "stock_condition"))

    item: Mapped[Item] = relationship()
