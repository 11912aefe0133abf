"""A statement on paper: what is owed, by campaign, and each payment."""

from __future__ import annotations

from itertools import islice

from foundation.document import Document, whole
from foundation.i18n import _, euros, full_day, local, ngettext, short_day
from foundation.pages import town_name
from foundation.pdf import BRAND, SOFT
from foundation.table import Column, Table
from vouchers.models import Statement
from vouchers.queries import statements as queries
from vouchers.queries.statements import CampaignSum, StatementLine
from vouchers.views.statements.words import bought, month_of

LONGEST = 1000
"""Lines on paper; a longer statement tells its sums here, and its lines in the table."""


def paper(statement: Statement) -> bytes:
    """The PDF: the same for as long as the statement is, which is for good."""
    campaigns = queries.by_campaign(statement.id)
    short = statement.count <= LONGEST
    lines = list(islice(queries.lines(statement.id), LONGEST)) if short else []
    return whole(lambda total: _written(statement, campaigns, lines, total))


def _written(statement: Statement, campaigns: list[CampaignSum], lines: list[StatementLine], total: int) -> Document:
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
    _sums(document, statement, campaigns)
    _lines(document, statement, lines)
    return document


def _sums(document: Document, statement: Statement, campaigns: list[CampaignSum]) -> None:
    columns = [
        Column(_("Campaign"), 4), Column(_("Payments"), 1, number=True), Column(_("Undone later"), 1.2, number=True),
        Column(_("Amount"), 1.4, number=True),
    ]  # fmt: skip
    rows = [[one.title, str(one.paid), str(one.undone or "–"), euros(one.cents)] for one in campaigns]
    Table(document, columns).write(rows)
    owed = _("The town owes %(amount)s.", amount=euros(statement.total_cents))
    if statement.total_cents < 0:
        owed = _("%(amount)s is taken off the next payments.", amount=euros(-statement.total_cents))
    document.write(owed, 13, bold=True)
    document.gap(12)


def _lines(document: Document, statement: Statement, lines: list[StatementLine]) -> None:
    if not lines:
        said = ngettext("%(num)s line: it is in the table file.", "%(num)s lines: they are in the table file.",
                        statement.count)  # fmt: skip
        document.write(said, 10)
        return
    columns = [
        Column(_("No."), 0.9), Column(_("Date"), 1.4), Column(_("Voucher"), 1), Column(_("For what"), 4),
        Column(_("Amount"), 1.4, number=True),
    ]  # fmt: skip
    Table(document, columns, size=8.5).write(
        [str(one.redemption_id), short_day(local(one.at)), f"… {one.voucher}", bought(one), euros(one.cents)]
        for one in lines
    )
