"""Where a benchmark's records are made: a town with 40 neighbourhoods, its structures, venues, mediators and offers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert

from accounts.models import Account, AccountRole
from foundation.db import Base
from foundation.security import Role
from mediation.models import Service
from places.models import Commune, Level, Neighbourhood, Structure, StructureKind, Territory, Venue
from places.models.territory import Placement
from workshops.models import Enrolment, Programme, ProgrammeAudience, ProgrammeKind, ProgrammeState

NEIGHBOURHOODS, COMMUNES, STRUCTURES, VENUES, MEDIATORS, PROGRAMMES = 40, 4, 12, 60, 80, 50
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The day after the last record: fixed, so that each run counts the same."""


def settle(connection: Connection) -> None:
    """All of it, in a database that holds the tables alone."""
    _places(connection)
    _offers(connection)


def _write(connection: Connection, model: type[Base], count: int, **columns: Callable[[int], Any]) -> None:
    rows = [{"id": id_} | {name: of(id_) for name, of in columns.items()} for id_ in range(1, count + 1)]
    connection.execute(insert(model), rows)


def _places(connection: Connection) -> None:
    """Communes, neighbourhoods (some priority ones, one without population), structures, venues and mediators."""
    _write(connection, Territory, 1, name=lambda _n: "Ville")
    _write(
        connection, Commune, COMMUNES,
        code=lambda n: f"990{n:02}", name=lambda n: f"Commune {n}", search_key=str,
    )  # fmt: skip
    _write(
        connection, Neighbourhood, NEIGHBOURHOODS,
        commune_id=lambda n: n % COMMUNES + 1, level=lambda _n: Level.QUARTIER, code=str,
        name=lambda n: f"Quartier {n}", is_priority=lambda n: n % 5 == 0, repaired=lambda _n: False,
        population=lambda n: None if n == NEIGHBOURHOODS else 2000 + 311 * n, population_year=lambda _n: 2022,
        geometry=_square,
    )  # fmt: skip
    _write(
        connection, Structure, STRUCTURES,
        name=lambda n: f"Structure {n}", kind=lambda _n: StructureKind.ASSOCIATION,
    )  # fmt: skip
    _write(
        connection, Venue, VENUES,
        external_id=lambda n: f"bench-{n}", name=lambda n: f"Lieu {n}", structure_id=structure_of,
        neighbourhood_id=neighbourhood_of, placement=lambda _n: Placement.INSIDE,
        address=str, postcode=str, commune=str,
    )  # fmt: skip
    _write(
        connection, Account, MEDIATORS,
        email=lambda n: f"m{n}@ville.example", name=lambda n: f"Médiatrice {n}",
        structure_id=structure_of, created_at=lambda _n: NOW,
    )  # fmt: skip
    connection.execute(insert(AccountRole), [{"account_id": n, "role": Role.MEDIATOR} for n in range(1, MEDIATORS + 1)])


def _offers(connection: Connection) -> None:
    _write(connection, Service, 1, label=lambda _n: "Accompagnement", duration_minutes=lambda _n: 45)
    _write(
        connection, Programme, PROGRAMMES,
        kind=lambda n: list(ProgrammeKind)[n % len(ProgrammeKind)], state=lambda _n: ProgrammeState.PUBLISHED,
        structure_id=structure_of, title=lambda n: f"Cycle {n}", created_at=lambda _n: NOW,
        audience=lambda n: list(ProgrammeAudience)[n % len(ProgrammeAudience)], enrolment=lambda _n: Enrolment.SESSION,
    )  # fmt: skip


def _square(number: int) -> str:
    """Eight squares a row, of some 700 m."""
    row, column = divmod(number - 1, 8)
    west, south, side = 1.4 + column * 0.01, 43.6 + row * 0.007, (0.01, 0.007)
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [[round(west + x * side[0], 4), round(south + y * side[1], 4)] for x, y in corners]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def structure_of(number: int) -> int | None:
    """A venue or a mediator belongs to a structure, one in thirteen to the territory."""
    return number % (STRUCTURES + 1) or None


def neighbourhood_of(venue_id: int) -> int:
    return venue_id * 7 % NEIGHBOURHOODS + 1
