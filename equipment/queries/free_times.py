"""On which of many periods each of many kits is free, in two queries however many of either."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from agenda.queries.timetable import absences
from agenda.rules.recurrence import occurrences
from equipment.queries.held import holds_of_kits
from equipment.rules.kits import Lendable
from foundation import clock
from foundation.period import Period, merged


def free_times(
    kits: Sequence[Lendable], periods: Sequence[Period], *, ignoring: str | None = None
) -> dict[int, list[Period]]:
    """Those of `periods` on which each kit is neither held nor away, turnaround included, by its id.

    Args:
        ignoring: a reservation whose own hold counts as free, e.g. `reservation:7`.
    """
    if not kits or not periods:
        return {kit.id: [] for kit in kits}
    longest = max(kit.turnaround for kit in kits)
    whole = Period(min(one.start for one in periods), max(one.end for one in periods) + longest)
    busy = _busy(kits, whole, ignoring)
    return {kit.id: _free(busy[kit.id], periods, kit.turnaround) for kit in kits}


def _busy(kits: Sequence[Lendable], whole: Period, ignoring: str | None) -> dict[int, list[Period]]:
    """What has each kit, or keeps it away, in order and without overlap."""
    zone = clock.territory_zone()
    first, last = whole.start.astimezone(zone).date(), whole.end.astimezone(zone).date()
    taken: dict[int, list[Period]] = defaultdict(list)
    for kit_id, reference, starts_at, ends_at, _label in holds_of_kits(whole):
        if reference != ignoring:
            taken[kit_id].append(Period(starts_at, ends_at))
    away = absences([kit.resource_id for kit in kits], first, last)
    for kit in kits:
        for one in away[kit.resource_id]:
            taken[kit.id] += occurrences(one.pattern, first, last, zone)
    return {kit.id: merged(taken[kit.id]) for kit in kits}


def _free(busy: Sequence[Period], periods: Sequence[Period], turnaround: timedelta) -> list[Period]:
    """Those that no stretch reaches into. As stretches never overlap, only the last one that begins before the kit is
    ready again can.
    """
    starts = [one.start for one in busy]
    found = []
    for one in periods:
        before = bisect_left(starts, one.end + turnaround)
        if before == 0 or busy[before - 1].end <= one.start:
            found.append(one)
    return found
