"""What a stock-taking found: on the page, and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from accounts.current import staff
from equipment.models import StockLine, StockPlace, StockTaking
from equipment.queries import stock as queries
from equipment.rules.counting import StillCounted, differs
from equipment.rules.kits import WORKERS
from equipment.rules.labels import CONDITIONS
from equipment.views.stock.blueprint import TAKING, WORDS, bp, home_of
from foundation.document import Document, whole
from foundation.downloads import PDF, download
from foundation.i18n import _, full_day, local, ngettext
from foundation.pdf import BRAND, SOFT
from foundation.security import allow
from foundation.table import Column, Table
from foundation.web import draw


def page(taking: StockTaking) -> Response:
    """Of a stock-taking that is closed."""
    lines = queries.lines_of(taking.id)
    differences = [line for line in lines if differs(line)]
    return draw(
        "equipment/stock/report.html", taking=taking, lines=lines, differences=differences, told=remark_on,
        who=when_and_who(taking), tally=_tally(lines, differences), **WORDS
    )  # fmt: skip


@bp.get(f"{TAKING}/inventaire.pdf")
@allow(*WORKERS)
def paper(taking_id: int) -> Response:
    """Raises: StillCounted"""
    taking = queries.seen(taking_id, staff())
    if taking.closed_at is None:
        raise StillCounted
    lines = queries.lines_of(taking_id)
    content = whole(lambda total: _written(taking, lines, total))
    return download(content, PDF, f"inventaire-{taking.kit.code}-{local(taking.closed_at):%Y-%m-%d}.pdf")


def remark_on(line: StockLine) -> str:
    """Where else it belongs, or belonged until it was taken in."""
    if line.place is StockPlace.HERE:
        return ""
    ending = _("taken in") if line.place is StockPlace.TAKEN_IN else _("to bring back")
    return _("%(what)s: %(more)s", what=home_of(line.home_kit), more=ending)


def _written(taking: StockTaking, lines: Sequence[StockLine], total: int) -> Document:
    kit, differences = taking.kit, [line for line in lines if differs(line)]
    paper = Document(_("Stock-taking: %(what)s", what=kit.name), f"{kit.code} – {kit.name}", total)
    paper.write(_("Stock-taking"), 9, colour=SOFT)
    paper.gap(2)
    paper.write(kit.name, 17, bold=True, colour=BRAND)
    paper.gap(3)
    paper.write(" · ".join((kit.code, when_and_who(taking))), 10)
    paper.write(_tally(lines, differences), 10.5, bold=True)
    paper.gap(8)
    if differences:
        table = Table(
            paper, [*_columns(), Column(_("The register said"), 18), Column(_("Found"), 18), Column(_("Remark"), 40)]
        )
        table.write([[*_about(line), _was(line), str(CONDITIONS[line.found]), remark_on(line)] for line in differences])
    paper.keep(60)
    paper.write(_("All that was counted"), 12, bold=True)
    paper.gap(4)
    table = Table(paper, [*_columns(), Column(_("Found"), 30)], size=8.5)
    table.write([[*_about(line), str(CONDITIONS[line.found])] for line in lines])
    return paper


def when_and_who(taking: StockTaking) -> str:
    """`mardi 10 mars 2026 · Salima Benali`; both who began and who closed, when they are two."""
    names = [taking.begun_by.name, *([taking.closed_by.name] if taking.closed_by else [])]
    return " · ".join((full_day(taking.closed_at or taking.begun_at), ", ".join(dict.fromkeys(names))))


def _tally(lines: Sequence[StockLine], differences: Sequence[StockLine]) -> str:
    counted = ngettext("%(num)s device counted", "%(num)s devices counted", len(lines))
    if not differences:
        return f"{counted} · {_('nothing differs')}"
    return f"{counted} · {ngettext('%(num)s difference', '%(num)s differences', len(differences))}"


def _columns() -> list[Column]:
    return [Column(_("Label"), 22, bold=True), Column(_("Device"), 40)]


def _about(line: StockLine) -> list[str]:
    return [line.item.code, " · ".join(filter(None, (line.item.kind, line.item.label)))]


def _was(line: StockLine) -> str:
    return str(CONDITIONS[line.was]) if line.was else ""
