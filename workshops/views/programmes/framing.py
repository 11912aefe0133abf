"""The visit before a series, and who the client is: their request, their hosts, how to reach them."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.hosts import VisitForm
from workshops.models import Programme
from workshops.queries import requests
from workshops.rules.hosts import WISHES
from workshops.rules.refusals import NoSuchProgramme
from workshops.service import framing as verbs
from workshops.views.programmes.blueprint import WORKERS, bp, to_change

PAGE = "/equipe/ateliers/<int(max=2147483647):programme_id>/visite"


@bp.get(PAGE)
@allow(*WORKERS)
def visit(programme_id: int) -> Response:
    programme = _of_client(programme_id)
    return _page(programme, VisitForm(programme, clock.territory_zone()))


@bp.post(PAGE)
@allow(*WORKERS)
def write_visit(programme_id: int) -> AnyResponse:
    zone, now = clock.territory_zone(), clock.now()
    form = VisitForm(_of_client(programme_id), zone)
    if not form.validate():
        return _page(_of_client(programme_id), form, 422)
    try:
        in_transaction(lambda: verbs.write_visit(programme_id, form.visit(zone), staff(), now=now))
    except Refused as refused:
        refuse(form, refused)
        return _page(_of_client(programme_id), form, refused.status)
    flash(_("Saved."), "good")
    return see_other("programmes.visit", programme_id=programme_id)


def _of_client(programme_id: int) -> Programme:
    """A programme for a school or a home, that the person at hand may change.

    Raises:
        NotInYourStructure, OfTheTerritory, NoSuchProgramme: nobody is its client.
    """
    programme = to_change(programme_id)
    if programme.school_id is None and programme.care_home_id is None:
        raise NoSuchProgramme
    return programme


def _page(programme: Programme, form: VisitForm, status: int = 200) -> Response:
    return draw(
        "hosts/visit.html",
        status,
        programme=programme,
        client=programme.school or programme.care_home,
        hosts=verbs.hosts_of(programme),
        asked=requests.of_programme(programme.id),
        wishes=WISHES,
        form=form,
    )
