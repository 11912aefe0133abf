"""Which bookings a change of openings or absences would leave standing in time that is no longer open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby, islice

from agenda.models import Hold, Opening
from agenda.queries.holds import held_until, holds_between
from agenda.queries.timetable import openings_of
from agenda.rules.free import Timetable, open_periods
from agenda.rules.recurrence import Pattern, occurrences
from foundation import clock
from foundation.i18n import local
from foundation.period import Period, merged, subtracted, whole_day

MOST_SHOWN = 200


def stranded_by_opening(opening: Opening, changed: Pattern | None) -> list[Hold]:
    """What stands in minutes that are open now and would not be once `opening` is `changed` (None: deleted)."""
    days = _days_ahead([opening.resource_id])
    if days is None:
        return []
    rows = openings_of(*days, [opening.resource_id])
    others = [row.pattern for row in rows if row.id != opening.id]
    after = others if changed is None else [*others, changed]
    zone = clock.territory_zone()
    before_open = open_periods(Timetable([*others, Pattern.of(opening)]), *days, zone)
    return _standing_in([opening.resource_id], subtracted(before_open, open_periods(Timetable(after), *days, zone)))


def stranded_by_absence(resource_id: int | None, added: Pattern, instead_of: Pattern | None = None) -> list[Hold]:
    """What stands in the time that an absence takes, less the time it took before it was changed."""
    resource_ids = None if resource_id is None else [resource_id]
    days = _days_ahead(resource_ids)
    if days is None:
        return []
    zone = clock.territory_zone()
    before = occurrences(instead_of, *days, zone) if instead_of else []
    return _standing_in(resource_ids, subtracted(occurrences(added, *days, zone), before))


def stranded_by_closure(first: date, last: date) -> list[Hold]:
    """What stands in days on which everything would be closed."""
    zone = clock.territory_zone()
    return _standing_in(None, [Period(whole_day(first, zone).start, whole_day(last, zone).end)])


def stranded_by_rest(resource_id: int) -> list[Hold]:
    """What stands on a resource from now on, should it not be used any more."""
    until = held_until([resource_id]).get(resource_id)
    return _standing_in([resource_id], [Period(clock.now(), until)]) if until else []


def booked_by_day(holds: Iterable[Hold], most: int = MOST_SHOWN) -> list[tuple[date, list[list[Hold]]]]:
    """For a page: by day, the holds of each act together, for a mediator and the room are one booking; the first."""
    acts: dict[tuple[date, str], list[Hold]] = {}
    for hold in islice(holds, most):
        acts.setdefault((local(hold.starts_at).date(), hold.reference), []).append(hold)
    return [(day, [acts[key] for key in keys]) for day, keys in groupby(acts, key=lambda key: key[0])]


def _days_ahead(resource_ids: Collection[int] | None) -> tuple[date, date] | None:
    """From today to the day on which the last hold ends; None when none is ahead."""
    until = held_until(resource_ids)
    if not until:
        return None
    return clock.today(), max(until.values()).astimezone(clock.territory_zone()).date()


def _standing_in(resource_ids: Collection[int] | None, lost: Iterable[Period]) -> list[Hold]:
    """The holds that are not over and overlap one of `lost`, by start; None stands for every resource."""
    now = clock.now()
    ahead = [period for period in merged(lost) if period.end > now]
    if not ahead:
        return []
    holds = holds_between(held_until(resource_ids), Period(max(now, ahead[0].start), ahead[-1].end))
    return [hold for hold in holds if any(period.overlaps(Period(hold.starts_at, hold.ends_at)) for period in ahead)]
