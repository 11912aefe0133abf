"""Other kits for a loan that somebody has already: those free then, of the same kind first."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Account
from equipment.models import Reservation
from equipment.queries.kits import in_the_way, lendables_for
from equipment.rules.kits import Lendable, kind_key, serves
from foundation.period import Period


@dataclass(frozen=True)
class Swap:
    """A kit that is free; `missing`: how many devices fewer than wanted work."""

    kit: Lendable
    missing: int = 0


def swaps(viewer: Account, reservation: Reservation, period: Period) -> list[Swap]:
    """Kits free for `period` that hold at least half of what is wanted; the one reserved now only at another time."""
    units, kind = reservation.units_wanted, kind_key(reservation.kit.kind)
    own = {reservation.kit_id} if period == reservation.period else set()
    kits = [kit for kit in lendables_for(viewer) if kit.id not in own and serves(kit, (units + 1) // 2, "")]
    met = in_the_way(kits, period, ignoring=reservation.reference)
    found = [Swap(kit, max(0, units - kit.working)) for kit in kits if kit.id not in met]
    found.sort(key=lambda one: (kind_key(one.kit.kind) != kind, one.missing, one.kit.working, one.kit.name.casefold()))
    return found
