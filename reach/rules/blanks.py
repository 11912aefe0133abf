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
        "Neighbourhoods where fewer than half as many people were reached, per 1,000 inhabitants, as in all"
        " neighbourhoods of known population taken together. Where the population is not known, nobody can "
        "tell: these are shown separately."
    ),
    Blank.VENUE: _l(
        "Active places residents are directed to, where no mediator receives people and no workshop is "
        "held, either in the period or in the %(weeks)s weeks to come. Absences and closed days are taken "
        "off. A place where something was recorded in the period was open, whatever the calendar says "
        "today.",
        weeks=WEEKS_AHEAD,
    ),
    Blank.SCHOOL: _l(
        "Schools in use that were never lent a kit, and where no session ever took place, be it at the "
        "school, for it or for one of its groups. The period does not matter. What is only planned does not"
        " count."
    ),
    Blank.CARE_HOME: _l(
        "Care homes in use where no session took place in the period, be it at the home, for it or for one "
        "of its groups. The last one before and the next one planned are shown."
    ),
    Blank.AGE: _l(
        "Age bands with fewer than half the average number of people of the seven bands, among people "
        "reached whose age is known. Parvis does not know how many people of each age live here, and the "
        "bands do not all span as many years: this is a question to ask, not a proof. People counted "
        "without a name have no age."
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
