"""A town's records for a benchmark: as many as asked for, over four years, of people who live in 40 neighbourhoods.

Rows go through the driver, in bulk: a million records with all that hangs on them take about a minute an engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, text

from accounts.models import Account, AccountRole
from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Theme,
)
from activity.rules.ages import age_band
from foundation.db import EPOCH, MICROSECOND, Base, db, table_of
from foundation.security import Role
from people.models import Gender, Person, Residence, Status
from places.models import Commune, Level, Neighbourhood, Structure, StructureKind, Venue
from places.models.territory import Placement

YEARS, HEAP = 4, 20_000
NEIGHBOURHOODS, COMMUNES, STRUCTURES, VENUES, MEDIATORS = 40, 4, 12, 60, 80
RECORDS_A_RESIDENT = 1_000_000 / 60_000
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The day after the last record: fixed, so that each run counts the same."""


@dataclass(frozen=True)
class Lived:
    """What a record freezes of somebody, but the age."""

    id: int
    birth_year: int | None
    gender: Gender
    status: Status
    residence: Residence
    neighbourhood_id: int | None


def fill(records: int) -> None:
    """Write the world of `records` activity records into the database at hand, which holds the tables alone."""
    draw = Random(20)
    with db.engine.begin() as connection:
        _places(connection)
        residents = _residents(draw, max(100, round(records / RECORDS_A_RESIDENT)))
        _copy(connection, Person, (_person(one) for one in residents))
        world = _World(draw, residents, records)
        for first in range(0, records, HEAP):
            world.live(range(first + 1, min(first + HEAP, records) + 1))
            for model, rows in world.taken():
                _copy(connection, model, rows)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _copy(connection: Connection, model: type[Base], rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the order of the table's columns, instants in microseconds, straight into the driver."""
    table = table_of(model)
    instants = [number for number, column in enumerate(table.columns) if column.name.endswith("_at")]
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        driver.cursor().executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608  # our own table
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
        for row in rows:
            told = list(row)
            for number in instants:
                if told[number] is not None:
                    told[number] = EPOCH + told[number] * MICROSECOND
            copy.write_row(told)


def _places(connection: Connection) -> None:
    """Communes, neighbourhoods (some priority ones, one without population), structures, venues and mediators."""

    def write(model: type[Base], count: int, **columns: Any) -> None:
        rows = [{"id": id_} | {name: of(id_) for name, of in columns.items()} for id_ in range(1, count + 1)]
        connection.execute(insert(model), rows)

    write(Commune, COMMUNES, code=lambda n: f"990{n:02}", name=lambda n: f"Commune {n}", search_key=str)
    write(
        Neighbourhood, NEIGHBOURHOODS,
        commune_id=lambda n: n % COMMUNES + 1, level=lambda _n: Level.QUARTIER, code=str,
        name=lambda n: f"Quartier {n}", is_priority=lambda n: n % 5 == 0, repaired=lambda _n: False,
        population=lambda n: None if n == NEIGHBOURHOODS else 2000 + 311 * n, population_year=lambda _n: 2022,
    )  # fmt: skip
    write(Structure, STRUCTURES, name=lambda n: f"Structure {n}", kind=lambda _n: StructureKind.ASSOCIATION)
    write(
        Venue, VENUES,
        external_id=lambda n: f"bench-{n}", name=lambda n: f"Lieu {n}", structure_id=_structure_of,
        neighbourhood_id=_neighbourhood_of, placement=lambda _n: Placement.INSIDE,
        address=str, postcode=str, commune=str,
    )  # fmt: skip
    write(
        Account, MEDIATORS,
        email=lambda n: f"m{n}@ville.example", name=lambda n: f"Médiatrice {n}",
        structure_id=_structure_of, created_at=lambda _n: NOW,
    )  # fmt: skip
    connection.execute(insert(AccountRole), [{"account_id": n, "role": Role.MEDIATOR} for n in range(1, MEDIATORS + 1)])


def _structure_of(number: int) -> int | None:
    """A venue or a mediator belongs to a structure, one in thirteen to the territory."""
    return number % (STRUCTURES + 1) or None


def _neighbourhood_of(venue_id: int) -> int:
    return venue_id * 7 % NEIGHBOURHOODS + 1


def _residents(draw: Random, count: int) -> list[Lived]:
    return [_resident(draw, id_) for id_ in range(1, count + 1)]


def _resident(draw: Random, id_: int) -> Lived:
    residence, neighbourhood_id = _home(draw)
    return Lived(
        id_, draw.choice((None, *range(1935, 2015))), draw.choice(list(Gender)), draw.choice(list(Status)), residence,
        neighbourhood_id,
    )  # fmt: skip


def _home(draw: Random) -> tuple[Residence, int | None]:
    """Some neighbourhoods send many more than others; one in eight is not known, one in sixteen lives outside."""
    where = draw.random()
    if where < 1 / 8:
        return Residence.UNKNOWN, None
    if where < 3 / 16:
        return Residence.OUTSIDE, None
    return Residence.INSIDE, int(draw.random() ** 1.5 * NEIGHBOURHOODS) + 1


def _person(one: Lived) -> list[Any]:
    at = _micro(NOW)
    given: dict[str, Any] = {
        "id": one.id, "code": f"{one.id:06}", "given_name": "P", "family_name": str(one.id), "search_key": str(one.id),
        "birth_year": one.birth_year, "contact_means": "none", "locale": "fr", "gender": one.gender.value,
        "status": one.status.value, "residence": one.residence.value, "neighbourhood_id": one.neighbourhood_id,
        "created_at": at, "last_contact_at": at,
    }  # fmt: skip
    return [given.get(column.name) for column in table_of(Person).columns]


def _micro(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


class _World:
    """Draws records in the order of time, with their participants and aspects, a heap at a time."""

    def __init__(self, draw: Random, residents: list[Lived], records: int) -> None:
        self.draw, self.residents, self.records = draw, residents, records
        self.met: set[int] = set()
        self.participants = 0
        self.rows: dict[type[Base], list[dict[str, Any]]] = {}

    def live(self, ids: range) -> None:
        self.rows = {ActivityRecord: [], ActivityParticipant: [], ActivityAspect: []}
        for id_ in ids:
            self._record(id_)

    def taken(self) -> Iterator[tuple[type[Base], Iterable[Sequence[Any]]]]:
        for model, rows in self.rows.items():
            names = [column.name for column in table_of(model).columns]
            yield model, [[row.get(name) for name in names] for row in rows]

    def _record(self, id_: int) -> None:
        draw = self.draw
        at = NOW - timedelta(days=366 * YEARS) * (1 - id_ / self.records) + timedelta(minutes=draw.randrange(300))
        group = draw.random() < 0.06
        heads = draw.randint(3, 15) if group and draw.random() < 0.5 else int(draw.random() < 0.03)
        channel = draw.choices(list(Channel), (82, 4, 12, 2))[0]
        venue_id = draw.randint(1, VENUES) if channel is Channel.VENUE else None
        mediator_id, instant = draw.randint(1, MEDIATORS), _micro(at)
        self.rows[ActivityRecord].append({
            "id": id_, "kind": (ActivityKind.GROUP if group else ActivityKind.INDIVIDUAL).value,
            "reference": f"appointment:{id_}", "mediator_id": mediator_id, "structure_id": _structure_of(mediator_id),
            "label": "Accompagnement", "started_at": instant, "duration_minutes": draw.choice((30, 45, 60)),
            "channel": channel.value, "venue_id": venue_id,
            "venue_neighbourhood_id": venue_id and _neighbourhood_of(venue_id),
            "autonomy": draw.choice([None, *(one.value for one in Autonomy)]), "note": "", "anonymous_count": heads,
            "anonymous_feminine": heads // 2, "anonymous_masculine": heads // 3, "created_at": instant,
            "updated_at": instant,
        })  # fmt: skip
        named = draw.randint(1, 6) if group else int(not heads)
        # A third of the residents came in the first days, the others one after the other.
        known = len(self.residents) * (0.35 + 0.65 * id_ / self.records)
        for who in {int(draw.random() ** 1.6 * known) for _one in range(named)}:
            self._participant(id_, self.residents[who], at)
        theme, device = draw.choice(list(Theme)), draw.choice(list(Equipment))
        for aspect, value in ((Aspect.THEME, theme.value), (Aspect.EQUIPMENT, device.value)):
            self.rows[ActivityAspect].append({"record_id": id_, "aspect": aspect.value, "value": value})

    def _participant(self, record_id: int, who: Lived, at: datetime) -> None:
        """One in twenty moved house half way."""
        self.participants += 1
        moved = who.id % 20 == 0 and who.neighbourhood_id is not None and record_id > self.records // 2
        home = (who.id % NEIGHBOURHOODS) + 1 if moved else who.neighbourhood_id
        self.rows[ActivityParticipant].append({
            "id": self.participants, "record_id": record_id, "person_id": who.id,
            "age_band": age_band(who.birth_year, at.date()).value, "gender": who.gender.value,
            "status": who.status.value, "residence": who.residence.value, "neighbourhood_id": home,
            "first_time": who.id not in self.met,
        })  # fmt: skip
        self.met.add(who.id)
