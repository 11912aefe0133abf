"""Appointments, and what happened to each, appended."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, cast, literal_column
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from activity.models import Channel
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.period import Period
from foundation.privacy import not_personal, personal
from mediation.models.offer import Service
from people.models import Person
from people.references import follows_merge
from places.models import Room, Structure, Venue

KEPT = "24 months after the last contact"
KIND = "appointment"


class Attendance(StrEnum):
    """As RDV Service Public counts it; past, today and future are derived."""

    EXPECTED = "expected"
    SEEN = "seen"
    EXCUSED = "excused"
    REVOKED = "revoked"
    NOSHOW = "noshow"

    @property
    def holds_time(self) -> bool:
        """Whether the mediator's time stays taken."""
        return self not in {Attendance.EXCUSED, Attendance.REVOKED}


class Origin(StrEnum):
    """How an appointment came about."""

    RESIDENT = "resident"
    DESK = "desk"
    PRESCRIBER = "prescriber"
    WALK_IN = "walk_in"


class EventKind(StrEnum):
    BOOKED = "booked"
    MOVED = "moved"
    ARRIVED = "arrived"
    MARKED = "marked"
    REOPENED = "reopened"


def reference_of(appointment_id: int) -> str:
    """`appointment:12`: what the hold, the messages, the audit entries and the record of an appointment name."""
    return f"{KIND}:{appointment_id}"


def id_in(reference: str | None) -> int | None:
    """The id of the appointment that a stored reference names; None when it names something else, or nothing."""
    kind, _colon, number = (reference or "").partition(":")
    return int(number) if kind == KIND else None


class Appointment(Base):
    """One resident (and companions), one mediator, one service, one place or channel.

    `starts_at` to `ends_at` is what the resident is told; `held_from` to `held_until` adds the buffers as they were
    when it was booked. Label and structure are frozen with it. While `attendance` holds time there is a hold with the
    reference `appointment:<id>` on the mediator (and on the room); otherwise there is none.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="end_after_start"),
        CheckConstraint("held_from <= starts_at AND ends_at <= held_until", name="held_around"),
        CheckConstraint("companions >= 0", name="companions_not_negative"),
        CheckConstraint("channel <> 'venue' OR venue_id IS NOT NULL", name="venue_named"),
        Index("ix_appointment_mediator_id_starts_at", "mediator_id", "starts_at"),
        Index("ix_appointment_structure_id_starts_at", "structure_id", "starts_at"),
        Index("ix_appointment_attendance_starts_at_origin", "attendance", "starts_at", "origin"),
        Index("ix_appointment_person_id_starts_at", "person_id", "starts_at"),
        Index("ix_appointment_person_id_attendance_starts_at", "person_id", "attendance", "starts_at"),
        Index("ix_appointment_booked_by_id_starts_at", "booked_by_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(
        String(12), unique=True, info=personal("finding the appointment without an account", KEPT)
    )
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that booked it: a double press books once"
    )
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    service_id: Mapped[int] = mapped_column(ForeignKey(Service.id))
    service_label: Mapped[str] = mapped_column(String(120), info=not_personal())
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    mediator_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), info=not_personal())
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id))
    room_id: Mapped[int | None] = mapped_column(ForeignKey(Room.id))
    home_address: Mapped[str] = mapped_column(
        String(250), default="", info=personal("visiting the person at home", "until the day after the appointment")
    )
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("meeting the person", KEPT))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("meeting the person", KEPT))
    held_from: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    held_until: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    attendance: Mapped[Attendance] = mapped_column(enum_type(Attendance), default=Attendance.EXPECTED)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal("knowing who waits", KEPT))
    companions: Mapped[int] = mapped_column(default=0)
    remark: Mapped[str] = mapped_column(
        String(300), default="", info=personal("what the person wants help with, in their words", KEPT)
    )
    locale: Mapped[str] = mapped_column(String(5), default="fr", info=personal("writing in their language", KEPT))
    origin: Mapped[Origin] = mapped_column(enum_type(Origin), info=not_personal())
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    service: Mapped[Service] = relationship()
    structure: Mapped[Structure | None] = relationship()
    mediator: Mapped[Account] = relationship(foreign_keys=[mediator_id])
    booked_by: Mapped[Account | None] = relationship(foreign_keys=[booked_by_id])
    venue: Mapped[Venue | None] = relationship()
    room: Mapped[Room | None] = relationship()
    events: Mapped[list[AppointmentEvent]] = relationship(order_by="AppointmentEvent.id", back_populates="appointment")

    @hybrid_property
    def reference(self) -> str:
        """What its hold, its messages, its audit entries and its activity record are filed under."""
        return reference_of(self.id)

    @reference.inplace.expression
    @classmethod
    def _reference_in_sql(cls) -> ColumnElement[str]:
        return literal_column(f"'{KIND}:'", String) + cast(cls.id, String)

    @property
    def held(self) -> Period:
        return Period(self.held_from, self.held_until)


class AppointmentEvent(Base):
    """One thing that happened to an appointment: who, when, from what to what, why."""

    __tablename__ = "appointment_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id), index=True)
    kind: Mapped[EventKind] = mapped_column(enum_type(EventKind), info=not_personal())
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: the resident")
    attendance: Mapped[Attendance | None] = mapped_column(enum_type(Attendance, "event_attendance"))
    from_start: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    to_start: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    reason: Mapped[str] = mapped_column(String(300), default="", info=personal("why it was changed", KEPT))

    appointment: Mapped[Appointment] = relationship(back_populates="events")


follows_merge(Appointment.person_id, erased=("remark", "home_address"))
