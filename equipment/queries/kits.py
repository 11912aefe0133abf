"""Kits with what works of them: one, all, or those that serve a need and are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select, true

from accounts.models import Account
from agenda.models import Resource, ResourceKind
from agenda.queries.timetable import absences_of_kind
from agenda.rules import why
from agenda.rules.free import Taken, Timetable
from agenda.rules.why import Reason
from equipment.models import Condition, Item, Kit
from equipment.queries.held import holds_of_kits
from equipment.queries.late import late_by_kit
from equipment.rules.kits import Lendable, borrowable, kind_key, likeness, serves, works_here
from equipment.rules.late import Late
from equipment.rules.refusals import NoSuchKit
from foundation import clock
from foundation.db import db
from foundation.period import Period
from places.models import Venue

OFFERED = 5

_COUNTED = (
    select(
        Item.kit_id,
        Item.kind,
        func.count().label("units"),
        func.count().filter(Item.condition == Condition.WORKING).label("working"),
    )
    .where(Item.kit_id.is_not(None), Item.condition != Condition.RETIRED)
    .group_by(Item.kit_id, Item.kind)
    .subquery()
)
_LENDABLE: Select[*tuple[Any, ...]] = (
    select(
        Kit.id, Kit.resource_id, Kit.structure_id, Kit.home_venue_id, Kit.code, Kit.name, Kit.kind, Kit.borrowers,
        Kit.approval, Kit.lead_hours, Kit.longest_loan_days, Kit.turnaround_minutes, Kit.unit_kind, Kit.minimum_units,
        func.coalesce(_COUNTED.c.units, 0), func.coalesce(_COUNTED.c.working, 0),
    )
    .join(Resource, Resource.id == Kit.resource_id)
    .outerjoin(_COUNTED, (_COUNTED.c.kit_id == Kit.id) & (_COUNTED.c.kind == Kit.unit_kind))
    .where(Kit.retired_at.is_(None), Resource.active)
)  # fmt: skip
_ALL = _LENDABLE.order_by(Kit.name, Kit.id)
_ONE = _LENDABLE.where(Kit.id == bindparam("kit_id"))


def lendable(kit_id: int) -> Lendable:
    """One kit.

    Raises:
        NoSuchKit: none, or it has left for good.
    """
    row = db.session.execute(_ONE, {"kit_id": kit_id}).first()
    if row is None:
        raise NoSuchKit
    return Lendable(*row)


def lendables() -> list[Lendable]:
    """All kits that have not left for good, by name."""
    return [Lendable(*row) for row in db.session.execute(_ALL)]


def lendables_for(account: Account) -> list[Lendable]:
    """Those that this account may reserve, by name."""
    return borrowable(lendables(), account)


def names_within(structure_id: int | None) -> Sequence[Row[int, str]]:
    """(id, name) of the kits within reach of a structure (None: of the territory), by name; nothing is counted."""
    own = true() if structure_id is None else or_(Kit.structure_id.is_(None), Kit.structure_id == structure_id)
    query = select(Kit.id, Kit.name).join(Resource, Resource.id == Kit.resource_id)
    return db.session.execute(
        query.where(Kit.retired_at.is_(None), Resource.active, own).order_by(Kit.name, Kit.id)
    ).all()


def in_the_way(kits: Sequence[Lendable], period: Period, *, ignoring: str | None = None) -> dict[int, list[Reason]]:
    """What stands in the way of lending each kit for `period`, turnaround included, by its id; free ones are left out.

    In two queries, however many kits.
    """
    if not kits:
        return {}
    zone = clock.territory_zone()
    whole = Period(period.start, period.end + max(kit.turnaround for kit in kits))
    first, last = whole.start.astimezone(zone).date(), whole.end.astimezone(zone).date()
    own, everywhere = absences_of_kind(ResourceKind.KIT, first, last)
    taken: dict[int, list[Taken]] = defaultdict(list)
    for kit_id, reference, starts_at, ends_at, label in holds_of_kits(whole):
        if reference != ignoring:
            taken[kit_id].append(Taken(Period(starts_at, ends_at), label))
    doubtful = [kit for kit in kits if everywhere or kit.id in taken or kit.resource_id in own]
    met = {}
    for kit in doubtful:
        table = Timetable(absences=[*everywhere, *own.get(kit.resource_id, [])], holds=taken.get(kit.id, []))
        met[kit.id] = why.in_the_way(table, kit.held(period), zone)
    return {kit_id: reasons for kit_id, reasons in met.items() if reasons}


@dataclass(frozen=True)
class Offered:
    """A kit beside a need. `reasons` say why it is not free, for hosts without names; `late`: it is not back yet."""

    kit: Lendable
    reasons: Sequence[Reason] = ()
    late: Late | None = None

    @property
    def free(self) -> bool:
        return not self.reasons


def offered(
    account: Account, period: Period, *, units: int = 0, kind: str = "", ignoring: str | None = None
) -> list[Offered]:
    """The kits that serve a need, e.g. 12 tablets on Tuesday morning: free ones first, of these
    what is here before what is not back yet, then those that fit closest.

    Args:
        kind: of the kits, in the town's words; empty: any.
        ignoring: a reservation whose own hold counts as free, e.g. `reservation:7`.
    """
    kits = [kit for kit in lendables_for(account) if serves(kit, units, kind)]
    met = in_the_way(kits, period, ignoring=ignoring)
    told, late = works_here(account), late_by_kit(clock.now())
    rows = [
        Offered(kit, met.get(kit.id, []) if told else _nameless(met.get(kit.id, [])), late.get(kit.id)) for kit in kits
    ]
    return sorted(rows, key=lambda row: (not row.free, row.late is not None, likeness(row.kit, units, kind)))


def alternatives(
    account: Account, instead_of: Lendable, period: Period, *, units: int = 0, ignoring: str | None = None
) -> list[Lendable]:
    """At most five other kits free then with enough units, none that is out and overdue; of the same kind first."""
    kits = [kit for kit in lendables_for(account) if kit.id != instead_of.id and serves(kit, units, "")]
    met = in_the_way(kits, period, ignoring=ignoring)
    late = late_by_kit(clock.now())
    free = [kit for kit in kits if kit.id not in met and kit.id not in late]
    return sorted(free, key=lambda kit: likeness(kit, units or instead_of.working, instead_of.kind))[:OFFERED]


def kinds() -> list[str]:
    """The kinds of kits there are, each once, as first written."""
    spelt: dict[str, str] = {}
    for kit in lendables():
        spelt.setdefault(kind_key(kit.kind), kit.kind)
    return sorted(spelt.values(), key=str.casefold)


def homes_of(kits: Iterable[Lendable]) -> list[tuple[int, str]]:
    """The venues where kits are at home, by name."""
    ids = {kit.home_venue_id for kit in kits} - {None}
    rows = db.session.execute(select(Venue.id, Venue.name).where(Venue.id.in_(ids)).order_by(Venue.name, Venue.id))
    return [(id_, name) for id_, name in rows]


def _nameless(reasons: Sequence[Reason]) -> list[Reason]:
    """When it is taken, without who has it."""
    return [Reason(reason.kind, "", reason.period) for reason in reasons]
