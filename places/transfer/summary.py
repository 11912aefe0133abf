"""What a page tells of an import: the same before it (the preview) and after it, when the report is gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from places.importing.report import Report, Trouble

SHOWN = 20


@dataclass(frozen=True)
class Refusal:
    line: int
    trouble: Trouble
    value: str


@dataclass(frozen=True)
class Summary:
    """Counts, the first refused rows, what was noticed how often, and the names of the files beside the import."""

    created: int
    updated: int
    unchanged: int
    repeated: int
    moved: int
    refused: int
    repaired: list[str]
    absent: list[str]
    refusals: list[Refusal]
    remarks: list[tuple[Trouble, int]]
    files: list[str] = field(default_factory=list)


def summary_of(report: Report, files: list[str] | None = None) -> Summary:
    return Summary(
        **report.counts,
        repeated=report.repeated,
        moved=report.moved,
        repaired=report.repaired,
        absent=report.absent,
        refusals=[Refusal(one.line, one.trouble, one.value) for one in report.refused[:SHOWN]],
        remarks=Counter(one.trouble for one in report.remarks).most_common(),
        files=files or [],
    )


def to_json(summary: Summary) -> dict[str, Any]:
    return asdict(summary)


def from_json(facts: dict[str, Any]) -> Summary:
    """What `to_json` made."""
    return Summary(
        **facts
        | {
            "refusals": [Refusal(one["line"], Trouble(one["trouble"]), one["value"]) for one in facts["refusals"]],
            "remarks": [(Trouble(trouble), times) for trouble, times in facts["remarks"]],
        }
    )
