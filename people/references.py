"""Which columns of the house point to a resident, so that merging, exporting and erasing reach them all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, Table
from sqlalchemy.orm import QueryableAttribute


@dataclass(frozen=True)
class Reference:
    """One column that holds a person's id.

    Attributes:
        unique_with: columns that are unique together with it; a row that would double one stays where it is.
        erased: columns of the same table that are emptied when the person is forgotten.
    """

    table: Table
    column: Column[Any]
    unique_with: tuple[Column[Any], ...]
    erased: tuple[Column[Any], ...]

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def key(self) -> Column[Any]:
        """The single column that identifies a row."""
        (key,) = self.table.primary_key.columns
        return key


_references: dict[str, Reference] = {}


def follows_merge(
    attribute: QueryableAttribute[Any], *, unique_with: Sequence[str] = (), erased: Sequence[str] = ()
) -> None:
    """Say that `attribute` holds a person's id: called once, below the model that has the column.

    When two records are merged, rows that point to the one point to the other; undoing the merge brings exactly
    these back. Columns frozen on the row are never touched. The rows are part of what a person gets when asking
    for their data.

    Args:
        attribute: e.g. `Appointment.person_id`; its table has a primary key of one integer column.
        unique_with: names of columns that are unique together with it, e.g. `("session_id",)`.
        erased: names of columns emptied when the person is forgotten, e.g. `("note",)`: to NULL where the column
            allows it, else to an empty text.
    """
    table = cast("Table", attribute.class_.__table__)
    reference = Reference(
        table=table,
        column=table.c[attribute.key],
        unique_with=tuple(table.c[name] for name in unique_with),
        erased=tuple(table.c[name] for name in erased),
    )
    _references[reference.name] = reference


def references() -> list[Reference]:
    """All columns that were told of, by name."""
    return [_references[name] for name in sorted(_references)]


def reference(name: str) -> Reference:
    """The one called `table.column`."""
    return _references[name]


_forgetting: list[Callable[[Collection[int]], None]] = []


def when_forgotten(act: Callable[[Collection[int]], None]) -> None:
    """Have `act(person_ids)` called in the transaction that forgets residents, for what no column of theirs holds."""
    _forgetting.append(act)


def forget_elsewhere(person_ids: Collection[int]) -> None:
    """Let every feature forget these residents too."""
    for act in _forgetting:
        act(person_ids)


_parting: list[Callable[[int, int], None]] = []


def when_parted(act: Callable[[int, int], None]) -> None:
    """Have `act(kept_id, gone_id)` called in the transaction that undoes a merge, once what was moved went back: for
    what came to be since, and belongs to the one or the other.
    """
    _parting.append(act)


def part_elsewhere(kept_id: int, gone_id: int) -> None:
    """Let every feature part these two records too."""
    for act in _parting:
        act(kept_id, gone_id)


Rows = list[dict[str, Any]]
_tellers: dict[str, Callable[[int], Rows]] = {}


def tells_of(name: str, teller: Callable[[int], Rows]) -> None:
    """Put `teller(person_id)`, ready for JSON, into the copy of a person's data under `name`.

    For what is kept in rows that do not point to the person: the note on a record they took part in, say.
    """
    _tellers[name] = teller


def told_of(person_id: int) -> dict[str, Rows]:
    """What the rooms tell of a person beyond the rows that point to them; names without rows are left out."""
    return {name: rows for name, teller in sorted(_tellers.items()) if (rows := teller(person_id))}
