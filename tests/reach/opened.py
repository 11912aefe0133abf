"""A report of 2025 published as open data, and how its files are fetched and read."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from accounts.models import Account
from activity.models import ActivityKind
from foundation.db import db, in_transaction, transaction
from reach.models import ReportKind
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.activity.drafts import write
from tests.moments import TEN

YEAR = periods.year(2025)
HOME = "/donnees-ouvertes"
LATEST = f"{HOME}/portee/latest"


def publish(cast, language="fr", span=YEAR):
    with transaction():
        cast.manager.structure_id = None
    actor_id = cast.ids["manager"]
    report_id = in_transaction(
        lambda: (
            publishing.publish(
                Wanted(ReportKind.YEAR, span, language, None), db.session.get_one(Account, actor_id), now=TEN
            ).id
        )
    )
    while publishing.publish_next(TEN):
        pass
    return report_id


def seen(cast, count, *, heads=0, day=3):
    """So many contacts in 2025, and heads beside."""
    for number in range(count):
        at = datetime(2025, 1 + number % 12, day, 9, tzinfo=UTC)
        write(cast, now=at.replace(hour=12), started_at=at, kind=ActivityKind.GROUP, anonymous_count=heads)


def table(answer):
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def fetch(client, name, where=LATEST):
    answer = client.get(f"{where}/{name}")
    return client.get(answer.location) if answer.status_code == 302 else answer
