"""What is counted of contacts, for a whole and for each value of its dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reach.rules.dimensions import NOT_TOLD, Dimension, Value


@dataclass(frozen=True)
class Figures:
    """Counts of one cell; see `reach.rules.indicators` for what each counts and what it does not.

    Attributes:
        people: distinct residents, each once.
        first_timers: those of `people` whose very first contact, ever and anywhere, lies in the period.
        named_contacts: residents by name, once for each activity record in which they took part.
        anonymous: heads of head-counts.
        minutes: of the activity records counted, each once, however many took part.
        records: how many activity records that is.
    """

    people: int = 0
    first_timers: int = 0
    named_contacts: int = 0
    anonymous: int = 0
    minutes: int = 0
    records: int = 0

    @property
    def returning(self) -> int:
        """Those of `people` who had a contact before the period."""
        return self.people - self.first_timers

    @property
    def contacts(self) -> int:
        """One for each person and each head in each activity record."""
        return self.named_contacts + self.anonymous


EMPTY = Figures()


@dataclass(frozen=True)
class Cube:
    """The figures of a whole, and of each value of the dimensions asked for; a value without contacts is left out."""

    total: Figures
    by: Mapping[Dimension, Mapping[Value, Figures]]

    def of(self, dimension: Dimension, value: Value) -> Figures:
        """The figures of one value; zeros when it has none."""
        return self.by[dimension].get(value, EMPTY)

    def untold(self, dimension: Dimension) -> Figures:
        """What has no known value: shown beside, never spread over the others."""
        return self.of(dimension, NOT_TOLD[dimension]) if dimension in NOT_TOLD else EMPTY
