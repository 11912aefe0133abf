"""Resources, when they are open, away and held, and the days on which everything is closed."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal

MIDNIGHT = time.min
WORK = "24 months after the mediator left"


class ResourceKind(StrEnum):
    """What can be in one place only."""

    MEDIATOR = "mediator"
    ROOM = "room"
    KIT = "kit"


class Recurrence(StrEnum):
    """How a pattern of days repeats."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY_DAY = "monthly_day"
    MONTHLY_WEEKDAY = "monthly_weekday"


class CalendarKind(StrEnum):
    """Days that concern the whole territory. School holidays inform; the two others close."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    CLOSURE = "closure"


class Resource(Base):
    """Somebody or something that is never in two places at once."""

    __tablename__ = "resource"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind] = mapped_column(enum_type(ResourceKind))
    label: Mapped[str] = mapped_column(
        String(120), info=personal("name of the mediator, room or kit, shown where time is booked", WORK)
    )
    active: Mapped[bool] = mapped_column(default=True)


class Repeating:
    """Columns of a pattern: days, and wall times in the territory's zone.

    Once: one stretch from `first_day` at `starts` to `last_day` at `ends`.
    Otherwise: on each day that matches, from `first_day` to `last_day` (none: without end), from `starts` to `ends`.
    Midnight as an end is the end of the day, so a whole day runs from midnight to midnight.
    """

    recurrence: Mapped[Recurrence] = mapped_column(enum_type(Recurrence), default=Recurrence.ONCE)
    every: Mapped[int] = mapped_column(default=1, comment="every n weeks or months, counted from first_day's")
    weekdays: Mapped[int] = mapped_column(default=0, comment="weekly: bits, Monday is 1, Sunday is 64")
    first_day: Mapped[date] = mapped_column(Date, info=personal("days of work or of absence", WORK))
    last_day: Mapped[date | None] = mapped_column(Date, info=personal("days of work or of absence", WORK))
    starts: Mapped[time] = mapped_column(Time, info=personal("hours of work or of absence", WORK))
    ends: Mapped[time] = mapped_column(Time, info=personal("hours of work or of absence", WORK))


def _pattern_checks(same_day: str) -> tuple[CheckConstraint, ...]:
    """Named checks of a pattern; `same_day` tells when both wall times belong to one day."""
    return (
        CheckConstraint(
            f"NOT ({same_day}) OR starts < ends OR ends = '00:00:00.000000'",
            name="end_after_start",
        ),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="last_day_after_first"),
        CheckConstraint("recurrence <> 'once' OR last_day IS NOT NULL", name="once_has_an_end"),
        CheckConstraint("every BETWEEN 1 AND 52", name="every"),
        CheckConstraint("weekdays BETWEEN 0 AND 127", name="weekdays"),
        CheckConstraint("(recurrence = 'weekly') = (weekdays > 0)", name="weekly_has_weekdays"),
    )


class Opening(Repeating, Base):
    """When a resource may be booked. What for and where is the business of the feature that books it."""

    __tablename__ = "opening"
    __table_args__ = (
        *_pattern_checks("1 = 1"),
        CheckConstraint("recurrence <> 'once' OR last_day = first_day", name="once_is_one_day"),
        Index("ix_opening_resource_id_last_day", "resource_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))

    resource: Mapped[Resource] = relationship()


class BusyFeed(Base):
    """Somebody's calendar kept elsewhere: an address fetched now and then, or a file given once."""

    __tablename__ = "busy_feed"
    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (file_name IS NULL)", name="address_or_file"),
        Index("ix_busy_feed_resource_id", "resource_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    label: Mapped[str] = mapped_column(String(120), info=personal("what the mediator calls this calendar", WORK))
    url: Mapped[str | None] = mapped_column(
        String(2000), info=personal("secret address of the mediator's calendar", "until the mediator removes it")
    )
    file_name: Mapped[str | None] = mapped_column(
        String(255), info=personal("name of the file the mediator gave", "until the mediator removes it")
    )
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=not_personal())
    error: Mapped[str | None] = mapped_column(String(300), info=not_personal())

    resource: Mapped[Resource] = relationship()


class Absence(Repeating, Base):
    """When a resource, or with none the whole territory, can not be booked although it is open."""

    __tablename__ = "absence"
    __table_args__ = (
        *_pattern_checks("recurrence <> 'once' OR first_day = last_day"),
        Index("ix_absence_resource_id_last_day", "resource_id", "last_day"),
        Index("ix_absence_feed_id", "feed_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"))
    label: Mapped[str] = mapped_column(
        String(120), default="", info=personal("what colleagues are told of an absence, without its reason", WORK)
    )
    feed_id: Mapped[int | None] = mapped_column(ForeignKey("busy_feed.id", ondelete="CASCADE"))

    resource: Mapped[Resource | None] = relationship()


class Hold(Base):
    """A stretch of a resource's time that is taken, buffers included. The database refuses two that overlap.

    PostgreSQL does so by the exclusion constraint `ex_hold_overlap`, SQLite by two triggers that say the same name.
    A hold that is released is deleted. The index carries all that a search for free time reads.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="end_after_start"),
        Index("ix_hold_resource_id_starts_at_ends_at", "resource_id", "starts_at", "ends_at"),
        Index("ix_hold_reference", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("when the resource is taken", WORK))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, info=personal("when the resource is taken", WORK))
    label: Mapped[str] = mapped_column(
        String(120), info=not_personal(), comment="what colleagues are told; never names a resident"
    )
    reference: Mapped[str] = mapped_column(
        String(60), info=not_personal(), comment="kind:id of the act that took it, e.g. appointment:12"
    )

    resource: Mapped[Resource] = relationship()


class CalendarDay(Base):
    """A public holiday, a stretch of school holidays, or days on which the whole territory is closed.

    `seed` says where the row came from, so that filling the calendar again finds it whatever a manager made of it;
    a removed one stays, marked, so that it is not brought back.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="last_day_after_first"),
        Index("ix_calendar_day_last_day", "last_day"),
        Index("uq_calendar_day_seed", "seed", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CalendarKind] = mapped_column(enum_type(CalendarKind))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    label: Mapped[str] = mapped_column(String(120))
    seed: Mapped[str | None] = mapped_column(String(60))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
