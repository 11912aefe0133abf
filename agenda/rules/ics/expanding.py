"""When an event of a calendar file happens: its start, its length, its recurrence within a window."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from icalendar import Component, vDDDLists, vRecur

from foundation.period import Period

FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
OLDEST_RULE = 1900
MOST_UNROLLED = 60_000
DAY = timedelta(days=1)
NOTHING = timedelta(0)


class TooFrequent(Exception):
    """Repeats more often than daily, or since so long ago that unrolling it would take ages."""


class Unreadable(Exception):
    """A rule that does not follow RFC 5545."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A start on the wall clock of its zone; `day_only` for an event of whole days."""

    wall: datetime
    zone: tzinfo
    day_only: bool = False

    @classmethod
    def of(cls, at: date, zone: ZoneInfo) -> Moment:
        """A date or datetime of the file; `zone` when it names none."""
        if not isinstance(at, datetime):
            return cls(datetime.combine(at, time.min), zone, day_only=True)
        return cls(at.replace(tzinfo=None), at.tzinfo or zone)

    def instant(self) -> datetime:
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)

    def whole_day(self) -> Moment:
        """The day it falls on: an exception may name only that."""
        return Moment(datetime.combine(self.wall.date(), time.min), self.zone, day_only=True)

    def lasting(self, length: timedelta) -> Period | None:
        """From here, for `length` on the wall clock; None when a clock change leaves nothing of it."""
        start, end = self.instant(), Moment(self.wall + length, self.zone).instant()
        return Period(start, end) if start < end else None

    def __hash__(self) -> int:
        return hash((self.instant(), self.day_only))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and (self.instant(), self.day_only) == (other.instant(), other.day_only)


def values(part: Component, name: str) -> list[Any]:
    """Every value that a component has under `name`."""
    found = part.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def dated(part: Component, name: str) -> list[Any]:
    """Every date, datetime or period listed under `name`; lists that can not be read are passed over."""
    return [listed.dt for entry in values(part, name) if isinstance(entry, vDDDLists) for listed in entry.dts]


def value(part: Component, name: str) -> Any:
    """The date or datetime under `name`; None when there is none, or it is unreadable."""
    first = next(iter(values(part, name)), None)
    try:
        return getattr(first, "dt", None)
    except ValueError:
        return None


def as_period(listed: Any, zone: ZoneInfo, length: timedelta = NOTHING) -> Period | None:
    """A listed period, or a listed start that lasts `length`; None when there is nothing of it."""
    if isinstance(listed, tuple):
        start, end = listed
        if isinstance(end, timedelta):
            return Moment.of(start, zone).lasting(end)
        first, last = Moment.of(start, zone).instant(), Moment.of(end, zone).instant()
        return Period(first, last) if first < last else None
    return Moment.of(listed, zone).lasting(length) if isinstance(listed, date) else None


def length_of(part: Component, zone: ZoneInfo) -> timedelta:
    """Its length on the wall clock: up to its end, or its duration; a day with only a date, else nothing."""
    start, end, lasts = value(part, "DTSTART"), value(part, "DTEND"), value(part, "DURATION")
    if isinstance(end, date):
        first, last = Moment.of(start, zone), Moment.of(end, zone)
        if isinstance(end, datetime) and end.tzinfo is not None:
            return end.astimezone(first.zone).replace(tzinfo=None) - first.wall
        return last.wall - first.wall
    if isinstance(lasts, timedelta):
        return lasts
    return NOTHING if isinstance(start, datetime) else DAY


def exceptions(part: Component, zone: ZoneInfo) -> set[Moment]:
    """The starts (or only days) that the event leaves out."""
    return {Moment.of(at, zone) for at in dated(part, "EXDATE") if isinstance(at, date)}


def moments_of(part: Component, window: Period, zone: ZoneInfo, length: timedelta) -> list[Moment]:
    """The starts of an event whose time may touch `window`, in order.

    Raises:
        TooFrequent, Unreadable: when its rule can not be followed; its first time stands all the same.
    """
    start = Moment.of(value(part, "DTSTART"), zone)
    rules = values(part, "RRULE")
    if not rules:
        return [start]
    earliest = window.start.astimezone(start.zone).replace(tzinfo=None) - length - DAY
    walls = sorted({wall for rule in rules for wall in _walls(rule, start, window) if wall >= earliest} | {start.wall})
    return [Moment(wall, start.zone, start.day_only) for wall in walls]


def _walls(rule: Any, start: Moment, window: Period) -> Iterator[datetime]:
    """Wall times of one rule up to the end of `window`."""
    if not isinstance(rule, vRecur):
        raise Unreadable
    if rule.get("FREQ", [""])[0] not in FREQUENCIES or start.wall.year < OLDEST_RULE or _times_a_day(rule) > 1:
        raise TooFrequent
    count = next(iter(rule.get("COUNT", [])), MOST_UNROLLED)
    if count < 1 or min(rule.get("INTERVAL", [1])) < 1:
        raise Unreadable
    ends = [window.end.astimezone(start.zone).replace(tzinfo=None)]
    ends += [_until(until, start) for until in rule.get("UNTIL", [])]
    yield from islice(iter(_parsed(rule, start).replace(until=min(ends))), min(count, MOST_UNROLLED))


def _times_a_day(rule: vRecur) -> int:
    return math.prod(len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))


def _parsed(rule: vRecur, start: Moment) -> rrule:
    """The rule without its end: an end is given to it that never lies beyond the window, so that it stops."""
    endless = {name: given for name, given in rule.items() if name not in {"UNTIL", "COUNT"}}
    text = vRecur(endless).to_ical().decode()  # type: ignore[no-untyped-call]  # the library left it so
    try:
        parsed = rrulestr(text, dtstart=start.wall)
    except (ValueError, TypeError) as error:
        raise Unreadable from error
    if not isinstance(parsed, rrule):
        raise Unreadable
    return parsed


def _until(until: date, start: Moment) -> datetime:
    """The last wall time that a rule allows: a date counts whole."""
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until.astimezone(start.zone).replace(tzinfo=None) if until.tzinfo else until
