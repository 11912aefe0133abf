"""Published reports as everybody finds them: newest period first, each with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import aliased

from foundation.db import db
from reach.models import PublishedReport, ReportKind, ReportState


@dataclass(frozen=True, slots=True)
class Paper:
    """A report with a PDF at an address that stays.

    Attributes:
        title: in its own language.
        note: why it was published again; empty of a first version.
        corrected: a later version is published.
    """

    id: int
    title: str
    language: str
    published_at: datetime
    version: int
    note: str
    corrected: bool


_LATER = aliased(PublishedReport)
_CORRECTED = (
    select(_LATER.id)
    .where(_LATER.revises_id == PublishedReport.id, _LATER.state == ReportState.PUBLISHED)
    .correlate(PublishedReport)
    .exists()
)


def papers(*, limit: int, skip: int = 0) -> list[Paper]:
    """All that is published: the latest period first, of one the territory before its sheets, the last version first.

    Args:
        skip: how many of the first ones are left out.
    """
    is_sheet = PublishedReport.kind.in_([ReportKind.NEIGHBOURHOOD, ReportKind.STRUCTURE])
    query = _published().order_by(
        PublishedReport.last.desc(), is_sheet, PublishedReport.first, PublishedReport.language.desc(),
        PublishedReport.title, PublishedReport.version.desc(),
    )  # fmt: skip
    return [_paper(row) for row in db.session.execute(query.limit(limit).offset(skip))]


def sheet_of(neighbourhood_id: int) -> Paper | None:
    """The last version of the latest sheet about a neighbourhood; None without one."""
    query = _published(PublishedReport.neighbourhood_id == neighbourhood_id, ~_CORRECTED)
    row = db.session.execute(query.order_by(PublishedReport.last.desc(), PublishedReport.position.desc())).first()
    return None if row is None else _paper(row)


def _published(*where: ColumnElement[bool]) -> Select[PublishedReport, bool]:
    """Without what they say: a list needs no figure."""
    return select(PublishedReport, _CORRECTED).where(PublishedReport.state == ReportState.PUBLISHED, *where)


def _paper(row: Row[PublishedReport, bool]) -> Paper:
    report, corrected = row
    if report.published_at is None:
        raise ValueError("a report that is published has a day")
    return Paper(
        report.id, report.title, report.language, report.published_at, report.version, report.note, corrected
    )  # fmt: skip
