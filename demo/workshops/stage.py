"""What the workshops of the demonstration stand on: the town's places, its staff, and its calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from accounts.models import Account
from agenda.models import CalendarKind
from agenda.queries.calendar import calendar_days
from agenda.rules.free import Closed, closed_days
from demo.ground import Ground
from demo.staff import DOMAIN
from demo.team import Team
from demo.workshops.dates import DAY, Almanac
from foundation import clock
from foundation.db import db

MANAGER = "helene"
"""Who writes the programmes and answers the requests."""


@dataclass(frozen=True)
class Stage:
    """`accounts` by given name in small letters; `leaves` by the same, whole days; history begins at `since`."""

    ground: Ground
    almanac: Almanac
    accounts: Mapping[str, Account]
    leaves: Mapping[str, Collection[date]]
    since: date

    @property
    def now(self) -> datetime:
        return self.almanac.now

    def account(self, name: str) -> Account:
        return self.accounts[name]

    def away(self, names: Iterable[str]) -> set[date]:
        """The days on which one of them is on leave."""
        return {day for name in names for day in self.leaves[name]}


def set_stage(ground: Ground, team: Team, since: date, until: date, now: datetime) -> Stage:
    """Gather what is written already.

    Args:
        since, until: the days that are looked at, both included.
    """
    school = [
        Closed(row.first_day, row.last_day, row.label)
        for row in calendar_days(since, until)
        if row.kind is CalendarKind.SCHOOL_HOLIDAY
    ]
    almanac = Almanac(now, clock.territory_zone(), team.closed, closed_days(school))
    accounts = {one.email.removesuffix(f"@{DOMAIN}"): one for one in db.session.scalars(select(Account))}
    leaves: dict[str, set[date]] = {name: set() for name in accounts}
    for presence in team.presences:
        name = presence.account.email.removesuffix(f"@{DOMAIN}")
        for leave in presence.leaves:
            leaves[name] |= {leave.first + n * DAY for n in range((leave.last - leave.first).days + 1)}
    return Stage(ground, almanac, accounts, leaves, since)
