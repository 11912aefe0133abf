"""What an import of a spreadsheet did, or would do: nothing is lost silently."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from foundation.errors import Refused
from foundation.i18n import _
from foundation.tables import as_written
from places.importing.columns import Columns
from places.importing.reading import Row

SHOWN = 20
"""Rows of each sort on a page; the file of refused rows has all."""
LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not kept: its line, what it is known by, the column at fault and the sentence that says why."""

    line: int
    key: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changes what is known: of each column what it was and what it becomes."""

    line: int
    key: str
    what: list[str]


@dataclass(slots=True)
class Report:
    """Counts of rows.

    Attributes:
        noted: `repeated`, rows that say again what an earlier one said; and what else a room counts.
        rows: those that were refused, in the order of the file.
    """

    columns: Columns
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    noted: Counter[str] = field(default_factory=Counter)
    new: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    rows: list[tuple[Refusal, dict[str, Any]]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": len(self.rows),
        }

    def refuse(self, row: Row, key: str, refused: Refused) -> None:
        one = Refusal(row.line, key[:LONGEST_KEY], self.columns.heading(refused.field), str(refused))
        insort(self.rows, (one, row.raw), key=lambda known: known[0].line)

    def create(self, key: str) -> None:
        self.created += 1
        if len(self.new) < SHOWN:
            self.new.append(key)

    def change(self, line: int, key: str, what: Callable[[], list[str]]) -> None:
        """`what` is asked for those that are shown."""
        self.updated += 1
        if len(self.changes) < SHOWN:
            self.changes.append(Change(line, key, what()))


@dataclass(frozen=True)
class Summary:
    """What a page tells of an import, before and after it, when the rows are gone. `file` has the refused rows."""

    counts: dict[str, int]
    noted: dict[str, int]
    new: list[str]
    changes: list[Change]
    refusals: list[Refusal]
    file: str = ""


def summary_of(report: Report, file: str = "") -> Summary:
    first = [refusal for refusal, _raw in report.rows[:SHOWN]]
    return Summary(report.counts, dict(report.noted), report.new, report.changes, first, file)


def to_json(summary: Summary) -> dict[str, Any]:
    return asdict(summary)


def from_json(facts: dict[str, Any]) -> Summary:
    """What `to_json` made."""
    changes, refusals = [Change(**one) for one in facts["changes"]], [Refusal(**one) for one in facts["refusals"]]
    return Summary(**facts | {"changes": changes, "refusals": refusals})


def refused_table(report: Report) -> tuple[list[str], list[list[str]]]:
    """(header, rows): line, reason and column, then the row as it was received, to be corrected and sent again.

    What we said of it when it was refused before is left out.
    """
    ours = [_("line"), _("reason"), _("column")]
    said = dict.fromkeys(column for _refusal, raw in report.rows for column in raw if column)
    columns = [column for column in said if column not in ours]
    rows = [
        [str(one.line), one.why, one.column, *(as_written(str(raw.get(column) or "")) for column in columns)]
        for one, raw in report.rows
    ]
    return [*ours, *columns], rows
