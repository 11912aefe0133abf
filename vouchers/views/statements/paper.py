"""A statement on paper: what is owed, by campaign, and each payment."""

from __future__ import annotations

from datetime import date

from foundation.document import Document, whole
from foundation.i18n import _, euros, full_day, local, ngettext, short_day
from foundation.pages import town_name
from foundation.pdf import BRAND, SOFT
from foundation.table import Column, Table
from vouchers.models import Statement
from vouchers.queries.statement_lines import PartSum, Stated, StatementLine, by_campaign, by_day, undone_since
from vouchers.queries.statement_lines import lines as lines_of
from vouchers.views.statements.words import bought, month_of, taken_off, undone_words

Campaigns = list[tuple[str, PartSum]]
Days = list[tuple[date, PartSum]]

LONGEST = 1000
"""Lines on paper, some thirty sheets; a longer statement tells the sums of its days here, its lines in the table."""


def paper(statement: Statement) -> bytes:
    """The PDF: the same for as long as the statement is, which is for good; only what was undone since is marked."""
    campaigns = by_campaign(statement)
    short = statement.count <= LONGEST
    lines, days = list(lines_of(statement)) if short else [], [] if short else by_day(statement)
    return whole(lambda total: _written(statement, campaigns, lines, days, total))


def _written(
    statement: Statement, campaigns: Campaigns, lines: list[StatementLine], days: Days, total: int
) -> Document:
    partner = statement.partner
    title = _("Statement no. %(number)s, %(month)s", number=statement.number, month=month_of(statement))
    document = Document(title, f"{partner.structure.name} · {title}", total)
    document.write(town_name(), 10, colour=SOFT)
    document.gap(6)
    document.write(title, 18, bold=True, colour=BRAND)
    document.write(partner.structure.name, 13, bold=True)
    if partner.siret:
        document.write(_("SIRET %(siret)s", siret=partner.siret), 9.5, colour=SOFT)
    document.write(_("Issued on %(day)s", day=full_day(local(statement.issued_at))), 9.5, colour=SOFT)
    document.gap(12)
    _sums(document, _("Campaign"), campaigns)
    _owed(document, statement)
    if undone := undone_words(undone_since(Stated.of(statement))):
        document.write(undone, 10)
        document.gap(6)
    if days:
        document.write(_too_long(statement), 10)
        document.gap(6)
        _sums(document, _("Day"), [(full_day(day), one) for day, one in days])
    else:
        _lines(document, lines, statement.total_cents)
    return document


def _sums(document: Document, what: str, parts: Campaigns) -> None:
    columns = [
        Column(what, 4), Column(_("Payments"), 1, number=True), Column(_("Undone later"), 1.2, number=True),
        Column(_("Amount"), 1.4, number=True),
    ]  # fmt: skip
    rows = [[name, str(one.paid or "–"), str(one.undone or "–"), euros(one.cents)] for name, one in parts]
    Table(document, columns).write(rows)


def _owed(document: Document, statement: Statement) -> None:
    owed = _("The town owes %(amount)s.", amount=euros(statement.total_cents))
    if statement.total_cents < 0:
        owed = _("%(amount)s is taken off the next payments.", amount=euros(-statement.total_cents))
    document.write(owed, 13, bold=True)
    document.gap(12)


def _too_long(statement: Statement) -> str:
    return ngettext(
        "%(num)s line: it is in the table file (.csv). Here are the sums of each day.",
        "%(num)s lines: they are in the table file (.csv). Here are the sums of each day.",
        statement.count,
    )


def _what(line: StatementLine) -> str:
    return ". ".join(filter(None, (bought(line), taken_off(line))))


def _lines(document: Document, lines: list[StatementLine], total_cents: int) -> None:
    """Each payment, and what they come to, which whoever reads the last sheet looks for there."""
    columns = [
        Column(_("No."), 0.9), Column(_("Date"), 1.4), Column(_("Voucher"), 1), Column(_("For what"), 4),
        Column(_("Amount"), 1.4, number=True),
    ]  # fmt: skip
    rows = [
        [str(one.redemption_id), short_day(local(one.at)), f"… {one.voucher}", _what(one), euros(one.cents)]
        for one in lines
    ]
    Table(document, columns, size=8.5).write([*rows, ["", "", "", _("Total"), euros(total_cents)]])
