"""A town's records for a benchmark: as many as asked for, over four years, of people who live in 40 neighbourhoods.

Nine in ten records of one person tell of an appointment, those of groups tell of a workshop session; one appointment in
six has no record, since nobody came. Drawn by numpy and written in bulk: a million records with all that hangs on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    AgeBand,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Theme,
)
from activity.rules.ages import age_band
from bench.bulk import copy, laid_bare, or_none, picked
from bench.reach_town import MEDIATORS, NEIGHBOURHOODS, NOW, PROGRAMMES, STRUCTURES, VENUES, settle
from foundation.db import EPOCH, MICROSECOND, db
from mediation.models import Appointment, Attendance, Origin
from people.models import Gender, Person, Residence, Status
from workshops.models import (
    SessionState,
    WorkshopSession,
)

YEARS, HEAP = 4, 50_000
RECORDS_A_RESIDENT = 1_000_000 / 60_000
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
BORN = range(1934, 2015)
"""Years of birth; the first one stands for not known."""
FIRST_YEAR = NOW.year - YEARS - 1
HEAVY = (Person, ActivityRecord, ActivityParticipant, ActivityAspect, Appointment, WorkshopSession)
AGES = [
    [list(AgeBand).index(age_band(born if born > BORN[0] else None, date(year, 1, 1))) for born in BORN]
    for year in range(FIRST_YEAR, NOW.year + 1)
]


@dataclass(frozen=True)
class Residents:
    """Who lives there, an array each; a neighbourhood of 0 is none."""

    birth_year: Any
    gender: Any
    status: Any
    residence: Any
    neighbourhood: Any

    @property
    def count(self) -> int:
        return int(self.gender.size)


def fill(records: int) -> None:
    """Write the world of `records` activity records into the database at hand, which holds the tables alone."""
    draw = np.random.default_rng(20)
    residents = _residents(draw, max(100, round(records / RECORDS_A_RESIDENT)))
    with db.engine.begin() as connection:
        settle(connection)
        with laid_bare(connection, HEAVY):
            _people(connection, residents)
            world = _World(connection, draw, residents, records)
            for first in range(0, records, HEAP):
                world.live(np.arange(first, min(first + HEAP, records)))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if db.engine.dialect.name == "sqlite":
            # What was written in one go stands in the journal, where reading is slow until it is brought over.
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        connection.execute(text("ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _residents(draw: np.random.Generator, count: int) -> Residents:
    """Some neighbourhoods send many more than others; one in eight is not known, one in sixteen lives outside."""
    residence = draw.choice(len(Residence), size=count, p=[_share_of(one) for one in Residence])
    inside = residence == list(Residence).index(Residence.INSIDE)
    homes = (draw.random(count) ** 1.5 * NEIGHBOURHOODS).astype(int) + 1
    return Residents(
        draw.integers(BORN[0], BORN[-1] + 1, count), draw.integers(len(Gender), size=count),
        draw.integers(len(Status), size=count), residence, np.where(inside, homes, 0),
    )  # fmt: skip


def _share_of(residence: Residence) -> float:
    return {Residence.UNKNOWN: 2 / 16, Residence.OUTSIDE: 1 / 16}.get(residence, 13 / 16)


def _people(connection: Connection, residents: Residents) -> None:
    ids = np.arange(1, residents.count + 1)
    texts, at = ids.astype(str), np.full(ids.size, (NOW - EPOCH) // MICROSECOND)
    copy(
        connection, Person, ids.size,
        {
            "id": ids, "code": texts, "given_name": "P", "family_name": texts, "search_key": texts,
            "birth_year": or_none(residents.birth_year, residents.birth_year > BORN[0]), "contact_means": "none",
            "locale": "fr", "gender": picked(_told(Gender), residents.gender),
            "status": picked(_told(Status), residents.status),
            "residence": picked(_told(Residence), residents.residence),
            "neighbourhood_id": or_none(residents.neighbourhood, residents.neighbourhood > 0),
            "created_at": at, "last_contact_at": at,
        },
    )  # fmt: skip


def _told(kind: Any) -> list[str]:
    return [one.value for one in kind]


class _World:
    """Draws records in the order of time, with their participants, aspects and appointments, a heap at a time."""

    def __init__(self, connection: Connection, draw: np.random.Generator, residents: Residents, records: int) -> None:
        self.connection, self.draw, self.residents, self.records = connection, draw, residents, records
        self.met = np.zeros(residents.count, dtype=bool)
        self.participants = self.appointments = self.sessions = 0

    def live(self, places: Any) -> None:
        """The records at these places of all, which follow each other."""
        draw, count = self.draw, places.size
        since = DAY * 366 * YEARS * (1 - (places + 1) / self.records)
        at = (NOW - EPOCH) // MICROSECOND - since.astype(np.int64) + draw.integers(300, size=count) * MINUTE
        group = draw.random(count) < 0.06
        crowd = group & (draw.random(count) < 0.5)
        heads = np.where(crowd, draw.integers(3, 16, count), draw.random(count) < 0.03)
        named = np.where(group, draw.integers(1, 7, count), heads == 0)
        record, who = self._whom(places, named)
        drawn = {
            "at": at, "group": group, "heads": heads, "mediator": draw.integers(1, MEDIATORS + 1, count),
            "channel": draw.choice(len(Channel), size=count, p=(0.82, 0.04, 0.12, 0.02)),
            "venue": draw.integers(1, VENUES + 1, count), "minutes": draw.choice((30, 45, 60), count),
        }  # fmt: skip
        self._write_records(places + 1, drawn, self._appointments(record, who, drawn))
        self._participants(places[record] + 1, who, at[record])
        self._aspects(places + 1)

    def _whom(self, places: Any, named: Any) -> tuple[Any, Any]:
        """A third of the residents came in the first days, the others one after the other; nobody twice in a record."""
        record = np.repeat(np.arange(places.size), named)
        known = self.residents.count * (0.35 + 0.65 * (places[record] + 1) / self.records)
        who = (self.draw.random(record.size) ** 1.6 * known).astype(np.int64)
        pairs = np.unique(record * self.residents.count + who)
        return np.divmod(pairs, self.residents.count)

    def _participants(self, record_ids: Any, who: Any, at: Any) -> None:
        """One in twenty moved house half way."""
        one, count = self.residents, who.size
        home = one.neighbourhood[who]
        moved = (who % 20 == 0) & (home > 0) & (record_ids > self.records // 2)
        home = np.where(moved, who % NEIGHBOURHOODS + 1, home)
        _ids, first = np.unique(who, return_index=True)
        is_first = np.zeros(count, dtype=bool)
        is_first[first] = ~self.met[who[first]]
        self.met[who] = True
        ids = np.arange(count) + self.participants + 1
        self.participants += count
        year = at.astype("datetime64[us]").astype("datetime64[Y]").astype(int) + 1970
        ages = np.array(AGES)[year - FIRST_YEAR, one.birth_year[who] - BORN[0]]
        copy(
            self.connection, ActivityParticipant, count,
            {
                "id": ids, "record_id": record_ids, "person_id": who + 1, "age_band": picked(_told(AgeBand), ages),
                "gender": picked(_told(Gender), one.gender[who]), "status": picked(_told(Status), one.status[who]),
                "residence": picked(_told(Residence), one.residence[who]),
                "neighbourhood_id": or_none(home, home > 0), "first_time": is_first, "started_at": at,
            },
        )  # fmt: skip

    def _appointments(self, record: Any, who: Any, drawn: dict[str, Any]) -> Any:
        """Of the records of one person, nine in ten; then those to which nobody came. Gives the records' references."""
        alone = ~drawn["group"][record]
        place, person = record[alone], who[alone]
        booked = self.draw.random(place.size) < 0.9
        missed = self.draw.random(place.size) < 0.18
        of = np.concatenate([place[booked], place[missed]])
        ids = np.arange(of.size) + self.appointments + 1
        self.appointments += of.size
        kept = np.arange(of.size) < np.count_nonzero(booked)
        self._write_appointments(ids, of, np.concatenate([person[booked], person[missed]]), kept, drawn)
        references = np.full(drawn["at"].size, None, dtype=object)
        references[of[kept]] = [f"appointment:{one}" for one in ids[kept].tolist()]
        groups = np.flatnonzero(drawn["group"])
        references[groups] = [f"session:{one}" for one in self._write_sessions(groups, drawn).tolist()]
        return references

    def _write_appointments(self, ids: Any, of: Any, who: Any, kept: Any, drawn: dict[str, Any]) -> None:
        draw, count = self.draw, ids.size
        at, mediator = drawn["at"][of], drawn["mediator"][of]
        ends = at + drawn["minutes"][of] * MINUTE
        missing = [Attendance.NOSHOW, Attendance.EXCUSED, Attendance.REVOKED]
        attendance = np.where(kept, Attendance.SEEN.value, picked(_told(missing), draw.integers(3, size=count)))
        origin = np.where(kept, draw.choice(len(Origin), size=count, p=(0.5, 0.2, 0.2, 0.1)), 0)
        copy(
            self.connection, Appointment, count,
            {
                "id": ids, "code": ids.astype(str), "person_id": who + 1, "service_id": 1,
                "service_label": "Accompagnement", "structure_id": _structures(mediator), "mediator_id": mediator,
                **_place(drawn, of), "home_address": "", "starts_at": at, "ends_at": ends, "held_from": at,
                "held_until": ends, "attendance": attendance, "companions": 0, "remark": "", "locale": "fr",
                "origin": picked(_told(Origin), origin), "created_at": at - draw.integers(1, 30, count) * DAY,
            },
        )  # fmt: skip

    def _write_sessions(self, groups: Any, drawn: dict[str, Any]) -> Any:
        ids = np.arange(groups.size) + self.sessions + 1
        self.sessions += groups.size
        at = drawn["at"][groups]
        ends = at + drawn["minutes"][groups] * MINUTE
        copy(
            self.connection, WorkshopSession, groups.size,
            {
                "id": ids, "programme_id": ids % PROGRAMMES + 1, "number": ids, "title": "", "starts_at": at,
                "ends_at": ends, "held_from": at, "held_until": ends, "venue_id": drawn["venue"][groups],
                "capacity": 10, "extra": 0, "taken": self.draw.integers(3, 11, groups.size),
                "state": SessionState.HELD.value, "equipment_note": "",
            },
        )  # fmt: skip
        return ids

    def _write_records(self, ids: Any, drawn: dict[str, Any], references: Any) -> None:
        count, heads, place = ids.size, drawn["heads"], _place(drawn, slice(None))
        there = drawn["channel"] == list(Channel).index(Channel.VENUE)
        copy(
            self.connection, ActivityRecord, count,
            {
                "id": ids, "kind": picked(_told(ActivityKind), drawn["group"].astype(int)), "reference": references,
                "mediator_id": drawn["mediator"], "structure_id": _structures(drawn["mediator"]),
                "label": "Accompagnement", "started_at": drawn["at"], "duration_minutes": drawn["minutes"], **place,
                "venue_neighbourhood_id": or_none(drawn["venue"] * 7 % NEIGHBOURHOODS + 1, there),
                "autonomy": picked([None, *_told(Autonomy)], self.draw.integers(len(Autonomy) + 1, size=count)),
                "note": "", "anonymous_count": heads, "anonymous_feminine": heads // 2,
                "anonymous_masculine": heads // 3, "created_at": drawn["at"], "updated_at": drawn["at"],
            },
        )  # fmt: skip

    def _aspects(self, ids: Any) -> None:
        """A theme and a device each."""
        for aspect, kind in ((Aspect.EQUIPMENT, Equipment), (Aspect.THEME, Theme)):
            values = picked(_told(kind), self.draw.integers(len(kind), size=ids.size))
            told = {"record_id": ids, "aspect": aspect.value, "value": values}
            copy(self.connection, ActivityAspect, ids.size, told)


def _structures(mediator: Any) -> Any:
    structure = mediator % (STRUCTURES + 1)
    return or_none(structure, structure > 0)


def _place(drawn: dict[str, Any], of: Any) -> dict[str, Any]:
    channel = drawn["channel"][of]
    there = channel == list(Channel).index(Channel.VENUE)
    return {"channel": picked(_told(Channel), channel), "venue_id": or_none(drawn["venue"][of], there)}
