"""The first screen of a booking for somebody: for whom, for what, when. Names never travel in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, request

from activity.rules.labels import CHANNELS
from foundation import clock
from foundation.fields import near_day, row_id
from foundation.i18n import _
from foundation.web import draw
from mediation.forms.desk import WhoAndWhenForm
from mediation.models import Service
from mediation.queries.desk import PlaceTimes, Time, next_times
from mediation.rules.desk import Wish, read_wish
from mediation.views.desk.blueprint import Reach
from people.choosing import MOST_FOUND, choice, misses_somebody
from places import queries as places

LATER = ("companions", "remark", "home_address", "locale", "same_as", "request_key")
"""Answers of the second screen, carried along when the first one is shown again."""


@dataclass(frozen=True)
class Start:
    """What the address says when another page leads here."""

    service_id: int | None
    venue_id: int | None
    mediator_id: int | None
    person_id: int | None
    first_day: date | None

    @classmethod
    def of_request(cls) -> Start:
        def number(name: str) -> int | None:
            return request.args.get(name, type=row_id)

        day = request.args.get("jour", type=near_day)
        return cls(number("motif"), number("lieu"), number("mediateur"), number("personne"), day)


def form_for(reach: Reach, start: Start | None = None) -> WhoAndWhenForm:
    """The form with what may be chosen. After a POST it holds what was typed."""
    return WhoAndWhenForm(
        [(one.id, one.label) for one in reach.services],
        [(one.id, one.name) for one in places.venues_for_booking()],
        [(one.id, one.name) for one in reach.mediators],
        data=vars(start) if start else None,
    )


def service_of(form: WhoAndWhenForm, reach: Reach) -> Service | None:
    """The service chosen; the first when none is."""
    found = next((one for one in reach.services if one.id == form.service_id.data), None)
    return found or (reach.services[0] if reach.services else None)


def wish_of(form: WhoAndWhenForm) -> Wish | None:
    """The time chosen, if it is one of the service chosen."""
    wish = read_wish(form.slot.data)
    return wish if wish and wish.service_id == form.service_id.data else None


def screen(form: WhoAndWhenForm, reach: Reach, status: int = 200, nearest: Sequence[Time] = ()) -> Response:
    """Draw it: who is found, and the next times.

    Args:
        nearest: times to offer first, because the one chosen is gone.
    """
    service = service_of(form, reach)
    found, chosen = choice(form)
    first_day = max(form.first_day.data or clock.today(), clock.today())
    return draw(
        "desk/who_and_when.html",
        status,
        form=form,
        service=service,
        found=found,
        chosen=chosen,
        groups=_groups(form, reach, service, first_day),
        nearest=nearest,
        channels=CHANNELS,
        colleague=reach.freely,
        most_found=MOST_FOUND,
        carried=[(name, request.form[name]) for name in LATER if request.form.get(name)],
    )


def _groups(form: WhoAndWhenForm, reach: Reach, service: Service | None, first_day: date) -> list[PlaceTimes]:
    known = {one.id for one in reach.mediators}
    mediator_id = form.mediator_id.data if form.mediator_id.data in known else None
    if service is None:
        return []
    wanted = reach.filter(mediator_id=mediator_id, venue_id=form.venue_id.data)
    return next_times(service, first_day, wanted, now=clock.now())


def complain(form: WhoAndWhenForm, wish: Wish | None) -> bool:
    """Say on the form what is still missing; True when something is."""
    if wish is None:
        form.slot.errors = [_("Choose a time.")]
    return misses_somebody(form) or bool(form.slot.errors)
