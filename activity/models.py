"""The record of what was done: one per appointment, walk-in or workshop session. Enumerations follow La Coop."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from people.models import Gender, Person, Residence, Status
from people.references import follows_merge
from places.models import Neighbourhood, Structure, Venue

KEPT = "24 months after the last contact"
COUNTED = "6 years, without name"


class ActivityKind(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"


class Channel(StrEnum):
    """Where it took, or takes, place."""

    VENUE = "venue"
    HOME = "home"
    PHONE = "phone"
    VIDEO = "video"


class AgeBand(StrEnum):
    """Age at the date of the activity."""

    UNDER_12 = "under_12"
    FROM_12_TO_17 = "12_17"
    FROM_18_TO_24 = "18_24"
    FROM_25_TO_39 = "25_39"
    FROM_40_TO_59 = "40_59"
    FROM_60_TO_69 = "60_69"
    FROM_70 = "70_plus"
    NOT_COMMUNICATED = "not_communicated"


class Autonomy(StrEnum):
    FULLY_GUIDED = "fully_guided"
    PARTLY_AUTONOMOUS = "partly_autonomous"
    AUTONOMOUS = "autonomous"


class Theme(StrEnum):
    DIGITAL_DIAGNOSIS = "digital_diagnosis"
    DEVICE_START = "device_start"
    DEVICE_UPKEEP = "device_upkeep"
    FILES = "files"
    WEB = "web"
    EMAIL = "email"
    OFFICE = "office"
    SOCIAL_NETWORKS = "social_networks"
    HEALTH = "health"
    BANKING_SHOPPING = "banking_shopping"
    PROFESSIONAL_SUPPORT = "professional_support"
    FINDING_WORK = "finding_work"
    ONLINE_SAFETY = "online_safety"
    PARENTING = "parenting"
    SCHOOL = "school"
    CREATING = "creating"
    DIGITAL_CULTURE = "digital_culture"
    ARTIFICIAL_INTELLIGENCE = "artificial_intelligence"
    PROCEDURES = "procedures"


class Procedure(StrEnum):
    """Administrative procedures, opened by the last theme only."""

    PAPERS = "papers_elections_citizenship"
    FAMILY = "family_school"
    SOCIAL_HEALTH = "social_health"
    WORK = "work_training_business"
    HOUSING = "housing"
    TRANSPORT = "transport"
    MONEY = "money_taxes"
    JUSTICE = "justice"
    FOREIGNERS = "foreigners_europe"
    LEISURE = "leisure_sport_culture"
    ASSOCIATIONS = "associations"


class Equipment(StrEnum):
    COMPUTER = "computer"
    PHONE = "phone"
    TABLET = "tablet"
    OTHER = "other"
    NONE = "none"


class Referral(StrEnum):
    ADMINISTRATION = "administration"
    MEDIATION_PLACE = "mediation_place"
    OPERATOR = "operator"
    SOCIAL_AID = "social_aid"
    EMPLOYMENT = "employment"
    PROCEDURES = "procedures"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of sending somebody on. `not_known`: it was asked, and nobody can tell."""

    HELPED = "helped"
    NOT_HELPED = "not_helped"
    DID_NOT_GO = "did_not_go"
    NOT_KNOWN = "not_known"


class Helped(StrEnum):
    """What people answer to whether it helped them."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT_REALLY = "not_really"


class Aspect(StrEnum):
    """What a value of an activity record is about."""

    THEME = "theme"
    PROCEDURE = "procedure"
    EQUIPMENT = "equipment"
    REFERRAL = "referral"


class ActivityRecord(Base):
    """What was done, for whom, how long, where. Label, structure and neighbourhood are frozen at its date.

    What it tells of is known by its `reference` alone, as in the ledger of time: this room knows neither appointments
    nor sessions. `anonymous_count` people took part whom nobody named; they stay a head-count.
    """

    __tablename__ = "activity_record"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 1 AND 1440", name="duration"),
        CheckConstraint("anonymous_count BETWEEN 0 AND 1000", name="anonymous_count"),
        CheckConstraint(
            "anonymous_feminine >= 0 AND anonymous_masculine >= 0"
            " AND anonymous_feminine + anonymous_masculine <= anonymous_count",
            name="anonymous_split",
        ),
        Index("ix_activity_record_mediator_id_started_at", "mediator_id", "started_at"),
        Index("ix_activity_record_started_at", "started_at"),
        Index("ix_activity_record_structure_id_started_at", "structure_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ActivityKind] = mapped_column(enum_type(ActivityKind), info=not_personal())
    reference: Mapped[str | None] = mapped_column(
        String(60), unique=True, info=not_personal(), comment="what it tells of: `appointment:12`; none: of itself"
    )
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that wrote it: a double press writes once"
    )
    mediator_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    service_id: Mapped[int | None] = mapped_column(comment="what was chosen of mediation's services")
    label: Mapped[str] = mapped_column(
        String(120), default="", info=not_personal(), comment="of the service or programme, at its date"
    )
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    duration_minutes: Mapped[int]
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), info=not_personal())
    venue_id: Mapped[int | None] = mapped_column(ForeignKey(Venue.id))
    venue_neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey(Neighbourhood.id), comment="where it took place: of the venue, or of the host"
    )
    autonomy: Mapped[Autonomy | None] = mapped_column(enum_type(Autonomy), info=not_personal())
    note: Mapped[str] = mapped_column(String(500), default="", info=personal("following up with the person", KEPT))
    anonymous_count: Mapped[int] = mapped_column(default=0)
    anonymous_feminine: Mapped[int] = mapped_column(default=0)
    anonymous_masculine: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    mediator: Mapped[Account] = relationship()
    venue: Mapped[Venue | None] = relationship()
    participants: Mapped[list[ActivityParticipant]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityParticipant.id"
    )
    aspects: Mapped[list[ActivityAspect]] = relationship(cascade="all, delete-orphan")
    outcomes: Mapped[list[ReferralOutcome]] = relationship(cascade="all, delete-orphan")

    def values(self, aspect: Aspect) -> list[str]:
        """The themes, procedures, equipment or referrals of this record, sorted."""
        return sorted(row.value for row in self.aspects if row.aspect is aspect)


class ActivityParticipant(Base):
    """A named resident who took part, as they were on that day: later edits of the person change nothing here.

    `started_at` is that of the record: a trigger writes it and follows corrections, so that what people did in a
    period, and when they first came, is read without the records. It is for queries: an object does not see it change.
    """

    __tablename__ = "activity_participant"
    __table_args__ = (
        Index("ix_activity_participant_person_id_started_at", "person_id", "started_at"),
        Index("ix_activity_participant_started_at", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(ActivityRecord.id, ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    age_band: Mapped[AgeBand] = mapped_column(enum_type(AgeBand), info=personal("counting reach", COUNTED))
    gender: Mapped[Gender] = mapped_column(enum_type(Gender), info=personal("counting reach", COUNTED))
    status: Mapped[Status] = mapped_column(enum_type(Status), info=personal("counting reach", COUNTED))
    residence: Mapped[Residence] = mapped_column(enum_type(Residence), info=personal("counting reach", COUNTED))
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey(Neighbourhood.id))
    first_time: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal(), comment="of the record")

    person: Mapped[Person] = relationship()


class ActivityAspect(Base):
    """One theme, procedure, device or referral of a record."""

    __tablename__ = "activity_aspect"
    __table_args__ = (Index("ix_activity_aspect_aspect_value", "aspect", "value"),)

    record_id: Mapped[int] = mapped_column(ForeignKey(ActivityRecord.id, ondelete="CASCADE"), primary_key=True)
    aspect: Mapped[Aspect] = mapped_column(enum_type(Aspect), primary_key=True, info=not_personal())
    value: Mapped[str] = mapped_column(String(40), primary_key=True, info=not_personal())


class ReferralOutcome(Base):
    """What came of one referral of a record of one person, as it was noted last; the audit keeps what stood before."""

    __tablename__ = "referral_outcome"
    __table_args__ = (Index("ix_referral_outcome_noted_at", "noted_at"),)

    record_id: Mapped[int] = mapped_column(ForeignKey(ActivityRecord.id, ondelete="CASCADE"), primary_key=True)
    referral: Mapped[Referral] = mapped_column(enum_type(Referral), primary_key=True, info=not_personal())
    outcome: Mapped[Outcome] = mapped_column(
        enum_type(Outcome), info=personal("knowing whether sending people on helps them", COUNTED)
    )
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    noted_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    noted_by: Mapped[Account] = relationship()


class Satisfaction(Base):
    """Whether somebody found that what they took part in helped them.

    It is known by the same `reference` as its activity record, and may be there before that is written; who they are
    and what it was are read from the record.
    """

    __tablename__ = "satisfaction"
    __table_args__ = (
        Index("uq_satisfaction_reference_person_id", "reference", "person_id", unique=True),
        Index("ix_satisfaction_person_id", "person_id"),
        Index("ix_satisfaction_answered_at", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), info=not_personal(), comment="`appointment:12`, `session:3`")
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    answer: Mapped[Helped] = mapped_column(
        enum_type(Helped), info=personal("knowing whether the help helps, in figures only", COUNTED)
    )
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    told_by_id: Mapped[int | None] = mapped_column(
        ForeignKey(Account.id), comment="who heard it said; none: they answered on their own page"
    )


follows_merge(ActivityParticipant.person_id)
follows_merge(Satisfaction.person_id, unique_with=("reference",), erased=("told_by_id",))
