"""Polygons and populations into the register, then everything placed again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import undefer

from foundation import audit
from foundation.db import db
from places import queries
from places.clean.text import search_key
from places.geometry import from_text
from places.importing.location import Facts
from places.importing.neighbourhood_rows import (
    Fields,
    Populated,
    guess_fields,
    population_key,
    read_neighbourhood,
    read_population,
)
from places.importing.reading import Row, Table
from places.importing.report import Remark, Report, RowRefusedError, Trouble
from places.models import Commune, Level, Neighbourhood
from places.service.communes import known_commune
from places.service.merging import Ledger, Progress, silent, take_rows
from places.service.placing import place_everything

_DRAWN = select(Neighbourhood).options(undefer(Neighbourhood.geometry))
"""With their polygons, which nothing but an import and a map looks at."""


def import_neighbourhoods(
    table: Table,
    source: str,
    *,
    level: Level | None = None,
    name_field: str = "",
    code_field: str = "",
    population: Table | None = None,
    population_year: int | None = None,
    commune_code: str = "",
    actor_id: int | None = None,
    progress: Progress = silent,
) -> Report:
    """Create or update the polygons of a file, and place every venue, school and care home again.

    Fields and level are guessed from the columns unless they are given.

    Args:
        population: a table of people by code or by name, when the polygons do not carry it.
        population_year: the year counted, when no column tells it.
        commune_code: INSEE code of the commune of all the polygons, when no column tells it. Codes of
            neighbourhoods are often 1, 2, 3…: two communes need it to stand side by side.
    """
    fields = guess_fields(table, name_field, code_field, level)
    report = Report(source=source)
    people = read_population(population) if population else {}
    ledger = _Polygons(fields, people, population_year, commune_code, report)

    def read(row: Row) -> tuple[Facts, list[Remark]]:
        return read_neighbourhood(row, fields)

    take_rows(table.rows, read, ledger.keep, report, progress)
    report.repaired = [remark.name for remark in report.remarks if remark.trouble is Trouble.POLYGON_REPAIRED]
    _remark_unmatched(report, people, ledger.matched)
    _find_parents(ledger.parents)
    report.moved = place_everything()
    audit.record("neighbourhoods.imported", f"import:{source}"[:60], actor_id=actor_id, **report.counts)
    return report


class _Polygons:
    """Keeps polygons with their commune and the people counted in them."""

    def __init__(
        self, fields: Fields, people: Mapping[str, Populated], year: int | None, commune_code: str, report: Report
    ) -> None:
        self._people = people
        self._year = year
        self._commune_code = commune_code
        self._communes = {one.code: one for one in db.session.scalars(select(Commune))}
        query = _DRAWN.where(Neighbourhood.level == fields.level)
        self._known: dict[Hashable, Neighbourhood] = {
            (one.commune_id, one.code): one for one in db.session.scalars(query)
        }
        self._ledger = Ledger(Neighbourhood, self._known, report, lenient=False)
        self.matched: set[str] = set()
        self.parents: dict[str, str] = {}

    def keep(self, facts: Facts) -> None:
        code = facts.pop("commune_code") or self._commune_code
        commune_id = known_commune(self._communes, code, facts.pop("commune"))
        key = (commune_id, facts["code"])
        self._check_same_place(key, facts)
        facts["commune_id"] = commune_id
        self._count(facts)
        self._ledger.write(key, facts, facts.keys(), {})

    def _check_same_place(self, key: tuple[int | None, str], facts: Facts) -> None:
        """A polygon without commune that has our code is ours when it touches us; else it is another town's.

        Raises:
            RowRefusedError: when the code is taken by a polygon elsewhere.
        """
        unplaced = self._known.get((None, facts["code"]))
        if unplaced is None or (key in self._known and key[0] is not None):
            return
        if unplaced.geometry and not from_text(unplaced.geometry).intersects(from_text(facts["geometry"])):
            if key[0] is None:
                raise RowRefusedError(Trouble.CODE_ELSEWHERE, f"{facts['code']} ({unplaced.name})")
            return
        self._known[key] = unplaced

    def _count(self, facts: Facts) -> None:
        """Write the people of the polygon, from the table or from its own column."""
        one = self._people.get(facts["code"]) or self._people.get(population_key(facts["name"]))
        if one is not None:
            self.matched.add(one.label)
            facts |= {"population": one.population, "population_year": one.year or self._year}
            self.parents[facts["code"]] = one.parent
        elif facts.get("population") is not None and self._year:
            facts["population_year"] = self._year


def _remark_unmatched(report: Report, people: Mapping[str, Populated], matched: set[str]) -> None:
    """Name the lines of the population table for which there is no polygon."""
    labels = dict.fromkeys(one.label for one in people.values())
    report.remark(0, "", [Remark(Trouble.POPULATION_UNMATCHED, label) for label in labels if label not in matched])


def _find_parents(named: Mapping[str, str]) -> None:
    """Put each IRIS and each priority neighbourhood under the neighbourhood of the town that it lies in most.

    Args:
        named: code of a polygon → name of its parent, where a table of population tells it.
    """
    quartiers = {search_key(one.name): one.id for one in queries.neighbourhoods(Level.QUARTIER)}
    atlas = queries.atlas()
    query = _DRAWN.where(Neighbourhood.level.in_([Level.IRIS, Level.QPV]))
    for one in db.session.scalars(query.order_by(Neighbourhood.id)):
        parent = quartiers.get(search_key(named.get(one.code, "")))
        if parent is None and one.geometry:
            parent = atlas.largest_overlap(from_text(one.geometry), Level.QUARTIER)
        one.parent_id = parent
    db.session.flush()
