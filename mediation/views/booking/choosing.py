"""What for, where, when: three pages of links, all that was chosen in their address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from activity.models import Channel
from foundation import clock
from foundation.period import whole_day
from foundation.security import public
from foundation.web import draw, see_other
from mediation.models import Service
from mediation.queries import offered, slots
from mediation.queries.slots import FreeDay, PlaceOpening
from mediation.rules import journey
from mediation.rules.journey import Choice, UnreadableChoice
from mediation.views.booking.blueprint import bp, drafts, part_of_day
from places import queries as places
from places.models import Address, Neighbourhood, Venue

DAYS_SHOWN = 8
PLACES_SHOWN = 20


@dataclass(frozen=True)
class Pick:
    """One place on offer: a venue or another channel, when it is free first, how far it is."""

    opening: PlaceOpening
    venue: Venue | None
    metres: int | None
    choice: Choice


@bp.get("/rendez-vous")
@public
def what() -> Response:
    """What do you need help with?"""
    choice = journey.read(request.args)
    picks = [
        (service, Choice(service_id=service.id, draft=choice.draft)) for service in offered.services_for_everyone()
    ]
    return draw("booking/what.html", picks=picks)


def asked_first(choice: Choice, *, start: bool = False) -> AnyResponse | None:
    """The way to the first question that was passed over: what, where, and, when `start` is needed, when."""
    if choice.service_id is None:
        return see_other("booking.what", **choice.query())
    if choice.channel is None:
        return see_other("booking.where", **choice.query())
    return see_other("booking.when", **choice.query()) if start and choice.starts_at is None else None


@bp.get("/rendez-vous/lieu")
@public
def where() -> AnyResponse:
    """Where do you want to come? Passed over when there is only one answer."""
    choice = journey.read(request.args)
    if choice.service_id is None:
        return see_other("booking.what", **choice.query())
    service = offered.service_for_everyone(choice.service_id)
    openings = slots.first_by_place(service, now=clock.now())
    if len(openings) == 1 and "changer" not in request.args:
        return see_other("booking.when", **choice.at(_place(openings[0])).query())
    neighbourhoods = offered.neighbourhoods()
    typed = request.args.get("rue", "").strip()[:120]
    addresses = places.search_addresses(typed, 6) if typed else []
    return draw(
        "booking/where.html",
        choice=choice,
        service=service,
        picks=_picks(openings, choice, _point(choice, neighbourhoods)),
        shown=PLACES_SHOWN,
        all_shown="tous" in request.args,
        neighbourhoods=neighbourhoods,
        with_addresses=places.has_addresses(),
        typed=typed,
        addresses=[(one, replace(choice, address=one.id, near=None)) for one in addresses],
        near_address=_address(choice),
    )


def _place(opening: PlaceOpening) -> str:
    return str(opening.venue_id) if opening.venue_id is not None else opening.channel.value


def _address(choice: Choice) -> Address | None:
    return offered.address(choice.address) if choice.address else None


def _point(choice: Choice, neighbourhoods: Sequence[Neighbourhood]) -> tuple[float, float] | None:
    """Latitude and longitude of the address, or of the middle of the neighbourhood, that was chosen."""
    if (found := _address(choice)) is not None:
        return found.latitude, found.longitude
    for one in neighbourhoods:
        if one.id == choice.near and one.latitude is not None and one.longitude is not None:
            return one.latitude, one.longitude
    return None


def _picks(openings: Sequence[PlaceOpening], choice: Choice, point: tuple[float, float] | None) -> list[Pick]:
    """Venues, nearest first once a point is known, by neighbourhood until then; then the other channels."""
    venues = offered.venues([one.venue_id for one in openings if one.venue_id is not None])
    metres = {near.venue.id: near.metres for near in places.nearest(venues.values(), point)}
    picks = [
        Pick(one, venues.get(one.venue_id or 0), metres.get(one.venue_id or 0), choice.at(_place(one)))
        for one in openings
        if one.channel is not Channel.VENUE or one.venue_id in venues
    ]
    return sorted(picks, key=_order)


def _order(pick: Pick) -> tuple[bool, bool, int, str, str]:
    venue = pick.venue
    quarter = venue.neighbourhood.name if venue and venue.neighbourhood else "\uffff"
    name = venue.name if venue else pick.opening.channel.value
    return (venue is None, pick.metres is None, pick.metres or 0, quarter, name)


@bp.get("/rendez-vous/jour")
@public
def when() -> AnyResponse:
    """When do you want to come? One day at a time."""
    choice = journey.read(request.args)
    if missing := asked_first(choice):
        return missing
    service, venue = chosen_place(choice)
    calendar = Calendar.of(service, choice)
    return draw(
        "booking/when.html",
        choice=choice,
        service=service,
        venue=venue,
        calendar=calendar,
        target="booking.check" if drafts.find(choice.draft) else "booking.who",
    )


def chosen_place(choice: Choice) -> tuple[Service, Venue | None]:
    """The service and the venue (None for another channel) of a choice that names both.

    Raises:
        NotOffered, Unknown, UnreadableChoice
    """
    service = offered.service_for_everyone(choice.service_id)
    if choice.channel is None or choice.channel not in service.channels:
        raise UnreadableChoice
    return service, places.venue(choice.venue_id) if choice.venue_id is not None else None


@dataclass(frozen=True)
class Calendar:
    """The next free days, the one that is open, and its starts by part of the day.

    Attributes:
        soonest: the very first free start.
        more_after: ask for days after this one; None when there are no more.
    """

    days: Sequence[FreeDay]
    open_day: date | None
    starts: Sequence[datetime]
    soonest: datetime | None
    more_after: date | None
    later_page: bool

    @classmethod
    def of(
        cls, service: Service, choice: Choice, ignoring: str | None = None, leaving_out: datetime | None = None
    ) -> Calendar:
        """What the address asks to see of the free time at the chosen place.

        Args:
            ignoring: the reference of an appointment whose own time counts as free.
            leaving_out: a start that is of no use: the one that is about to be moved.
        """
        now, today = clock.now(), clock.today()
        after = journey.read_day(request.args.get("apres"), today)
        wanted = journey.read_day(request.args.get("jour"), today)
        at: dict[str, Any] = {"venue_id": choice.venue_id, "channel": choice.channel, "ignoring": ignoring}
        enough = DAYS_SHOWN + (2 if leaving_out else 1)
        found = _but(slots.first_days(service, enough, now=now, after=after, **at), leaving_out)
        days = found[:DAYS_SHOWN]
        open_day = wanted or (days[0].day if days else None)
        starts = [start for one in days if one.day == open_day for start in one.starts]
        if wanted and not starts:
            window = whole_day(wanted, clock.territory_zone())
            starts = sorted(
                {slot.starts_at for slot in slots.find_slots(service, window, now=now, **at)} - {leaving_out}
            )
        return cls(
            days=days,
            open_day=open_day,
            starts=starts,
            soonest=days[0].starts[0] if days and after is None else None,
            more_after=days[-1].day if len(found) > DAYS_SHOWN else None,
            later_page=after is not None,
        )

    def parts(self) -> list[tuple[str, list[datetime]]]:
        """The starts of the open day: (morning or afternoon, starts), empty parts left out."""
        groups = [(part, [s for s in self.starts if part_of_day(s) == part]) for part in ("morning", "afternoon")]
        return [(part, starts) for part, starts in groups if starts]


def _but(days: Sequence[FreeDay], start: datetime | None) -> list[FreeDay]:
    """`days` without one start; a day that had no other is gone."""
    left = [replace(day, starts=tuple(one for one in day.starts if one != start)) for day in days]
    return [day for day in left if day.starts]
