"""Other kits for a loan that somebody has already: those free then, of the same kind first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account
from equipment.models import Reservation
from equipment.queries.kits import in_the_way, lendables_for
from equipment.queries.late import late_by_kit
from equipment.rules.kits import Lendable, kind_key, serves
from equipment.rules.late import Late, may_come_too_late
from foundation.period import Period


@dataclass(frozen=True)
class Swap:
    """A kit that is free.

    Attributes:
        missing: how many devices fewer than wanted work.
        late, unsure: as of `equipment.queries.choosing.Choice`.
    """

    kit: Lendable
    missing: int = 0
    late: Late | None = None
    unsure: bool = False


def swaps(viewer: Account, reservation: Reservation, period: Period, now: datetime) -> list[Swap]:
    """Kits free for `period` that hold at least half of what is wanted; the one reserved now only at another time.

    Those that are not back yet come last.
    """
    units, kind = reservation.units_wanted, kind_key(reservation.kit.kind)
    own = {reservation.kit_id} if period == reservation.period else set()
    kits = [kit for kit in lendables_for(viewer) if kit.id not in own and serves(kit, (units + 1) // 2, "")]
    met = in_the_way(kits, period, ignoring=reservation.reference)
    late, soon = late_by_kit(now), may_come_too_late([period], now)
    found = [
        Swap(kit, max(0, units - kit.working), late.get(kit.id), kit.id in late and soon)
        for kit in kits
        if kit.id not in met
    ]
    found.sort(
        key=lambda one: (
            one.late is not None, kind_key(one.kit.kind) != kind, one.missing, one.kit.working, one.kit.name.casefold(),
        )
    )  # fmt: skip
    return found
