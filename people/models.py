"""Residents as the staff know them, who acts for them, what they agreed to, and which records were merged."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from people.references import follows_merge
from places.models import Neighbourhood

KEPT = "24 months after the last contact"


def byte_order(length: int) -> String:
    """Text that both databases compare byte by byte, so that a prefix is a range of the index everywhere."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class ContactMeans(StrEnum):
    """How a resident wants to be told things."""

    SMS = "sms"
    EMAIL = "email"
    PHONE_CALL = "phone_call"
    NONE = "none"


class Gender(StrEnum):
    """As La Coop counts it."""

    FEMININE = "feminine"
    MASCULINE = "masculine"
    NOT_COMMUNICATED = "not_communicated"


class Status(StrEnum):
    """Occupation, as La Coop counts it."""

    SCHOOLING = "schooling"
    JOB_SEEKING = "job_seeking"
    WORKING = "working"
    RETIRED = "retired"
    NOT_COMMUNICATED = "not_communicated"


class Residence(StrEnum):
    """Inside a neighbourhood that is named, outside the territory, or not known."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What a companion is to the resident."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    FRIEND = "friend"
    GUARDIAN = "guardian"
    PROFESSIONAL = "professional"
    OTHER = "other"


class ConsentTopic(StrEnum):
    """What a resident was told of, and said yes or no to."""

    RECORD = "record"
    MESSAGES = "messages"
    IMAGES = "images"


class TokenKind(StrEnum):
    """How a search token was made: from a name, its sound, a number from its start, or from its end."""

    NAME = "name"
    SOUND = "sound"
    PHONE = "phone"
    PHONE_END = "phone_end"


class Person(Base):
    """A resident. Nothing is mandatory but a name; the year of birth, never the day."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("given_name <> '' OR family_name <> '' OR anonymised_at IS NOT NULL", name="has_a_name"),
        CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year_plausible"),
        CheckConstraint("(residence = 'inside') = (neighbourhood_id IS NOT NULL)", name="inside_has_neighbourhood"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        Index("ix_person_last_contact_at", "last_contact_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True, info=personal("being found without a name", KEPT))
    given_name: Mapped[str] = mapped_column(String(80), default="", info=personal("addressing the person", KEPT))
    family_name: Mapped[str] = mapped_column(String(80), default="", info=personal("addressing the person", KEPT))
    search_key: Mapped[str] = mapped_column(byte_order(170), index=True, info=personal("finding the record", KEPT))
    birth_year: Mapped[int | None] = mapped_column(info=personal("age bands in reports", KEPT))
    phone: Mapped[str | None] = mapped_column(String(20), index=True, info=personal("calls and text messages", KEPT))
    email: Mapped[str | None] = mapped_column(String(254), info=personal("messages about appointments", KEPT))
    contact_means: Mapped[ContactMeans] = mapped_column(
        enum_type(ContactMeans), default=ContactMeans.NONE, info=personal("the way to be told things", KEPT)
    )
    locale: Mapped[str] = mapped_column(String(5), default="fr", info=personal("writing in their language", KEPT))
    gender: Mapped[Gender] = mapped_column(
        enum_type(Gender), default=Gender.NOT_COMMUNICATED, info=personal("counts in reports", KEPT)
    )
    status: Mapped[Status] = mapped_column(
        enum_type(Status), default=Status.NOT_COMMUNICATED, info=personal("counts in reports", KEPT)
    )
    residence: Mapped[Residence] = mapped_column(
        enum_type(Residence), default=Residence.UNKNOWN, info=personal("reach by neighbourhood", KEPT)
    )
    neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey(Neighbourhood.id), index=True, info=personal("reach by neighbourhood", KEPT)
    )
    created_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: created by a booking online")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    last_contact_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("forgetting in time", KEPT))
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    neighbourhood: Mapped[Neighbourhood | None] = relationship()
    companions: Mapped[list[Companion]] = relationship(order_by="Companion.id")

    @property
    def name(self) -> str:
        """Given name, then family name; empty once anonymised."""
        return f"{self.given_name} {self.family_name}".strip()


class PersonToken(Base):
    """One way into a record: a piece of name, its sound, or a telephone number; prefixes are found by index."""

    __tablename__ = "person_token"
    __table_args__ = (Index("ix_person_token_person_id", "person_id"),)

    kind: Mapped[TokenKind] = mapped_column(enum_type(TokenKind), primary_key=True, info=not_personal())
    token: Mapped[str] = mapped_column(byte_order(100), primary_key=True, info=personal("finding the record", KEPT))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True)


class Companion(Base):
    """Somebody who acts for a resident: books, is told, comes along."""

    __tablename__ = "companion"
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str] = mapped_column(String(120), info=personal("knowing who acts for the person", KEPT))
    phone: Mapped[str | None] = mapped_column(
        String(20), info=personal("calls and text messages for the person they act for", KEPT)
    )
    relation: Mapped[Relation] = mapped_column(
        enum_type(Relation), default=Relation.OTHER, info=personal("knowing who acts for the person", KEPT)
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())


class PersonConsent(Base):
    """What a resident said after being told, appended: the newest of a topic stands."""

    __tablename__ = "person_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    topic: Mapped[ConsentTopic] = mapped_column(enum_type(ConsentTopic), info=personal("proving the choice", KEPT))
    granted: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("proving the choice", KEPT))
    told_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class PersonMerge(Base):
    """One record found to be a second one of the same resident, and joined to the first; can be undone.

    `moved` maps `table.column` to the ids of the rows that now point to the kept record; `filled` names the
    fields that the kept record took over (their values are still on the other record).
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two_records"),
        Index("ix_person_merge_kept_id", "kept_id"),
        Index("ix_person_merge_gone_id", "gone_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    gone_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON, info=not_personal())
    filled: Mapped[list[str]] = mapped_column(JSON, info=not_personal())
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    kept: Mapped[Person] = relationship(foreign_keys=[kept_id])
    gone: Mapped[Person] = relationship(foreign_keys=[gone_id])


follows_merge(Person.merged_into_id)
follows_merge(Companion.person_id)
follows_merge(PersonConsent.person_id)
