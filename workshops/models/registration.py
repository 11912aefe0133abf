"""Who comes to a programme or to one of its sessions: residents, families, groups; and whoever waits for a seat."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from people.models import Person
from people.references import follows_merge
from places.models import CareHome, School
from workshops.models.programme import Programme
from workshops.models.session import WorkshopSession

KEPT = "24 months after the last contact"
KEPT_OF_CHILDREN = "3 months after the last session"


def _where_there_is_one(column: str) -> Index:
    """An index of the few registrations that have a value in this column."""
    has_one = text(f"{column} IS NOT NULL")
    return Index(f"ix_registration_{column}", column, sqlite_where=has_one, postgresql_where=has_one)


class RegistrationKind(StrEnum):
    """An adult for themselves; a guardian for children; a host for people whom nobody names."""

    INDIVIDUAL = "individual"
    FAMILY = "family"
    GROUP = "group"


class RegistrationState(StrEnum):
    """`offered`: a seat is kept until it is answered. `lapsed`: it was not answered in time, or declined."""

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"

    @property
    def takes_seats(self) -> bool:
        """Whether its seats count as taken."""
        return self in {RegistrationState.REGISTERED, RegistrationState.OFFERED}


class Origin(StrEnum):
    """How a registration came about."""

    RESIDENT = "resident"
    DESK = "desk"
    PRESCRIBER = "prescriber"
    HOST = "host"
    WALK_IN = "walk_in"


class Registration(Base):
    """Seats in one session, or with `session_id` None in every session to come of the programme.

    All its seats are taken together or not at all. `person_id` is the adult, or the guardian who answers for
    children; a group has none, but a label, a contact and a head-count (`seats`). `priority` is frozen when it joins
    the waiting list: the list is ordered by it, greatest first, then by `turn`, then by id.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 200", name="seats"),
        CheckConstraint("(kind = 'group') = (person_id IS NULL)", name="group_names_nobody"),
        CheckConstraint("kind <> 'group' OR group_label <> ''", name="group_has_label"),
        CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name="one_host"),
        Index("ix_registration_programme_id_state", "programme_id", "state"),
        Index("ix_registration_session_id_state", "session_id", "state"),
        Index("ix_registration_person_id", "person_id"),
        Index("ix_registration_booked_by_id", "booked_by_id"),
        _where_there_is_one("to_tell_since"),
        _where_there_is_one("school_id"),
        _where_there_is_one("care_home_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(
        String(12), unique=True, info=personal("finding the registration without an account", KEPT)
    )
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press registers once"
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    session_id: Mapped[int | None] = mapped_column(ForeignKey(WorkshopSession.id))
    kind: Mapped[RegistrationKind] = mapped_column(enum_type(RegistrationKind), info=not_personal())
    state: Mapped[RegistrationState] = mapped_column(enum_type(RegistrationState), info=not_personal())
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    seats: Mapped[int]
    priority: Mapped[int] = mapped_column(default=0)
    priority_for: Mapped[list[str]] = mapped_column(
        JSON, default=list, info=personal("saying why somebody comes first on a waiting list", KEPT)
    )
    turn: Mapped[int | None] = mapped_column(comment="its number on the waiting list; a new one when it comes back")
    over_capacity: Mapped[bool] = mapped_column(default=False, comment="staff gave seats beyond the capacity")
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    group_label: Mapped[str] = mapped_column(String(120), default="", info=not_personal(), comment="e.g. CM1")
    contact_name: Mapped[str] = mapped_column(String(120), default="", info=personal("reaching a group", KEPT))
    contact_phone: Mapped[str] = mapped_column(String(20), default="", info=personal("reaching a group", KEPT))
    contact_email: Mapped[str] = mapped_column(String(254), default="", info=personal("reaching a group", KEPT))
    remark: Mapped[str] = mapped_column(
        String(300), default="", info=personal("what the person wants the team to know, in their words", KEPT)
    )
    locale: Mapped[str] = mapped_column(String(5), default="fr", info=personal("writing in their language", KEPT))
    origin: Mapped[Origin] = mapped_column(enum_type(Origin), info=not_personal())
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    to_tell_since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=not_personal(), comment="a session changed and no message says so: somebody has to telephone"
    )

    programme: Mapped[Programme] = relationship()
    session: Mapped[WorkshopSession | None] = relationship()
    person: Mapped[Person | None] = relationship()
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()
    booked_by: Mapped[Account | None] = relationship()
    participants: Mapped[list[Participant]] = relationship(
        order_by="Participant.id", back_populates="registration", cascade="all, delete-orphan"
    )
    events: Mapped[list[RegistrationEvent]] = relationship(
        order_by="RegistrationEvent.id", back_populates="registration"
    )

    @property
    def reference(self) -> str:
        """What its messages and its audit entries are filed under."""
        return f"registration:{self.id}"


class Participant(Base):
    """Somebody who sits there by name: the adult, or each child of a family."""

    __tablename__ = "participant"
    __table_args__ = (
        Index("ix_participant_registration_id", "registration_id"),
        Index("ix_participant_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    registration: Mapped[Registration] = relationship(back_populates="participants")
    person: Mapped[Person] = relationship()
    sheet: Mapped[ChildSheet | None] = relationship(cascade="all, delete-orphan", back_populates="participant")


class ChildSheet(Base):
    """What the team must know of a child on the day. No health notes: the guardian tells those in person."""

    __tablename__ = "child_sheet"

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id, ondelete="CASCADE"), primary_key=True)
    school_level: Mapped[str] = mapped_column(
        String(40), default="", info=personal("forming groups of one level", KEPT_OF_CHILDREN)
    )
    emergency_name: Mapped[str] = mapped_column(
        String(120), info=personal("calling somebody in an emergency", KEPT_OF_CHILDREN)
    )
    emergency_phone: Mapped[str] = mapped_column(
        String(20), info=personal("calling somebody in an emergency", KEPT_OF_CHILDREN)
    )
    collectors: Mapped[str] = mapped_column(
        String(300),
        default="",
        info=personal("handing the child to the right person", KEPT_OF_CHILDREN),
        comment="who may collect the child besides the guardian, one a line",
    )
    may_leave_alone: Mapped[bool] = mapped_column(default=False)
    image_consent: Mapped[bool] = mapped_column(default=False)

    participant: Mapped[Participant] = relationship(back_populates="sheet")


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class SeatOffer(Base):
    """Seats that came free, kept for one registration of the waiting list until `expires_at`. One open at a time.

    `to_call`: no message reaches them; the desk calls, and notes when it did.
    """

    __tablename__ = "seat_offer"
    __table_args__ = (
        CheckConstraint("expires_at > offered_at", name="expires_after_offer"),
        Index("ix_seat_offer_registration_id", "registration_id"),
        Index("ix_seat_offer_state_expires_at", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    state: Mapped[OfferState] = mapped_column(enum_type(OfferState), default=OfferState.OPEN, info=not_personal())
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    to_call: Mapped[bool] = mapped_column(default=False)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())

    registration: Mapped[Registration] = relationship()


class RegistrationEventKind(StrEnum):
    REGISTERED = "registered"
    JOINED_WAITING = "joined_waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    OVERBOOKED = "overbooked"
    CHANGED = "changed"
    TOLD = "told"


class RegistrationEvent(Base):
    """One thing that happened to a registration: who, when, why.

    `revoked` is by the service, not the resident; `told`: somebody telephoned what had changed of a session.
    """

    __tablename__ = "registration_event"
    __table_args__ = (Index("ix_registration_event_registration_id", "registration_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    kind: Mapped[RegistrationEventKind] = mapped_column(enum_type(RegistrationEventKind), info=not_personal())
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: the resident, or a job")
    reason: Mapped[str] = mapped_column(String(300), default="", info=personal("why it was changed", KEPT))

    registration: Mapped[Registration] = relationship(back_populates="events")


follows_merge(Registration.person_id, erased=("remark",))
follows_merge(Participant.person_id)
