"""Polygons of any publisher: which column is the name, the code, the population; and tables of population."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from places.clean.codes import clean_insee
from places.clean.text import one_line, search_key
from places.geometry import NoPolygonError, inner_point, read_polygon, to_text
from places.importing.location import Facts, commune_name
from places.importing.reading import Row, Table, column_key
from places.importing.report import Remark, RowRefusedError, Trouble
from places.models.territory import Level

NAMES = ("nom_iris", "nom_qp", "nom_qpv", "lib_qp", "nom_quartier", "nom", "name", "libelle", "lib_quartier",
         "micro_quartier", "quartier", "nmquart")  # fmt: skip
CODES = ("code_iris", "code_qp", "code_qpv", "codeqpv", "code", "nuquart", "num_quartier", "quartier", "numero",
         "matricule", "id", "gml_id", "objectid")  # fmt: skip
COMMUNE_CODES = ("code_insee", "code_commune", "insee_com", "insee", "codgeo")
COMMUNE_NAMES = ("nom_commune", "commune_qp", "lib_commune", "commune")
PRIORITY_CODES = ("code_qpv", "code_qp", "codeqpv")
POPULATION = re.compile(r"^(?:pop|population|pop_mun|population_municipale|p\d\d_pop|nb_habitants)(?:_(\d{4}))?$")


@dataclass(frozen=True, slots=True)
class Fields:
    """Columns of a file of polygons, as `column_key` writes them; empty: there is none."""

    name: str
    code: str
    level: Level
    population: str = ""
    year: int | None = None
    commune_code: str = ""
    commune_name: str = ""


def guess_fields(table: Table, name: str = "", code: str = "", level: Level | None = None) -> Fields:
    """The columns that hold what we need; what the person says wins.

    A name column that holds numbers is a code (`quartier: 15` beside `nom_quartier`).
    """
    columns = table.columns
    found_name = column_key(name) or _first(columns, [one for one in NAMES if not _numbers(table, one)])
    found_code = column_key(code) or _first(columns, [one for one in CODES if one != found_name]) or found_name
    population, year = _population_column(columns)
    return Fields(
        name=found_name,
        code=found_code,
        level=level or _guess_level(table.rows, columns, found_code),
        population=population,
        year=year,
        commune_code=_first(columns, [one for one in COMMUNE_CODES if one != found_code]),
        commune_name=_first(columns, [one for one in COMMUNE_NAMES if one != found_name]),
    )


def _first(columns: Collection[str], candidates: Sequence[str]) -> str:
    return next((one for one in candidates if one in columns), "")


def _numbers(table: Table, column: str) -> bool:
    return all(re.fullmatch(r"[\d.]*", one_line(row.values.get(column))) for row in table.rows)


def _guess_level(rows: Sequence[Row], columns: Collection[str], code: str) -> Level:
    if "code_iris" in columns:
        return Level.IRIS
    if any(one in columns for one in ("code_qp", "codeqpv", "nom_qp")) and "nom_quartier" not in columns:
        return Level.QPV
    insee = [clean_insee(row.values.get(code)) for row in rows]
    return Level.COMMUNE if all(insee) and all(len(one_line(row.values.get(code))) == 5 for row in rows) else (
        Level.QUARTIER
    )  # fmt: skip


def _population_column(columns: Collection[str]) -> tuple[str, int | None]:
    """The newest column of population, and its year when its name tells it."""
    found = [(int(match[1] or 0), column) for column in columns if (match := POPULATION.match(column))]
    year, column = max(found, default=(0, ""))
    return column, year or None


def read_neighbourhood(row: Row, fields: Fields) -> tuple[Facts, list[Remark]]:
    """Columns of a `Neighbourhood`, and of its commune under `commune_code` and `commune`.

    Raises:
        RowRefusedError: when the row has no name, no code, or no polygon in France.
    """
    name = one_line(row.values.get(fields.name))
    if not name:
        raise RowRefusedError(Trouble.NO_NAME)
    code = one_line(row.values.get(fields.code))
    if not code:
        raise RowRefusedError(Trouble.NO_CODE)
    try:
        polygon, repaired = read_polygon(row.geometry)
    except NoPolygonError:
        raise RowRefusedError(Trouble.NO_GEOMETRY, name) from None
    west, south, east, north = polygon.bounds
    latitude, longitude = inner_point(polygon)
    facts: Facts = {
        "level": fields.level,
        "code": code,
        "name": name,
        "geometry": to_text(polygon),
        "repaired": repaired,
        "min_latitude": south,
        "max_latitude": north,
        "min_longitude": west,
        "max_longitude": east,
        "latitude": latitude,
        "longitude": longitude,
    }
    facts |= _commune(row, fields, code) | _priority(row, fields, code)
    if fields.population:
        facts |= {"population": read_count(row.values.get(fields.population)), "population_year": fields.year}
    return facts, [Remark(Trouble.POLYGON_REPAIRED, name)] if repaired else []


def _commune(row: Row, fields: Fields, code: str) -> Facts:
    insee = clean_insee(row.values.get(fields.commune_code)) or ""
    if not insee and fields.level is Level.IRIS:
        insee = clean_insee(code[:5]) or ""
    if fields.level is Level.COMMUNE:
        return {"commune_code": code, "commune": commune_name(row.values.get(fields.name))}
    return {"commune_code": insee, "commune": commune_name(row.values.get(fields.commune_name))}


def _priority(row: Row, fields: Fields, code: str) -> Facts:
    if fields.level is Level.QPV:
        return {"is_priority": True, "priority_code": code}
    given = next((text for one in PRIORITY_CODES if (text := one_line(row.values.get(one)))), "")
    return {"is_priority": True, "priority_code": given} if given else {}


def read_count(value: Any) -> int | None:
    """A number of people, or None when it is blank, suppressed or no number."""
    text = re.sub(r"[\s\u202f]", "", one_line(value)).replace(",", ".")
    return round(float(text)) if re.fullmatch(r"\d{1,9}(\.\d+)?", text) else None


@dataclass(frozen=True, slots=True)
class Populated:
    """One line of a table of population."""

    label: str
    population: int
    year: int | None
    parent: str


def population_key(name: Any) -> str:
    """Names of IRIS vary: `Z.A. Les Mauves` is `Les Mauves`, `Jean-Macé` is `Jean Macé`."""
    return search_key(name).removeprefix("z a ")


def read_population(table: Table) -> dict[str, Populated]:
    """People by code and by name (`population_key`). A group named on its first line only is filled down."""
    column, year = _population_column(table.columns)
    code = _first(table.columns, [one for one in CODES if one not in {"quartier", "id"}])
    name = _first(table.columns, sorted(NAMES, key=lambda one: one != "micro_quartier"))
    found: dict[str, Populated] = {}
    parent = ""
    for row in table.rows:
        if name == "micro_quartier":
            parent = one_line(row.values.get("quartier")) or parent
        count = read_count(row.values.get(column))
        if count is None:
            continue
        label = one_line(row.values.get(name)) or one_line(row.values.get(code))
        one = Populated(label, count, year, parent)
        for key in (one_line(row.values.get(code)), population_key(row.values.get(name))):
            if key:
                found.setdefault(key, one)
    return found
