"""Reports as they were published, their revisions, and which of them are sent by themselves."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from places.models import Neighbourhood, Structure


class ReportKind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    NEIGHBOURHOOD = "neighbourhood"
    STRUCTURE = "structure"


class ReportState(StrEnum):
    """Waiting until the jobs process has counted and protected it; refused when that was not possible."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


class Repeat(StrEnum):
    QUARTER = "quarter"
    YEAR = "year"


class PublishedReport(Base):
    """A report with its figures as they were on that day. Only a waiting one changes, once; a correction is another.

    `position` is its place among all published reports of the town: the next one is protected against all before it.
    `content` is what `reach.rules.frozen` writes and reads.
    """

    __tablename__ = "published_report"
    __table_args__ = (
        CheckConstraint("first <= last", name="first_before_last"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("(version = 1) = (revises_id IS NULL)", name="revision_of_something"),
        CheckConstraint(
            "(state = 'published') = (content IS NOT NULL AND position IS NOT NULL AND published_at IS NOT NULL)",
            name="published_whole",
        ),
        CheckConstraint("(kind = 'neighbourhood') = (neighbourhood_id IS NOT NULL)", name="of_a_neighbourhood"),
        CheckConstraint("(kind = 'structure') = (structure_id IS NOT NULL)", name="of_a_structure"),
        Index(
            "uq_published_report_revision",
            "revises_id",
            unique=True,
            sqlite_where=text("state <> 'refused'"),
            postgresql_where=text("state <> 'refused'"),
        ),
        Index("ix_published_report_state", "state"),
        Index("ix_published_report_neighbourhood_id", "neighbourhood_id"),
        Index("ix_published_report_structure_id", "structure_id"),
        Index("ix_published_report_by_id", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=not_personal(), comment="the page that sent it: a double press asks once"
    )
    kind: Mapped[ReportKind] = mapped_column(enum_type(ReportKind))
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey(Neighbourhood.id))
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    first: Mapped[date] = mapped_column(info=not_personal())
    last: Mapped[date] = mapped_column(info=not_personal())
    filters: Mapped[dict[str, str]] = mapped_column(JSON, info=not_personal(), comment="as an address writes them")
    title: Mapped[str] = mapped_column(String(200), info=not_personal())
    language: Mapped[str] = mapped_column(String(5), info=not_personal())
    state: Mapped[ReportState] = mapped_column(enum_type(ReportState), default=ReportState.WAITING)
    refusal: Mapped[str] = mapped_column(Text, default="", info=not_personal())
    content: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), info=not_personal(), deferred=True, comment="figures and words, as published"
    )
    position: Mapped[int | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("published_report.id"))
    note: Mapped[str] = mapped_column(Text, default="", info=not_personal(), comment="why it was revised")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: by a schedule alone")

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"published_report:{self.id}"


class ReportSchedule(Base):
    """A report that is published and sent again and again: after each quarter or each year.

    `recipients` are e-mail addresses, one a line. `next_on` is the day of the territory on which the next period will
    be over; its report goes out once what happened in it is written.
    """

    __tablename__ = "report_schedule"
    __table_args__ = (
        CheckConstraint("(kind = 'neighbourhood') = (neighbourhood_id IS NOT NULL)", name="of_a_neighbourhood"),
        CheckConstraint("(kind = 'structure') = (structure_id IS NOT NULL)", name="of_a_structure"),
        Index("ix_report_schedule_active_next_on", "active", "next_on"),
        Index("ix_report_schedule_neighbourhood_id", "neighbourhood_id"),
        Index("ix_report_schedule_structure_id", "structure_id"),
        Index("ix_report_schedule_by_id", "by_id"),
        Index("ix_report_schedule_sending_id", "sending_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(enum_type(ReportKind))
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey(Neighbourhood.id))
    structure_id: Mapped[int | None] = mapped_column(ForeignKey(Structure.id))
    repeats: Mapped[Repeat] = mapped_column(enum_type(Repeat))
    language: Mapped[str] = mapped_column(String(5), info=not_personal())
    recipients: Mapped[str] = mapped_column(Text, info=personal("who is sent the report", "until it is taken off"))
    next_on: Mapped[date] = mapped_column(info=not_personal())
    active: Mapped[bool] = mapped_column(default=True)
    sending_id: Mapped[int | None] = mapped_column(
        ForeignKey(PublishedReport.id), comment="the report that is being published to be sent"
    )
    by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    @property
    def reference(self) -> str:
        return f"report_schedule:{self.id}"
