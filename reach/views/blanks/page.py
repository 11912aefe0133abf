"""Neighbourhoods, places, schools, care homes and ages that are not reached, and what could be done about it."""

from __future__ import annotations

from typing import Any

from flask import Response

from activity.rules.labels import AGE_BANDS
from agenda.patterns import WEEKDAYS
from foundation import clock
from foundation.i18n import _
from foundation.pages import may_open
from foundation.security import allow
from foundation.web import draw
from reach.drawing.words import figure
from reach.queries.blanks import Blanks, blanks
from reach.queries.naming import scope_said
from reach.queries.population import Area
from reach.queries.sessions import sessions
from reach.queries.what_if import NoSuchSpot, spots, what_if
from reach.rules import periods
from reach.rules.blanks import DEFINITIONS, TITLES, Blank
from reach.rules.rates import share
from reach.views.blanks.asked import READERS, Asked, NoSuchWeekday, asked, bp, offered

BOARD = "reach.index"
"""The page on which the figures behind a line are looked at, by its filters."""
SLUGS = {Blank.SCHOOL: "ecoles", Blank.CARE_HOME: "residences"}
"""The pages of places, in their addresses."""


@bp.get("")
@allow(*READERS)
def index() -> Response:
    """What can not be opened is said at its form; all else of the page stands.

    Raises:
        UnreadablePeriod, NoFigures
    """
    try:
        return _page(asked())
    except (NoSuchSpot, NoSuchWeekday) as refused:
        return _page(asked(spotless=True), str(refused))


def _page(wanted: Asked, fault: str = "") -> Response:
    today = clock.today()
    venues, areas = spots()
    found = blanks(wanted.filters, wanted.scope, clock.now())
    return draw(
        "reach/blanks/index.html",
        422 if fault else 200,
        fault=fault,
        wanted=wanted,
        scope=scope_said(wanted.scope),
        period=periods.said(wanted.filters.span),
        periods=offered(wanted.filters.span, today),
        found=found,
        unnamed_children=sessions(wanted.filters, wanted.scope).children.heads,
        ordered=_blanks_first(found),
        drawn=any(one.geometry for one in found.areas.values()),
        detailed=BOARD if may_open(BOARD) else None,
        slugs=SLUGS,
        Blank=Blank,
        titles=TITLES,
        definitions=DEFINITIONS,
        ages=AGE_BANDS,
        weekdays=WEEKDAYS,
        venues=venues,
        areas=areas,
        **SAID,
        opening=what_if(wanted.spot, wanted.weekday, today) if wanted.spot else None,
    )


def _blanks_first(found: Blanks) -> list[Area]:
    """Blanks, lowest rate first; then those of which nobody can tell; then the others, by name."""
    first = [*found.judged.under, *found.judged.unknown]
    return [found.areas[id_] for id_ in [*first, *(id_ for id_ in found.areas if id_ not in first)]]


def one_decimal(value: float | None) -> str:
    """`12,3`, or that it is not known."""
    return _("not known") if value is None else figure(value, 1)


def percents(value: float | None) -> str:
    """`12,3 %` of a part from 0 to 1, or that it is not known."""
    return _("not known") if value is None else _("%(number)s%%", number=figure(100 * value, 1))


def signed_points(value: float) -> str:
    """`+1,2` or `−1,2`: the difference of two shares, in points."""
    return f"{'−' if value < 0 else '+'}{figure(abs(100 * value), 1)}"


def part_not_located(found: Blanks) -> float | None:
    """Of the people reached, those whose neighbourhood nobody told."""
    return share(found.not_located.people, found.cube.total.people)


SAID: dict[str, Any] = {
    "one_decimal": one_decimal,
    "percents": percents,
    "signed_points": signed_points,
    "part_not_located": part_not_located,
}
"""What the template says figures with."""
