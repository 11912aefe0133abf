"""How long a record is kept after the last contact."""

from __future__ import annotations

from datetime import datetime

from dateutil.relativedelta import relativedelta

KEPT_MONTHS = 24


def forgotten_before(now: datetime) -> datetime:
    """Records whose last contact is before this instant are anonymised."""
    return now - relativedelta(months=KEPT_MONTHS)
