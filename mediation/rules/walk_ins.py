"""Somebody comes without an appointment: for how long they can be received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.errors import Conflict, Refused
from foundation.i18n import _l
from foundation.period import Period
from mediation.models import Attendance

SHORTEST = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
OVER = {Attendance.SEEN, Attendance.NOSHOW}
"""Whoever receives the next person is done with the one before, and does not wait for one who did not come."""


@dataclass(frozen=True)
class WalkIn:
    """Who came, and for what.

    Attributes:
        person_id: a resident who was found; None: a new one with `given_name` and `family_name`, one of them enough.
        venue_id: where; None: where the mediator's presence of this time says.
        request_key: made with the form, the same when the form is sent twice.
    """

    service_id: int
    person_id: int | None = None
    given_name: str = ""
    family_name: str = ""
    venue_id: int | None = None
    request_key: str | None = None


class NotReceiving(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Your account has no calendar of its own: ask an administrator to give it one."))


class WhichPlace(Refused):
    """No presence of today says where the mediator is."""

    def __init__(self) -> None:
        super().__init__(_l("Choose the place: you have no presence planned today."), "venue_id")


class NoTimeLeft(Conflict):
    """What comes next is too close."""

    def __init__(self, next_at: str) -> None:
        super().__init__(
            _l("Something begins at %(time)s: there is no time before it. Receive the person after.", time=next_at)
        )


class SomebodyExpected(Conflict):
    """The time of now belongs to somebody of whom nothing was said."""

    def __init__(self, who: str, time: str) -> None:
        super().__init__(
            _l("Say first what became of the appointment of %(time)s (%(who)s), then receive.", who=who, time=time)
        )


class Occupied(Conflict):
    """Something else than an appointment takes the mediator's time."""

    def __init__(self, what: str, until: str) -> None:
        super().__init__(_l("You are taken until %(time)s: %(what)s.", what=what, time=until))


def period_from(now: datetime, length: timedelta, next_at: datetime | None) -> Period | None:
    """How long somebody who just came can be received: cut short by what comes next, None when that is too close."""
    start = now.replace(second=0, microsecond=0)
    end = start + length if next_at is None else min(start + length, next_at)
    return Period(start, end) if end - start >= SHORTEST else None
