"""The Base Adresse Nationale of a town (https://adresse.data.gouv.fr: one CSV a commune or département)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from foundation import audit
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l
from places import queries
from places.clean.text import one_line, search_key, slug
from places.importing.location import Facts, check_lengths, commune_name, read_insee, read_point
from places.importing.reading import Row, Table
from places.importing.report import Remark, Report, RowRefusedError, Trouble
from places.models import Address
from places.service.merging import Progress, silent, take_rows

COLUMNS = ("numero", "rep", "nom_voie", "code_postal", "nom_commune", "lat", "lon")
BATCH = 2_000


class NotAnAddressFileError(Refused):
    """The columns of the national file are not all there."""

    def __init__(self) -> None:
        super().__init__(
            _l("This is no file of the Base Adresse Nationale: it needs the columns %(columns)s.",
               columns=", ".join(COLUMNS)), "file",
        )  # fmt: skip


def import_addresses(table: Table, source: str, *, actor_id: int | None = None, progress: Progress = silent) -> Report:
    """Create or update front doors by their national identifier. A town has a hundred thousand: give it parts.

    Raises:
        NotAnAddressFileError: when the columns are not those of the national file.
    """
    if not set(COLUMNS) <= set(table.columns):
        raise NotAnAddressFileError
    report = Report(source=source)
    book = _Book(report, {_identifier(row) for row in table.rows})
    take_rows(table.rows, read_address, book.keep, report, progress)
    book.write()
    audit.record("addresses.imported", f"import:{source}"[:60], actor_id=actor_id, **report.counts)
    return report


def read_address(row: Row) -> tuple[Facts, list[Remark]]:
    """Columns of an `Address`.

    Raises:
        RowRefusedError: when the street or the point is missing or impossible.
    """
    values, remarks = row.values, list[Remark]()
    street = one_line(values.get("nom_voie")) or one_line(values.get("nom_ld"))
    if not street:
        raise RowRefusedError(Trouble.NO_NAME)
    number = one_line(values.get("numero"))
    suffix = one_line(values.get("rep")).lower()
    commune, postcode = commune_name(values.get("nom_commune")), one_line(values.get("code_postal"))
    point = read_point(values.get("lat"), values.get("lon"), remarks)
    if point["latitude"] is None:
        raise RowRefusedError(Trouble.BAD_COORDINATES)
    label = " ".join(part for part in (number, suffix, street) if part)
    facts: Facts = {
        "external_id": _identifier(row),
        "label": f"{label}, {postcode} {commune}",
        "street_key": search_key(street),
        "house_number": int(number) if number.isdigit() else None,
        "suffix": suffix,
        "postcode": postcode,
        "commune": commune,
        "insee_code": read_insee(values.get("code_insee"), remarks),
        **point,
    }
    check_lengths(facts, lambda column: getattr(Address.__table__.columns[column].type, "length", None))
    return facts, []


def _identifier(row: Row) -> str:
    values = row.values
    given = one_line(values.get("id"))
    return (
        given or slug(values.get("code_postal"), values.get("nom_voie"), values.get("numero"), values.get("rep"))[:60]
    )


class _Book:
    """Compares rows with what is known of them and writes in batches."""

    def __init__(self, report: Report, identifiers: Collection[str]) -> None:
        self._report = report
        self._atlas = queries.atlas()
        self._columns = [column.key for column in Address.__table__.columns if column.key != "id"]
        self._known = self._read(sorted(identifiers))
        self._seen: set[str] = set()
        self._gone: list[str] = []
        self._new: list[Facts] = []

    def _read(self, identifiers: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        query = select(*(Address.__table__.columns[name] for name in self._columns))
        known: dict[str, tuple[Any, ...]] = {}
        for start in range(0, len(identifiers), BATCH):
            batch = query.where(Address.external_id.in_(identifiers[start : start + BATCH]))
            known |= {row.external_id: tuple(row) for row in db.session.execute(batch)}
        return known

    def keep(self, facts: Facts) -> None:
        key = facts["external_id"]
        if key in self._seen:
            self._report.repeated += 1
            return
        self._seen.add(key)
        facts["neighbourhood_id"] = self._atlas.locate(facts["latitude"], facts["longitude"]).neighbourhood_id
        known = self._known.get(key)
        if known == tuple(facts[name] for name in self._columns):
            self._report.unchanged += 1
            return
        if known is None:
            self._report.created += 1
        else:
            self._report.updated += 1
            self._gone.append(key)
        self._new.append(facts)

    def write(self) -> None:
        """Nothing refers to an address: one that changed is written anew."""
        for start in range(0, len(self._gone), BATCH):
            db.session.execute(delete(Address).where(Address.external_id.in_(self._gone[start : start + BATCH])))
        for start in range(0, len(self._new), BATCH):
            db.session.execute(insert(Address), self._new[start : start + BATCH])
