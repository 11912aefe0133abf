"""Presences of a mediator: the list, and a new one."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from activity.rules.labels import CHANNELS
from agenda.patterns import described
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.labels import labels
from foundation.scope import NotInYourStructure
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.shifts import ShiftForm
from mediation.models import Shift
from mediation.queries import offers, presences
from mediation.service import shifts as verbs
from mediation.views.offers.asking import name_who_is_left_to_tell
from mediation.views.offers.blueprint import bp
from places import queries as places

PLANNERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
NEW = "offers/shift.html"


def plannable() -> list[Account]:
    """The mediators whose time the person at hand plans: those of the structure, or themselves."""
    own = staff()
    if own.has(Role.MANAGER, Role.ADMINISTRATOR):
        return presences.mediators(own.structure_id)
    return [own] if own.resource_id is not None else []


def chosen() -> Account | None:
    """The mediator that the address names, else oneself, else the first; None when there is nobody to plan for.

    Raises:
        NotInYourStructure: when the address names somebody else's.
    """
    known = plannable()
    wanted = request.args.get("mediateur", type=int)
    if wanted is None:
        return next((one for one in known if one.id == staff().id), known[0] if known else None)
    found = next((one for one in known if one.id == wanted), None)
    if found is None:
        raise NotInYourStructure
    return found


@bp.get("/equipe/permanences")
@allow(*PLANNERS)
def shift_list() -> Response:
    account, today = chosen(), clock.today()
    return draw(
        "offers/shifts.html",
        mediators=plannable(),
        account=account,
        shifts=presences.shift_rows(account.id, today) if account else [],
        absences=presences.absence_rows(account.resource_id, today) if account and account.resource_id else [],
        described=lambda pattern: described(pattern, today),
        channels=lambda values: labels(CHANNELS, values),
    )


def form_of(account: Account, shift: Shift | None = None) -> ShiftForm:
    """The form of a presence, with the places and services that this mediator may choose."""
    services = offers.open_services(account.structure_id)
    if shift:
        services += [one for one in shift.services if one not in services]
    return ShiftForm(places.venues_for_booking(), places.rooms(), services, shift, clock.today())


def account_to_plan() -> Account:
    """The mediator that the address names, or oneself.

    Raises:
        NotInYourStructure
    """
    account = chosen()
    if account is None:
        raise NotInYourStructure
    return account


@bp.get("/equipe/permanences/nouvelle")
@allow(*PLANNERS)
def new_shift() -> Response:
    account = account_to_plan()
    return draw(NEW, form=form_of(account), account=account, shift=None)


@bp.post("/equipe/permanences/nouvelle")
@allow(*PLANNERS)
def create_shift() -> AnyResponse:
    account = account_to_plan()
    account_id, form = account.id, form_of(account)
    if not form.validate():
        return draw(NEW, 422, form=form, account=account, shift=None)
    details = form.details()
    try:
        in_transaction(lambda: verbs.create_shift(account_id, details, staff()))
    except Refused as refused:
        refuse(form, refused)
        return draw(NEW, refused.status, form=form, account=account_to_plan(), shift=None)
    return saved(account_id)


def saved(account_id: int) -> AnyResponse:
    """Back to the list."""
    flash(_("Saved."), "good")
    name_who_is_left_to_tell()
    return see_other("offers.shift_list", mediateur=account_id)
