"""The page of a mediator's calendars, and private addresses made and revoked there."""

from __future__ import annotations

from flask import Response, flash, session
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from agenda.queries.feeds import feeds_of as busy_feeds_of
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.links import absolute
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.calendars import BusyForm, FeedForm
from mediation.queries.busy import clashes, times_ahead
from mediation.queries.feeds import feeds_of
from mediation.service import calendars as verbs
from mediation.views.calendars.blueprint import bp, own_resource
from mediation.views.calendars.words import error_words, where_from

SHOWN_ONCE = "new_calendar_address"


def show(status: int = 200, *, form: FeedForm | None = None, busy_form: BusyForm | None = None) -> Response:
    """The page, with the form that was refused if there is one."""
    account, resource_id = own_resource()
    return draw(
        "calendars/mine.html",
        status,
        feeds=feeds_of(account.id),
        form=form or FeedForm(formdata=None),
        new_address=session.pop(SHOWN_ONCE, None),
        calendars=busy_feeds_of(resource_id),
        times=times_ahead(resource_id),
        clashes=clashes(resource_id),
        busy_form=busy_form or BusyForm(formdata=None),
        error_words=error_words,
        where_from=where_from,
    )


@bp.get("/equipe/mes-calendriers")
@allow(Role.MEDIATOR)
def mine() -> Response:
    return show()


@bp.post("/equipe/mes-calendriers/adresses")
@allow(Role.MEDIATOR)
def create_feed() -> AnyResponse:
    """A new private address, shown once on the next page."""
    form, account_id = FeedForm(), staff().id
    if not form.validate():
        return show(422, form=form)
    label, shows_names = (form.label.data or "").strip(), bool(form.shows_names.data)
    try:
        token = in_transaction(lambda: verbs.create_feed(account_id, label, shows_names=shows_names))
    except Refused as refused:
        refuse(form, refused)
        return show(refused.status, form=form)
    session[SHOWN_ONCE] = absolute("calendars.subscription", token=token)
    return see_other("calendars.mine", _anchor="new")


@bp.post("/equipe/mes-calendriers/adresses/<int(max=2147483647):feed_id>/revoquer")
@allow(Role.MEDIATOR)
def revoke_feed(feed_id: int) -> AnyResponse:
    account_id = staff().id
    in_transaction(lambda: verbs.revoke_feed(feed_id, account_id))
    flash(_("The address opens nothing any more."), "good")
    return see_other("calendars.mine")
