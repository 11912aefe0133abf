"""Activity records page by page, for exports: columns, not objects, and never more than a page of them in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, true
from sqlalchemy import and_ as every

from accounts.models import Account
from activity.models import ActivityAspect, ActivityParticipant, ActivityRecord, AgeBand, Aspect
from foundation.db import db
from people.models import Gender, Residence, Status
from places.models import Commune, Neighbourhood, Venue
from reach.queries.narrowing import equal_to, lies_in, narrowed, place_meanings, residence_meanings
from reach.rules.filters import Filters, Priority, Side
from reach.rules.la_coop.lines import NOWHERE, Attendee, Spot, Told
from reach.rules.scope import Scope
from workshops.models import Level, Programme, WorkshopSession

OF_A_SESSION = "session:"
"""How the reference of a record begins that tells of a workshop session."""


@dataclass(frozen=True)
class Page:
    """Some records by their id, and the last id that was looked at; None when there are no more."""

    records: list[Told]
    last_id: int | None


def how_many(filters: Filters, scope: Scope) -> int:
    """Records of the period and scope that the filters by place, structure, mediator and channel keep."""
    return db.session.scalar(select(func.count()).select_from(ActivityRecord).where(*_conditions(filters, scope))) or 0


def page(filters: Filters, scope: Scope, after: int, limit: int, *, names: bool = False) -> Page:
    """The next records by id, each with the contacts that the filters keep: what `counted` counts, one by one.

    By id, so that a record whose day is corrected meanwhile is in one page at most.

    Args:
        after: id of the last record looked at; 0 at the beginning.
        names: whether mediators are told by name.
    """
    rows = db.session.execute(_records(filters, scope).where(ActivityRecord.id > after).limit(limit)).all()
    if not rows:
        return Page([], None)
    ids = [row.id for row in rows]
    values, present, levels = _values(ids), _participants(ids, filters), _levels(row.reference for row in rows)
    told = [
        _told(row, levels.get(row.reference), values[row.id], [*present[row.id], *_heads(row, filters)], names=names)
        for row in rows
    ]
    return Page(told, ids[-1])


def _conditions(filters: Filters, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    record = ActivityRecord
    columns = {
        "structure_id": record.structure_id, "venue_id": record.venue_id, "mediator_id": record.mediator_id,
        "channel": record.channel,
    }  # fmt: skip
    meanings = {name: equal_to(column) for name, column in columns.items()}
    places = place_meanings(filters, record.venue_neighbourhood_id)
    # Said so that no index on the day is tried: pages go by id, and each would look up and sort the whole period.
    started_at = func.coalesce(record.started_at, record.started_at)
    return lies_in(started_at, filters), *narrowed(filters, scope, {**meanings, **places}).conditions


def _records(filters: Filters, scope: Scope) -> Select[*tuple[Any, ...]]:
    one = ActivityRecord
    return (
        select(
            one.id, one.kind, one.started_at, one.created_at, one.updated_at, one.duration_minutes, one.channel,
            one.label, one.autonomy, one.anonymous_count, one.anonymous_feminine, one.anonymous_masculine,
            one.venue_id, Account.name.label("mediator"), one.reference, Venue.name.label("venue"), Venue.address,
            Venue.commune, Venue.postcode, Venue.insee_code, Commune.name.label("area_commune"),
            Commune.code.label("area_code"),
        )
        .join(Account, Account.id == one.mediator_id)
        .outerjoin(Venue, Venue.id == one.venue_id)
        .outerjoin(Neighbourhood, Neighbourhood.id == one.venue_neighbourhood_id)
        .outerjoin(Commune, Commune.id == Neighbourhood.commune_id)
        .where(*_conditions(filters, scope))
        .order_by(one.id)
    )  # fmt: skip


def _told(
    row: Row[*tuple[Any, ...]],
    level: Level | None,
    values: dict[Aspect, list[str]],
    attendees: Sequence[Attendee],
    *,
    names: bool,
) -> Told:
    spot = Spot(row.venue, row.address, row.commune, row.postcode, row.insee_code) if row.venue_id else None
    return Told(
        id=row.id, kind=row.kind, mediator=row.mediator if names else "", started_at=row.started_at,
        created_at=row.created_at, updated_at=row.updated_at, minutes=row.duration_minutes, channel=row.channel,
        spot=spot or _commune(row.area_commune, row.area_code), at_a_venue=spot is not None, label=row.label,
        autonomy=row.autonomy, level=level, values=values, attendees=attendees,
    )  # fmt: skip


def _commune(name: str | None, code: str | None) -> Spot:
    return Spot(commune=name or "", insee=code or "") if name or code else NOWHERE


def _levels(references: Iterable[str | None]) -> dict[str, Level | None]:
    """Reference of a workshop session → for whom its workshop is."""
    told = [one for one in references if one and one.startswith(OF_A_SESSION)]
    rows = db.session.execute(
        select(WorkshopSession.id, Programme.level)
        .join(Programme, Programme.id == WorkshopSession.programme_id)
        .where(WorkshopSession.id.in_([int(one.removeprefix(OF_A_SESSION)) for one in told]))
    )
    return {f"{OF_A_SESSION}{id_}": level for id_, level in rows}


def _values(ids: Collection[int]) -> dict[int, dict[Aspect, list[str]]]:
    """Record → aspect → its values, sorted."""
    one = ActivityAspect
    rows = db.session.execute(
        select(one.record_id, one.aspect, one.value)
        .where(one.record_id.in_(ids))
        .order_by(one.record_id, one.aspect, one.value)
    )
    found: dict[int, dict[Aspect, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record_id, aspect, value in rows:
        found[record_id][aspect].append(value)
    return found


def _participants(ids: Collection[int], filters: Filters) -> dict[int, list[Attendee]]:
    """Record → who took part by name; whoever is in it twice after a merge, as they were written first."""
    one = ActivityParticipant
    rows = db.session.execute(
        select(
            one.record_id, one.person_id, one.gender, one.age_band, one.status, Commune.name, Commune.code,
            _keeps(filters).label("kept"),
        )
        .outerjoin(Neighbourhood, (Neighbourhood.id == one.neighbourhood_id) & (one.residence == Residence.INSIDE))
        .outerjoin(Commune, Commune.id == Neighbourhood.commune_id)
        .where(one.record_id.in_(ids))
        .order_by(one.id)
    )  # fmt: skip
    found: dict[int, dict[int, Attendee]] = defaultdict(dict)
    for record_id, person_id, gender, age_band, status, commune, code, kept in rows:
        if person_id not in found[record_id]:
            found[record_id][person_id] = Attendee(gender, age_band, status, _commune(commune, code), bool(kept))
    return defaultdict(list, {record_id: list(people.values()) for record_id, people in found.items()})


def _keeps(filters: Filters) -> ColumnElement[bool]:
    """Whether the filters by who took part keep a participation."""
    one = ActivityParticipant
    columns = {"age_band": one.age_band, "gender": one.gender, "status": one.status}
    meanings = {name: equal_to(column) for name, column in columns.items()}
    homes = residence_meanings(filters, one.neighbourhood_id, one.residence)
    # The records of the page are those of the scope and of the structure already: what is left speaks of people.
    nothing = {"structure_id": _anybody, "mediator_id": _anybody}
    return every(true(), *narrowed(filters, Scope(), {**nothing, **meanings, **homes}).conditions)


def _anybody(_id: int) -> ColumnElement[bool]:
    return true()


def _heads(row: Row[*tuple[Any, ...]], filters: Filters) -> Iterator[Attendee]:
    """Heads of a count: of each only the gender may be known, so that filters by anything else keep none."""
    if not row.anonymous_count:
        return
    by_residence = filters.side is Side.RESIDENCE
    unknown = (
        filters.age_band in {None, AgeBand.NOT_COMMUNICATED}
        and filters.status in {None, Status.NOT_COMMUNICATED}
        and not (by_residence and (filters.neighbourhood_id or filters.commune_id))
        and not (by_residence and filters.priority not in {None, Priority.UNKNOWN})
    )
    told = {Gender.FEMININE: row.anonymous_feminine, Gender.MASCULINE: row.anonymous_masculine}
    for gender in Gender:
        heads = told.get(gender, row.anonymous_count - sum(told.values()))
        yield from [Attendee(gender, kept=unknown and filters.gender in {None, gender})] * heads
