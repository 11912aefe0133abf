"""A statement to take along: on paper, and as a table for whoever keeps the books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Response

from accounts.current import staff
from foundation.downloads import CSV, PDF, download
from foundation.i18n import _, local
from foundation.security import allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes
from vouchers.models import Statement
from vouchers.queries import statements as queries
from vouchers.rules.labels import DEVICES
from vouchers.rules.money import typed
from vouchers.views.statements.blueprint import ONE, READERS, bp
from vouchers.views.statements.paper import paper
from vouchers.views.statements.words import month_of


@bp.get(f"{ONE}.pdf")
@allow(*READERS)
def document(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    return download(paper(statement), PDF, _name(statement, "pdf"))


@bp.get(f"{ONE}.csv")
@allow(*READERS)
def table(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    rows = _rows(statement, lambda cents: f"-{typed(-cents)}" if cents < 0 else typed(cents))
    return download("".join(csv_lines(_header(), rows)), CSV, _name(statement, "csv"))


@bp.get(f"{ONE}.xlsx")
@allow(*READERS)
def workbook(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    rows = _rows(statement, lambda cents: cents / 100)
    content = xlsx_bytes({_("Statement"): (_header(), rows)})
    return download(content, XLSX_TYPE, _name(statement, "xlsx"))


def _name(statement: Statement, ending: str) -> str:
    return f"releve-{statement.partner_id}-{statement.year}-{statement.month:02}.{ending}"


def _header() -> Sequence[str]:
    return [
        _("Statement"), _("Month"), _("Payment no."), _("Date"), _("Campaign"), _("Voucher ending in"), _("Device"),
        _("Serial number"), _("Units"), _("Session on"), _("Amount in euros"), _("Undone because"),
    ]  # fmt: skip


def _rows(statement: Statement, amount: Any) -> Iterator[Sequence[Any]]:
    month = month_of(statement)
    for line in queries.lines(statement.id):
        yield [
            statement.number, month, line.redemption_id, _day(local(line.at).date()), line.campaign, line.voucher,
            str(DEVICES[line.device_kind]) if line.device_kind else "", line.serial, line.units or "",
            _day(line.session_on), amount(line.cents), line.reason,
        ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
