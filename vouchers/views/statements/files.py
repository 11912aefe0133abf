"""A statement to take along: on paper, and as a table for whoever keeps the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from flask import Response

from accounts.current import staff
from foundation.db import db
from foundation.downloads import CSV, PDF, download, stream
from foundation.i18n import _, local
from foundation.security import allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes
from places.clean.text import search_key
from vouchers.models import Statement
from vouchers.queries import statement_lines as ledger
from vouchers.queries import statements as queries
from vouchers.queries.statement_lines import StatementLine
from vouchers.rules.labels import DEVICES
from vouchers.rules.money import typed
from vouchers.rules.statements import check_workbook
from vouchers.views.statements.blueprint import ONE, READERS, bp
from vouchers.views.statements.paper import paper
from vouchers.views.statements.words import month_of, taken_off

AMOUNT = 10
"""The column of the amount."""


@bp.get(f"{ONE}.pdf")
@allow(*READERS)
def document(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    return download(paper(statement), PDF, _name(statement, "pdf"))


@bp.get(f"{ONE}.csv")
@allow(*READERS)
def table(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    return stream(csv_lines(_header(), _read_by_pages(statement)), CSV, _name(statement, "csv"))


@bp.get(f"{ONE}.xlsx")
@allow(*READERS)
def workbook(statement_id: int) -> Response:
    statement = queries.seen(statement_id, staff())
    check_workbook(statement)
    told = _telling(statement)
    whose = _whose(statement)
    rows = ([*told(line), line.cents / 100, line.reason, *whose, taken_off(line)] for line in ledger.lines(statement))
    total = _last(statement, statement.total_cents / 100)
    content = xlsx_bytes({_("Statement"): (_header(), chain(rows, [total]))})
    return download(content, XLSX_TYPE, _name(statement, "xlsx"))


def _name(statement: Statement, ending: str) -> str:
    """`releve-2-le-recycle-clic-2026-10.csv`: the number that the partner knows, whose it is, the month."""
    whose = "-".join(re.findall(r"[a-z0-9]+", search_key(statement.partner.structure.name)))
    return f"releve-{statement.number}-{whose}-{statement.year}-{statement.month:02}.{ending}"


def _header() -> Sequence[str]:
    return [
        _("Statement"), _("Month"), _("Payment no."), _("Date"), _("Campaign"), _("Voucher ending in"), _("Device"),
        _("Serial number"), _("Units"), _("Session on"), _("Amount in euros"), _("Undone because"),
        _("Partner"), _("SIRET"), _("Undone since"),
    ]  # fmt: skip


def _read_by_pages(statement: Statement) -> Iterator[Sequence[Any]]:
    """The rows of a table. No transaction stays open while somebody with a slow line fetches it."""
    told, stated, whose = _telling(statement), ledger.Stated.of(statement), _whose(statement)
    total = _last(statement, _signed(statement.total_cents))
    for page in ledger.pages(stated):
        db.session.rollback()
        for line in page:
            yield [*told(line), _signed(line.cents), line.reason, *whose, taken_off(line)]
    yield total


def _signed(cents: int) -> str:
    return f"-{typed(-cents)}" if cents < 0 else typed(cents)


def _whose(statement: Statement) -> list[str]:
    return [statement.partner.structure.name, statement.partner.siret or ""]


def _last(statement: Statement, total: Any) -> list[Any]:
    """The row under the lines: what they come to."""
    return [statement.number, _("Total"), *[""] * (AMOUNT - 2), total, "", *_whose(statement), ""]


def _telling(statement: Statement) -> Callable[[StatementLine], list[Any]]:
    """What says a line, all but its amount and why it was undone; days as days."""
    number, month = statement.number, month_of(statement)
    devices = {kind: str(words) for kind, words in DEVICES.items()}
    return lambda line: [
        number, month, line.redemption_id, local(line.at).date(), line.campaign, line.voucher,
        devices[line.device_kind] if line.device_kind else "", line.serial, line.units or "", line.session_on or "",
    ]  # fmt: skip
