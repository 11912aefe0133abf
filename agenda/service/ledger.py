"""Hold, release, move: the only ways in which time is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from agenda.models import Hold, Resource
from agenda.refusals import AlreadyHeld, NoSuchRecord, ResourceInactive
from foundation.db import broken_constraint, db, table_of
from foundation.period import Period

_LOCKED = (
    select(Resource.id, Resource.active)
    .where(Resource.id.in_(bindparam("ids", expanding=True)))
    .order_by(Resource.id)
    .with_for_update(key_share=True)
)


def lock(resource_ids: Iterable[int]) -> dict[int, bool]:
    """Take the rows of `resource_ids` in ascending order, so that two acts on the same ones queue up.

    A verb that looks whether time is free before it holds it locks first. On SQLite the transaction is the lock.

    Returns:
        Whether each is active, by id, ascending.

    Raises:
        NoSuchRecord: when one does not exist.
    """
    wanted = sorted(set(resource_ids))
    found = {id_: active for id_, active in db.session.execute(_LOCKED, {"ids": wanted})}
    if len(found) < len(wanted):
        raise NoSuchRecord
    return found


def hold(resource_ids: Iterable[int], period: Period, label: str, reference: str) -> None:
    """Take `period` (buffers included) of every one of `resource_ids`, or of none.

    Args:
        label: what colleagues are told when they ask why the time is not free; never names a resident.
        reference: `kind:id` of the act.

    Raises:
        AlreadyHeld: when a part of it is taken.
        NoSuchRecord, ResourceInactive: when one of the resources does not exist or is out of use.
    """
    active = lock(resource_ids)
    if not all(active.values()):
        raise ResourceInactive
    _take(active, period, label, reference)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A period (buffers included) of several resources, for one act; `hold` tells what each part is."""

    resource_ids: Collection[int]
    period: Period
    label: str
    reference: str


def hold_all(wanted: Sequence[Wanted]) -> None:
    """Take everything that many acts want, or nothing: one lock and one insert for all of them.

    Raises: as `hold`
    """
    active = lock({id_ for one in wanted for id_ in one.resource_ids})
    if not all(active.values()):
        raise ResourceInactive
    _insert([row for one in wanted for row in _rows(one)])


def release(reference: str) -> int:
    """Give back all that the act `reference` holds; returns how many holds there were."""
    return _give_back(reference)


def move(reference: str, resource_ids: Iterable[int], period: Period, label: str) -> None:
    """Let the act `reference` hold `period` of `resource_ids`, and nothing else any more.

    The time that it gives back may be part of the time that it takes. Old and new resources are locked at once.

    Raises: as `hold`; nothing has changed then, once the transaction is undone.
    """
    wanted = set(resource_ids)
    held = set(db.session.scalars(select(Hold.resource_id).where(Hold.reference == reference)))
    active = lock(wanted | held)
    if not all(active[id_] for id_ in wanted):
        raise ResourceInactive
    _give_back(reference)
    _take(wanted, period, label, reference)


def _give_back(reference: str) -> int:
    gone = cast("CursorResult[Any]", db.session.execute(delete(Hold).where(Hold.reference == reference)))
    return gone.rowcount


def _take(resource_ids: Collection[int], period: Period, label: str, reference: str) -> None:
    _insert(_rows(Wanted(resource_ids, period, label, reference)))


def _rows(wanted: Wanted) -> list[dict[str, Any]]:
    period = wanted.period
    taken = {"starts_at": period.start, "ends_at": period.end, "label": wanted.label, "reference": wanted.reference}
    return [{"resource_id": id_, **taken} for id_ in set(wanted.resource_ids)]


_TAKEN = insert(table_of(Hold))


def _insert(rows: list[dict[str, Any]]) -> None:
    """Insert in ascending order of resource: three at a time in any order were seen to deadlock, sorted never."""
    try:
        db.session.execute(_TAKEN, sorted(rows, key=itemgetter("resource_id", "starts_at")))
    except IntegrityError as error:
        if broken_constraint(error) == "ex_hold_overlap":
            raise AlreadyHeld from error
        raise
