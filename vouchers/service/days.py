"""Days of the territory's wall clock: what is printed on vouchers and cards is a day, never an instant."""

from __future__ import annotations

from datetime import date, datetime

from foundation import clock


def day_of(now: datetime) -> date:
    return now.astimezone(clock.territory_zone()).date()
