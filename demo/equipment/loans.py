"""Draws two school years of loans, day after day, where a kit is free; those of the weeks to come are reserved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from agenda.models import Hold
from demo.equipment.borrowers import BY_KIND, Place
from demo.equipment.shelf import Case
from demo.equipment.stocking import Stocked
from demo.workshops.dates import DAY, next_open
from demo.workshops.stage import Stage
from equipment.models import Approval, Handing, ReservationState
from foundation.db import db
from foundation.period import Period, at_wall_time

AHEAD = timedelta(days=28)
BY_HAND = (timedelta(days=-4), timedelta(days=1))
"""Around the day of loading the diary is written by hand."""
MORNING, AFTERNOON = (time(8, 45), time(11, 45)), (time(13, 30), time(16, 15))
AT_HOMES = (time(14), time(16, 30))
SHAPES = (("morning", 35), ("afternoon", 25), ("day", 22), ("two days", 12), ("week", 6))
LATENESS = (35, 50, 120, 17 * 60, 26 * 60)
IS_LATE, IS_FLAT, IS_OFF, IS_REFUSED, IS_UNTOLD = 0.08, 0.07, 0.05, 0.04, 0.15
FLAT = timedelta(minutes=180)
REFUSALS = (
    "La mallette est révisée cette semaine-là.", "Déjà promise à une autre école ce jour-là ; proposez le jeudi.",
    "Réservée aux évaluations nationales.",
)  # fmt: skip


@dataclass
class Loan:
    """A loan that is drawn, before it becomes rows."""

    case: Case
    place: Place
    group: str
    activity: str
    period: Period
    held_until: datetime
    created_at: datetime
    state: ReservationState
    people: int
    minutes: int | None
    delivered: bool
    back_at: datetime
    flat: bool = False
    answer: str = ""


class Diary:
    """What has each kit when: nothing is drawn twice."""

    def __init__(self, resource_ids: list[int]) -> None:
        self._taken: dict[int, list[tuple[datetime, datetime]]] = {one: [] for one in resource_ids}
        rows = select(Hold.resource_id, Hold.starts_at, Hold.ends_at).where(Hold.resource_id.in_(resource_ids))
        for resource_id, start, end in db.session.execute(rows):
            insort(self._taken[resource_id], (start, end))

    def is_free(self, resource_id: int, start: datetime, end: datetime) -> bool:
        """Holds never overlap: only the last one that begins before `end` can meet it."""
        held = self._taken[resource_id]
        at = bisect_left(held, (end, end))
        return at == 0 or held[at - 1][1] <= start

    def take(self, resource_id: int, start: datetime, end: datetime) -> None:
        insort(self._taken[resource_id], (start, end))


class Drawing:
    """Draws loans in the order of days."""

    def __init__(self, stage: Stage, stocked: Stocked, places: Mapping[str, Place], chance: Random) -> None:
        self.stage, self.stocked, self.places, self.chance = stage, stocked, places, chance
        self.diary = Diary([kit.resource_id for kit in stocked.kits.values()])
        self.in_term = stage.almanac.open_days((), in_term=True)
        self.any_day = stage.almanac.open_days((), in_term=False)

    def loans(self) -> Iterator[Loan]:
        """All of them, first to last; of the kit that is blocked none from three weeks before."""
        today = self.stage.almanac.today
        first = self.stage.since
        for day in (first + number * DAY for number in range((today + AHEAD - first).days + 1)):
            if BY_HAND[0] <= day - today <= BY_HAND[1] or day.weekday() > 4:
                continue
            for case in self.stocked.cases.values():
                odds = case.weekly / 5 * (1 if day < today else 0.7)
                late = case.key == "vr" and day > today - 21 * DAY
                if self.chance.random() < odds and not late and (loan := self._loan(case, day)):
                    yield loan

    def _loan(self, case: Case, day: date) -> Loan | None:
        among = BY_KIND[case.borrowers]
        borrower = self.chance.choices(among, [one.weight for one in among])[0]
        place = self.places[borrower.name]
        if not (self.in_term if place.is_school else self.any_day)(day):
            return None
        period = self._period(place, day)
        kit = self.stocked.kits[case.key]
        held = period.end + timedelta(minutes=case.turnaround_minutes)
        runs_now = period.start < self.stage.now < held
        if runs_now or not self.diary.is_free(kit.resource_id, period.start, held):
            return None
        loan = self._written(case, place, period, held)
        if loan.state.holds:
            self.diary.take(kit.resource_id, period.start, loan.held_until)
        return loan

    def _period(self, place: Place, day: date) -> Period:
        zone = self.stage.almanac.zone
        if not place.is_school:
            return Period(at_wall_time(day, AT_HOMES[0], zone), at_wall_time(day, AT_HOMES[1], zone))
        shape = self.chance.choices([name for name, _weight in SHAPES], [weight for _name, weight in SHAPES])[0]
        starts, ends, last = MORNING[0], AFTERNOON[1], day
        if shape == "morning" or day.weekday() == 2:
            ends = MORNING[1]
        elif shape == "afternoon":
            starts = AFTERNOON[0]
        elif shape == "two days":
            last = next_open(day, self.in_term)
        elif shape == "week":
            last = next_open(day + 3 * DAY, self.in_term)
        if (last - day).days > 7:
            last = day
        return Period(at_wall_time(day, starts, zone), at_wall_time(last, ends, zone))

    def _written(self, case: Case, place: Place, period: Period, held: datetime) -> Loan:
        chance, low, high = self.chance, *place.borrower.people
        over = period.end < self.stage.now
        ahead = timedelta(days=chance.randrange(4, 24))
        loan = Loan(
            case, place, chance.choice(place.borrower.groups), chance.choice(case.activities), period, held,
            min(self.stage.almanac.office_hours(period.start - ahead), self.stage.now - DAY),
            ReservationState.RETURNED if over else ReservationState.APPROVED,
            chance.randrange(low, high + 1), self._minutes(period), chance.random() < 0.3, period.end,
        )  # fmt: skip
        if chance.random() < IS_OFF:
            loan.state = ReservationState.CANCELLED
        elif over and case.approval is not Approval.NONE and chance.random() < IS_REFUSED:
            loan.state, loan.answer = ReservationState.REFUSED, chance.choice(REFUSALS)
        elif over:
            self._bring_back(loan)
        if not over:
            loan.minutes = None
        elif chance.random() < IS_UNTOLD:
            loan.minutes, loan.people = None, 0
        return loan

    def _minutes(self, period: Period) -> int:
        """In their hands: most of a half-day, two or three hours of each day of a longer loan."""
        days = (period.end.date() - period.start.date()).days + 1
        return days * self.chance.choice((45, 60, 90, 120, 150))

    def _bring_back(self, loan: Loan) -> None:
        """In time, or late, and then charged or flat: the kit is kept as long, when nobody else waits for it."""
        late = timedelta(minutes=self.chance.choice(LATENESS) if self.chance.random() < IS_LATE else 0)
        flat = self.chance.random() < IS_FLAT
        back = loan.period.end + late
        held = back + timedelta(minutes=loan.case.turnaround_minutes) + (FLAT if flat else timedelta())
        kit = self.stocked.kits[loan.case.key]
        if held < self.stage.now + BY_HAND[0] and self.diary.is_free(kit.resource_id, loan.period.start, held):
            loan.back_at, loan.flat, loan.held_until = back, flat, held


def ways(loan: Loan) -> tuple[Handing, Handing]:
    """How it got there and back."""
    way = Handing.DELIVERED if loan.delivered else Handing.COLLECTED
    return way, way
