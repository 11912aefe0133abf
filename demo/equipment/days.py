"""The days around the loading on which kits come and go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from demo.workshops.dates import DAY, SUNDAY, Almanac, IsOpen

SATURDAY = 5
NEAR = 9 * DAY
"""With no school for longer than that, before or after, the day of loading is in long holidays."""
BEFORE = 3


def school_days(almanac: Almanac) -> IsOpen:
    """Days of school; in long holidays any working day: the leisure centre has the kits then."""
    in_term, any_day = (_weekdays(almanac.open_days((), in_term=term)) for term in (True, False))
    behind, ahead = days_before(almanac, in_term), days_after(almanac, in_term)
    near = almanac.today - behind[-1] < NEAR and ahead[1] - almanac.today < NEAR
    return in_term if near else any_day


def days_before(almanac: Almanac, is_open: IsOpen) -> list[date]:
    """The last three before today, the newest first."""
    return _open(almanac, is_open, range(-1, -90, -1))[:BEFORE]


def days_after(almanac: Almanac, is_open: IsOpen) -> list[date]:
    """Those of the weeks from today on; from tomorrow when the day is nearly over."""
    lead = (almanac.next_day - almanac.today).days
    return _open(almanac, is_open, range(lead, 90))


def _open(almanac: Almanac, is_open: IsOpen, steps: Collection[int]) -> list[date]:
    days = (almanac.today + step * DAY for step in steps)
    return [day for day in days if is_open(day)]


def _weekdays(is_open: IsOpen) -> IsOpen:
    return lambda day: day.weekday() not in {SATURDAY, SUNDAY} and is_open(day)
