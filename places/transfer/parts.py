"""Carrying out an import: in one transaction, or in several for files so long that bookings would wait."""

from __future__ import annotations

from collections.abc import Callable

from foundation.db import in_transaction
from places.importing.reading import Table
from places.importing.report import Report
from places.transfer.rehearsal import rehearse

Act = Callable[[Table], Report]
ADDRESSES_AT_ONCE = 5_000
"""Front doors written while others wait: under a second. A killed import is simply done again."""


def carry_out(act: Act, table: Table, *, at_once: int | None = None, rehearsal: bool = False) -> Report:
    """The report of `act` on the whole table.

    Args:
        at_once: rows of one transaction; None for all of them, so that all are written or none.
        rehearsal: count, and write nothing.
    """
    do = rehearse if rehearsal else in_transaction
    total: Report | None = None
    for part in table.parts(at_once):
        report = do(lambda part=part: act(part))  # type: ignore[misc]  # the default binds the part of this turn
        total = report if total is None else total.plus(report)
    return total or Report()
