"""What the team had to know of a child is erased three months after the last session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from foundation import audit
from foundation.db import db, in_transaction
from tests.workshops.enrolments import FIRST, WEEK, family, opened, registered
from workshops.models import ChildSheet, Enrolment, Participant
from workshops.service import retention

pytestmark = pytest.mark.usefixtures("stopped_clock")
ENDS_AFTER = timedelta(hours=2)


def erased(now):
    return in_transaction(lambda: retention.erase_child_sheets(now))


def left():
    return db.session.scalar(select(func.count()).select_from(ChildSheet))


def test_until_three_months_after_the_session_the_sheets_are_kept(cast):
    registered(family(opened(cast, capacity=3)))
    assert erased(FIRST + ENDS_AFTER + retention.KEPT) == 0
    assert left() == 3


def test_then_they_are_erased_and_the_children_stay_counted(cast):
    registered(family(opened(cast, capacity=3)))
    assert erased(FIRST + ENDS_AFTER + retention.KEPT + timedelta(seconds=1)) == 3
    assert left() == 0
    assert db.session.scalar(select(func.count()).select_from(Participant)) == 3
    assert audit.history("workshops:0")[0].details == {"count": 3}


def test_of_a_series_the_last_session_counts(cast):
    registered(family(opened(cast, capacity=3, sessions=3, enrolment=Enrolment.CYCLE)))
    first = FIRST + ENDS_AFTER + retention.KEPT + timedelta(seconds=1)
    assert erased(first) == 0
    assert erased(first + 2 * WEEK) == 3


def test_of_a_single_session_the_others_of_the_programme_do_not_count(cast):
    registered(family(opened(cast, capacity=3, sessions=3)))
    assert erased(FIRST + ENDS_AFTER + retention.KEPT + timedelta(seconds=1)) == 3
