"""The territory: its name, its helpline, its holidays, its colours."""

from __future__ import annotations

from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from places import queries, service
from places.forms.others import TerritoryForm
from places.rules import check_whole_territory
from places.views.blueprint import actor, bp


@bp.get("/territoire")
@allow(Role.ADMINISTRATOR)
def territory() -> Response:
    check_whole_territory(actor())
    found = queries.territory()
    return draw("places/territory.html", form=TerritoryForm(obj=found) if found else TerritoryForm())


@bp.post("/territoire")
@allow(Role.ADMINISTRATOR)
def change_territory() -> AnyResponse:
    form = TerritoryForm()
    if not form.validate():
        return draw("places/territory.html", 422, form=form)
    plain = ("name", "helpline", "email", "website", "accent_colour", "accent_colour_dark", "latitude", "longitude")
    values: dict[str, Any] = {name: (form[name].data or "").strip() for name in plain}
    details = service.TerritoryDetails(
        **values,
        kind=form.kind.data,
        school_zone=form.school_zone.data,
        alsace_moselle=form.alsace_moselle.data,
        asks_satisfaction=form.asks_satisfaction.data,
        languages=list(form.languages.data or ["fr"]),
    )
    try:
        in_transaction(lambda: service.save_territory(details, actor()))
    except Refused as refused:
        refuse(form, refused)
        return draw("places/territory.html", refused.status, form=form)
    flash(_("Saved."), "good")
    return see_other("places.territory")
