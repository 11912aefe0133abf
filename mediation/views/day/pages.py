"""The day and the week."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from flask import Response, request

from accounts.current import staff
from accounts.models import Account
from activity.rules.labels import CHANNELS
from foundation import clock
from foundation.errors import Unknown
from foundation.i18n import _l
from foundation.security import Role, allow
from foundation.web import draw
from mediation.queries.day import LineKind, day_of, week_of
from mediation.queries.whereabouts import nearest_stay, services_for
from mediation.rules.labels import ATTENDANCES
from mediation.views.day.blueprint import LOOKERS, bp
from mediation.views.offers.shifts import chosen, plannable
from vouchers.queries.listing import to_hand_over
from vouchers.rules.labels import ONE_VOUCHER

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FARTHEST = timedelta(days=3660)


class NoSuchDay(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such day. Go back to today."))


def day_named(text: str) -> date:
    """The day of an address.

    Raises:
        NoSuchDay
    """
    try:
        named = date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay from None
    if abs(named - clock.today()) > FARTHEST:
        raise NoSuchDay
    return named


def others() -> list[Account]:
    """Whom the person at hand may look at instead; empty for somebody who sees only themselves."""
    return plannable() if staff().has(Role.MANAGER) else []


@bp.get("/equipe/journee")
@allow(*LOOKERS)
def today() -> Response:
    return page(clock.today())


@bp.get("/equipe/journee/<day>")
@allow(*LOOKERS)
def show(day: str) -> Response:
    return page(day_named(day))


def page(day: date, status: int = 200, refusal: str = "") -> Response:
    """The page of a day of the mediator that the address names, or of oneself, with what was refused above it."""
    mediator, now = chosen(), clock.now()
    if mediator is None:
        return draw("day/nobody.html")
    own, shown = mediator.id == staff().id, day_of(mediator, day, now)
    people = {line.appointment.person_id for line in [*shown.lines, *shown.late] if line.appointment}
    receives = own and any(line.lit and (line.kind is LineKind.FREE or line.over) for line in shown.lines)
    return draw(
        "day/show.html",
        status,
        shown=shown,
        mediator=mediator,
        mediators=others(),
        own=own,
        whom=None if own else mediator.id,
        refusal=refusal,
        words=ATTENDANCES,
        channels=CHANNELS,
        vouchers=to_hand_over(people, staff(), clock.today()),
        voucher_kinds=ONE_VOUCHER,
        services=services_for(mediator, nearest_stay(shown.stays, now)) if receives else [],
        request_key=uuid4().hex,
        before=(day - DAY).isoformat(),
        after=(day + DAY).isoformat(),
    )


@bp.get("/equipe/semaine")
@allow(*LOOKERS)
def week() -> Response:
    """Seven days from the Monday of the day in the address, or of today."""
    named = day_named(request.args["jour"]) if request.args.get("jour") else clock.today()
    monday = named - timedelta(days=named.weekday())
    mediator = chosen()
    if mediator is None:
        return draw("day/nobody.html")
    return draw(
        "day/week.html",
        columns=week_of(mediator, monday, clock.now()),
        mediator=mediator,
        mediators=others(),
        whom=None if mediator.id == staff().id else mediator.id,
        words=ATTENDANCES,
        monday=monday,
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
    )
