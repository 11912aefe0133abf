"""A spreadsheet that a page of a room sent: previewed, imported once, told of, its refused rows given back."""

from __future__ import annotations

from collections.abc import Callable

from foundation import clock
from foundation.db import in_transaction
from foundation.tables import csv_lines
from places.importing.reading import Table, read_table
from places.importing.sheet_report import Report, Summary, from_json, refused_table, summary_of, to_json
from places.transfer import uploads
from places.transfer.leftovers import imports_folder
from places.transfer.rehearsal import rehearse
from places.transfer.uploads import NoSuchImport, Upload

Act = Callable[[Table], Report]


def told(upload: Upload, act: Act) -> Summary:
    """What the file would do; once it is imported, what it did."""
    if upload.done is not None:
        return from_json(upload.done)
    table = read_table(upload.content)
    return summary_of(rehearse(lambda: act(table)))


def carry_out(upload: Upload, account_id: int, room: str, act: Act) -> None:
    """Import the file, once, however often and at however many times at once it is asked for; the first result stays.

    Args:
        room: begins the name of the file of refused rows.

    Raises:
        NoSuchImport: it was dropped meanwhile.
    """
    with uploads.one_by_one(upload.token) as wanted:
        if wanted:
            table = read_table(upload.content)
            report = in_transaction(lambda: act(table))
            name = _write_refused(report, f"{room}-{clock.now():%Y%m%d-%H%M%S}-{upload.token[:8]}.refused.csv")
            uploads.finish(upload, account_id, to_json(summary_of(report, name)))


def _write_refused(report: Report, name: str) -> str:
    """The name; empty when no row was refused."""
    if not report.rows:
        return ""
    (imports_folder() / name).write_text("".join(csv_lines(*refused_table(report))), encoding="utf-8")
    return name


def refused_rows(upload: Upload) -> str:
    """The rows that were refused, with why, as CSV: corrected, they are sent again as they are.

    Raises:
        NoSuchImport
    """
    path = imports_folder() / (from_json(upload.done).file if upload.done else "")
    if not path.is_file():
        raise NoSuchImport
    return path.read_text(encoding="utf-8")
