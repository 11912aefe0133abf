"""A page for each neighbourhood, for everybody: its places, what is on there, and what the last report tells of it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock, pages
from foundation.compressed import compressed
from foundation.i18n import _l
from foundation.security import current_user_known, public
from foundation.web import draw
from reach.drawing.words import figure
from reach.queries.public_places import (
    NoSuchNeighbourhood,
    next_workshops,
    places_of,
    shown_neighbourhood,
    shown_neighbourhoods,
)
from reach.queries.public_reports import sheet_of
from reach.queries.published import Latest, latest
from reach.rules import periods, publishing
from reach.rules.safe_figures import SafeFigures, safe_figures

bp = Blueprint("neighbourhoods", __name__, url_prefix="/quartiers")
MOST_PLACES = 5
MOST_WORKSHOPS = 5

pages.add_to_foot("neighbourhoods.index", _l("Neighbourhoods"), 30)


@bp.get("")
@public
def index() -> Response:
    return _all()


def _all(missing: str = "") -> Response:
    """Each with its places, and how many of its people the last published report says were helped.

    Args:
        missing: what is said to whoever asked for one that is not among them.
    """
    report, shown = latest(), shown_neighbourhoods()
    return _light(
        draw(
            "reach/public/neighbourhoods.html",
            404 if missing else 200,
            missing=missing,
            neighbourhoods=shown,
            report=report,
            period=periods.said(report.span) if report else "",
            rates={one.id: found.rate for one in shown if (found := _figures(report, one.id)) is not None},
            one_decimal=_one_decimal,
        )
    )


@bp.get("/<int(max=2147483647):neighbourhood_id>-<slug>")
@public
def show(neighbourhood_id: int, slug: str) -> AnyResponse:
    """The id decides; a name that changed leads to the one of today, and what is not there to the list.

    The figures are those of the last report that was published: counted anew on each visit, two visits would tell
    together what neither may tell alone.
    """
    try:
        one = shown_neighbourhood(neighbourhood_id)
    except NoSuchNeighbourhood as refused:
        return _all(str(refused))
    if slug != one.slug:
        return redirect(url_for("neighbourhoods.show", neighbourhood_id=one.id, slug=one.slug), code=301)
    report, venues = latest(), places_of(one.id)
    return _light(
        draw(
            "reach/public/neighbourhood.html",
            one=one,
            venues=venues[:MOST_PLACES],
            more=len(venues) > MOST_PLACES,
            workshops=next_workshops(one.id, clock.now(), MOST_WORKSHOPS),
            report=report,
            sheet=sheet_of(one.id),
            period=periods.said(report.span) if report else "",
            figures=_figures(report, one.id),
            told=publishing.told,
            one_decimal=_one_decimal,
            meaning=publishing.MEANING,
        )
    )


def _figures(report: Latest | None, neighbourhood_id: int) -> SafeFigures | None:
    if report is None:
        return None
    return safe_figures(report.published, report.span, report.content.areas, neighbourhood_id)


def _one_decimal(value: float) -> str:
    return figure(value, 1)


def _light(page: Response) -> Response:
    return page if current_user_known() else compressed(page)
