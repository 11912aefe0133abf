"""Counting contacts, once they are read: rows of whole numbers, kept by filters, split by dimensions. No database.

A row is a resident by name in one activity record, or the heads of one gender that nobody named in one. Each dimension
is a code of each row, so that filters and splits are one thing: what a filter keeps is what the line of a split counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reach.rules.dimensions import NONE, OUTSIDE, SETTLED, UNKNOWN, Dimension, Value
from reach.rules.figures import Cube, Figures

Numbers = NDArray[np.int64]

CODES: dict[Value, int] = {UNKNOWN: -1, OUTSIDE: -2, NONE: -3}
"""Of what is no id. Values of enumerations are their place in `SETTLED`, months their place in the span."""
VALUES = {code: value for value, code in CODES.items()}
MOST_TICKED = 50_000_000
"""Pairs that are ticked off on a list of bytes, ten times as fast as sorting them; beyond, memory matters more."""
NOBODY = -1
"""The person of a head-count."""


@dataclass(frozen=True)
class Contacts:
    """Rows of contacts; all arrays have one number a row.

    Attributes:
        record, person: their ids; of heads the person is `NOBODY`.
        heads: how many heads the row stands for; 0 of a resident by name.
        minutes: of the record.
        is_new: whether the person's first contact ever lies in the period.
        codes: of each dimension that is filtered or split by.
        newly: whether it lies in the very month of the row, which tells who is new in a line of months; None where
            nobody asked for months.
    """

    record: Numbers
    person: Numbers
    heads: Numbers
    minutes: Numbers
    is_new: NDArray[np.bool_]
    codes: Mapping[Dimension, Numbers]
    newly: NDArray[np.bool_] | None = None

    def kept(self, wanted: Mapping[Dimension, Value]) -> Contacts:
        """The rows that have these values."""
        if not wanted:
            return self
        keep = np.ones(self.record.size, dtype=bool)
        for dimension, value in wanted.items():
            keep &= self.codes[dimension] == code_of(dimension, value)
        return self.where(keep)

    def where(self, keep: NDArray[np.bool_]) -> Contacts:
        """The rows that are marked."""
        codes = {dimension: numbers[keep] for dimension, numbers in self.codes.items()}
        newly = None if self.newly is None else self.newly[keep]
        return Contacts(
            self.record[keep], self.person[keep], self.heads[keep], self.minutes[keep], self.is_new[keep], codes, newly
        )


def code_of(dimension: Dimension, value: Value) -> int:
    """The whole number that stands for a value."""
    if dimension in SETTLED:
        return SETTLED[dimension].index(value)
    return value if isinstance(value, int) else CODES[value]


def cube(contacts: Contacts, by: Sequence[Dimension], months: Sequence[str]) -> Cube:
    """The figures of all rows, and of each value of each dimension; `months`: the names of those of the span."""
    counting = _Counting(contacts)
    lines = {one: counting.split(contacts.codes[one], in_months=one is Dimension.MONTH) for one in by}
    return Cube(counting.total(), {one: _named(one, figures, months) for one, figures in lines.items()})


def _named(dimension: Dimension, figures: Mapping[int, Figures], months: Sequence[str]) -> dict[Value, Figures]:
    words: Sequence[Value] | None = months if dimension is Dimension.MONTH else SETTLED.get(dimension)
    if words is not None:
        return {words[code]: one for code, one in figures.items()}
    return {VALUES.get(code, code): one for code, one in figures.items()}


class _Counting:
    """Numbers people and records from 0 up, once, so that a pair of one of them with a line is one number."""

    def __init__(self, contacts: Contacts) -> None:
        self.rows = contacts
        self.named = contacts.person != NOBODY
        first, self.person = _numbered(contacts.person[self.named])
        self.is_new = contacts.is_new[self.named][first]
        first, self.record = _numbered(contacts.record)
        self.minutes = contacts.minutes[first]
        shared = np.bincount(self.record) > 1
        self.shared = shared[self.record]

    def total(self) -> Figures:
        """Those of all rows: everybody and every record was numbered once."""
        return Figures(
            self.is_new.size, int(np.count_nonzero(self.is_new)), int(np.count_nonzero(self.named)),
            int(self.rows.heads.sum()), int(self.minutes.sum()), self.minutes.size,
        )  # fmt: skip

    def split(self, codes: Numbers, *, in_months: bool = False) -> dict[int, Figures]:
        """The figures of each code that some row has.

        Args:
            in_months: whether the codes are months: somebody is new in one alone, however long the period is.
        """
        values, line = _lines(codes)
        owner, person = _pairs(line[self.named], self.person, self.is_new.size)
        # Most records have one row; only those with several may have two in one line.
        alone, record = line[~self.shared], self.record[~self.shared]
        of_several, several = _pairs(line[self.shared], self.record[self.shared], self.minutes.size)
        of_record, record = np.concatenate([alone, of_several]), np.concatenate([record, several])
        counts = zip(
            _sums(owner, values.size),
            _sums(self._of_newly(line) if in_months else owner[self.is_new[person]], values.size),
            _sums(line[self.named], values.size),
            _sums(line, values.size, self.rows.heads),
            _sums(of_record, values.size, self.minutes[record]),
            _sums(of_record, values.size),
            strict=True,
        )
        return {code: Figures(*figures) for code, figures in zip(values.tolist(), counts, strict=True)}

    def _of_newly(self, line: Numbers) -> Numbers:
        """The month of each person whose first contact ever is of a month of the period."""
        newly = self.named if self.rows.newly is None else self.named & self.rows.newly
        return _pairs(line[newly], self.person[newly[self.named]], self.is_new.size)[0]


def _lines(codes: Numbers) -> tuple[Numbers, Numbers]:
    """The different codes in order, and the place among them of each row's."""
    low = codes.min(initial=0)
    if codes.max(initial=0) - low > MOST_TICKED:
        values, line = np.unique(codes, return_inverse=True)
        return values, line
    there = np.flatnonzero(np.bincount(codes - low))
    place = np.empty(there.max(initial=0) + 1, dtype=np.int64)
    place[there] = np.arange(there.size)
    return there + low, place[codes - low]


def _numbered(ids: Numbers) -> tuple[Numbers, Numbers]:
    """Where each id, none of which is below 0, comes first, and the number of each row's id, from 0 up."""
    most = int(ids.max(initial=0))
    if most > MOST_TICKED:
        _ids, first, number = np.unique(ids, return_index=True, return_inverse=True)
        return first, number
    where = np.full(most + 1, -1)
    # From the last row to the first, so that what is written last is the first.
    where[ids[::-1]] = np.arange(ids.size - 1, -1, -1)
    there = np.flatnonzero(where >= 0)
    first = where[there]
    where[there] = np.arange(there.size)
    return first, where[ids]


def _pairs(line: Numbers, number: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The different pairs of a line and a number under `count`."""
    both = line * count + number
    room = (int(line.max()) + 1) * count if line.size else 0
    if room > MOST_TICKED:
        different = np.unique(both)
    else:
        ticked = np.zeros(room, dtype=bool)
        ticked[both] = True
        different = np.flatnonzero(ticked)
    line, number = np.divmod(different, max(count, 1))
    return line, number


def _sums(line: Numbers, lines: int, weights: Numbers | None = None) -> list[int]:
    """How many rows each line has, or what their weights add up to: exact, far under 2 to the 53rd."""
    return [int(count) for count in np.bincount(line, weights=weights, minlength=lines)]
