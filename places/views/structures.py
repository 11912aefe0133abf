"""Structures: who employs mediators or runs places."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries, service
from places.forms.others import StructureForm
from places.rules import check_scope, check_whole_territory
from places.views.blueprint import KEEPERS, actor, bp


@bp.get("/structures")
@allow(*KEEPERS)
def structure_list() -> Response:
    return draw("places/structures.html", structures=queries.structures(active_only=False))


@bp.get("/structures/nouvelle")
@allow(*KEEPERS)
def new_structure() -> Response:
    check_whole_territory(actor())
    return draw("places/structure.html", form=StructureForm(), structure=None)


@bp.post("/structures/nouvelle")
@allow(*KEEPERS)
def create_structure() -> AnyResponse:
    return _save(None)


@bp.get("/structures/<int(max=2147483647):structure_id>")
@allow(*KEEPERS)
def structure(structure_id: int) -> Response:
    found = queries.structure(structure_id)
    check_scope(actor(), found.id)
    return draw("places/structure.html", form=StructureForm(obj=found), structure=found)


@bp.post("/structures/<int(max=2147483647):structure_id>")
@allow(*KEEPERS)
def change_structure(structure_id: int) -> AnyResponse:
    return _save(structure_id)


def _save(structure_id: int | None) -> AnyResponse:
    form = StructureForm()
    found = queries.structure(structure_id) if structure_id is not None else None
    if not form.validate():
        return draw("places/structure.html", 422, form=form, structure=found)
    details = service.StructureDetails(
        name=(form.name.data or "").strip(),
        kind=form.kind.data,
        siret=form.siret.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        active=form.active.data,
    )
    try:
        in_transaction(lambda: service.save_structure(structure_id, details, actor()))
    except Refused as refused:
        refuse(form, refused)
        found = queries.structure(structure_id) if structure_id is not None else None
        return draw("places/structure.html", refused.status, form=form, structure=found)
    flash(_("Saved."), "good")
    return see_other("places.structure_list")
