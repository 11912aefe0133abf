"""The figures of a view as a file: the queries of the page, the filters of its address."""

from __future__ import annotations

from flask import Response

from foundation import clock
from foundation.downloads import CSV, download
from foundation.i18n import _
from foundation.links import absolute
from foundation.pages import town_name
from foundation.security import allow
from foundation.tables import XLSX_TYPE, Look, csv_lines, xlsx_bytes
from reach.queries.board import board
from reach.queries.contacts import counted
from reach.queries.naming import scope_said
from reach.rules import periods
from reach.rules.filters import Filters
from reach.rules.lines import open_to
from reach.rules.scope import Scope
from reach.views.dashboard.asked import readable
from reach.views.dashboard.blueprint import READERS
from reach.views.exports.blueprint import KIND, bp
from reach.views.exports.sheets import View, flat, flat_header, sheets


@bp.get(f"/portee.{KIND}")
@allow(*READERS)
def figures(kind: str) -> Response:
    """Raises: NoFigures, UnreadableView"""
    filters, scope = readable()
    told, name = sheets(view(filters, scope)), f"portee-{periods.written(filters.span)}.{kind}"
    if kind == "csv":
        return download("".join(csv_lines(flat_header(), flat(told))), CSV, name)
    look = Look(title=f"{town_name()} · {_('Reach')} · {periods.said(filters.span)}", figures=True)
    return download(xlsx_bytes({one.title: (one.header, one.rows) for one in told}, look), XLSX_TYPE, name)


def view(filters: Filters, scope: Scope) -> View:
    """What a file of these figures tells."""
    return View(
        board=board(filters, scope), cube=counted(filters, scope, tuple(open_to(scope))), whose=scope_said(scope),
        at=clock.now(), address=absolute("reach.index", **filters.to_address()),
    )  # fmt: skip
