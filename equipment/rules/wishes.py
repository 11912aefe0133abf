"""What waits for one answer: a reservation, or all dates of a recurring wish for one kit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equipment.models import Reservation
from equipment.rules.kits import Lendable


@dataclass(frozen=True)
class Wish:
    """`dates` by start; `kit` as it is now, None when it left for good."""

    dates: Sequence[Reservation]
    kit: Lendable | None

    @property
    def first(self) -> Reservation:
        return self.dates[0]

    @property
    def falls_short(self) -> bool:
        """Whether fewer devices work by now than are wanted."""
        return self.kit is None or not self.kit.goes_out or self.kit.working < self.first.units_wanted


def wishes(waiting: Sequence[Reservation], kits: Mapping[int, Lendable]) -> list[Wish]:
    """`waiting` by start, dates of one wish together. A date that was given another kit is answered by itself."""
    found: dict[tuple[str | int, int], list[Reservation]] = {}
    for one in waiting:
        found.setdefault((one.series or one.id, one.kit_id), []).append(one)
    return [Wish(dates, kits.get(dates[0].kit_id)) for dates in found.values()]


def with_it(one: Reservation, waiting: Sequence[Reservation]) -> list[int]:
    """The ids of what is answered with this reservation when all dates of its wish are, in order; itself among them."""
    same = [other.id for other in waiting if one.series and (other.series, other.kit_id) == (one.series, one.kit_id)]
    return sorted({one.id, *same})
