"""Free slots over many openings: a handful of queries and one pass over integers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from agenda.queries.calendar import closures
from agenda.queries.holds import busy_seconds
from agenda.queries.timetable import absences, opening_rows
from agenda.rules.free import closed_days
from agenda.rules.quick import Busy, Days, Scale, Search, united
from agenda.rules.recurrence import Pattern, occurrences
from agenda.rules.slots import Offer
from foundation import clock
from foundation.period import Period, whole_day

NOT_BUSY = Busy([], [])


class Slot(NamedTuple):
    """A start that is offered, and the openings (ascending ids) that offer it."""

    start: datetime
    opening_ids: tuple[int, ...]


def free_slots(
    openings: Mapping[int, Collection[int]], offer: Offer, window: Period, *, ignoring: str | None = None
) -> list[Slot]:
    """The slots that start within `window`, by start.

    Args:
        openings: id of an opening → further resources that have to be free with the opening's own, such as the room.
        window: what `rules.slots.bookable` leaves of the days on show.
        ignoring: reference of an act whose own holds count as free, because it is about to be moved.
    """
    zone = clock.territory_zone()
    first, last = _day(window.start), _day(window.end - timedelta.resolution)
    reach = Period(whole_day(first, zone).start, whole_day(last, zone).end).padded(offer.before, offer.after)
    scale = Scale(reach.start)
    rows = opening_rows(first, last, openings)
    needed = {row.resource_id for row in rows}.union(*(openings[row.id] for row in rows))
    busy = _busy(needed, reach, scale, ignoring)
    days = Days(first, last, closed_days(closures(first, last)), zone, scale)
    search = Search(offer, window, scale)
    for row in rows:
        taken = united(busy.get(id_, NOT_BUSY) for id_ in (row.resource_id, *openings[row.id]))
        search.add(row.id, days.windows(row.pattern), taken)
    return [Slot(scale.instant(start), tuple(search.found[start])) for start in sorted(search.found)]


def _day(at: datetime) -> date:
    return at.astimezone(clock.territory_zone()).date()


def _busy(resource_ids: Collection[int], reach: Period, scale: Scale, ignoring: str | None) -> dict[int, Busy]:
    """Holds and absences of each resource, as far as slots and their buffers reach."""
    first, last, zone = _day(reach.start), _day(reach.end), clock.territory_zone()
    busy = busy_seconds(resource_ids, reach, scale, ignoring=ignoring)

    @cache
    def stretches(pattern: Pattern) -> Busy:
        return scale.busy(occurrences(pattern, first, last, zone))

    for resource_id, away in absences(resource_ids, first, last).items():
        if away:
            parts = (stretches(absence.pattern) for absence in away)
            busy[resource_id] = united([busy.get(resource_id, NOT_BUSY), *parts])
    return busy
