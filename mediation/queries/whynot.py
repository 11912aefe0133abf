"""Why a time is not free: what the agenda knows, and whether the mediator receives for this service then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Account
from agenda import queries as agenda
from agenda.rules.recurrence import Pattern
from agenda.rules.why import Reason
from foundation import clock
from foundation.period import Period, whole_day
from mediation.models import Service
from mediation.queries.presences import shifts_of
from mediation.queries.slots import Slot, last_day, nearest, offer_of, presences, slots_of
from mediation.rules.stranding import takes_place_in


@dataclass(frozen=True)
class Answer:
    """Why nobody can book then, or that somebody can.

    Attributes:
        reasons: what stands in the way of residents.
        other_service: the mediator receives then, but not for this service.
        room_closed: the mediator receives then, in a room that is closed.
        offered: the time is offered.
        nearest: free times nearby, with the same mediator.
    """

    reasons: list[Reason]
    other_service: bool
    room_closed: bool
    offered: bool
    nearest: list[Slot]


def why_not(service: Service, mediator: Account, at: datetime, *, now: datetime) -> Answer:
    """All that stands in the way of `service` with `mediator` at the start `at`."""
    zone, offer = clock.territory_zone(), offer_of(service)
    received = Period(at, at + offer.duration)
    there = [
        shift
        for shift in shifts_of(mediator.id, at.astimezone(zone).date())
        if takes_place_in(Pattern.of(shift.opening), received, zone)
    ]
    fitting = [shift for shift in there if service.id in {one.id for one in shift.services}]
    rooms = [shift.room.resource_id for shift in fitting if shift.room]
    present = presences(service, mediator_ids=[mediator.id])
    return Answer(
        agenda.why_not_free(
            [mediator.resource_id or 0, *rooms[:1]],
            at,
            offer,
            notice=timedelta(minutes=service.notice_minutes),
            horizon=whole_day(last_day(service, now), zone).end - now,
        ),
        other_service=bool(there) and not fitting,
        room_closed=any(shift.room and not shift.room.active for shift in fitting),
        offered=bool(slots_of(present, service, Period(at, at + timedelta.resolution), now=now)),
        nearest=nearest(service, at, now=now, mediator_ids=[mediator.id]),
    )
