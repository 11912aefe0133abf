"""The waiting list: who comes first, and how long a seat that came free is kept for one.

It is ordered by priority, greatest first, then by turn. A seat that came free is offered to the first whose seats fit,
all together or none: a family that does not fit keeps its place, and is the first to be asked when enough are free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.errors import Conflict
from foundation.i18n import _l
from workshops.models import Priority, RegistrationState

BEFORE_START = timedelta(hours=2)
"""The team prepares: an answer comes at least so long before the session."""
LEAST_TIME = timedelta(hours=1)
"""Nobody is asked to answer within less."""


WHY_GONE = {
    RegistrationState.REGISTERED: _l("The yes is noted: the registration is confirmed. Not to come, cancel it."),
    RegistrationState.WAITING: _l("No seat is kept at the moment: this registration is on the waiting list."),
    RegistrationState.CANCELLED: _l("This registration is cancelled: no seat is kept for it."),
}


class OfferGone(Conflict):
    """It was answered, or was not answered in time, or nothing was offered.

    Args:
        state: of the registration: whoever said yes from another tab must not believe that the seat is lost.
    """

    def __init__(self, state: RegistrationState = RegistrationState.LAPSED) -> None:
        lost = _l("This seat is no longer kept for you. You may put yourself back on the waiting list, at its end.")
        super().__init__(WHY_GONE.get(state, lost))


class NotWaiting(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This registration does not wait for a seat. Load the page again."))


class NotLapsed(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This registration is not one whose seat was given on."))


@dataclass(frozen=True)
class Standing:
    """What is known of somebody who joins the list; what is not known gives no priority."""

    first_timer: bool
    neighbourhood_id: int | None
    in_priority_neighbourhood: bool


def met(priorities: Sequence[str], standing: Standing, chosen: Iterable[int]) -> list[Priority]:
    """The rules that put somebody in front, strongest first.

    Args:
        priorities: of the programme, strongest first.
        chosen: ids of the neighbourhoods that have priority.
    """
    holds = {
        Priority.FIRST_TIMER: standing.first_timer,
        Priority.NEIGHBOURHOOD: standing.neighbourhood_id in set(chosen),
        Priority.PRIORITY_NEIGHBOURHOOD: standing.in_priority_neighbourhood,
    }
    return [Priority(rule) for rule in priorities if holds[Priority(rule)]]


def score(priorities: Sequence[str], reasons: Iterable[Priority]) -> int:
    """How far in front somebody stands who meets these rules: each weighs more than all those after it."""
    weights = range(len(priorities) - 1, -1, -1)
    front = set(reasons)
    return sum(1 << weight for weight, rule in zip(weights, priorities, strict=True) if Priority(rule) in front)


def answer_until(starts: Iterable[datetime], told_at: datetime, answer_hours: int) -> datetime | None:
    """Until when a seat is kept for an answer; None when it is too late to ask.

    It ends some time before the first session that leaves time to answer at all: of a series that goes on, the next
    session may be too near, and the others are still worth it.

    Args:
        starts: of the sessions it is for.
        told_at: when the message reaches people, after a night if need be.
    """
    latest = [start - BEFORE_START for start in sorted(starts) if start - BEFORE_START >= told_at + LEAST_TIME]
    return min(latest[0], told_at + timedelta(hours=answer_hours)) if latest else None
