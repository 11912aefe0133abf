"""What all vouchers of the demonstration share: the days, the staff, the partners, and what is still to happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from accounts.models import Account
from demo.vouchers.timeline import Timeline
from demo.workshops.dates import DAY, IsOpen
from demo.workshops.stage import MANAGER, Stage
from foundation.period import at_wall_time

CCAS = "nadia"
"""Who gives the cards, and sees the proofs."""


@dataclass
class Scene:
    """`partners`, `campaigns` and `categories` are ids by key, filled as they come to be."""

    stage: Stage
    chance: Random
    timeline: Timeline
    partners: dict[str, int] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.stage.almanac.today

    @cached_property
    def is_open(self) -> IsOpen:
        return self.stage.almanac.open_days((), in_term=False)

    @cached_property
    def people(self) -> dict[int, Account]:
        """The staff by id."""
        return {one.id: one for one in self.stage.accounts.values()}

    @property
    def manager(self) -> Account:
        return self.account(MANAGER)

    @property
    def desk(self) -> Account:
        return self.account(CCAS)

    def account(self, name: str) -> Account:
        return self.stage.account(name)

    def ago(self, days: int) -> date:
        """The first open day from so many days ago on."""
        return self.open_day(self.today - days * DAY)

    def open_day(self, day: date) -> date:
        """The first day from `day` on on which the town works; no Sunday."""
        while not self.is_open(day):
            day += DAY
        return day

    def day_after(self, when: datetime, days: float) -> date:
        """The first open day so many days after an instant."""
        return self.open_day((when + timedelta(days=days)).astimezone(self.stage.almanac.zone).date())

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return at_wall_time(day, time(hour, minute), self.stage.almanac.zone)

    def in_hours(self, day: date, first: int = 9, last: int = 17) -> datetime:
        """Some time of a day, from the hour `first` to the end of the hour `last`."""
        return self.at(day, self.chance.randint(first, last), self.chance.randrange(60))

    def some(self, ids: Sequence[int], how_many: int) -> list[int]:
        """So many of them, or all, ascending."""
        return sorted(self.chance.sample(ids, min(how_many, len(ids))))
