"""The same slots as `slots.slots`, for hundreds of openings at once.

Building forty thousand periods would take longer than the whole search may. Here an instant is a small int, whole
seconds since an origin near the search, and only what is offered becomes a datetime. What is busy is rounded outward
to seconds. A test proves that both ways agree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agenda.models import MIDNIGHT, Recurrence
from agenda.rules.recurrence import DAY, Pattern, falls_on, occurrence, weeks_between
from agenda.rules.slots import GRAIN, Offer
from foundation.period import Period, at_wall_time, merged

SECOND = timedelta(seconds=1)
DAY_LENGTH = DAY // SECOND
GRAIN_LENGTH = GRAIN // SECOND
Span = tuple[int, int]


@dataclass(slots=True)
class Busy:
    """Stretches `[starts[i], ends[i])` that neither overlap nor go back; they may touch."""

    starts: list[int]
    ends: list[int]


def united(parts: Iterable[Busy]) -> Busy:
    """All of `parts` in one, overlaps melted: the short ones are let into the longest, which is not changed."""
    given = sorted((part for part in parts if part.starts), key=lambda part: len(part.starts), reverse=True)
    if len(given) < 2:
        return given[0] if given else Busy([], [])
    result = Busy(given[0].starts.copy(), given[0].ends.copy())
    for part in given[1:]:
        for start, end in zip(part.starts, part.ends, strict=True):
            _let_in(result, start, end)
    return result


def _let_in(busy: Busy, start: int, end: int) -> None:
    """Melt `[start, end)` with all that it meets."""
    first, beyond = bisect_left(busy.ends, start), bisect_right(busy.starts, end)
    if first < beyond:
        start, end = min(start, busy.starts[first]), max(end, busy.ends[beyond - 1])
    busy.starts[first:beyond] = [start]
    busy.ends[first:beyond] = [end]


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole seconds since `origin`."""

    origin: datetime

    def floor(self, instant: datetime) -> int:
        return (instant - self.origin) // SECOND

    def ceil(self, instant: datetime) -> int:
        return -((self.origin - instant) // SECOND)

    def instant(self, at: int) -> datetime:
        return self.origin + timedelta(seconds=at)

    def busy(self, periods: Iterable[Period]) -> Busy:
        """Periods in any order, overlapping or not."""
        whole = merged(periods)
        return Busy([self.floor(period.start) for period in whole], [self.ceil(period.end) for period in whole])


class Days:
    """The open days from `first` to `last`, both included, with the instant at which each begins.

    Wall times are added to that instant, except on a day whose clocks change.
    """

    def __init__(self, first: date, last: date, closed: Set[date], zone: ZoneInfo, scale: Scale) -> None:
        count = (last - first).days + 1
        midnights = [scale.floor(at_wall_time(first + n * DAY, MIDNIGHT, zone)) for n in range(count + 1)]
        self._zone, self._scale = zone, scale
        self._days = [
            (day, midnights[n], midnights[n + 1] - midnights[n] == DAY_LENGTH)
            for n in range(count)
            if (day := first + n * DAY) not in closed
        ]
        self._by_weekday: dict[int, list[tuple[date, int, bool]]] = {}

    def _on_weekdays(self, bits: int) -> list[tuple[date, int, bool]]:
        if bits not in self._by_weekday:
            self._by_weekday[bits] = [entry for entry in self._days if bits >> entry[0].weekday() & 1]
        return self._by_weekday[bits]

    def _matching(self, pattern: Pattern) -> list[tuple[date, int, bool]]:
        if pattern.recurrence != Recurrence.WEEKLY:
            return [entry for entry in self._days if falls_on(pattern, entry[0])]
        first, last, every = pattern.first_day, pattern.last_day or date.max, pattern.every
        days = [entry for entry in self._on_weekdays(pattern.weekdays) if first <= entry[0] <= last]
        return days if every == 1 else [entry for entry in days if weeks_between(pattern, entry[0]) % every == 0]

    def windows(self, pattern: Pattern) -> list[Span]:
        """Start and end of each occurrence of an opening, in order."""
        start = pattern.starts.hour * 3600 + pattern.starts.minute * 60 + pattern.starts.second
        end = pattern.ends.hour * 3600 + pattern.ends.minute * 60 + pattern.ends.second or DAY_LENGTH
        found = []
        for day, midnight, plain in self._matching(pattern):
            if plain:
                found.append((midnight + start, midnight + end))
            elif changed := occurrence(pattern, day, self._zone):
                found.append((self._scale.floor(changed.start), self._scale.floor(changed.end)))
        return found


class Search:
    """Gathers what openings offer within `window`.

    Attributes:
        found: start → keys of the openings that offer it.
    """

    def __init__(self, offer: Offer, window: Period, scale: Scale) -> None:
        self.found: defaultdict[int, list[int]] = defaultdict(list)
        self._from_now = offer.from_now
        self._before, self._after = offer.before // SECOND, offer.after // SECOND
        self._held, self._pace = offer.held // SECOND, offer.pace // SECOND
        self._first = scale.ceil(window.start) - self._before
        self._last = scale.ceil(window.end) - self._before

    def add(self, key: int, windows: Iterable[Span], busy: Busy) -> None:
        """Put `key` under each start of `windows`, the occurrences of one opening, that `busy` leaves free."""
        starts, ends, held, count = busy.starts, busy.ends, self._held, len(busy.starts)
        for opens, closes in windows:
            origin, until = opens - self._before, closes + self._after
            if until <= self._first or origin >= self._last:
                continue
            free, index = origin, bisect_right(ends, origin)
            while index < count and (stop := starts[index]) < until:
                if stop - free >= held:
                    self._cut(key, origin, free, stop)
                free = ends[index]
                index += 1
            if until - free >= held:
                self._cut(key, origin, free, until)

    def _cut(self, key: int, origin: int, free: int, stop: int) -> None:
        """Cut the free stretch `[free, stop)` into slots, counted from `origin`."""
        first, pace = self._first, self._pace
        at = first if self._from_now and first > free else free
        at += (origin - at) % GRAIN_LENGTH
        if at < first:
            at -= (at - first) // pace * pace
        before, found, limit, last = self._before, self.found, stop - self._held, self._last
        while at <= limit and at < last:
            found[at + before].append(key)
            at += pace
