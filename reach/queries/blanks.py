"""Whom and what is not reached, of one period: everything that the page of blanks shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from activity.models import AgeBand
from foundation import clock
from foundation.db import db
from places.models import Venue
from reach.queries.contacts import counted
from reach.queries.hosts import Host, care_homes_not_reached, schools_never_reached
from reach.queries.openings import openings
from reach.queries.population import Area, Inhabited, inhabited
from reach.rules.blanks import WEEKS_AHEAD, Judged, SeenAge, judged, seen_ages
from reach.rules.dimensions import OUTSIDE, UNKNOWN, Dimension
from reach.rules.equity import Equity, equity
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Filters
from reach.rules.periods import Span
from reach.rules.scope import Scope

BY = (Dimension.NEIGHBOURHOOD, Dimension.AGE_BAND, Dimension.VENUE)


@dataclass(frozen=True)
class Closed:
    """A place without openings.

    Attributes:
        days: days of the period on which something was or is open there.
        days_ahead: the same of the weeks to come.
        records: activity records of the period with that place.
    """

    id: int
    name: str
    neighbourhood: str
    days: int
    days_ahead: int
    records: int


@dataclass(frozen=True)
class Blanks:
    """The blanks of a period within a scope, and what they are judged by. Pairs are (blanks, how many there are).

    Attributes:
        not_located, outside: figures of the people who are in no neighbourhood: beside, never spread.
        untold_ages: people reached whose age is not known.
    """

    areas: dict[int, Area]
    cube: Cube
    judged: Judged
    equity: Equity
    ages: list[SeenAge]
    venues: tuple[list[Closed], int]
    schools: tuple[list[Host], int]
    care_homes: tuple[list[Host], int]

    @property
    def not_located(self) -> Figures:
        return self.cube.of(Dimension.NEIGHBOURHOOD, UNKNOWN)

    @property
    def outside(self) -> Figures:
        return self.cube.of(Dimension.NEIGHBOURHOOD, OUTSIDE)

    @property
    def untold_ages(self) -> int:
        return self.cube.untold(Dimension.AGE_BAND).people

    def figures(self, neighbourhood_id: int) -> Figures:
        """Of the people who live in a neighbourhood."""
        return self.cube.of(Dimension.NEIGHBOURHOOD, neighbourhood_id)


def blanks(filters: Filters, scope: Scope, now: datetime) -> Blanks:
    """Look for all kinds of blanks. Places are those of the scope's structure; openings there are everybody's."""
    cube, known = counted(filters, scope, BY), inhabited()
    areas = {one.id: one for one in known.areas}
    return Blanks(
        areas,
        cube,
        judged({one: cube.of(Dimension.NEIGHBOURHOOD, one).people for one in areas}, known.populations),
        fairness(cube, known),
        seen_ages({band: cube.of(Dimension.AGE_BAND, band.value).people for band in AgeBand}),
        _closed(filters.span, scope, cube, now),
        schools_never_reached(scope, now),
        care_homes_not_reached(scope, filters.span.window(clock.territory_zone()), now),
    )


def fairness(cube: Cube, known: Inhabited) -> Equity:
    """How even the contacts of a cube by neighbourhood of residence are: the one figure for page, report and file."""
    contacts = {one.id: cube.of(Dimension.NEIGHBOURHOOD, one.id).contacts for one in known.areas}
    return equity(contacts, known.populations)


def weeks_ahead(today: date) -> Span:
    """Today and the days after it that make four weeks."""
    return Span(today, today + timedelta(weeks=WEEKS_AHEAD, days=-1))


def _closed(span: Span, scope: Scope, cube: Cube, now: datetime) -> tuple[list[Closed], int]:
    """Active places to which residents are sent that lack openings in the period or in the weeks to come."""
    today = now.astimezone(clock.territory_zone()).date()
    days, days_ahead = _days_of_venues(span), _days_of_venues(weeks_ahead(today))
    query = select(Venue).options(joinedload(Venue.neighbourhood)).where(Venue.active, Venue.bookable)
    if scope.structure_id is not None:
        query = query.where(Venue.structure_id == scope.structure_id)
    found = [
        Closed(
            one.id, one.name, one.neighbourhood.name if one.neighbourhood else "", len(days.get(one.id, ())),
            len(days_ahead.get(one.id, ())), cube.of(Dimension.VENUE, one.id).records,
        )
        for one in db.session.scalars(query.order_by(Venue.name, Venue.id))
    ]  # fmt: skip
    return [one for one in found if not (one.days or one.records) or not one.days_ahead], len(found)


def _days_of_venues(span: Span) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    for one in openings(span):
        if one.venue_id is not None:
            found.setdefault(one.venue_id, set()).add(one.day)
    return found
