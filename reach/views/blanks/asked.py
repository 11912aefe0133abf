"""What the address of the page asks for: a period, and where and on which weekday one could open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request

from accounts.current import staff
from foundation import clock
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.security import Role
from reach.queries.what_if import Spot, spot_of
from reach.rules import periods
from reach.rules.filters import Filters
from reach.rules.periods import MONTHS_OF_A_QUARTER, SCHOOL_STARTS, Span
from reach.rules.scope import Scope, scope_of

bp = Blueprint("blanks", __name__, url_prefix="/equipe/portee/angles-morts")
READERS = (Role.MANAGER, Role.ADMINISTRATOR)
DAYS_OF_A_WEEK = 7


class NoSuchWeekday(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a day of the week."), "jour")


@dataclass(frozen=True)
class Asked:
    """Attributes:
    spot: where one could open; None: nothing is asked about it.
    weekday: 0 is Monday.
    """

    filters: Filters
    scope: Scope
    spot: Spot | None
    weekday: int
    coordinates: str

    @property
    def address(self) -> dict[str, str]:
        """The query of the same view."""
        said = self.filters.to_address()
        if self.spot:
            said |= {"ou": self.spot.key, "jour": str(self.weekday), "point": self.coordinates}
        return {key: value for key, value in said.items() if value}


def asked(*, spotless: bool = False) -> Asked:
    """Without a period, the year of today; by whoever is signed in, within their scope.

    Args:
        spotless: no spot is looked for, whatever the address says of one.

    Raises:
        UnreadablePeriod, NoSuchSpot, NoSuchWeekday, NoFigures
    """
    sent = request.args
    span = periods.read(sent["periode"]) if sent.get("periode") else periods.year(clock.today().year)
    coordinates = sent.get("point", "").strip()
    spot = spot_of(sent.get("ou", ""), coordinates) if (coordinates or sent.get("ou")) and not spotless else None
    weekday = _weekday(sent.get("jour", "")) if spot else 0
    return Asked(Filters(span=span), scope_of(staff()), spot, weekday, coordinates)


def _weekday(text: str) -> int:
    if text not in {str(day) for day in range(DAYS_OF_A_WEEK)}:
        raise NoSuchWeekday
    return int(text)


def offered(span: Span, today: date) -> list[tuple[str, str]]:
    """(address, words) of the periods that the page offers; the one at hand is always among them."""
    quarter = (today.month - 1) // MONTHS_OF_A_QUARTER + 1
    school = today.year if today.month >= SCHOOL_STARTS else today.year - 1
    this_year, this_quarter = periods.year(today.year), periods.quarter(today.year, quarter)
    usual = [
        this_year, this_year.before, this_quarter, this_quarter.before, periods.month_of(today),
        periods.month_of(today).before, periods.school_year(school), periods.school_year(school - 1),
    ]  # fmt: skip
    found = usual if span in usual else [span, *usual]
    return [(periods.written(one), periods.said(one)) for one in found]
