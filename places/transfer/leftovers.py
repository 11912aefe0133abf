"""Files beside an import: the rows that were refused, whole, and what was put right in the others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from flask import current_app

from config import Settings
from foundation.i18n import _
from places.clean.text import one_line
from places.importing.report import Report
from places.words import TROUBLES

Table = tuple[list[str], list[list[str]]]


def imports_folder() -> Path:
    """Where files about imports are kept: `imports` in the folder that the deployment writes to."""
    settings: Settings = current_app.extensions["settings"]
    folder = settings.var / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refused_table(report: Report) -> Table:
    """(header, rows): line, reason and value, then the row as it was received, without what we said of it before."""
    ours = [_("line"), _("reason"), _("value")]
    said = dict.fromkeys(column for row in report.refused for column in row.raw if column)
    columns = [column for column in said if column not in ours]
    return [*ours, *columns], [
        [str(row.line), str(TROUBLES[row.trouble]), row.value, *(one_line(row.raw.get(column)) for column in columns)]
        for row in report.refused
    ]


def remarks_table(report: Report) -> Table:
    """(header, rows) of what was put right, or left out of a row that was kept."""
    header = [_("line"), _("name"), _("remark"), _("value"), _("column")]
    return header, [
        [str(one.line), one.name, str(TROUBLES[one.trouble]), one.value, one.column] for one in report.remarks
    ]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with commas, as every tool reads it; text that a spreadsheet would run as a formula is disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} and len(cell) > 1 else cell for cell in row])
    return out.getvalue()


def write_leftovers(report: Report, folder: Path, name: str) -> list[Path]:
    """Write `<name>.refused.csv` and `<name>.remarks.csv` for what there is; the files written.

    A file of an earlier import that has nothing to say any more is removed.
    """
    written: list[Path] = []
    for kind, present, table in (
        ("refused", bool(report.refused), refused_table),
        ("remarks", bool(report.remarks), remarks_table),
    ):
        path = folder / f"{name}.{kind}.csv"
        if present:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(as_csv(*table(report)), encoding="utf-8-sig")
            written.append(path)
        else:
            path.unlink(missing_ok=True)
    return written
