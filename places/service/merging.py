"""Rows written over what is known: same identifier updates, nothing doubles, and every row is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Generic, TypeVar

from foundation.db import Base, db, explain_constraint
from foundation.errors import Conflict
from foundation.i18n import _l
from places.importing.location import Facts, check_lengths
from places.importing.reading import Row
from places.importing.report import Remark, Report, RowRefusedError, Trouble


class ImportedMeanwhileError(Conflict):
    """Another import wrote the same records between our reading and our writing."""

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody imported the same file at this moment. Nothing was written: start again."), "file"
        )


for constraint in (
    "uq_venue_source_external_id",
    "uq_school_source_external_id",
    "uq_school_uai",
    "uq_care_home_source_external_id",
    "uq_care_home_finess",
    "uq_commune_code",
    "uq_neighbourhood_commune_id_level_code",
    "uq_neighbourhood_level_code",
    "uq_address_external_id",
):
    explain_constraint(constraint, ImportedMeanwhileError)

Record = TypeVar("Record", bound=Base)
Progress = Callable[[], object]
SAMPLE = 8


def silent() -> None:
    """Progress that nobody watches."""


class Ledger(Generic[Record]):
    """The records known by key, those that this file has touched, and the report."""

    def __init__(self, model: type[Record], known: dict[Hashable, Record], report: Report, *, lenient: bool) -> None:
        """
        Args:
            known: records there already, by their key.
            lenient: a key that comes again in the file adds nothing; otherwise it is refused when it says
                something else.
        """
        self._model = model
        self._known = known
        self._report = report
        self._lenient = lenient
        self._seen: dict[Hashable, Facts] = {}

    def untouched(self) -> list[tuple[Hashable, Record]]:
        """(key, record) of those that are known and not in the file."""
        return [(key, record) for key, record in self._known.items() if key not in self._seen]

    @property
    def seen(self) -> Collection[Hashable]:
        """The keys of the file."""
        return self._seen.keys()

    def write(self, key: Hashable, facts: Facts, targets: Collection[str], born: Facts) -> Record | None:
        """Create or update the record of `key`; None when the row repeats an earlier one.

        Args:
            facts: what the row says, by column.
            targets: the columns that the file speaks of; the others are left as they are.
            born: columns set only when the record is created.

        Raises:
            RowRefusedError: when a text is too long, or the key came before with other facts.
        """
        check_lengths(facts, self._length)
        if key in self._seen:
            self._again(key, facts)
            return None
        self._seen[key] = facts
        record = self._known.get(key)
        if record is None:
            record = self._model(**(facts | born))
            db.session.add(record)
            self._report.created += 1
        elif self._update(record, {column: facts[column] for column in facts if column in targets}):
            self._report.updated += 1
        else:
            self._report.unchanged += 1
        return record

    def _again(self, key: Hashable, facts: Facts) -> None:
        if not self._lenient and self._seen[key] != facts:
            raise RowRefusedError(Trouble.SAME_ID_TWICE, facts.get("external_id") or facts.get("code"))
        self._report.repeated += 1

    def _update(self, record: Record, facts: Facts) -> bool:
        changed = {column: value for column, value in facts.items() if getattr(record, column) != value}
        for column, value in changed.items():
            setattr(record, column, value)
        return bool(changed)

    def _length(self, column: str) -> int | None:
        found = self._model.__table__.columns.get(column)
        return getattr(found.type, "length", None) if found is not None else None


def take_rows(
    rows: Iterable[Row],
    read: Callable[[Row], tuple[Facts, list[Remark]]],
    keep: Callable[[Facts], object],
    report: Report,
    progress: Progress,
) -> None:
    """Read and keep each row; one that is refused is written down and stops none of the others."""
    for row in rows:
        try:
            facts, remarks = read(row)
            keep(facts)
        except RowRefusedError as refused:
            report.refuse(row.line, row.raw, refused)
        else:
            report.remark(row.line, str(facts.get("name", "")), remarks)
            if len(report.sample) < SAMPLE:
                report.sample.append(facts)
        progress()
    db.session.flush()
