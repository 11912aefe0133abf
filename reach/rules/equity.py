"""How far the distribution of contacts over neighbourhoods is from that of inhabitants, and where the gap lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reach.rules import rates


@dataclass(frozen=True)
class Gap:
    """One neighbourhood of known population.

    Attributes:
        of_contacts: its share of the contacts that are compared, 0 to 1.
        of_inhabitants: its share of the inhabitants that are compared, 0 to 1.
    """

    neighbourhood_id: int
    contacts: int
    inhabitants: int
    of_contacts: float
    of_inhabitants: float

    @property
    def points(self) -> float:
        """Share of contacts less share of inhabitants; negative where contacts are missing."""
        return self.of_contacts - self.of_inhabitants


@dataclass(frozen=True)
class Equity:
    """The index of dissimilarity of contacts, and what it is made of.

    Attributes:
        index: 0 (each neighbourhood has the share of contacts that it has of inhabitants) to less than 1; None without
            contacts or inhabitants to compare.
        gaps: neighbourhoods of known population, those that lack most contacts first.
        compared: contacts of these neighbourhoods.
        unpeopled: contacts of neighbourhoods whose population nobody told: in no share.
    """

    index: float | None
    gaps: tuple[Gap, ...]
    compared: int
    unpeopled: int

    @property
    def to_move(self) -> int | None:
        """How many of the compared contacts would have to be in other neighbourhoods for the index to be 0."""
        return None if self.index is None else round(self.index * self.compared)


def equity(contacts: Mapping[int, int], inhabitants: Mapping[int, int | None]) -> Equity:
    """Compare the two distributions; the index is `reach.rules.rates.unevenness`.

    Args:
        contacts: neighbourhood of residence → contacts; one that is missing had none.
        inhabitants: each neighbourhood of the territory → its population.
    """
    index = rates.unevenness(contacts, inhabitants)
    known = {one: count for one, count in inhabitants.items() if count}
    compared, living = sum(contacts.get(one, 0) for one in known), sum(known.values())
    gaps = [
        Gap(one, contacts.get(one, 0), count, contacts.get(one, 0) / compared, count / living)
        for one, count in known.items()
        if compared
    ]
    unpeopled = sum(contacts.get(one, 0) for one in inhabitants if one not in known)
    return Equity(
        index, tuple(sorted(gaps, key=lambda gap: (gap.points, gap.neighbourhood_id))), compared, unpeopled
    )  # fmt: skip
