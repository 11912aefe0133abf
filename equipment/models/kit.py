"""Kits, the units in them, and what is counted without being told apart."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from agenda.models import Resource
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal
from places.models import Structure, Venue


class Borrowers(StrEnum):
    """Who may reserve a kit, besides the staff of its structure."""

    STAFF = "staff"
    SCHOOLS = "schools"
    CARE_HOMES = "care_homes"
    HOSTS = "hosts"


class Approval(StrEnum):
    """Who says yes to a reservation before it counts."""

    NONE = "none"
    HEAD_TEACHER = "head_teacher"
    MANAGER = "manager"


class Kit(Base):
    """A case that goes out as a whole. Its loans, its upkeep and its turnaround are holds on `resource_id`.

    `turnaround_minutes` is charging and cleaning before the next loan; `flat_minutes` more when it came back flat.
    It can serve as many pupils as it has working units of `unit_kind`; under `minimum_units` it does not go out.
    """

    __tablename__ = "kit"
    __table_args__ = (
        CheckConstraint("name <> '' AND kind <> ''", name="named"),
        CheckConstraint("lead_hours BETWEEN 0 AND 2160", name="lead"),
        CheckConstraint("longest_loan_days BETWEEN 1 AND 365", name="longest_loan"),
        CheckConstraint("turnaround_minutes BETWEEN 0 AND 10080", name="turnaround"),
        CheckConstraint("flat_minutes BETWEEN 0 AND 10080", name="flat"),
        CheckConstraint("minimum_units BETWEEN 0 AND 200", name="minimum_units"),
        Index("ix_kit_structure_id", "structure_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey(Resource.id), unique=True)
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    home_venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id))
    code: Mapped[str] = mapped_column(String(20), unique=True, info=not_personal(), comment="on its label")
    name: Mapped[str] = mapped_column(String(120), info=not_personal())
    kind: Mapped[str] = mapped_column(
        String(40), info=not_personal(), comment="in the town's words; workshops ask for kits by it"
    )
    description: Mapped[str] = mapped_column(String(1000), default="", info=not_personal())
    rules: Mapped[str] = mapped_column(
        String(1000), default="", info=not_personal(), comment="what a borrower agrees to, one a line"
    )
    borrowers: Mapped[Borrowers] = mapped_column(enum_type(Borrowers), default=Borrowers.HOSTS)
    approval: Mapped[Approval] = mapped_column(enum_type(Approval), default=Approval.NONE)
    lead_hours: Mapped[int] = mapped_column(default=48, comment="between reserving and the loan")
    longest_loan_days: Mapped[int] = mapped_column(default=14)
    turnaround_minutes: Mapped[int] = mapped_column(default=120)
    flat_minutes: Mapped[int] = mapped_column(default=180)
    unit_kind: Mapped[str] = mapped_column(
        String(60), default="", info=not_personal(), comment="kind of the items that pupils hold"
    )
    minimum_units: Mapped[int] = mapped_column(default=0)
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=not_personal())
    photo_type: Mapped[str] = mapped_column(
        String(40), default="", info=not_personal(), comment="empty: there is no photo"
    )
    photo_alt: Mapped[str] = mapped_column(
        String(160), default="", info=not_personal(), comment="for whoever does not see it"
    )
    told_working: Mapped[int | None] = mapped_column(comment="working units when its managers were last told")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    resource: Mapped[Resource] = relationship()
    structure: Mapped[Structure | None] = relationship()
    home_venue: Mapped[Venue | None] = relationship()
    items: Mapped[list[Item]] = relationship(order_by="Item.code", back_populates="kit")
    supplies: Mapped[list[Supply]] = relationship(order_by="Supply.id", cascade="all, delete-orphan")


class Condition(StrEnum):
    WORKING = "working"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    MISSING = "missing"
    RETIRED = "retired"

    @property
    def serves(self) -> bool:
        """Whether a pupil can work with it."""
        return self is Condition.WORKING


class Purchase(StrEnum):
    NEW = "new"
    REFURBISHED = "refurbished"
    GIVEN = "given"
    UNKNOWN = "unknown"


class Destination(StrEnum):
    """Where a unit went that left for good."""

    REFURBISHER = "refurbisher"
    PARTS = "parts"
    RECYCLING = "recycling"
    GIVEN_AWAY = "given_away"
    LOST = "lost"


class Item(Base):
    """One unit with its own label. Without a kit it is in reserve. What it cost and where it went stay with it."""

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint("price_cents BETWEEN 0 AND 10000000", name="price"),
        CheckConstraint("battery_percent BETWEEN 0 AND 100", name="battery"),
        CheckConstraint("(condition = 'retired') = (retired_on IS NOT NULL)", name="retired_has_a_day"),
        CheckConstraint("(condition = 'retired') = (destination IS NOT NULL)", name="retired_went_somewhere"),
        Index("ix_item_kit_id", "kit_id"),
        Index("ix_item_serial_number", "serial_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    kit_id: Mapped[int | None] = mapped_column(ForeignKey(Kit.id))
    code: Mapped[str] = mapped_column(String(20), unique=True, info=not_personal(), comment="on its label")
    kind: Mapped[str] = mapped_column(String(60), info=not_personal(), comment="tablet, router, charger")
    label: Mapped[str] = mapped_column(String(120), default="", info=not_personal(), comment="make and model")
    serial_number: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    condition: Mapped[Condition] = mapped_column(enum_type(Condition), default=Condition.WORKING)
    purchase: Mapped[Purchase] = mapped_column(enum_type(Purchase), default=Purchase.UNKNOWN)
    bought_on: Mapped[date | None] = mapped_column(Date, info=not_personal())
    price_cents: Mapped[int | None]
    funder: Mapped[str] = mapped_column(String(120), default="", info=not_personal())
    battery_percent: Mapped[int | None] = mapped_column(comment="of its capacity when new, last measured")
    retired_on: Mapped[date | None] = mapped_column(Date, info=not_personal())
    destination: Mapped[Destination | None] = mapped_column(enum_type(Destination))
    certificate: Mapped[str] = mapped_column(
        String(60), default="", info=not_personal(), comment="number of the recycling certificate"
    )

    structure: Mapped[Structure | None] = relationship()
    kit: Mapped[Kit | None] = relationship(back_populates="items")
    events: Mapped[list[ItemEvent]] = relationship(order_by="ItemEvent.id", back_populates="item")


class ItemEventKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    CONDITION = "condition"
    BATTERY = "battery"
    CHANGED = "changed"
    RETIRED = "retired"


class ItemEvent(Base):
    """One thing that happened to a unit: who, when, from what to what. Appended, never changed.

    `changed`: the note is the column that was written anew.
    """

    __tablename__ = "item_event"
    __table_args__ = (Index("ix_item_event_item_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id))
    kind: Mapped[ItemEventKind] = mapped_column(enum_type(ItemEventKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    was: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    became: Mapped[str] = mapped_column(String(60), default="", info=not_personal())
    note: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")

    item: Mapped[Item] = relationship(back_populates="events")


class Supply(Base):
    """Consumables and accessories of a kit: counted, not told apart."""

    __tablename__ = "supply"
    __table_args__ = (
        CheckConstraint("count BETWEEN 0 AND 10000 AND minimum BETWEEN 0 AND 10000", name="counts"),
        Index("uq_supply_kit_id_label", "kit_id", "label", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey(Kit.id))
    label: Mapped[str] = mapped_column(String(60), info=not_personal())
    count: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[int] = mapped_column(default=0, comment="fewer is told to whoever prepares the kit")
    consumable: Mapped[bool] = mapped_column(default=False)
