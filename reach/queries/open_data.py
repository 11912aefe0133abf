"""Which published reports are open data: those of the whole territory, each version at an address of its own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import _l
from reach.models import PublishedReport, ReportKind, ReportState
from reach.queries import published
from reach.rules.frozen import Content
from reach.rules.open_data.describing import LATEST, Version, named
from reach.rules.periods import Span

OF_ALL = (ReportKind.YEAR, ReportKind.QUARTER)


class NoSuchVersion(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such version of the data. See the list of those that there are."))


def versions() -> list[Version]:
    """The last version of the latest period first, French before others: the first one is `latest`."""
    later = aliased(PublishedReport)
    corrected = select(later.id).where(later.revises_id == PublishedReport.id, later.state == ReportState.PUBLISHED)
    rows = db.session.execute(
        select(PublishedReport, corrected.exists())
        .where(PublishedReport.state == ReportState.PUBLISHED, PublishedReport.kind.in_(OF_ALL))
        .order_by(
            PublishedReport.last.desc(), PublishedReport.first, PublishedReport.language.desc(),
            PublishedReport.version.desc(),
        )
    )  # fmt: skip
    return [_version(report, revised=revised) for report, revised in rows if report.published_at is not None]


def found(name: str) -> tuple[Version, Content]:
    """A version and all that it says.

    Raises:
        NoSuchVersion
    """
    for version in versions():
        if name in {version.name, LATEST}:
            return version, published.content_of(published.by_id(version.report_id))
    raise NoSuchVersion


def _version(report: PublishedReport, *, revised: bool) -> Version:
    span = Span(report.first, report.last)
    if report.published_at is None:
        raise ValueError("a report that is published has a day")
    return Version(
        report.id, named(span, report.language, report.version), span, report.language, report.published_at, revised,
        report.note,
    )  # fmt: skip
