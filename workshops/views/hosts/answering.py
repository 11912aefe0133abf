"""Managers read the requests of hosts, make a programme of one, or say why not."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from accounts import queries as accounts
from accounts.current import staff
from foundation import clock
from foundation.alerts import Count
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _, ngettext
from foundation.security import Role, allow
from foundation.web import BaseForm, draw, refuse, see_other
from workshops.forms.requests import AcceptForm, DeclineForm
from workshops.models import WorkshopRequest
from workshops.queries import requests as queries
from workshops.queries.requests import View
from workshops.rules import labels
from workshops.rules.hosts import WISHES
from workshops.service import requests as verbs

requests_bp = Blueprint("requests", __name__, url_prefix="/equipe/demandes")
ANSWERERS = (Role.MANAGER, Role.ADMINISTRATOR)
VIEWS = {"": View.WAITING, "acceptees": View.ACCEPTED, "closes": View.ENDED}
WHOLE_TERRITORY = 0
LAST_PAGE = 10_000
ONE = "/<int(max=2147483647):request_id>"
LONGEST_TITLE = 120


WAITING = Count(lambda: [queries.waiting()], lambda number: ngettext("%(num)s to answer", "%(num)s to answer", number))


@requests_bp.get("")
@allow(*ANSWERERS)
def request_list() -> Response:
    chosen = request.args.get("vue", "")
    chosen = chosen if chosen in VIEWS else ""
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    rows = queries.request_rows(staff(), VIEWS[chosen], number)
    return draw(
        "hosts/requests.html",
        rows=rows[: queries.PER_PAGE],
        view=VIEWS[chosen].value,
        names={view.value: name or None for name, view in VIEWS.items()},
        wishes=WISHES,
        states=labels.REQUEST_STATES,
        page={
            "previous": _address(chosen, number - 1) if number > 1 else None,
            "next": _address(chosen, number + 1) if len(rows) > queries.PER_PAGE else None,
        },
    )


def _address(chosen: str, number: int) -> str:
    return url_for("requests.request_list", vue=chosen or None, page=number)


@requests_bp.get(ONE)
@allow(*ANSWERERS)
def show_request(request_id: int) -> Response:
    return _page(queries.request_seen(request_id, staff()))


def _page(found: WorkshopRequest, form: BaseForm | None = None, status: int = 200) -> Response:
    accept = form if isinstance(form, AcceptForm) else _accept_form(found, fresh=True)
    decline = form if isinstance(form, DeclineForm) else DeclineForm(formdata=None)
    return draw(
        "hosts/answer.html",
        status,
        asked=found,
        accept=accept,
        decline=decline,
        refused=form,
        whole=staff().structure_id is None,
        wishes=WISHES,
        kinds=labels.PROGRAMME_KINDS,
        states=labels.REQUEST_STATES,
    )


def _accept_form(found: WorkshopRequest, *, fresh: bool = False) -> AcceptForm:
    own = staff().structure_id
    structures = [(one.id, one.name) for one in accounts.structures(own)]
    offered = structures if own else [(WHOLE_TERRITORY, _("The whole territory")), *structures]
    place = found.place.name if found.place else ""
    parts = [str(labels.PROGRAMME_KINDS[found.kind]), place, found.group_label]
    title = ", ".join(part for part in parts if part)[:LONGEST_TITLE]
    more = {"formdata": None} if fresh else {}
    return AcceptForm(offered, data={"title": title, "structure_id": own or WHOLE_TERRITORY}, **more)


@requests_bp.post(f"{ONE}/accepter")
@allow(*ANSWERERS)
def accept(request_id: int) -> AnyResponse:
    """A programme in one step: it lands on the planning of its dates, with the wish beside."""
    form = _accept_form(queries.request_seen(request_id, staff()))
    if not form.validate():
        return _page(queries.request_seen(request_id, staff()), form, 422)
    title, structure_id, now = form.title.data or "", form.structure(), clock.now()
    try:
        made = in_transaction(lambda: verbs.accept(request_id, title, structure_id, staff(), now=now))
    except Refused as refused:
        return _refused(request_id, form, refused)
    flash(_("The programme is a draft, and the group is registered for it. Plan its sessions now."), "good")
    return see_other("programmes.choose_dates", programme_id=made.id)


@requests_bp.post(f"{ONE}/refuser")
@allow(*ANSWERERS)
def decline(request_id: int) -> AnyResponse:
    queries.request_seen(request_id, staff())
    form = DeclineForm()
    if not form.validate():
        return _page(queries.request_seen(request_id, staff()), form, 422)
    reason, now = form.reason.data or "", clock.now()
    try:
        in_transaction(lambda: verbs.decline(request_id, reason, staff(), now=now))
    except Refused as refused:
        return _refused(request_id, form, refused)
    flash(_("Declined. The person who asked is told why."), "good")
    return see_other("requests.request_list")


def _refused(request_id: int, form: AcceptForm | DeclineForm, refused: Refused) -> Response:
    """The page again, with what has become of the request meanwhile.

    Raises:
        NoSuchRequest: another structure took it.
    """
    refuse(form, refused)
    found = queries.request_seen(request_id, staff())
    return _page(found, form, refused.status)
