"""Who lives where: the neighbourhoods that residents may live in, with their inhabitants and the year counted."""

from __future__ import annotations

from dataclasses import dataclass

from places import queries as places
from places.models import Level, Neighbourhood


@dataclass(frozen=True)
class Area:
    """A neighbourhood as figures need it.

    Attributes:
        population: None when nobody told, never zero for it.
        year: of the population, None when nobody told.
        geometry: GeoJSON Polygon or MultiPolygon in WGS84, longitude first; None when it was never drawn.
    """

    id: int
    name: str
    commune_id: int | None
    is_priority: bool
    population: int | None
    year: int | None
    geometry: str | None


@dataclass(frozen=True)
class Inhabited:
    """All neighbourhoods of the territory, by name."""

    areas: list[Area]

    @property
    def populations(self) -> dict[int, int | None]:
        """Neighbourhood → inhabitants."""
        return {one.id: one.population for one in self.areas}

    @property
    def population(self) -> int | None:
        """Inhabitants of the neighbourhoods of which that is known; None when it is of none."""
        known = [one.population for one in self.areas if one.population is not None]
        return sum(known) if known else None

    @property
    def without_population(self) -> list[Area]:
        """Those in no rate: said beside each map."""
        return [one for one in self.areas if not one.population]

    @property
    def years(self) -> list[int]:
        """The years in which inhabitants were counted, oldest first."""
        return sorted({one.year for one in self.areas if one.population and one.year})


def inhabited() -> Inhabited:
    """The neighbourhoods that a resident may live in; communes where none are loaded, as the people room has it."""
    for level in (Level.QUARTIER, Level.COMMUNE):
        if known := places.neighbourhoods(level, drawn=True):
            return Inhabited([_area(one) for one in known])
    return Inhabited([])


def _area(one: Neighbourhood) -> Area:
    return Area(one.id, one.name, one.commune_id, one.is_priority, one.population, one.population_year, one.geometry)
