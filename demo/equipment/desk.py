"""What the verbs of the days around the loading are given: the days, the people, the kits, and a free time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from accounts.models import Account
from demo.equipment.borrowers import Place
from demo.equipment.days import days_after, days_before, school_days
from demo.equipment.stocking import Stocked
from demo.workshops.dates import DAY, IsOpen
from demo.workshops.stage import Stage
from equipment.models import Reservation
from equipment.queries.handing import items_of
from equipment.queries.kits import lendable
from equipment.queries.lending import free_periods
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.service import handing, lending
from foundation.period import Period, at_wall_time

MORNING, NOON, BACK = time(8, 45), time(11, 45), time(16, 15)
AT_HOME, HOME_ENDS = time(14), time(16, 30)


@dataclass(frozen=True)
class Desk:
    """Where kits are lent in Valbriac."""

    stage: Stage
    stocked: Stocked
    places: Mapping[str, Place]

    @cached_property
    def is_open(self) -> IsOpen:
        return school_days(self.stage.almanac)

    @cached_property
    def before(self) -> list[date]:
        """The last three days of school before today, the newest first."""
        return days_before(self.stage.almanac, self.is_open)

    @cached_property
    def after(self) -> list[date]:
        """The days of school from today on."""
        return days_after(self.stage.almanac, self.is_open)

    @property
    def now(self) -> datetime:
        return self.stage.now

    def account(self, name: str) -> Account:
        return self.stage.account(name)

    def kit_id(self, key: str) -> int:
        return self.stocked.kits[key].id

    def ago(self, days: int) -> datetime:
        """So many days before, in the morning."""
        return self.stage.almanac.office_hours(self.now - days * DAY)

    def at(self, day: date, clock_time: time) -> datetime:
        return at_wall_time(day, clock_time, self.stage.almanac.zone)

    def half_day(self, day: date) -> Period:
        return Period(self.at(day, MORNING), self.at(day, NOON))

    def afternoon(self, day: date) -> Period:
        """As care homes have it."""
        return Period(self.at(day, AT_HOME), self.at(day, HOME_ENDS))

    def weeks(self, day: date, count: int) -> list[date]:
        """The same weekday, week after week, in school."""
        return [one for one in (day + 7 * number * DAY for number in range(count)) if self.is_open(one)]

    def reserve(self, key: str, period: Period, wish: Wish, by: str, *, ago: int) -> Reservation | None:
        """Reserve so many days before; None when a session of a workshop has the kit then."""
        kit_id = self.kit_id(key)
        if not free_periods(lendable(kit_id), [period]):
            return None
        return lending.reserve(kit_id, period, wish, self.account(by), now=self.ago(ago))

    def first_free(
        self, key: str, days: Iterable[date], period_of: Callable[[date], Period], wish: Wish, by: str, *, ago: int
    ) -> Reservation | None:
        """Reserve on the first of the days on which the kit is free."""
        return next(filter(None, (self.reserve(key, period_of(day), wish, by, ago=ago) for day in days)), None)

    def hand_over(self, made: Reservation, signer: str, by: str) -> None:
        """It went out when it was due to, with all that works."""
        conditions = {one.id: one.condition for one in items_of(made.kit_id) if one.condition.serves}
        checked = Checked(conditions, signer, supplies={one.id: one.count for one in made.kit.supplies})
        handing.hand_over(
            made.id, checked, self.account(by), now=made.starts_at, request_key=f"demo-out-{made.id}"
        )  # fmt: skip
