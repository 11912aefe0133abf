"""Files of venues, schools and care homes into the register. Each verb may be repeated: it changes what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from foundation import audit
from foundation.db import db
from places import queries
from places.importing.institution_rows import read_care_home, read_school
from places.importing.location import Facts
from places.importing.profiles import recognise
from places.importing.reading import WINDOWS, Row, Table
from places.importing.report import Remark, Report, Trouble
from places.importing.venue_rows import read_venue
from places.models import CareHome, School, Venue
from places.service.communes import Communes
from places.service.merging import Ledger, Progress, silent, take_rows
from places.service.placing import place

SCHOOL_YEAR = "rentree_scolaire"


def import_venues(
    table: Table, source: str, today: date, *, actor_id: int | None = None, progress: Progress = silent
) -> Report:
    """Create or update the venues of a file, whatever its dialect.

    Args:
        source: who published it, for rows that do not say; empty: the dialect's own name.
        today: the day on which a venue is known from, when its row has no date.

    Raises:
        UnknownColumnsError: when the columns are of no known dialect.
    """
    profile = recognise(table.columns)
    report = _report(table, source or profile.source or profile.name)
    known: dict[Hashable, Venue] = {
        (one.source, one.external_id): one
        for one in db.session.scalars(select(Venue).options(selectinload(Venue.memberships)))
    }
    ledger = Ledger(Venue, known, report, lenient=False)
    atlas, communes = queries.atlas(), Communes()
    targets = profile.targets(table.columns)

    def keep(facts: Facts) -> None:
        communes.complete(facts)
        born = {} if facts["updated_on"] else {"updated_on": today}
        told = (targets | {"insee_code"}) - {column for column in ("updated_on", "insee_code") if not facts[column]}
        record = ledger.write((facts["source"], facts["external_id"]), facts, told, born)
        if record is not None:
            report.moved += place(record, atlas)

    def read(row: Row) -> tuple[Facts, list[Remark]]:
        return read_venue(profile.read(row.values), report.source)

    take_rows(table.rows, read, keep, report, progress)
    report.absent = _absent(ledger)
    return _recorded("venues.imported", report, actor_id)


def _absent(ledger: Ledger[Venue]) -> list[str]:
    """Names of the active venues that the sources of this file had told of before, and do not any more."""
    sources = {key[0] for key in ledger.seen if isinstance(key, tuple)}
    gone = (venue for _key, venue in ledger.untouched() if venue.source in sources and venue.active)
    return sorted(venue.name for venue in gone)


@dataclass(frozen=True, slots=True)
class _Institutions:
    """What differs between schools and care homes; `number` is the column of their national number."""

    model: type[School] | type[CareHome]
    number: str
    read: Callable[[Row], tuple[Facts, list[Remark]]]
    known: Callable[[], Iterable[School | CareHome]]


_SCHOOLS = _Institutions(School, "uai", read_school, lambda: db.session.scalars(select(School)))
_CARE_HOMES = _Institutions(CareHome, "finess", read_care_home, lambda: db.session.scalars(select(CareHome)))


def import_schools(table: Table, source: str, *, actor_id: int | None = None, progress: Progress = silent) -> Report:
    """Create or update schools.

    A file of pupils by school year changes the number of pupils of the schools that are known, and nothing else;
    the newest year counts.
    """
    rows = sorted(table.rows, key=lambda row: str(row.values.get(SCHOOL_YEAR, "")), reverse=True)
    only = {"pupils"} if SCHOOL_YEAR in table.columns else set[str]()
    report = _import_institutions(_SCHOOLS, rows, _report(table, source), progress, only)
    return _recorded("schools.imported", report, actor_id)


def import_care_homes(table: Table, source: str, *, actor_id: int | None = None, progress: Progress = silent) -> Report:
    """Create or update care homes; the several lines of one FINESS establishment are one home."""
    report = _import_institutions(_CARE_HOMES, table.rows, _report(table, source), progress)
    return _recorded("care_homes.imported", report, actor_id)


def _import_institutions(
    kind: _Institutions,
    rows: Iterable[Row],
    report: Report,
    progress: Progress,
    only: Collection[str] = (),
) -> Report:
    """A file that knows less of an institution than we do takes nothing away: blanks are not written.

    Args:
        only: the columns that the file may change of an institution that is known.
    """
    known: dict[Hashable, School | CareHome] = {
        getattr(one, kind.number) or (one.source, one.external_id): one for one in kind.known()
    }
    ledger: Ledger[School | CareHome] = Ledger(kind.model, known, report, lenient=True)
    atlas, communes = queries.atlas(), Communes()

    def keep(facts: Facts) -> None:
        communes.complete(facts)
        told = only or {column for column, value in facts.items() if value not in (None, "")}
        key = facts[kind.number] or (report.source, facts["external_id"])
        record = ledger.write(key, facts, told, {"source": report.source})
        if record is not None:
            report.moved += place(record, atlas)

    take_rows(rows, kind.read, keep, report, progress)
    return report


def _report(table: Table, source: str) -> Report:
    report = Report(source=source)
    if table.encoding == WINDOWS:
        report.remark(1, "", [Remark(Trouble.ENCODING_GUESSED, WINDOWS)])
    return report


def _recorded(action: str, report: Report, actor_id: int | None) -> Report:
    audit.record(action, f"import:{report.source}"[:60], actor_id=actor_id, **report.counts)
    return report
