"""A resident is told what is true of their appointment, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mediation.models import Attendance
from mediation.rules.notices import NoticeKind, may_tell

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("attendance", list(Attendance))
def test_only_what_is_true_is_told(kind, attendance):
    cancelled = attendance in {Attendance.EXCUSED, Attendance.REVOKED}
    expected = cancelled if kind is NoticeKind.CANCELLED else attendance is Attendance.EXPECTED
    assert may_tell(kind, attendance, NOON, NOON - timedelta(minutes=1)) is expected
    assert may_tell(kind, attendance, NOON, NOON) is False
