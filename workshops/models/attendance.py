"""The day itself: who was there, how many whom nobody named, and what people think they can do before and after."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from workshops.models.programme import SkillQuestion
from workshops.models.registration import KEPT, Participant
from workshops.models.session import WorkshopSession


class Presence(StrEnum):
    """Of one participant in one session; without a row they are registered, and nothing is known yet."""

    PRESENT = "present"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT = "absent"


class SessionPresence(Base):
    """One participant was there, or not. `version` grows with each press, so that a late one is noticed."""

    __tablename__ = "session_presence"
    __table_args__ = (
        Index("uq_session_presence_session_id_participant_id", "session_id", "participant_id", unique=True),
        Index("ix_session_presence_participant_id", "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    presence: Mapped[Presence | None] = mapped_column(
        enum_type(Presence), info=personal("counting who took part", KEPT), comment="none: taken back"
    )
    version: Mapped[int] = mapped_column(default=1)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    marked_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    participant: Mapped[Participant] = relationship()
    marked_by: Mapped[Account] = relationship()


class PressOutcome(StrEnum):
    APPLIED = "applied"
    CONFLICT = "conflict"


class PressReceipt(Base):
    """A press made on a device, perhaps without network: sent again it is answered again, and applied once.

    What it wanted and the version that stood are kept: a conflict that nobody decided is shown until somebody presses.
    """

    __tablename__ = "press_receipt"
    __table_args__ = (Index("ix_press_receipt_session_id_outcome", "session_id", "outcome"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=not_personal())
    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    presence: Mapped[Presence | None] = mapped_column(
        enum_type(Presence), info=personal("counting who took part", KEPT), comment="what was pressed"
    )
    version: Mapped[int] = mapped_column(comment="of the presence, after it")
    outcome: Mapped[PressOutcome] = mapped_column(enum_type(PressOutcome), info=not_personal())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    pressed_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    pressed_by: Mapped[Account] = relationship()


class HeadCount(Base):
    """How many took part whom nobody named, and who helped; what was done, for the report to the host."""

    __tablename__ = "head_count"
    __table_args__ = (
        CheckConstraint("people BETWEEN 0 AND 1000 AND helpers BETWEEN 0 AND 200", name="plausible"),
        CheckConstraint("feminine >= 0 AND masculine >= 0 AND feminine + masculine <= people", name="split"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey(WorkshopSession.id), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
    feminine: Mapped[int] = mapped_column(default=0)
    masculine: Mapped[int] = mapped_column(default=0)
    helpers: Mapped[int] = mapped_column(default=0, comment="of the home or school, present")
    done: Mapped[str] = mapped_column(String(500), default="", info=not_personal(), comment="names nobody")
    version: Mapped[int] = mapped_column(default=1)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    counted_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    counted_by: Mapped[Account] = relationship()


class SkillMoment(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class SkillAnswer(Base):
    """What a participant thinks they can do, from 1 (not at all) to 4 (alone), before or after. Never required."""

    __tablename__ = "skill_answer"
    __table_args__ = (
        CheckConstraint("value BETWEEN 1 AND 4", name="value"),
        Index(
            "uq_skill_answer_question_id_participant_id_moment", "question_id", "participant_id", "moment", unique=True
        ),
        Index("ix_skill_answer_participant_id", "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(SkillQuestion.id, ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    moment: Mapped[SkillMoment] = mapped_column(enum_type(SkillMoment), info=not_personal())
    value: Mapped[int] = mapped_column(info=personal("showing progress", KEPT))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())


class SkillTally(Base):
    """How many of those whom nobody names crossed an answer, before or after: counted from paper."""

    __tablename__ = "skill_tally"
    __table_args__ = (
        CheckConstraint("value BETWEEN 1 AND 4", name="value"),
        CheckConstraint("people BETWEEN 1 AND 500", name="people"),
    )

    question_id: Mapped[int] = mapped_column(ForeignKey(SkillQuestion.id, ondelete="CASCADE"), primary_key=True)
    moment: Mapped[SkillMoment] = mapped_column(enum_type(SkillMoment), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]
