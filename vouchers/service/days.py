"""Days of the territory's wall clock: what is printed on vouchers and cards is a day, never an instant."""

from __future__ import annotations

from datetime import date, datetime, time

from foundation import clock
from foundation.period import at_wall_time


def day_of(now: datetime) -> date:
    return now.astimezone(clock.territory_zone()).date()


def start_of(day: date) -> datetime:
    return at_wall_time(day, time.min, clock.territory_zone())
