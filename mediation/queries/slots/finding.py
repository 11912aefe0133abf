"""The free slots of a service within a stretch of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from activity.models import Channel
from agenda import queries as agenda
from agenda.rules.slots import Offer, bookable
from foundation import clock
from foundation.period import Period, whole_day
from mediation.models import Service
from mediation.queries.slots.presences import Presence, Slot, presences


def offer_of(service: Service) -> Offer:
    """What the agenda looks for."""
    return Offer(
        duration=timedelta(minutes=service.duration_minutes),
        before=timedelta(minutes=service.buffer_before_minutes),
        after=timedelta(minutes=service.buffer_after_minutes),
        step=timedelta(minutes=service.step_minutes) if service.step_minutes else None,
    )


def last_day(service: Service, now: datetime) -> date:
    """The last day on which residents may book it."""
    return now.astimezone(clock.territory_zone()).date() + timedelta(days=service.horizon_days)


def open_window(service: Service, window: Period, *, now: datetime, freely: bool = False) -> Period | None:
    """The part of `window` in which a start may be booked; None when nothing is left.

    Args:
        freely: for staff at the desk, neither notice nor horizon count.
    """
    if freely:
        return bookable(window, now)
    end = whole_day(last_day(service, now), clock.territory_zone()).end
    return bookable(window, now, timedelta(minutes=service.notice_minutes), end - now)


def find_slots(
    service: Service,
    window: Period,
    *,
    now: datetime,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[Slot]:
    """Every free slot that starts within `window`, by start, then by shift.

    Args:
        channel: one of the service's; None: a slot for each of them.
        mediator_ids: only these accounts.
        ignoring: reference of an appointment whose own holds count as free, because it is about to be moved.
        freely: for staff at the desk, neither notice nor horizon count.
    """
    present = presences(service, venue_id=venue_id, channel=channel, mediator_ids=mediator_ids)
    return slots_of(present, service, window, now=now, ignoring=ignoring, freely=freely)


def slots_of(
    present: Collection[Presence],
    service: Service,
    window: Period,
    *,
    now: datetime,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[Slot]:
    """The free slots of presences that are known already; see `find_slots`."""
    found = starts_of(present, service, window, now=now, ignoring=ignoring, freely=freely)
    return [one.slot(starts_at, service) for starts_at, offering in found for one in offering]


def starts_of(
    present: Collection[Presence],
    service: Service,
    window: Period,
    *,
    now: datetime,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[tuple[datetime, list[Presence]]]:
    """Free starts, and the presences that offer each, by shift."""
    opened = open_window(service, window, now=now, freely=freely)
    if opened is None:
        return []
    found: dict[datetime, list[Presence]] = {}
    for group in _searches(present):
        needs = {id_: ones[0].resource_ids[1:] for id_, ones in group.items()}
        for free in agenda.free_slots(needs, offer_of(service), opened, ignoring=ignoring):
            found.setdefault(free.start, []).extend(one for id_ in free.opening_ids for one in group[id_])
    return [(start, sorted(found[start], key=lambda one: one.shift_id)) for start in sorted(found)]


def _searches(present: Iterable[Presence]) -> list[dict[int, list[Presence]]]:
    """Presences by opening, in as few searches as can be: a second one for openings both with and without a room."""
    searches: list[dict[int, list[Presence]]] = []
    for one in present:
        for search in searches:
            same = search.setdefault(one.opening_id, [one])
            if same[0].room_resource_id == one.room_resource_id:
                if same[0] is not one:
                    same.append(one)
                break
        else:
            searches.append({one.opening_id: [one]})
    return searches
