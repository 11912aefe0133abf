"""One date of a programme: when, where, with whom, what it needs, and how many seats it has left."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, cast, literal_column
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.period import Period
from foundation.privacy import not_personal
from foundation.said import Said
from places.models import CareHome, Room, School, Venue
from workshops.models.programme import Programme

KIND = "session"


class SessionState(StrEnum):
    """Past, today and future are derived. `held`: it took place and its attendance is written."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class WorkshopSession(Said, Base):
    """One date of a programme (*séance*).

    `taken` seats are those of registrations and of seats offered to the waiting list; it only moves by a conditional
    update, and the CHECK is the last word. `extra` counts the seats that staff gave beyond `capacity`, on purpose.
    Unless it was cancelled there is a hold with the reference `session:<id>` on each mediator of the team, on the room
    and on the kits, from `held_from` to `held_until`: who was where stays known when it is over.
    """

    __tablename__ = "workshop_session"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="end_after_start"),
        CheckConstraint("held_from <= starts_at AND ends_at <= held_until", name="held_around"),
        CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity"),
        CheckConstraint("extra >= 0", name="extra_not_negative"),
        CheckConstraint("taken BETWEEN 0 AND capacity + extra", name="seats"),
        CheckConstraint("room_id IS NULL OR venue_id IS NOT NULL", name="room_in_venue"),
        CheckConstraint(
            "(CASE WHEN venue_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN school_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN care_home_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_place",
        ),
        Index("uq_workshop_session_programme_id_number", "programme_id", "number", unique=True),
        Index("ix_workshop_session_starts_at", "starts_at"),
        Index("ix_workshop_session_venue_id_starts_at", "venue_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    number: Mapped[int] = mapped_column(comment="which one of the series, from 1 on")
    title: Mapped[str] = mapped_column(String(120), default="", comment="what this one is about; may be empty")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    held_from: Mapped[datetime] = mapped_column(UtcDateTime)
    held_until: Mapped[datetime] = mapped_column(UtcDateTime)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id))
    room_id: Mapped[int | None] = mapped_column(ForeignKey(Room.id))
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    capacity: Mapped[int]
    extra: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    state: Mapped[SessionState] = mapped_column(enum_type(SessionState), default=SessionState.PLANNED)
    equipment_note: Mapped[str] = mapped_column(String(300), default="", comment="what has to be there; names nobody")

    programme: Mapped[Programme] = relationship()
    venue: Mapped[Venue | None] = relationship()
    room: Mapped[Room | None] = relationship()
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()
    team: Mapped[list[SessionMediator]] = relationship(
        order_by="SessionMediator.account_id", cascade="all, delete-orphan"
    )
    kit_needs: Mapped[list[KitNeed]] = relationship(order_by="KitNeed.kind", cascade="all, delete-orphan")
    events: Mapped[list[SessionEvent]] = relationship(order_by="SessionEvent.id", back_populates="session")

    @hybrid_property
    def reference(self) -> str:
        """What its holds, its messages, its audit entries and its activity record are filed under."""
        return f"{KIND}:{self.id}"

    @reference.inplace.expression
    @classmethod
    def _reference_in_sql(cls) -> ColumnElement[str]:
        return literal_column(f"'{KIND}:'", String) + cast(cls.id, String)

    @property
    def held(self) -> Period:
        return Period(self.held_from, self.held_until)

    @property
    def equipment(self) -> str:
        """`2 × Tablettes · Écran`: the kits it needs, and what else has to be there."""
        kits = [f"{need.count}\u00a0× {need.kind}" for need in self.kit_needs]
        return " · ".join(part for part in (*kits, self.equipment_note) if part)

    @property
    def free(self) -> int:
        """Seats left for whoever registers now; never negative, although staff may go beyond."""
        return max(0, self.capacity - self.taken)


class SessionMediator(Base):
    """A mediator of the team of a session."""

    __tablename__ = "session_mediator"
    __table_args__ = (Index("ix_session_mediator_account_id", "account_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)

    account: Mapped[Account] = relationship()


class KitNeed(Base):
    """How many kits of a kind a session needs; equipment holds them in the session's own transaction."""

    __tablename__ = "kit_need"
    __table_args__ = (CheckConstraint("count BETWEEN 1 AND 20", name="count"),)

    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True, comment="of the catalogue of kits")
    count: Mapped[int] = mapped_column(default=1)


class SessionEventKind(StrEnum):
    PLANNED = "planned"
    MOVED = "moved"
    RELOCATED = "relocated"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    OVERBOOKED = "overbooked"
    HELD = "held"


class SessionEvent(Base):
    """One thing that happened to a session: who, when, from what to what, why."""

    __tablename__ = "session_event"
    __table_args__ = (Index("ix_session_event_session_id", "session_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id))
    kind: Mapped[SessionEventKind] = mapped_column(enum_type(SessionEventKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    from_start: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    to_start: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    reason: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")

    session: Mapped[WorkshopSession] = relationship(back_populates="events")
