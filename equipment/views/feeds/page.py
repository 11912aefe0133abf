"""Secret addresses of calendars of kits: made, renewed and closed, by the team and by hosts for their own place."""

from __future__ import annotations

from flask import Response, flash, request, session
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from equipment.queries.feeds import feeds_of
from equipment.queries.kits import lendables_for
from equipment.rules.feeds import HOME, KIT, SCHOOL, subject_of
from equipment.rules.kits import WORKERS, works_here
from equipment.rules.own import check_place
from equipment.service import feeds as verbs
from equipment.views.feeds.blueprint import bp
from foundation.db import in_transaction
from foundation.i18n import _
from foundation.links import absolute
from foundation.security import Role, allow
from foundation.web import draw, see_other
from places import queries as places

SHOWN_ONCE = "new_kit_calendar_address"
Choice = tuple[str, str]


@bp.get("/equipe/materiel/agendas")
@allow(*WORKERS, Role.HOST)
def addresses() -> Response:
    """The addresses that the person at hand has, and of what else they may have one."""
    account = staff()
    return draw(
        "equipment/feeds/addresses.html",
        feeds=feeds_of(account),
        offered=_offered(account),
        asked=request.args.get("de", ""),
        lends=works_here(account),
        values={HOME: HOME, KIT: KIT, SCHOOL: SCHOOL},
        new_address=session.pop(SHOWN_ONCE, None),
    )


def _offered(account: Account) -> list[tuple[str, list[Choice]]]:
    """(heading, choices): kits and all places for the team, their own place for a host.

    Raises:
        NoPlaceOfYours
    """
    if not works_here(account):
        check_place(account)
        kind, place = (SCHOOL, account.school) if account.school else (HOME, account.care_home)
        return [("", [(f"{kind}-{place.id}", place.name)] if place else [])]
    return [
        (_("Kits"), [(f"{KIT}-{one.id}", one.name) for one in lendables_for(account)]),
        (_("Schools"), [(f"{SCHOOL}-{one.id}", one.name) for one in places.school_names()]),
        (_("Care homes"), [(f"{HOME}-{one.id}", one.name) for one in places.care_home_names()]),
    ]


@bp.post("/equipe/materiel/agendas")
@allow(*WORKERS, Role.HOST)
def renew() -> AnyResponse:
    """A new address, shown once on the next page; the one of before opens nothing any more."""
    subject = subject_of(request.form.get("de", ""))
    token = in_transaction(lambda: verbs.renew(subject, staff()))
    session[SHOWN_ONCE] = absolute("kit_feeds.subscription", token=token)
    return see_other("kit_feeds.addresses", _anchor="new")


@bp.post("/equipe/materiel/agendas/<int(max=2147483647):feed_id>/fermer")
@allow(*WORKERS, Role.HOST)
def close(feed_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.close(feed_id, staff()))
    flash(_("The address opens nothing any more."), "good")
    return see_other("kit_feeds.addresses")
