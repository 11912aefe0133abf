"""The tables of reach."""

from __future__ import annotations

from reach.models.export import RecordExport, RecordExportPart
from reach.models.publishing import PublishedReport, Repeat, ReportKind, ReportSchedule, ReportState

__all__ = [
    "PublishedReport",
    "RecordExport",
    "RecordExportPart",
    "Repeat",
    "ReportKind",
    "ReportSchedule",
    "ReportState",
]
