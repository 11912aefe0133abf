"""What stands at a venue: rooms above know it, and tell it here before a venue is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice

from foundation.errors import Conflict
from foundation.i18n import local, ngettext

MOST_SHOWN = 200


@dataclass(frozen=True, order=True)
class Standing:
    """Something to come at a venue.

    Attributes:
        label: what it is; never names a resident.
        who: who receives there.
    """

    starts_at: datetime
    label: str
    who: str


class SomethingStands(Conflict):
    """The venue is closed only when asked again, knowingly.

    Attributes:
        standing: what is to come there, by start.
    """

    def __init__(self, standing: Sequence[Standing]) -> None:
        super().__init__(
            ngettext(
                "%(num)s booking is to come at this place. Look at it, then confirm or change your mind.",
                "%(num)s bookings are to come at this place. Look at them, then confirm or change your mind.",
                len(standing),
            ),
            alternatives=standing,
        )
        self.standing = list(standing)

    def by_day(self, most: int = MOST_SHOWN) -> list[tuple[date, list[Standing]]]:
        """For a page: the first ones, by day."""
        shown = islice(self.standing, most)
        return [(day, list(rows)) for day, rows in groupby(shown, key=lambda one: local(one.starts_at).date())]


Teller = Callable[[int, datetime], list[Standing]]
_tellers: list[Teller] = []


def asks(teller: Teller) -> None:
    """Have `teller(venue_id, now)` asked what is to come at a venue from `now` on; called once, where it is written."""
    _tellers.append(teller)


def standing_at(venue_id: int, now: datetime) -> list[Standing]:
    """All that is to come at a venue, by start."""
    return sorted(row for teller in _tellers for row in teller(venue_id, now))
