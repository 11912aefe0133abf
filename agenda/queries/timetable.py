"""Everything that decides when resources are free, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, or_, select

from agenda.models import Absence, Opening, Resource, ResourceKind
from agenda.queries.calendar import closures
from agenda.queries.holds import holds_between
from agenda.rules.free import Away, Taken, Timetable
from agenda.rules.recurrence import Pattern
from agenda.rules.slots import NOTHING, Offer
from agenda.rules.why import Reason, in_the_way
from agenda.rules.why import why_not_free as reasons
from foundation import clock
from foundation.db import db
from foundation.period import Period, whole_day

_PATTERN = ("first_day", "last_day", "starts", "ends", "recurrence", "every", "weekdays")


class OpeningRow(NamedTuple):
    """An opening without the cost of a loaded object."""

    id: int
    resource_id: int
    pattern: Pattern


def _touching(model: type[Opening] | type[Absence], *columns: Any) -> Select[Any]:
    """Columns and pattern of the rows whose first and last days leave something for `first` to `last`."""
    pattern = (getattr(model, name) for name in _PATTERN)
    return select(*columns, *pattern).where(
        model.first_day <= bindparam("last"), or_(model.last_day.is_(None), model.last_day >= bindparam("first"))
    )


_OPENINGS = (
    _touching(Opening, Opening.id, Opening.resource_id).join(Resource).where(Resource.active).order_by(Opening.id)
)
_OPENINGS_NAMED = _OPENINGS.where(Opening.id.in_(bindparam("ids", expanding=True)))
_OPENINGS_OF = _OPENINGS.where(Opening.resource_id.in_(bindparam("resource_ids", expanding=True)))
_ABSENCES = (
    _touching(Absence, Absence.resource_id, Absence.label)
    .where(or_(Absence.resource_id.is_(None), Absence.resource_id.in_(bindparam("resource_ids", expanding=True))))
    .order_by(Absence.first_day, Absence.id)
)


_ABSENCES_OF_KIND = (
    _touching(Absence, Absence.resource_id, Absence.label)
    .outerjoin(Resource, Resource.id == Absence.resource_id)
    .where(or_(Absence.resource_id.is_(None), Resource.kind == bindparam("kind")))
    .order_by(Absence.first_day, Absence.id)
)


def opening_rows(first: date, last: date, ids: Collection[int]) -> list[OpeningRow]:
    """Those of the openings `ids` that may fall on the days `first` to `last`, by id; active resources only."""
    return _opening_rows(_OPENINGS_NAMED, first, last, {"ids": [*ids]})


def openings_of(first: date, last: date, resource_ids: Collection[int]) -> list[OpeningRow]:
    """The openings of active resources that may fall on the days `first` to `last`, by id."""
    return _opening_rows(_OPENINGS_OF, first, last, {"resource_ids": [*resource_ids]})


def _opening_rows(query: Select[Any], first: date, last: date, whose: dict[str, Collection[int]]) -> list[OpeningRow]:
    rows = db.session.execute(query, {"first": first, "last": last} | whose)
    return [OpeningRow(row[0], row[1], Pattern(*row[2:])) for row in rows]


def absences(resource_ids: Collection[int], first: date, last: date) -> dict[int, list[Away]]:
    """What keeps each resource away around the days `first` to `last`: its own absences, and the territory's."""
    rows = db.session.execute(_ABSENCES, {"first": first, "last": last, "resource_ids": [*resource_ids]}).all()
    everywhere = [Away(Pattern(*row[2:]), row[1]) for row in rows if row[0] is None]
    found = {resource_id: list(everywhere) for resource_id in resource_ids}
    for row in rows:
        if row[0] is not None:
            found[row[0]].append(Away(Pattern(*row[2:]), row[1]))
    return found


def absences_of_kind(kind: ResourceKind, first: date, last: date) -> tuple[dict[int, list[Away]], list[Away]]:
    """The absences around the days `first` to `last` of all resources of a kind, by resource, and the territory's.

    For hundreds of resources: their numbers are not sent, and those that are there all the time are not looked at.
    """
    own: dict[int, list[Away]] = defaultdict(list)
    everywhere: list[Away] = []
    for row in db.session.execute(_ABSENCES_OF_KIND, {"first": first, "last": last, "kind": kind}):
        (everywhere if row[0] is None else own[row[0]]).append(Away(Pattern(*row[2:]), row[1]))
    return own, everywhere


def timetables(resource_ids: Collection[int], first: date, last: date) -> dict[int, Timetable]:
    """All that decides when each resource is free on the days `first` to `last`, in four queries.

    An inactive resource has no openings.
    """
    zone = clock.territory_zone()
    openings: dict[int, list[Pattern]] = defaultdict(list)
    for opening in openings_of(first, last, resource_ids):
        openings[opening.resource_id].append(opening.pattern)
    taken: dict[int, list[Taken]] = defaultdict(list)
    for hold in holds_between(resource_ids, Period(whole_day(first, zone).start, whole_day(last, zone).end)):
        taken[hold.resource_id].append(Taken(Period(hold.starts_at, hold.ends_at), hold.label))
    closed, away = closures(first, last), absences(resource_ids, first, last)
    return {id_: Timetable(openings[id_], away[id_], closed, taken[id_]) for id_ in resource_ids}


def why_not_free(
    resource_ids: Iterable[int],
    start: datetime,
    offer: Offer,
    *,
    notice: timedelta = NOTHING,
    horizon: timedelta | None = None,
) -> list[Reason]:
    """Every reason against a slot at `start` with all of `resource_ids`; none when it can be held.

    The first resource is the one that receives, and has to be open; the others (a room) need only be free.
    """
    first_id, *others = resource_ids
    now, zone, held = clock.now(), clock.territory_zone(), offer.hold(start)
    first, last = held.start.astimezone(zone).date(), held.end.astimezone(zone).date()
    found = timetables([first_id, *others], first, last)
    table = found[first_id]
    absences_ = [away for id_ in (first_id, *others) for away in found[id_].absences]
    unique = list(dict.fromkeys(absences_))
    joined = Timetable(table.openings, unique, table.closures, [t for id_ in found for t in found[id_].holds])
    return reasons(joined, start, offer, now=now, zone=zone, notice=notice, horizon=horizon)


def what_stands_in_the_way(
    wanted: Sequence[tuple[Period, Collection[int]]], *, ignoring: str | None = None
) -> list[dict[int, list[Reason]]]:
    """For each period wanted with its resources: which of these are away or held then, and why; in four queries.

    Openings and closed days do not count: this is for what is arranged, not for what is offered.

    Args:
        ignoring: reference of an act whose own holds count as free, because it is about to be moved.
    """
    if not wanted:
        return []
    zone = clock.territory_zone()
    resource_ids = {id_ for _period, ids in wanted for id_ in ids}
    whole = Period(min(period.start for period, _ids in wanted), max(period.end for period, _ids in wanted))
    away = absences(resource_ids, whole.start.astimezone(zone).date(), whole.end.astimezone(zone).date())
    taken: dict[int, list[Taken]] = defaultdict(list)
    for hold in holds_between(resource_ids, whole):
        if hold.reference != ignoring:
            taken[hold.resource_id].append(Taken(Period(hold.starts_at, hold.ends_at), hold.label))
    tables = {id_: Timetable(absences=away[id_], holds=taken[id_]) for id_ in resource_ids}
    return [
        {id_: found for id_ in sorted(ids) if (found := in_the_way(tables[id_], period, zone))}
        for period, ids in wanted
    ]
