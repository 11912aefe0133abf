"""What goes wrong with kits, how it is put right, and what is really on the shelf."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from equipment.models.kit import Condition, Item, Kit
from equipment.models.loan import Reservation
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.period import Period
from foundation.privacy import not_personal

OPEN = "closed_at IS NULL"


class IncidentState(StrEnum):
    OPEN = "open"
    IN_REPAIR = "in_repair"
    CLOSED = "closed"


_UNSETTLED = text("state <> 'closed'")


class Incident(Base):
    """Something is missing or damaged; about one unit, or about the whole kit. A unit has one at a time.

    `condition` is how it was found, and stays; what it is now and what it became is told by its steps and by the unit.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("cost_cents BETWEEN 0 AND 10000000", name="cost"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_time"),
        Index("ix_incident_kit_id_state", "kit_id", "state"),
        Index("ix_incident_item_id", "item_id"),
        Index("uq_incident_item_id", "item_id", unique=True, sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
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
    events: Mapped[list[IncidentEvent]] = relationship(order_by="IncidentEvent.id")

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"incident:{self.id}"


class IncidentEvent(Base):
    """A step of an incident: who, when, what. Appended, never changed."""

    __tablename__ = "incident_event"
    __table_args__ = (Index("ix_incident_event_incident_id", "incident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey(Incident.id))
    state: Mapped[IncidentState] = mapped_column(enum_type(IncidentState, "incident_event_state"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    condition: Mapped[Condition | None] = mapped_column(
        enum_type(Condition, "told_condition"), comment="of the unit, as reported or as it was left; none: not told"
    )
    note: Mapped[str] = mapped_column(String(500), default="", info=not_personal(), comment="names nobody")

    actor: Mapped[Account] = relationship()


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
    planned_by: Mapped[Account] = relationship()

    @property
    def reference(self) -> str:
        """What its hold and its audit entries are filed under."""
        return f"maintenance:{self.id}"

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)


class StockTaking(Base):
    """A walk along the shelf with a phone; differences are reported, and become incidents when it is closed."""

    __tablename__ = "stock_taking"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        Index("ix_stock_taking_kit_id", "kit_id"),
        Index("uq_stock_taking_open", "kit_id", unique=True, sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    begun_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    kit: Mapped[Kit] = relationship()
    begun_by: Mapped[Account] = relationship(foreign_keys=[begun_by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])
    lines: Mapped[list[StockLine]] = relationship(order_by="StockLine.item_id", cascade="all, delete-orphan")

    @property
    def reference(self) -> str:
        return f"stock_taking:{self.id}"


class StockPlace(StrEnum):
    """Where a unit belongs that was found: in this kit, elsewhere, or elsewhere until it was taken in at the end."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    TAKEN_IN = "taken_in"


class StockLine(Base):
    """One unit as it was found. What it was said to be until then is written when the stock-taking is closed."""

    __tablename__ = "stock_line"

    stock_taking_id: Mapped[int] = mapped_column(ForeignKey(StockTaking.id, ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    found: Mapped[Condition] = mapped_column(enum_type(Condition, "stock_condition"))
    was: Mapped[Condition | None] = mapped_column(enum_type(Condition, "stock_was"))
    place: Mapped[StockPlace] = mapped_column(enum_type(StockPlace), default=StockPlace.HERE)
    home_kit_id: Mapped[int | None] = mapped_column(ForeignKey(Kit.id), comment="where else it belonged; none: reserve")
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    item: Mapped[Item] = relationship()
    home_kit: Mapped[Kit | None] = relationship()
