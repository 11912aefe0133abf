"""The closing report of a campaign on paper, for the council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foundation.document import Document, whole
from foundation.i18n import _, euros, full_day, local
from foundation.pdf import BRAND, SOFT
from foundation.table import Column, Table
from vouchers.models import Campaign
from vouchers.rules.labels import CAMPAIGN_KINDS
from vouchers.views.campaigns.telling import Fact, for_what, for_whom

Rows = Sequence[tuple[str, int, int]]
HEADING = 90
"""Points that a heading needs with the first rows under it."""


@dataclass(frozen=True)
class Report:
    """What a campaign came to.

    Attributes:
        sums: as they were frozen: vouchers and cents by name.
        ages, areas, categories: (words, vouchers issued, of these used at least once).
        partners: (name, payments, cents).
        since: what was undone after these figures were frozen, a sentence each.
    """

    sums: dict[str, Any]
    ages: Rows
    areas: Rows
    categories: Rows
    partners: Rows
    since: Sequence[str] = ()

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The four sums."""
        return [
            (_("Vouchers issued"), self.sums["issued"]), (_("Vouchers handed over"), self.sums["handed_over"]),
            (_("Used at least once"), self.sums["first_used"]), (_("Never used"), self.sums["unused"]),
        ]  # fmt: skip

    @property
    def money(self) -> list[tuple[str, int]]:
        """What became of the budget, in cents."""
        budget, spent = self.sums["budget_cents"], self.sums["spent_cents"]
        return [
            (_("Budget"), budget), (_("Spent"), spent), (_("Not spent"), budget - spent),
            (_("Promised in all"), self.sums["issued_cents"]),
            (_("Expired: back to the budget"), self.sums["expired_cents"]),
            (_("Cancelled: back to the budget"), self.sums["cancelled_cents"]),
        ]  # fmt: skip

    @property
    def tables(self) -> list[tuple[str, Rows]]:
        """Whom it reached."""
        return [(_("By age"), self.ages), (_("By neighbourhood"), self.areas), (_("By category"), self.categories)]


def paper(campaign: Campaign, report: Report) -> bytes:
    """The PDF."""
    return whole(lambda total: _written(campaign, report, total))


def _written(campaign: Campaign, report: Report, total: int) -> Document:
    title = _("Report of the campaign %(title)s", title=campaign.title)
    document = Document(title, title, total)
    document.write(title, 17, bold=True, colour=BRAND)
    closed = full_day(local(campaign.closed_at).date()) if campaign.closed_at else ""
    document.write(f"{CAMPAIGN_KINDS[campaign.kind]} · {_('Closed on %(day)s', day=closed)}", 9, colour=SOFT)
    document.gap(8)
    counts = [[label, str(count)] for label, count in report.counts]
    Table(document, [Column(_("Vouchers"), 3), Column(_("Number"), 1, number=True)]).write(counts)
    money = [[label, euros(cents)] for label, cents in report.money]
    Table(document, [Column(_("Money"), 3), Column(_("Amount"), 1, number=True)]).write(money)
    for sentence in report.since:
        document.write(sentence, 9, colour=SOFT)
    _partners(document, report.partners)
    for heading, rows in report.tables:
        _whom(document, heading, rows)
    _facts(document, _("Who could have one"), for_whom(campaign))
    _facts(document, _("What it paid"), for_what(campaign))
    return document


def _partners(document: Document, rows: Rows) -> None:
    document.keep(HEADING)
    columns = [
        Column(_("Partner"), 3), Column(_("Payments"), 1, number=True), Column(_("Amount"), 1, number=True),
    ]  # fmt: skip
    Table(document, columns).write([[name, str(count), euros(cents)] for name, count, cents in rows])


def _whom(document: Document, heading: str, rows: Rows) -> None:
    document.keep(HEADING)
    columns = [Column(heading, 3), Column(_("Issued"), 1, number=True), Column(_("Used"), 1, number=True)]
    Table(document, columns).write([[name, str(issued), str(used)] for name, issued, used in rows])


def _facts(document: Document, heading: str, facts: Sequence[Fact]) -> None:
    document.keep(HEADING)
    document.write(heading, 12, bold=True, colour=BRAND)
    document.gap(4)
    Table(document, [Column("", 2), Column("", 3)], size=8.5).write([[term, words] for term, words in facts])
