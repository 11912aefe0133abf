"""What a list of records behind a figure is made of, whatever these records are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from foundation.db import db

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One record.

    Attributes:
        id: what its page is found by.
        at: when it was, or the last time it was; None where it is not of one day.
        name: of the person or thing; empty of somebody who was erased, and of the team itself.
        about: what else it is recognised by, in names that people gave.
        numbers: in the order of the columns that the page says; None: not told.
    """

    id: int
    at: datetime | None
    name: str
    about: Sequence[str] = ()
    numbers: Sequence[float | None] = ()


@dataclass(frozen=True)
class Found:
    """One page of them.

    Attributes:
        count: how many there are on all pages.
        sums: of each column of numbers, over all pages; None where they do not add up to anything.
        unapplied: chosen filters that these records know nothing of, by their field: there are more than was asked for.
    """

    lines: Sequence[Line]
    count: int
    sums: Sequence[float | None] = ()
    unapplied: frozenset[str] = frozenset()

    @property
    def pages(self) -> int:
        """How many there are; the first one is there even when it is empty."""
        return max(1, -(-self.count // PER_PAGE))

    def more(self, number: int) -> bool:
        """Whether there are lines after those of page `number`, from 1 on."""
        return self.pages > number


def part(rows: Sequence[Any], number: int) -> Sequence[Any]:
    """Those of page `number`."""
    return rows[(number - 1) * PER_PAGE : number * PER_PAGE]


def read_page(query: Select[*tuple[Any, ...]], number: int, *numbers: Any) -> tuple[list[Any], int, list[int]]:
    """The rows of a page of an ordered query; how many there are in all, and what `numbers` add up to over all."""
    all_of_them = query.order_by(None).add_columns(*(one.label(f"sum_{at}") for at, one in enumerate(numbers)))
    whole = all_of_them.subquery()
    sums = (func.coalesce(func.sum(whole.c[f"sum_{at}"]), 0) for at in range(len(numbers)))
    count, *added = db.session.execute(select(func.count(), *sums).select_from(whole)).one()
    rows = db.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return list(rows), count, [int(one) for one in added]
