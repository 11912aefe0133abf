"""Figures against inhabitants: reach rates, shares, what is under half the territory's rate, and how even it is."""

from __future__ import annotations

from collections.abc import Mapping

PER = 1000
"""Inhabitants that a reach rate speaks of."""
BLANK_UNDER = 0.5
"""A neighbourhood whose rate is under this part of the territory's is a blank."""
HARDLY_SEEN_UNDER = 0.5
"""An age is hardly seen under this part of the mean of all ages."""


def per_thousand(people: int, inhabitants: int | None) -> float | None:
    """People reached for 1,000 inhabitants; None where nobody told how many live there, or nobody does."""
    return PER * people / inhabitants if inhabitants else None


def share(part: int, whole: int) -> float | None:
    """`part` of `whole`, from 0 to 1; None of nothing."""
    return part / whole if whole else None


def territory_rate(reached: Mapping[int, int], inhabitants: Mapping[int, int | None]) -> float | None:
    """People reached for 1,000 inhabitants over all neighbourhoods whose population is known.

    It is the mean of their rates, weighted by inhabitants: whoever moved house counts in both, as on the map; people
    whose neighbourhood is not known, or who live outside, are in no rate.

    Args:
        reached: neighbourhood → people reached who live there; one that is missing reached nobody.
        inhabitants: each neighbourhood of the territory → its population.
    """
    known = {one: count for one, count in inhabitants.items() if count}
    return per_thousand(sum(reached.get(one, 0) for one in known), sum(known.values()))


def is_blank(rate: float | None, territory: float | None) -> bool:
    """Whether a neighbourhood is under half the territory's rate. Never where a rate is not known."""
    return rate is not None and territory is not None and rate < BLANK_UNDER * territory


def is_hardly_seen(people: int, of_known_age: int, bands: int) -> bool:
    """Whether an age is hardly seen: under half the mean of the `bands` into which the known ages fall.

    Never when nobody's age is known.
    """
    return people * bands < HARDLY_SEEN_UNDER * of_known_age


def unevenness(contacts: Mapping[int, int], inhabitants: Mapping[int, int | None]) -> float | None:
    """How far the distribution of contacts is from that of inhabitants: 0 the same, towards 1 quite another.

    Half the sum over neighbourhoods of |share of contacts − share of inhabitants|: the part of the contacts that
    would have to be with people of other neighbourhoods for all to have their share. This is the index of dissimilarity
    (O. D. Duncan and B. Duncan, "A methodological analysis of segregation indexes", American Sociological Review 20,
    1955). Neighbourhoods without a known population, and contacts that are not located, are left out.

    Args:
        contacts: neighbourhood of residence → contacts; one that is missing had none.
        inhabitants: each neighbourhood of the territory → its population.
    """
    known = {one: count for one, count in inhabitants.items() if count}
    of_contacts, of_inhabitants = sum(contacts.get(one, 0) for one in known), sum(known.values())
    if not of_contacts or not of_inhabitants:
        return None
    gaps = (abs(contacts.get(one, 0) / of_contacts - count / of_inhabitants) for one, count in known.items())
    return sum(gaps) / 2
