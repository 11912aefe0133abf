"""Reports as they were published: the figures that anybody may be shown, and what the next one is protected against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import undefer

from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import _l
from reach.models import PublishedReport, ReportKind, ReportState
from reach.rules import frozen, safe_figures
from reach.rules.frozen import Content
from reach.rules.periods import Span
from reach.rules.suppression.release import Published


class NoSuchReport(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such report."))


@dataclass(frozen=True)
class Latest:
    """A report of the whole territory that outsiders may read.

    Attributes:
        content: names, inhabitants and definitions as they were published; see `reach.rules.frozen`.
    """

    id: int
    span: Span
    language: str
    published_at: datetime
    content: Content

    @cached_property
    def published(self) -> Published:
        return self.content.published


def latest() -> Latest | None:
    """The yearly or quarterly report of the latest period, as last revised; None before the first.

    A first version that is published in another language after a revision is not the last word.
    """
    row = db.session.scalar(
        select(PublishedReport)
        .where(
            PublishedReport.state == ReportState.PUBLISHED,
            PublishedReport.kind.in_([ReportKind.YEAR, ReportKind.QUARTER]),
        )
        .order_by(
            PublishedReport.last.desc(),
            PublishedReport.first,
            PublishedReport.version.desc(),
            PublishedReport.position.desc(),
        )
        .options(undefer(PublishedReport.content))
        .limit(1)
    )
    if row is None or row.published_at is None:
        return None
    return Latest(row.id, Span(row.first, row.last), row.language, row.published_at, content_of(row))


def rate_of(span: Span) -> float | None:
    """People for 1,000 inhabitants of the territory, as its last report of exactly that span tells; None without one.

    Made of the figures that it shows, as in the report itself.
    """
    row = db.session.scalar(
        select(PublishedReport)
        .where(
            PublishedReport.state == ReportState.PUBLISHED,
            PublishedReport.kind.in_([ReportKind.YEAR, ReportKind.QUARTER]),
            PublishedReport.first == span.first,
            PublishedReport.last == span.last,
        )
        .order_by(PublishedReport.version.desc(), PublishedReport.position.desc())
        .options(undefer(PublishedReport.content))
        .limit(1)
    )
    return None if row is None else safe_figures.territory_rate(content_of(row), span)


def by_id(report_id: int) -> PublishedReport:
    """A report in whatever state, with its content.

    Raises:
        NoSuchReport
    """
    wanted = select(PublishedReport).where(PublishedReport.id == report_id)
    row = db.session.scalar(wanted.options(undefer(PublishedReport.content)))
    if row is None:
        raise NoSuchReport
    return row


def content_of(report: PublishedReport) -> Content:
    """What it says.

    Raises:
        NoSuchReport: when it is not published.
    """
    if report.content is None:
        raise NoSuchReport
    return frozen.read(report.content)


def all_in_order() -> list[Published]:
    """The figures of all published reports and revisions, in the order of their publication."""
    rows = db.session.scalars(
        select(PublishedReport.content)
        .where(PublishedReport.state == ReportState.PUBLISHED)
        .order_by(PublishedReport.position)
    )
    return [frozen.read_published(content["published"]) for content in rows if content is not None]


def last_position() -> int:
    """Of the report that was published last; 0 before the first."""
    return (
        db.session.scalar(select(PublishedReport.position).order_by(PublishedReport.position.desc().nulls_last())) or 0
    )


def listed(*, outside: bool = False) -> list[PublishedReport]:
    """All reports, newest period first, the revisions of one together.

    Args:
        outside: what everybody may read alone; neither what waits nor what was refused.
    """
    wanted = select(PublishedReport).order_by(PublishedReport.last.desc(), PublishedReport.id.desc())
    if outside:
        wanted = wanted.where(PublishedReport.state == ReportState.PUBLISHED)
    return list(db.session.scalars(wanted))


def revision_of(report: PublishedReport) -> PublishedReport | None:
    """The report that corrects this one, where there is one that was not refused."""
    return db.session.scalar(
        select(PublishedReport).where(
            PublishedReport.revises_id == report.id, PublishedReport.state != ReportState.REFUSED
        )
    )


def in_other_languages(report: PublishedReport) -> list[PublishedReport]:
    """The same version of the same report as published in other languages: the same figures, in other words."""
    return list(
        db.session.scalars(
            select(PublishedReport)
            .filter_by(
                kind=report.kind, neighbourhood_id=report.neighbourhood_id, structure_id=report.structure_id,
                first=report.first, last=report.last, version=report.version, state=ReportState.PUBLISHED,
            )
            .where(PublishedReport.language != report.language)
            .order_by(PublishedReport.position)
        )
    )  # fmt: skip
