"""What the town published: reports and sheets each on its day, a quarter with its revision, and what is sent next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from activity.models import ActivityRecord
from demo.reports import NOTE, VISITORS, year_told
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.outbox.models import Message
from reach.models import PublishedReport, Repeat, ReportKind, ReportSchedule, ReportState
from reach.queries import published
from reach.queries.open_data import versions
from reach.reports.report import pdf
from reach.rules import periods
from reach.rules.revisions import changed
from reach.rules.safe_figures import safe_figures
from reach.rules.suppression.tables import Figure
from tests.demo.town import NOW

YEAR, QUARTER = periods.year(2025), periods.quarter(2026, 3)


def in_order() -> list[PublishedReport]:
    return list(db.session.scalars(select(PublishedReport).order_by(PublishedReport.position)))


def contacts(report: PublishedReport) -> int | None:
    content = published.content_of(report)
    return content.published.shown(Figure("contacts", periods.Span(report.first, report.last), frozenset()))


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 24), 2025),
        (date(2027, 1, 1), 2025),
        (date(2027, 1, 21), 2025),
        (date(2027, 1, 22), 2026),
        (date(2028, 2, 29), 2027),
        (date(2026, 8, 31), 2025),
    ],
)
def test_a_year_is_told_of_when_it_has_been_over_for_three_weeks(today, year):
    assert year_told(today) == year


def test_all_that_was_asked_for_is_published_in_the_order_of_its_days(valbriac):
    found = in_order()
    assert valbriac["reports"] == len(found) == 6
    assert {one.state for one in found} == {ReportState.PUBLISHED}
    days = [one.published_at for one in found]
    assert days == sorted(days)
    assert days[0] == datetime(2026, 1, 14, 9, 20, tzinfo=UTC)
    assert days[-1] < NOW


def test_they_are_a_year_in_two_languages_two_sheets_and_a_quarter_with_its_revision(valbriac):
    found = [(one.kind, (one.first, one.last), one.language, one.version) for one in in_order()]
    year, quarter = (YEAR.first, YEAR.last), (QUARTER.first, QUARTER.last)
    assert found == [
        (ReportKind.YEAR, year, "fr", 1), (ReportKind.YEAR, year, "en", 1), (ReportKind.NEIGHBOURHOOD, year, "fr", 1),
        (ReportKind.STRUCTURE, year, "fr", 1), (ReportKind.QUARTER, quarter, "fr", 1),
        (ReportKind.QUARTER, quarter, "fr", 2),
    ]  # fmt: skip


def test_both_languages_tell_the_same_figures(valbriac):
    french, english = (published.content_of(one) for one in in_order()[:2])
    assert french.published.figures == english.published.figures
    assert french.plain == english.plain


def test_the_revision_counts_the_record_that_was_written_too_late(valbriac):
    first, second = in_order()[-2:]
    assert (second.revises_id, second.note) == (first.id, NOTE)
    late = db.session.scalars(select(ActivityRecord).where(ActivityRecord.anonymous_count == VISITORS[0])).one()
    assert first.published_at < late.created_at < second.published_at
    assert QUARTER.first <= late.started_at.date() <= QUARTER.last
    assert contacts(second) - contacts(first) == VISITORS[0]
    assert changed(published.content_of(first), published.content_of(second), QUARTER)


def test_most_figures_of_neighbourhoods_are_shown_on_their_public_pages(valbriac):
    latest = published.latest()
    assert (latest.span, latest.id) == (QUARTER, in_order()[-1].id)
    told = [safe_figures(latest.published, latest.span, latest.content.areas, one.id) for one in latest.content.areas]
    assert len(told) == 7
    assert all(one is not None for one in told)
    assert sum(one.people is not None and one.rate is not None for one in told) >= 5


def test_the_yearly_report_shows_the_year_before_beside(valbriac):
    content = published.content_of(in_order()[0])
    now, before = (content.published.shown(Figure("people", one, frozenset())) for one in (YEAR, YEAR.before))
    assert 0.9 < now / before < 1.3


@pytest.mark.parametrize("position", range(6))
def test_each_is_a_paper(valbriac, position):
    report = in_order()[position]
    assert pdf(report, published.content_of(report)).startswith(b"%PDF-")


def test_the_open_data_follow(valbriac):
    found = versions()
    assert [(one.span, one.language, one.revised) for one in found] == [
        (QUARTER, "fr", False), (QUARTER, "fr", True), (YEAR, "fr", False), (YEAR, "en", False),
    ]  # fmt: skip
    assert found[0].note == NOTE


def test_the_next_year_and_quarter_are_sent_by_themselves(valbriac):
    found = {one.repeats: one for one in db.session.scalars(select(ReportSchedule))}
    assert {repeat: one.next_on for repeat, one in found.items()} == {
        Repeat.YEAR: date(2027, 1, 1), Repeat.QUARTER: date(2027, 1, 1),
    }  # fmt: skip
    assert all(one.active and one.recipients.endswith("@valbriac.example") for one in found.values())
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_audit_does_not_say_that_one_second_held_it_all(valbriac):
    since = NOW - timedelta(hours=1)
    recent = select(AuditEntry.subject).where(AuditEntry.at > since, AuditEntry.subject.not_like("account:%"))
    assert db.session.scalars(recent).all() == []
