"""A series of workshops: what it is, for whom, how one registers, and what goes with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from foundation.said import Said
from places.models import CareHome, School, Structure

WORK = "as long as the programme is kept"
MAJORITY = 18
"""Years of age from which somebody registers without a guardian."""


class ProgrammeKind(StrEnum):
    CODING_CLUB = "coding_club"
    CARE_HOME_SERIES = "care_home_series"
    ADULT_COURSE = "adult_course"
    OPEN_EVENT = "open_event"
    PAID_TRAINING = "paid_training"


class ProgrammeAudience(StrEnum):
    """For whom it is. Children are registered by a guardian."""

    CHILDREN = "children"
    TEENAGERS = "teenagers"
    ADULTS = "adults"
    SENIORS = "seniors"
    FAMILIES = "families"
    EVERYONE = "everyone"


class Level(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Enrolment(StrEnum):
    """What one registers for: single sessions, the whole cycle, or nothing: whoever comes is welcome."""

    SESSION = "session"
    CYCLE = "cycle"
    DROP_IN = "drop_in"


class Openness(StrEnum):
    """Who may register: each value includes those before it. Groups come through their host or the staff."""

    STAFF = "staff"
    PRESCRIBERS = "prescribers"
    EVERYONE = "everyone"


class ProgrammeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Priority(StrEnum):
    """What may put somebody before others on a waiting list; shown to the public."""

    FIRST_TIMER = "first_timer"
    NEIGHBOURHOOD = "neighbourhood"
    PRIORITY_NEIGHBOURHOOD = "priority_neighbourhood"


class Programme(Said, Base):
    """A series of workshops (*cycle*). `translations` is as a service's: language → field → text; French in columns.

    `care_home_id` or `school_id` names the client of a series that is not open to the public. Dates of registration
    are instants; none: from now on, and until each session begins.
    """

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("title <> ''", name="title_given"),
        CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity"),
        CheckConstraint("people_per_helper BETWEEN 1 AND 100", name="people_per_helper"),
        CheckConstraint("age_min BETWEEN 0 AND 120 AND age_max BETWEEN 0 AND 120", name="ages_plausible"),
        CheckConstraint("age_min <= age_max", name="ages_in_order"),
        CheckConstraint("price_cents BETWEEN 0 AND 1000000", name="price"),
        CheckConstraint("training_units BETWEEN 1 AND 1000", name="training_units"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="registration_opens_first"),
        CheckConstraint("answer_hours BETWEEN 1 AND 336", name="answer_hours"),
        CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name="one_client"),
        Index("ix_programme_structure_id", "structure_id"),
        Index("ix_programme_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ProgrammeKind] = mapped_column(enum_type(ProgrammeKind))
    state: Mapped[ProgrammeState] = mapped_column(enum_type(ProgrammeState), default=ProgrammeState.DRAFT)
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(1000), default="", comment="in plain words, for the public")
    goals: Mapped[str] = mapped_column(String(1000), default="", comment="one a line")
    material: Mapped[str] = mapped_column(String(500), default="", comment="what participants bring, one thing a line")
    audience: Mapped[ProgrammeAudience] = mapped_column(enum_type(ProgrammeAudience))
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    level: Mapped[Level | None] = mapped_column(enum_type(Level))
    themes: Mapped[list[str]] = mapped_column(JSON, default=list, comment="prefills the activity record")
    price_cents: Mapped[int | None] = mapped_column(comment="for one participant; none: free")
    training_units: Mapped[int | None] = mapped_column(comment="units of a training voucher that pay it")
    enrolment: Mapped[Enrolment] = mapped_column(enum_type(Enrolment), default=Enrolment.CYCLE)
    openness: Mapped[Openness] = mapped_column(enum_type(Openness), default=Openness.EVERYONE)
    registration_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    capacity: Mapped[int] = mapped_column(default=10, comment="seats of a new session")
    people_per_helper: Mapped[int | None] = mapped_column(comment="helpers ratio; none: not counted")
    priorities: Mapped[list[str]] = mapped_column(JSON, default=list, comment="of the waiting list, strongest first")
    neighbourhood_ids: Mapped[list[int]] = mapped_column(JSON, default=list, comment="those that have priority")
    answer_hours: Mapped[int] = mapped_column(default=48, comment="how long a seat that was freed is kept for one")
    next_steps: Mapped[str] = mapped_column(String(1000), default="", comment="told to the care home at the end")
    framing_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="visit before the series, at the home")
    framing_notes: Mapped[str] = mapped_column(String(1000), default="", comment="what was agreed; names nobody")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="the form that sent it: a double press makes one"
    )

    structure: Mapped[Structure | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()
    school: Mapped[School | None] = relationship()
    resources: Mapped[list[ProgrammeResource]] = relationship(
        order_by="ProgrammeResource.id", cascade="all, delete-orphan"
    )
    questions: Mapped[list[SkillQuestion]] = relationship(
        order_by="SkillQuestion.position", cascade="all, delete-orphan"
    )

    @property
    def for_children(self) -> bool:
        """Whether a guardian always registers, and the team needs to know who collects."""
        return self.audience is ProgrammeAudience.CHILDREN

    @property
    def takes_alone(self) -> bool:
        """Whether somebody may come without a child whom they register: nobody may where all are under age."""
        with_child = self.audience in {ProgrammeAudience.CHILDREN, ProgrammeAudience.FAMILIES}
        return not with_child and (self.age_max is None or self.age_max >= MAJORITY)

    @property
    def by_guardian(self) -> bool:
        """Whether the form begins with a guardian and a child."""
        return self.audience is ProgrammeAudience.TEENAGERS or not self.takes_alone


class ProgrammeResource(Said, Base):
    """A lesson sheet: a link, or a file kept here (at most 5 MB, so that a backup of the database holds all)."""

    __tablename__ = "programme_resource"
    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (content IS NULL)", name="link_or_file"),
        Index("ix_programme_resource_programme_id", "programme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id, ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(120))
    url: Mapped[str | None] = mapped_column(String(500))
    file_name: Mapped[str | None] = mapped_column(String(120))
    media_type: Mapped[str | None] = mapped_column(String(80))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    team_only: Mapped[bool] = mapped_column(default=False)

    @property
    def mimetype(self) -> str | None:
        """What the file is served as; the server adds the alphabet, which early rows hold too."""
        return self.media_type.partition(";")[0] if self.media_type else None


class SkillQuestion(Base):
    """One question of the self-assessment of a programme: at most five, each with a picture of the set.

    Positions run from 1 on; 0 is where one waits while two change places.
    """

    __tablename__ = "skill_question"
    __table_args__ = (
        CheckConstraint("position BETWEEN 0 AND 5", name="position"),
        Index("uq_skill_question_programme_id_position", "programme_id", "position", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id, ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(160))
    picture: Mapped[str] = mapped_column(String(40), comment="name of a drawing of the set")
    translations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, comment="language to text")


class RequestState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class WorkshopRequest(Base):
    """A teacher or care-home coordinator asks for a workshop; a manager makes a programme of it, or says why not."""

    __tablename__ = "workshop_request"
    __table_args__ = (
        CheckConstraint("head_count BETWEEN 1 AND 500", name="head_count"),
        CheckConstraint("(state = 'accepted') = (programme_id IS NOT NULL)", name="accepted_has_programme"),
        CheckConstraint("state <> 'declined' OR answer <> ''", name="declined_says_why"),
        CheckConstraint("care_home_id IS NULL OR school_id IS NULL", name="one_place"),
        Index("ix_workshop_request_asked_by_id", "asked_by_id"),
        Index("ix_workshop_request_state", "state"),
        Index("uq_workshop_request_programme_id", "programme_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press asks once"
    )
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id))
    care_home_id: Mapped[int | None] = mapped_column(ForeignKey(CareHome.id))
    kind: Mapped[ProgrammeKind] = mapped_column(enum_type(ProgrammeKind), info=not_personal())
    wish: Mapped[str] = mapped_column(String(1000), info=not_personal(), comment="what for; names nobody")
    group_label: Mapped[str] = mapped_column(String(120), default="", info=not_personal(), comment="e.g. CM1")
    head_count: Mapped[int]
    session_count: Mapped[int] = mapped_column(default=1)
    when_possible: Mapped[str] = mapped_column(String(500), info=not_personal())
    contact_phone: Mapped[str] = mapped_column(String(20), default="", info=personal("calling the asker back", WORK))
    state: Mapped[RequestState] = mapped_column(enum_type(RequestState), default=RequestState.ASKED)
    answer: Mapped[str] = mapped_column(String(500), default="", info=not_personal())
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    programme_id: Mapped[int | None] = mapped_column(ForeignKey(Programme.id))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])
    school: Mapped[School | None] = relationship()
    care_home: Mapped[CareHome | None] = relationship()
    programme: Mapped[Programme | None] = relationship()

    @property
    def reference(self) -> str:
        """What its messages and its audit entries are filed under."""
        return f"request:{self.id}"

    @property
    def place(self) -> School | CareHome | None:
        """For which school or care home it is."""
        return self.school or self.care_home
