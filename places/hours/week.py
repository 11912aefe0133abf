"""A week of openings, and its OSM text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, order=True, slots=True)
class WeeklyOpening:
    """Open each `weekday` (0 is Monday) from `start` to `end`, minutes after midnight; `end` is at most 1440."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """What could be read of an opening-hours text.

    Attributes:
        openings: sorted, not touching one another.
        holidays_closed: the text says that public holidays are off.
        unread: the parts that could not be read, as they were written.
    """

    openings: tuple[WeeklyOpening, ...] = ()
    holidays_closed: bool = False
    unread: tuple[str, ...] = field(default=())


def tidy(openings: Iterable[WeeklyOpening]) -> tuple[WeeklyOpening, ...]:
    """The same minutes, sorted; openings of one day that touch become one."""
    result: list[WeeklyOpening] = []
    for opening in sorted(openings):
        last = result[-1] if result else None
        if last and last.weekday == opening.weekday and opening.start <= last.end:
            result[-1] = WeeklyOpening(last.weekday, last.start, max(last.end, opening.end))
        else:
            result.append(opening)
    return tuple(result)


def as_osm(openings: Iterable[WeeklyOpening], holidays_closed: bool = False) -> str:
    """`Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00`: days of equal hours together, in the order of the week."""
    hours_of = {day: tuple((o.start, o.end) for o in tidy(openings) if o.weekday == day) for day in range(7)}
    rules: list[str] = []
    written: set[int] = set()
    for day in range(7):
        if day in written or not hours_of[day]:
            continue
        alike = [other for other in range(7) if hours_of[other] == hours_of[day]]
        written.update(alike)
        spans = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in hours_of[day])
        rules.append(f"{_days(alike)} {spans}")
    if holidays_closed:
        rules.append("PH off")
    return "; ".join(rules)


def _days(days: list[int]) -> str:
    """`Mo-We,Fr`: three or more in a row are a range."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run) for run in runs
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
