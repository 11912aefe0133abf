"""What a session may be when it is planned, moved or changed; what stands in the way of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.forbidden import check_text
from foundation.period import Period
from foundation.said import check_translations
from workshops.models import SessionState
from workshops.rules.dates import MOST_SESSIONS, NoDate, TooManySessions
from workshops.rules.unplannable import (
    BadCapacity,
    BadKits,
    CapacityTaken,
    InThePast,
    NoPlace,
    NoTeam,
    NotPlanned,
    TitlesLeftOver,
    TooLong,
    TooMuchAround,
)

NOTHING = timedelta(0)
LONGEST = timedelta(hours=24)
EARLIEST, LATEST = time(7), time(22, 30)
LONGEST_AROUND = timedelta(hours=4)
MOST_SEATS = 500
MOST_KITS = 20


@dataclass(frozen=True)
class Place:
    """Where a session takes place: a venue, perhaps one of its rooms, or else a school or a care home."""

    venue_id: int | None = None
    room_id: int | None = None
    school_id: int | None = None
    care_home_id: int | None = None


@dataclass(frozen=True)
class SessionPlan:
    """One session as it is wanted.

    Attributes:
        team: ids of the mediators' accounts; at least one.
        capacity: seats; None: the programme's.
        before, after: time held around it, to go there and to set up.
        kits: kind of kit → how many.
        equipment_note: what has to be there; names nobody.
        translations: language code → `title`.
    """

    period: Period
    place: Place
    team: Sequence[int]
    capacity: int | None = None
    title: str = ""
    before: timedelta = NOTHING
    after: timedelta = NOTHING
    kits: Mapping[str, int] = field(default_factory=dict)
    equipment_note: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def held(self) -> Period:
        """What it takes of the time of its team and its room."""
        return self.period.padded(self.before, self.after)


def check_plans(plans: Sequence[SessionPlan], existing: int, *, now: datetime) -> None:
    """Refuse sessions that could not take place, before anybody is asked whether they are free.

    Args:
        existing: sessions that the programme has already.

    Raises:
        NoDate, TooManySessions, and the refusals of `check_plan`
    """
    if not plans:
        raise NoDate
    if existing + len(plans) > MOST_SESSIONS:
        raise TooManySessions
    for plan in plans:
        check_plan(plan, now=now)


def check_plan(plan: SessionPlan, *, now: datetime) -> None:
    """Refuse one session that could not take place.

    Raises:
        InThePast, TooLong, TooMuchAround, NoTeam, NoPlace, BadCapacity, BadKits, and what
        `foundation.forbidden.check_text` raises
    """
    check_period(plan.period, now=now)
    if not all(NOTHING <= around <= LONGEST_AROUND for around in (plan.before, plan.after)):
        raise TooMuchAround
    if plan.capacity is not None:
        check_capacity(plan.capacity, 0)
    check_arrangement(plan)


def check_arrangement(plan: SessionPlan) -> None:
    """Refuse a session without team or place, or with impossible kits; its time is not looked at.

    Raises:
        NoTeam, NoPlace, BadKits, and what `foundation.forbidden.check_text` raises
    """
    if not plan.team:
        raise NoTeam
    place = plan.place
    if [place.venue_id, place.school_id, place.care_home_id].count(None) != 2:
        raise NoPlace
    if place.room_id is not None and place.venue_id is None:
        raise NoPlace
    if not all(kind and 1 <= count <= MOST_KITS for kind, count in plan.kits.items()):
        raise BadKits
    check_text(plan.title, "title")
    check_translations(plan.translations)
    check_text(plan.equipment_note, "equipment_note")


def check_titles(titles: Sequence[str], sessions: int) -> None:
    """Refuse more titles than there are sessions to bear them.

    Raises:
        TitlesLeftOver
    """
    if len(titles) > sessions:
        raise TitlesLeftOver(len(titles) - sessions)


def check_period(period: Period, *, now: datetime, field_name: str = "day") -> None:
    """Raises: InThePast, TooLong"""
    if period.start <= now:
        raise InThePast(field_name)
    if period.length > LONGEST:
        raise TooLong


def is_at_night(period: Period, zone: ZoneInfo) -> bool:
    """Whether it begins before most people are up, or ends after they went home: rather a slip of the pen."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    return start.time() < EARLIEST or end.date() > start.date() or end.time() > LATEST


def check_capacity(capacity: int, taken: int) -> None:
    """Raises: BadCapacity, CapacityTaken"""
    if not 1 <= capacity <= MOST_SEATS:
        raise BadCapacity
    if capacity < taken:
        raise CapacityTaken(taken)


def check_planned(state: SessionState) -> None:
    """Refuse to change what was cancelled or has taken place.

    Raises:
        NotPlanned
    """
    if state is not SessionState.PLANNED:
        raise NotPlanned


def met_each_other(plans: Sequence[SessionPlan]) -> list[tuple[SessionPlan, SessionPlan]]:
    """Pairs of the plans themselves that need somebody or the same room at once, by start: the later one is second."""
    ordered = sorted(plans, key=lambda plan: plan.held)
    found = []
    for index, plan in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.held.start >= plan.held.end:
                break
            if _share(plan, other):
                found.append((plan, other))
    return found


def _share(plan: SessionPlan, other: SessionPlan) -> bool:
    same_room = plan.place.room_id is not None and plan.place.room_id == other.place.room_id
    return same_room or bool({*plan.team} & {*other.team})
