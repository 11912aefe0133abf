"""What tests of published reports begin with: a year to report on, its first figure, and reports asked for and made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from accounts.models import Account
from foundation.db import db, in_transaction
from reach.models import PublishedReport, ReportKind
from reach.queries import published
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.rules.suppression.tables import Figure
from reach.service import publishing

YEAR = Wanted(ReportKind.YEAR, periods.year(2025), "fr")
MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
PEOPLE = Figure("people", YEAR.span)


def asked(wanted: Wanted, actor: Account, **more: Any) -> int:
    """Ask for a report; it waits."""
    return in_transaction(lambda: publishing.publish(wanted, actor, now=LATER, **more)).id


def made(wanted: Wanted, actor: Account) -> PublishedReport:
    """Ask for a report and make it."""
    report_id = asked(wanted, actor)
    assert publishing.publish_next(LATER) == 1
    return read(report_id)


def read(report_id: int) -> PublishedReport:
    """The report as the database holds it now."""
    db.session.rollback()
    db.session.expire_all()
    return published.by_id(report_id)
