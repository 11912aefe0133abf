"""What can be booked, and when and where mediators receive for it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from activity.models import Channel
from agenda.models import Opening
from foundation.db import Base
from foundation.models import enum_type
from foundation.said import Said
from places.models import Room, Structure, Venue


class Audience(StrEnum):
    """Who may book a service: each value includes those before it."""

    STAFF = "staff"
    PRESCRIBERS = "prescribers"
    EVERYONE = "everyone"


class Service(Said, Base):
    """What can be booked (*motif*). `structure_id` None: offered by every structure of the territory.

    What it is called, what it is and what to bring are translated.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 5 AND 480", name="duration"),
        CheckConstraint("buffer_before_minutes BETWEEN 0 AND 240", name="buffer_before"),
        CheckConstraint("buffer_after_minutes BETWEEN 0 AND 240", name="buffer_after"),
        CheckConstraint("step_minutes BETWEEN 5 AND 480", name="step"),
        CheckConstraint("notice_minutes >= 0", name="notice_not_negative"),
        CheckConstraint("horizon_days BETWEEN 1 AND 365", name="horizon"),
        CheckConstraint("change_notice_minutes >= 0", name="change_notice_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id), index=True)
    label: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    bring: Mapped[str] = mapped_column(String(500), default="", comment="what to bring, one thing a line")
    duration_minutes: Mapped[int]
    buffer_before_minutes: Mapped[int] = mapped_column(default=0)
    buffer_after_minutes: Mapped[int] = mapped_column(default=0)
    step_minutes: Mapped[int | None] = mapped_column(comment="between two starts offered; none: length and buffers")
    notice_minutes: Mapped[int] = mapped_column(default=120, comment="book no later than this before the start")
    change_notice_minutes: Mapped[int] = mapped_column(default=120, comment="residents move or cancel no later")
    horizon_days: Mapped[int] = mapped_column(default=60)
    audience: Mapped[Audience] = mapped_column(enum_type(Audience), default=Audience.EVERYONE)
    channels: Mapped[list[str]] = mapped_column(JSON, default=lambda: [Channel.VENUE.value])
    themes: Mapped[list[str]] = mapped_column(JSON, default=list, comment="prefills the activity record")
    autonomy: Mapped[str | None] = mapped_column(String(40), comment="prefills the activity record")
    position: Mapped[int] = mapped_column(default=0, comment="order on the page")
    active: Mapped[bool] = mapped_column(default=True)

    structure: Mapped[Structure | None] = relationship()


class Shift(Base):
    """A mediator's presence (*permanence*): an opening of theirs, where, by which channels and for which services."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("room_id IS NULL OR venue_id IS NOT NULL", name="room_in_venue"),
        Index("ix_shift_account_id", "account_id"),
        Index("ix_shift_venue_id", "venue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey(Opening.id, ondelete="CASCADE"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id))
    room_id: Mapped[int | None] = mapped_column(ForeignKey(Room.id))
    channels: Mapped[list[str]] = mapped_column(JSON, default=lambda: [Channel.VENUE.value])

    opening: Mapped[Opening] = relationship()
    account: Mapped[Account] = relationship()
    venue: Mapped[Venue | None] = relationship()
    room: Mapped[Room | None] = relationship()
    services: Mapped[list[Service]] = relationship(secondary="shift_service", order_by=Service.position)


class ShiftService(Base):
    """A service for which a shift may be booked."""

    __tablename__ = "shift_service"
    __table_args__ = (Index("ix_shift_service_service_id", "service_id"),)

    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id, ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey(Service.id), primary_key=True)
