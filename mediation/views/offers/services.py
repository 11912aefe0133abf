"""Services: list, create, change, stop offering."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from activity.rules.labels import CHANNELS
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.labels import labels
from foundation.scope import NotInYourStructure
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.offers import WHOLE_TERRITORY, ServiceForm
from mediation.models import Service
from mediation.queries import offers as queries
from mediation.rules.labels import AUDIENCES
from mediation.service import offers as verbs
from mediation.views.offers.blueprint import bp

KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("/equipe/motifs")
@allow(*KEEPERS)
def service_list() -> Response:
    return draw(
        "offers/services.html",
        rows=queries.service_rows(staff().structure_id),
        audiences=AUDIENCES,
        channels=lambda values: labels(CHANNELS, values),
    )


def _structures() -> list[tuple[int, str]]:
    own = staff().structure_id
    known = [(one.id, one.name) for one in accounts.structures(own)]
    return known if own else [(WHOLE_TERRITORY, _("The whole territory")), *known]


def _page(form: ServiceForm, service: Service | None = None, status: int = 200) -> Response:
    own = staff().structure_id
    editable = service is None or own is None or service.structure_id == own
    return draw("offers/service.html", status, form=form, service=service, editable=editable)


@bp.get("/equipe/motifs/nouveau")
@allow(*KEEPERS)
def new_service() -> Response:
    return _page(ServiceForm(_structures()))


@bp.post("/equipe/motifs/nouveau")
@allow(*KEEPERS)
def create_service() -> AnyResponse:
    form = ServiceForm(_structures())
    if not form.validate():
        return _page(form, status=422)
    try:
        in_transaction(lambda: verbs.create_service(form.details(), form.structure_id.data or None, staff()))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, status=refused.status)
    flash(_("The service is on offer."), "good")
    return see_other("offers.service_list")


def _seen(service_id: int) -> Service:
    """A service of the structure, or one that the territory shares."""
    service = queries.service(service_id)
    own = staff().structure_id
    if service is None or (own and service.structure_id not in (own, None)):
        raise NotInYourStructure
    return service


def _form(service: Service) -> ServiceForm:
    """The form of a service that is there: who offers it is settled, and not asked again."""
    form = ServiceForm([], service)
    del form.structure_id
    return form


@bp.get("/equipe/motifs/<int(max=2147483647):service_id>")
@allow(*KEEPERS)
def show_service(service_id: int) -> Response:
    service = _seen(service_id)
    return _page(_form(service), service)


@bp.post("/equipe/motifs/<int(max=2147483647):service_id>")
@allow(*KEEPERS)
def edit_service(service_id: int) -> AnyResponse:
    service = _seen(service_id)
    form = _form(service)
    if not form.validate():
        return _page(form, service, 422)
    try:
        in_transaction(lambda: verbs.edit_service(service_id, form.details(), staff()))
    except Refused as refused:
        refuse(form, refused)
        return _page(form, _seen(service_id), refused.status)
    flash(_("Saved. Appointments that are booked stay as they are."), "good")
    return see_other("offers.service_list")


@bp.post("/equipe/motifs/<int(max=2147483647):service_id>/arreter")
@allow(*KEEPERS)
def close_service(service_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.close_service(service_id, staff()))
    flash(_("The service is no longer offered. Appointments that are booked take place."), "good")
    return see_other("offers.service_list")


@bp.post("/equipe/motifs/<int(max=2147483647):service_id>/reprendre")
@allow(*KEEPERS)
def reopen_service(service_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.reopen_service(service_id, staff()))
    flash(_("The service is on offer again."), "good")
    return see_other("offers.service_list")
