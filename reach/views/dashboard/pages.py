"""Pages of figures: all of a period, and those of its contacts line by line."""

from __future__ import annotations

from typing import Any

from flask import abort
from werkzeug.wrappers import Response

from foundation import clock
from foundation.security import allow
from foundation.web import see_other
from places.queries import asks_satisfaction
from reach.drawing import choropleth
from reach.queries import trend
from reach.queries.appointments import appointments
from reach.queries.board import board
from reach.queries.followed import followed
from reach.queries.satisfaction import satisfaction
from reach.queries.split import Row, split
from reach.queries.topics import topics
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.filters import Filters
from reach.rules.lines import FIELDS, kept, open_to
from reach.rules.scope import Scope
from reach.views.dashboard.asked import Asked, asked
from reach.views.dashboard.blueprint import READERS, bp
from reach.views.dashboard.charts import chart_of, trend_of
from reach.views.dashboard.contents import about, autonomy, sent_here
from reach.views.dashboard.drawn import page
from reach.views.dashboard.listed import Lists
from reach.views.dashboard.mapped import map_of
from reach.views.dashboard.outcomes import came_of, did_help
from reach.views.dashboard.pictures import BY, dimension_named
from reach.views.dashboard.shown import at_a_glance, sections


@bp.get("")
@allow(*READERS)
def index() -> Response:
    """All indicators of a period, and the map."""
    wish = asked()
    if wish.filters is None:
        return page("reach/index.html", wish, status=422)
    if wish.retyped:
        return see_other("reach.index", **wish.address)
    today, lists = clock.today(), Lists(wish.filters)
    along = trend.shown(wish.filters, today)
    found = board(wish.filters, wish.scope, along)
    months = trend.trend_from(along, found.months, today) if along else None
    shown_map = map_of(wish.filters, found.now.reached, found.inhabited)
    return page(
        "reach/index.html", wish, glance=at_a_glance(found, lists), sections=sections(found, lists), map=shown_map,
        anybody=bool(found.now.contacts.total.people), beside=choropleth.table(shown_map), months=months,
        chart=trend_of(months) if months else None,
    )  # fmt: skip


@bp.get("/contenu")
@allow(*READERS)
def content() -> Response:
    """What the contacts of a period were about."""
    wish = asked()
    if wish.filters is None:
        return page("reach/content.html", wish, status=422)
    if wish.retyped:
        return see_other("reach.content", **wish.address)
    now, before = (topics(filters, wish.scope) for filters in (wish.filters, wish.filters.before))
    return page(
        "reach/content.html", wish, about=about(now, before, Lists(wish.filters)),
        autonomy=autonomy(now, before), sent_here=sent_here(appointments(wish.filters, wish.scope)),
        **_outcomes(wish.filters, wish.scope),
    )  # fmt: skip


def _outcomes(filters: Filters, scope: Scope) -> dict[str, Any]:
    """What came of it, for the last two parts of that page."""
    now, before = (satisfaction(one, scope) for one in (filters, filters.before))
    return {
        "came_of": came_of(followed(filters, scope)), "did_help": did_help(now, before),
        "asks_satisfaction": asks_satisfaction(),
    }  # fmt: skip


@bp.get(f"/par/{BY}")
@allow(*READERS)
def by(name: str) -> Response:
    """The contacts of a period by one dimension."""
    wish, dimension = asked(), dimension_named(name)
    if dimension not in open_to(wish.scope):
        abort(404)
    about_it: dict[str, Any] = {"dimension": dimension, "label": LABELS[dimension], "name": name}
    if wish.filters is None:
        return page("reach/by.html", wish, status=422, **about_it)
    if wish.retyped:
        return see_other("reach.by", name=name, **wish.address)
    found, filters = split(wish.filters, wish.scope, dimension, clock.today()), wish.filters
    return page(
        "reach/by.html", wish, split=found, chart=chart_of(filters, found), **about_it,
        opened=lambda row: _opened(wish, filters, dimension, row),
        with_rate=dimension is Dimension.NEIGHBOURHOOD,
    )  # fmt: skip


def _opened(wish: Asked, filters: Filters, dimension: Dimension, row: Row) -> dict[str, str] | None:
    """The address of the view that keeps this line alone; None for what no filter can keep."""
    value = str(row.value)
    address = kept(filters, dimension, value)
    if address is None or dimension is Dimension.MONTH:
        return address
    offered = {choice[0] for choice in wish.form[FIELDS[dimension]].choices}
    return address if value in offered else None
