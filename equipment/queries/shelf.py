"""The kits that acts of other rooms ask for by kind: which are there, and which of them are free for each act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from agenda import queries as agenda
from agenda.rules.why import Reason
from equipment.models import Kit, Reservation, ReservationState
from equipment.queries.kits import lendables
from equipment.queries.late import late_by_kit
from equipment.rules.kits import Lendable, kind_key, within_reach
from foundation import clock
from foundation.db import db
from foundation.period import Period

HELD = [state for state in ReservationState if state.holds]


@dataclass(frozen=True)
class Asked:
    """The kits that one act needs, by kind, for a period; turnaround comes on top."""

    period: Period
    kits: Mapping[str, int]


@dataclass(frozen=True)
class Missing:
    """An act gets fewer kits of a kind than it needs. `reasons` say what has those that are not free.

    `out_of_reach`: there are kits of this kind, and all of them belong to other structures.
    """

    period: Period
    kind: str
    wanted: int
    free: int
    reasons: Sequence[Reason]
    out_of_reach: bool = False


@dataclass(frozen=True)
class Shelf:
    """The kits of some kinds that a structure uses, by the key of their kind.

    A kind that only other structures own is there without any kit; one that nobody owns is not there. `unknown` are
    those of which nobody owns a kit although the structure uses kits of other kinds, as they were written; `within`
    are the kinds of these.
    """

    kits: Mapping[str, Sequence[Lendable]]
    unknown: Sequence[str] = ()
    within: Sequence[str] = ()

    @property
    def all(self) -> list[Lendable]:
        return [kit for some in self.kits.values() for kit in some]

    @property
    def resource_ids(self) -> frozenset[int]:
        return frozenset(kit.resource_id for kit in self.all)

    def needed(self, asked: Asked) -> dict[str, tuple[str, int]]:
        """Key of a kind → how it is written, and how many; only kinds that the register knows."""
        found: dict[str, tuple[str, int]] = {}
        for kind, count in asked.kits.items():
            if count and kind_key(kind) in self.kits:
                found[kind_key(kind)] = (kind, count + found.get(kind_key(kind), ("", 0))[1])
        return found


def shelf(kinds: Iterable[str], structure_id: int | None) -> Shelf:
    """The kits of `kinds` within reach of a structure (None: of the territory).

    Nothing is held for a kind of which the register has no kit: it is a wish in words, or a mistake in writing.
    """
    asked = {kind_key(kind): kind for kind in kinds}
    there = lendables() if asked else []
    found: dict[str, list[Lendable]] = {}
    for kit in there:
        if (key := kind_key(kit.kind)) in asked:
            own = found.setdefault(key, [])
            own += [kit] if within_reach(structure_id, kit.structure_id) else []
    within = _kinds(there, structure_id)
    return Shelf(found, [kind for key, kind in asked.items() if within and key not in found], within)


def kinds_within(structure_id: int | None) -> list[str]:
    """The kinds of the kits within reach of a structure (None: of the territory), each once, as first written."""
    return _kinds(lendables(), structure_id)


def _kinds(kits: Iterable[Lendable], structure_id: int | None) -> list[str]:
    spelt: dict[str, str] = {}
    for kit in kits:
        if within_reach(structure_id, kit.structure_id):
            spelt.setdefault(kind_key(kit.kind), kit.kind)
    return sorted(spelt.values(), key=str.casefold)


@dataclass(frozen=True)
class Choice:
    """The kits for each act, in the order of the acts, and what is missing."""

    kits: Sequence[Sequence[Lendable]]
    missing: Sequence[Missing]


def choose(there: Shelf, asked: Sequence[Asked], *, staying: Collection[int] = ()) -> Choice:
    """Kits that are free for each act, and for no two at once; in few queries.

    Those that `staying` names come first, then those that are back where they should be, then those free for most of
    the acts: a series keeps its kit.

    Args:
        staying: ids of kits that the act has already; what holds them for it has been released.
    """
    rows = [(one, kit, kit.held(one.period)) for one in asked for kit in there.all]
    met = agenda.what_stands_in_the_way([(held, [kit.resource_id]) for _one, kit, held in rows])
    why = {(id(one), kit.id): found.get(kit.resource_id, []) for (one, kit, _h), found in zip(rows, met, strict=True)}
    often = Counter(kit_id for (_one, kit_id), reasons in why.items() if not reasons)
    given: dict[int, list[Period]] = {}
    late = late_by_kit(clock.now()) if rows else {}
    chosen, missing = [], []
    for one in asked:
        mine: list[Lendable] = []
        for key, (kind, count) in there.needed(one).items():
            free = [
                kit for kit in there.kits[key]
                if kit.goes_out and not why[id(one), kit.id]
                and not any(kit.held(one.period).overlaps(period) for period in given.get(kit.id, []))
            ]  # fmt: skip
            free.sort(key=lambda kit: (kit.id not in staying, kit.id in late, -often[kit.id], -kit.working, kit.id))
            if len(free) < count:
                reasons = [reason for kit in there.kits[key] for reason in why[id(one), kit.id]]
                missing.append(Missing(one.period, kind, count, len(free), reasons, not there.kits[key]))
            mine += free[:count]
        for kit in mine:
            given.setdefault(kit.id, []).append(kit.held(one.period))
        chosen.append(mine)
    return Choice(chosen, missing)


def taken_for(reference: str) -> list[Reservation]:
    """The reservations that hold kits for an act, by kit."""
    query = select(Reservation).where(Reservation.purpose_of == reference, Reservation.state.in_(HELD))
    return list(db.session.scalars(query.order_by(Reservation.kit_id).execution_options(populate_existing=True)))


def held_for(reference: str) -> list[Lendable]:
    """The kits that are held for an act, or were, with what works of each."""
    ids = {one.kit_id for one in taken_for(reference)}
    return [kit for kit in lendables() if kit.id in ids] if ids else []


def resources_for(reference: str) -> frozenset[int]:
    """The resources of the kits that are held for an act."""
    query = select(Kit.resource_id).join(Reservation, Reservation.kit_id == Kit.id)
    return frozenset(db.session.scalars(query.where(Reservation.purpose_of == reference, Reservation.state.in_(HELD))))
