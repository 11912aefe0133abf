"""What an import did, or would do: nothing is lost silently."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from foundation.errors import Refused
from foundation.i18n import _, _l
from foundation.tables import as_written

SHOWN = 20
"""Rows of each sort on a page; the file of refused rows has all."""


class SameCodeTwice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("An earlier row of this file has the same code and says something else."), "code")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not kept: its line, the column at fault and the sentence that says why."""

    line: int
    code: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changes what is known: of each column what it was and what it becomes."""

    line: int
    code: str
    what: list[str]


@dataclass(slots=True)
class Report:
    """Counts of rows. `repeated` rows say again what an earlier one said; `left` said a condition, which stays.

    `rows` are those that were refused, in the order of the file.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    left: int = 0
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

    def refuse(self, line: int, code: str, column: str, why: str, raw: dict[str, Any]) -> None:
        insort(self.rows, (Refusal(line, code, column, why), raw), key=lambda one: one[0].line)

    def create(self, code: str) -> None:
        self.created += 1
        if len(self.new) < SHOWN:
            self.new.append(code)

    def change(self, line: int, code: str, what: Callable[[], list[str]]) -> None:
        """`what` is asked for those that are shown."""
        self.updated += 1
        if len(self.changes) < SHOWN:
            self.changes.append(Change(line, code, what()))


@dataclass(frozen=True)
class Summary:
    """What a page tells of an import, before and after it, when the rows are gone."""

    counts: dict[str, int]
    repeated: int
    left: int
    new: list[str]
    changes: list[Change]
    refusals: list[Refusal]
    file: str = ""


def summary_of(report: Report, file: str = "") -> Summary:
    first = [refusal for refusal, _raw in report.rows[:SHOWN]]
    return Summary(report.counts, report.repeated, report.left, report.new, report.changes, first, file)


def to_json(summary: Summary) -> dict[str, Any]:
    return asdict(summary)


def from_json(facts: dict[str, Any]) -> Summary:
    """What `to_json` made."""
    changes = [Change(**one) for one in facts["changes"]]
    return Summary(**facts | {"changes": changes, "refusals": [Refusal(**one) for one in facts["refusals"]]})


def refused_table(report: Report) -> tuple[list[str], list[list[str]]]:
    """(header, rows): line, reason and column, then the row as it was received, to be corrected and sent again."""
    columns = list(dict.fromkeys(column for _refusal, raw in report.rows for column in raw if column))
    rows = [
        [str(one.line), one.why, one.column, *(as_written(str(raw.get(column) or "")) for column in columns)]
        for one, raw in report.rows
    ]
    return [_("line"), _("reason"), _("column"), *columns], rows
