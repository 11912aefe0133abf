"""What an import of cards did, or would do: nothing is lost silently."""

from __future__ import annotations

from bisect import insort
from dataclasses import asdict, dataclass, field
from typing import Any

from foundation.i18n import _
from foundation.tables import as_written

SHOWN = 20
"""Rows of each sort on a page; the file of refused rows has all."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not kept: its line, its number, the column at fault and the sentence that says why."""

    line: int
    number: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changes a card: of each column what it was and what it becomes."""

    line: int
    number: str
    what: list[str]


@dataclass(slots=True)
class Report:
    """Counts of rows.

    Attributes:
        repeated: rows that say again what an earlier one said.
        left: rows with an earlier end than the card has: it was renewed here since.
        known_people: new cards of people who had a record already.
        rows: those that were refused, in the order of the file.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    left: int = 0
    known_people: int = 0
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

    def refuse(self, line: int, number: str, column: str, why: str, raw: dict[str, Any]) -> None:
        insort(self.rows, (Refusal(line, number, column, why), raw), key=lambda one: one[0].line)

    def create(self, number: str, *, known: bool) -> None:
        self.created += 1
        self.known_people += known
        if len(self.new) < SHOWN:
            self.new.append(number)

    def change(self, line: int, number: str, what: list[str]) -> None:
        self.updated += 1
        if len(self.changes) < SHOWN:
            self.changes.append(Change(line, number, what))


@dataclass(frozen=True)
class Summary:
    """What a page tells of an import, before and after it, when the rows are gone."""

    counts: dict[str, int]
    repeated: int
    left: int
    known_people: int
    new: list[str]
    changes: list[Change]
    refusals: list[Refusal]
    file: str = ""


def summary_of(report: Report, file: str = "") -> Summary:
    first = [refusal for refusal, _raw in report.rows[:SHOWN]]
    return Summary(
        report.counts, report.repeated, report.left, report.known_people, report.new, report.changes, first, file
    )


def to_json(summary: Summary) -> dict[str, Any]:
    return asdict(summary)


def from_json(facts: dict[str, Any]) -> Summary:
    """What `to_json` made."""
    changes = [Change(**one) for one in facts["changes"]]
    return Summary(**facts | {"changes": changes, "refusals": [Refusal(**one) for one in facts["refusals"]]})


def refused_table(report: Report) -> tuple[list[str], list[list[str]]]:
    """(header, rows): line, reason and column, then the row as it was received, to be corrected and sent again."""
    columns = list(dict.fromkeys(column for _refusal, raw in report.rows for column in raw))
    rows = [
        [str(one.line), one.why, one.column, *(as_written(str(raw.get(column) or "")) for column in columns)]
        for one, raw in report.rows
    ]
    return [_("line"), _("reason"), _("column"), *columns], rows
