"""What a mediator's presence may be, and how a change leaves what was offered before as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activity.models import Channel
from agenda.rules.recurrence import DAY, Pattern, check, days_of
from foundation.errors import Refused
from foundation.i18n import _l

SEARCHED = timedelta(days=5 * 366)


@dataclass(frozen=True)
class ShiftDetails:
    """When, where and for what a mediator receives.

    Attributes:
        venue_id: needed when people are received on site.
        room_id: a room of that venue that each appointment takes too.
        service_ids: what may be booked then; at least one.
    """

    pattern: Pattern
    venue_id: int | None
    room_id: int | None
    channels: Sequence[Channel]
    service_ids: Sequence[int]


class NoService(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one service."), "service_ids")


class ServiceNotOffered(Refused):
    """A service that does not exist, or is another structure's."""

    def __init__(self) -> None:
        super().__init__(_l("Choose services that this mediator’s structure offers."), "service_ids")


class NoWay(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one way to receive people."), "channels")


class NoVenue(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose the place at which people are received."), "place")


class NotReceiving(Refused):
    """The account is no mediator, so that there is no time to hold."""

    def __init__(self) -> None:
        super().__init__(_l("This account does not receive people: give it the role of mediator first."))


class PastIsSettled(Refused):
    """What was offered in the past stays as it was."""

    def __init__(self, field: str = "first_day") -> None:
        super().__init__(_l("Choose today or a later day: what was offered before stays as it was."), field)


class HasEnded(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This presence has ended. Create a new one."))


class HasBegun(Refused):
    """Deleting it would rewrite the hours that were offered."""

    def __init__(self) -> None:
        super().__init__(_l("This presence has begun: end it instead, so that past weeks stay as they were."))


def check_shift(details: ShiftDetails) -> None:
    """Refuse a presence for which nobody could book.

    Raises:
        ImpossiblePattern, NoService, NoWay, NoVenue
    """
    check(details.pattern)
    if not details.channels:
        raise NoWay
    if Channel.VENUE in details.channels and details.venue_id is None:
        raise NoVenue
    if not details.service_ids:
        raise NoService


def next_day(pattern: Pattern, today: date) -> date:
    """The day from which a change is proposed: the next of the pattern, so that its rhythm goes on unless moved."""
    start = max(today, pattern.first_day)
    return next(days_of(pattern, start, start + SEARCHED), start)


def has_begun(pattern: Pattern, today: date) -> bool:
    return pattern.first_day < today


def check_change(old: Pattern, new: Pattern, today: date) -> None:
    """Refuse to rewrite the hours that were offered in the past.

    Raises:
        HasEnded, PastIsSettled
    """
    _check_not_ended(old, today)
    if has_begun(old, today) and new.first_day < today:
        raise PastIsSettled


def check_ending(pattern: Pattern, last_day: date, today: date) -> None:
    """Refuse to end a presence in the past; yesterday means that it does not take place any more.

    Raises:
        HasEnded, PastIsSettled
    """
    _check_not_ended(pattern, today)
    if last_day < today - DAY:
        raise PastIsSettled("last_day")


def _check_not_ended(pattern: Pattern, today: date) -> None:
    if pattern.last_day is not None and pattern.last_day < today:
        raise HasEnded
