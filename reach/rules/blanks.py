"""Whom and what the programme does not reach: what counts as a blank, in words and as rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from activity.models import AgeBand
from foundation.i18n import _l
from reach.rules import rates

WEEKS_AHEAD = 4
"""How far one looks for openings to come."""


class Blank(StrEnum):
    """The kinds, in the order of the page; the value is the anchor in its address."""

    NEIGHBOURHOOD = "quartiers"
    VENUE = "lieux"
    SCHOOL = "ecoles"
    CARE_HOME = "residences"
    AGE = "ages"


TITLES: dict[Blank, Any] = {
    Blank.NEIGHBOURHOOD: _l("Neighbourhoods under half the rate of the territory"),
    Blank.VENUE: _l("Places without openings"),
    Blank.SCHOOL: _l("Schools that never had a kit or a club"),
    Blank.CARE_HOME: _l("Care homes without a series"),
    Blank.AGE: _l("Ages hardly seen"),
}
DEFINITIONS: dict[Blank, Any] = {
    Blank.NEIGHBOURHOOD: _l(
        "People reached who live there, per 1,000 inhabitants, are fewer than half of what they are over all "
        "neighbourhoods of known population. Where the population is not known nobody can tell: these stand apart."
    ),
    Blank.VENUE: _l(
        "Active places to which residents are sent, at which no mediator receives and no workshop is held: in the "
        "period, or in the %(weeks)s weeks to come. Absences and closed days are taken off. A place at which something "
        "was recorded in the period was open, whatever the calendar says today.",
        weeks=WEEKS_AHEAD,
    ),
    Blank.SCHOOL: _l(
        "Schools in use to which no kit was ever handed over, and for which, at which or for a group of which no "
        "session ever took place. The period does not matter. What is only planned does not count."
    ),
    Blank.CARE_HOME: _l(
        "Care homes in use for which, at which or for a group of which no session took place in the period. "
        "The last one before, and the next one planned, are told."
    ),
    Blank.AGE: _l(
        "Ages that are under half of the mean of the seven bands, among people reached whose age is known. "
        "How many people of each age live here is not known to Parvis, and the bands are not of one length: this "
        "is a question to ask, not a proof. Heads that nobody named have no age."
    ),
}
AGES = tuple(band for band in AgeBand if band is not AgeBand.NOT_COMMUNICATED)


@dataclass(frozen=True)
class Judged:
    """The neighbourhoods against the territory.

    Attributes:
        territory: people reached per 1,000 inhabitants over all neighbourhoods of known population; None without any.
        rates: of each neighbourhood; None where the population is not known.
        under: the blanks, lowest rate first.
        unknown: of those nobody can tell.
    """

    territory: float | None
    rates: Mapping[int, float | None]
    under: tuple[int, ...]
    unknown: tuple[int, ...]


def judged(reached: Mapping[int, int], inhabitants: Mapping[int, int | None]) -> Judged:
    """Find the neighbourhoods under half the rate.

    Args:
        reached: neighbourhood → people reached who live there; one that is missing reached nobody.
        inhabitants: each neighbourhood of the territory → its population.
    """
    territory = rates.territory_rate(reached, inhabitants)
    each = {one: rates.per_thousand(reached.get(one, 0), count) for one, count in inhabitants.items()}
    under = [(rate, one) for one, rate in each.items() if rate is not None and rates.is_blank(rate, territory)]
    unknown = tuple(one for one, rate in each.items() if rate is None)
    return Judged(territory, each, tuple(one for _rate, one in sorted(under)), unknown)


@dataclass(frozen=True)
class SeenAge:
    """An age band: people reached, their share of those whose age is known, and whether that is hardly any."""

    band: AgeBand
    people: int
    share: float | None
    hardly: bool


def seen_ages(people: Mapping[AgeBand, int]) -> list[SeenAge]:
    """The seven bands in order; `people` may leave out bands in which nobody is."""
    known = sum(people.get(band, 0) for band in AGES)
    return [
        SeenAge(
            band,
            people.get(band, 0),
            rates.share(people.get(band, 0), known),
            rates.is_hardly_seen(people.get(band, 0), known, len(AGES)),
        )
        for band in AGES
    ]
