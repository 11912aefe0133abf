"""Schools and care homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _, _l
from foundation.paging import paged
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries, service
from places.forms.others import CareHomeForm, SchoolForm
from places.forms.searching import SearchForm
from places.models import CareHome, School
from places.rules import check_whole_territory
from places.views.blueprint import KEEPERS, actor, bp

PER_PAGE = 40


@dataclass(frozen=True)
class Kind:
    """What differs between the pages of schools and of care homes."""

    model: type[School] | type[CareHome]
    form: type[SchoolForm] | type[CareHomeForm]
    people: str
    title: Any
    new: Any


KINDS = {
    "ecoles": Kind(School, SchoolForm, "pupils", _l("Schools"), _l("New school")),
    "residences": Kind(CareHome, CareHomeForm, "beds", _l("Care homes"), _l("New care home")),
}


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        abort(404)
    return KINDS[slug]


@bp.get("/institutions/<slug>")
@allow(*KEEPERS)
def institution_list(slug: str) -> Response:
    kind, form = _kind(slug), SearchForm([(one.id, one.name) for one in queries.neighbourhoods()])
    criteria = form.criteria()
    found = queries.institutions(kind.model, **criteria)
    kept = {"slug": slug, "text": request.args.get("text"), "neighbourhood": request.args.get("neighbourhood")}
    shown, page = paged(found, PER_PAGE, "places.institution_list", **kept)
    return draw(
        "places/institutions.html",
        kind=kind, slug=slug, found=shown, form=form, filtered=any(criteria.values()), page=page,
    )  # fmt: skip


@bp.get("/institutions/<slug>/nouveau")
@allow(*KEEPERS)
def new_institution(slug: str) -> Response:
    kind = _kind(slug)
    check_whole_territory(actor())
    return draw("places/institution.html", kind=kind, slug=slug, form=kind.form(), one=None)


@bp.post("/institutions/<slug>/nouveau")
@allow(*KEEPERS)
def create_institution(slug: str) -> AnyResponse:
    return _save(slug, None)


@bp.get("/institutions/<slug>/<int(max=2147483647):one_id>")
@allow(*KEEPERS)
def institution(slug: str, one_id: int) -> Response:
    kind = _kind(slug)
    check_whole_territory(actor())
    found = queries.institution(kind.model, one_id)
    form = kind.form(obj=found)
    form.people.data = getattr(found, kind.people)
    return draw("places/institution.html", kind=kind, slug=slug, form=form, one=found)


@bp.post("/institutions/<slug>/<int(max=2147483647):one_id>")
@allow(*KEEPERS)
def change_institution(slug: str, one_id: int) -> AnyResponse:
    return _save(slug, one_id)


def _save(slug: str, one_id: int | None) -> AnyResponse:
    kind = _kind(slug)
    form = kind.form()

    def page(status: int) -> Response:
        found = queries.institution(kind.model, one_id) if one_id is not None else None
        return draw("places/institution.html", status, kind=kind, slug=slug, form=form, one=found)

    if not form.validate():
        return page(422)
    try:
        in_transaction(lambda: service.save_institution(kind.model, one_id, _details(form), actor()))
    except Refused as refused:
        refuse(form, refused)
        return page(refused.status)
    flash(_("Saved."), "good")
    return see_other("places.institution_list", slug=slug)


def _details(form: SchoolForm | CareHomeForm) -> service.InstitutionDetails:
    plain = ("name", "address", "postcode", "commune", "latitude", "longitude", "phone", "email", "access_notes")
    values: dict[str, Any] = {name: (form[name].data or "").strip() for name in plain}
    return service.InstitutionDetails(**values, kind=form.kind.data, people=form.people.data, active=form.active.data)
