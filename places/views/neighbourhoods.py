"""Neighbourhoods: the people counted in them, and which are priority neighbourhoods."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries, service
from places.forms.others import NeighbourhoodForm
from places.models import Level
from places.rules import check_whole_territory
from places.views.blueprint import KEEPERS, actor, bp


@bp.get("/quartiers")
@allow(*KEEPERS)
def neighbourhood_list() -> Response:
    levels = {level: queries.neighbourhoods(level) for level in (Level.QUARTIER, Level.QPV, Level.COMMUNE, Level.IRIS)}
    return draw(
        "places/neighbourhoods.html",
        levels={level: found for level, found in levels.items() if found},
        venues=queries.venues_by_neighbourhood(),
    )


@bp.get("/quartiers/<int(max=2147483647):neighbourhood_id>")
@allow(*KEEPERS)
def neighbourhood(neighbourhood_id: int) -> Response:
    check_whole_territory(actor())
    found = queries.neighbourhood(neighbourhood_id)
    return draw("places/neighbourhood.html", form=NeighbourhoodForm(obj=found), one=found)


@bp.post("/quartiers/<int(max=2147483647):neighbourhood_id>")
@allow(*KEEPERS)
def change_neighbourhood(neighbourhood_id: int) -> AnyResponse:
    form = NeighbourhoodForm()
    found = queries.neighbourhood(neighbourhood_id)
    if not form.validate():
        return draw("places/neighbourhood.html", 422, form=form, one=found)
    details = service.NeighbourhoodDetails(
        name=(form.name.data or "").strip(),
        population=form.population.data,
        population_year=form.population_year.data,
        priority_code=(form.priority_code.data or "").strip(),
    )
    try:
        in_transaction(lambda: service.change_neighbourhood(neighbourhood_id, details, actor()))
    except Refused as refused:
        refuse(form, refused)
        found = queries.neighbourhood(neighbourhood_id)
        return draw("places/neighbourhood.html", refused.status, form=form, one=found)
    flash(_("Saved."), "good")
    return see_other("places.neighbourhood_list")
