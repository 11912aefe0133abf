"""The map and the charts as files of their own, made of the same queries as the tables beside them."""

from __future__ import annotations

from flask import abort, make_response, request
from reportlab.graphics.shapes import Drawing
from werkzeug.wrappers import Response

from foundation import clock
from foundation.security import allow
from reach.drawing import choropleth as maps
from reach.drawing.bars import description, draw_bars
from reach.drawing.lines import draw_months
from reach.drawing.map import draw_map
from reach.drawing.paper import PAGE, PHONE, Frame
from reach.drawing.svg import to_svg
from reach.queries.board import reached
from reach.queries.population import inhabited
from reach.queries.split import split
from reach.queries.trend import trend
from reach.rules.dimensions import Dimension
from reach.rules.lines import NAMES, open_to
from reach.views.dashboard.asked import readable
from reach.views.dashboard.blueprint import READERS, bp
from reach.views.dashboard.charts import chart_of, trend_of
from reach.views.dashboard.mapped import map_of

SMALL = "petit"
BY = f"<any({','.join(repr(name) for name in NAMES.values())}):name>"


@bp.get("/carte.svg")
@allow(*READERS)
def map() -> Response:
    """Raises: UnreadableView"""
    filters, scope = readable()
    known = inhabited()
    shown = map_of(filters, reached(filters, scope, known), known)
    if not shown.has_polygons:
        abort(404)
    return _picture(draw_map(shown, _frame()), shown.title, maps.description(shown))


@bp.get("/tendance.svg")
@allow(*READERS)
def months() -> Response:
    """The months up to a period. Raises: UnreadableView"""
    filters, scope = readable()
    found = trend(filters, scope, clock.today())
    if found is None:
        abort(404)
    shown = trend_of(found)
    return _picture(draw_months(shown, _frame()), shown.title, description(shown))


@bp.get(f"/graphique/{BY}.svg")
@allow(*READERS)
def chart(name: str) -> Response:
    """Raises: UnreadableView"""
    filters, scope = readable()
    dimension = dimension_named(name)
    if dimension not in open_to(scope):
        abort(404)
    shown = chart_of(filters, split(filters, scope, dimension, clock.today()))
    draw = draw_months if dimension is Dimension.MONTH else draw_bars
    return _picture(draw(shown, _frame()), shown.title, description(shown))


def dimension_named(name: str) -> Dimension:
    """The dimension that an address names; the route lets no other name in."""
    return next(dimension for dimension, known in NAMES.items() if known == name)


def _frame() -> Frame:
    return PHONE if request.args.get("ecran") == SMALL else PAGE


def _picture(drawing: Drawing, title: str, words: str) -> Response:
    """For the reader alone, and asked for again each time: but not sent again while it is the same."""
    response = make_response(to_svg(drawing, title, words))
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.add_etag()
    return response.make_conditional(request)
