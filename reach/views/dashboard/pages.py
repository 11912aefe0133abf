"""Pages of figures: all of a period, and those of its contacts line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort
from werkzeug.wrappers import Response

from accounts.current import staff
from foundation import clock
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, see_other
from reach.drawing import choropleth
from reach.queries.appointments import appointments
from reach.queries.board import board
from reach.queries.naming import scope_said
from reach.queries.split import Row, split
from reach.queries.topics import topics
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.filters import Filters
from reach.rules.indicators import INDICATORS, SOURCES, Unit
from reach.rules.lines import FIELDS, NAMES, kept, open_to
from reach.rules.periods import Span
from reach.rules.stepping import after, around, is_countable
from reach.views.dashboard.asked import Asked, asked
from reach.views.dashboard.blueprint import READERS, bp
from reach.views.dashboard.charts import chart_of
from reach.views.dashboard.contents import about, autonomy, sent_here
from reach.views.dashboard.listed import Lists
from reach.views.dashboard.mapped import map_of
from reach.views.dashboard.pictures import BY, SMALL, dimension_named
from reach.views.dashboard.shown import sections


@bp.get("")
@allow(*READERS)
def index() -> Response:
    """All indicators of a period, and the map."""
    wish = asked()
    if wish.filters is None:
        return _page("reach/index.html", wish, status=422)
    if wish.retyped:
        return see_other("reach.index", **wish.address)
    found, lists = board(wish.filters, wish.scope), Lists(wish.filters, wish.scope, staff())
    shown_map = map_of(wish.filters, found.now.reached, found.inhabited)
    return _page(
        "reach/index.html", wish, sections=sections(found, lists), map=shown_map, beside=choropleth.table(shown_map)
    )


@bp.get("/contenu")
@allow(*READERS)
def content() -> Response:
    """What the contacts of a period were about."""
    wish = asked()
    if wish.filters is None:
        return _page("reach/content.html", wish, status=422)
    if wish.retyped:
        return see_other("reach.content", **wish.address)
    now, before = (topics(filters, wish.scope) for filters in (wish.filters, wish.filters.before))
    return _page(
        "reach/content.html", wish, about=about(now, before, Lists(wish.filters, wish.scope, staff())),
        autonomy=autonomy(now, before), sent_here=sent_here(appointments(wish.filters, wish.scope)),
    )  # fmt: skip


@bp.get(f"/par/{BY}")
@allow(*READERS)
def by(name: str) -> Response:
    """The contacts of a period by one dimension."""
    wish, dimension = asked(), dimension_named(name)
    if dimension not in open_to(wish.scope):
        abort(404)
    about_it: dict[str, Any] = {"dimension": dimension, "label": LABELS[dimension], "name": name}
    if wish.filters is None:
        return _page("reach/by.html", wish, status=422, **about_it)
    if wish.retyped:
        return see_other("reach.by", name=name, **wish.address)
    found, filters = split(wish.filters, wish.scope, dimension), wish.filters
    return _page(
        "reach/by.html", wish, split=found, chart=chart_of(filters, found), **about_it,
        opened=lambda row: _opened(wish, filters, dimension, row),
        with_rate=dimension is Dimension.NEIGHBOURHOOD,
    )  # fmt: skip


def _page(template: str, wish: Asked, status: int = 200, **more: Any) -> Response:
    span = wish.filters.span if wish.filters else None
    return draw(
        template, status, wish=wish, form=wish.form, scope_said=scope_said(wish.scope), span=span, said=periods.said,
        steps=_steps(wish.filters) if wish.filters else None, so_far=span is not None and span.last >= clock.today(),
        not_begun=span is not None and span.first > clock.today(), indicators=INDICATORS, sources=SOURCES,
        written=written, Unit=Unit, small=SMALL,
        dimensions=[(NAMES[one], LABELS[one]) for one in open_to(wish.scope)], **more,
    )  # fmt: skip


def _steps(filters: Filters) -> dict[str, Any]:
    """Where the links to other periods lead: the one before, the one after, and other lengths around these days."""

    def to(span: Span) -> dict[str, str] | None:
        return replace(filters, span=span).to_address() if is_countable(span) else None

    words = (_("Month"), _("Quarter"), _("Year"), _("School year"))
    lengths = zip(words, around(filters.span), strict=True)
    return {
        "before": to(filters.span.before), "after": to(after(filters.span)),
        "lengths": [(said, to(span), span == filters.span) for said, span in lengths],
        "all": {"periode": filters.to_address()["periode"]},
    }  # fmt: skip


def _opened(wish: Asked, filters: Filters, dimension: Dimension, row: Row) -> dict[str, str] | None:
    """The address of the view that keeps this line alone; None for what no filter can keep."""
    value = str(row.value)
    address = kept(filters, dimension, value)
    if address is None or dimension is Dimension.MONTH:
        return address
    offered = {choice[0] for choice in wish.form[FIELDS[dimension]].choices}
    return address if value in offered else None
