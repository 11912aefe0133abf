"""What the public is told of workshops: which programmes they see, what can be asked for, how seats are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from foundation.errors import Unknown
from foundation.i18n import _l
from foundation.period import Period, at_wall_time
from workshops.models import Enrolment, Programme, ProgrammeAudience

FEW_SEATS = 3
MOST_MONTHS = 12
MOST_PAGES = 1000
SUITS = {
    ProgrammeAudience.CHILDREN: {ProgrammeAudience.CHILDREN, ProgrammeAudience.FAMILIES},
    ProgrammeAudience.TEENAGERS: {ProgrammeAudience.TEENAGERS, ProgrammeAudience.FAMILIES},
    ProgrammeAudience.ADULTS: {ProgrammeAudience.ADULTS},
    ProgrammeAudience.SENIORS: {ProgrammeAudience.SENIORS},
    ProgrammeAudience.FAMILIES: {ProgrammeAudience.FAMILIES},
}
"""Who asks for what finds what, beside that which is for everybody."""


class NotShown(Unknown):
    """A draft, a closed one, one of a client, one for which residents do not register: all look the same."""

    def __init__(self) -> None:
        super().__init__(_l("This workshop is not on offer any more. Look at the workshops to come."))


class Seats(StrEnum):
    """What somebody who wants to come may expect. `unopened` and `over` are about the dates of registration."""

    DROP_IN = "drop_in"
    UNOPENED = "unopened"
    OVER = "over"
    FULL = "full"
    FEW = "few"
    MANY = "many"

    @property
    def can_register(self) -> bool:
        """Whether the form answers: with a seat, or with a place on the waiting list."""
        return self in {Seats.FULL, Seats.FEW, Seats.MANY}


def seats(programme: Programme, free: int, now: datetime) -> Seats:
    """What is said of a session, or of a whole cycle, in which `free` seats are left."""
    opens, closes = programme.registration_opens_at, programme.registration_closes_at
    if programme.enrolment is Enrolment.DROP_IN:
        return Seats.DROP_IN
    if opens is not None and now < opens:
        return Seats.UNOPENED
    if closes is not None and now >= closes:
        return Seats.OVER
    if free <= 0:
        return Seats.FULL
    return Seats.FEW if free <= FEW_SEATS else Seats.MANY


@dataclass(frozen=True)
class Wanted:
    """What somebody asked the agenda for. `month` is its first day."""

    neighbourhood_id: int | None = None
    audience: ProgrammeAudience | None = None
    month: date | None = None

    def __bool__(self) -> bool:
        return self != Wanted()

    @property
    def audiences(self) -> set[ProgrammeAudience]:
        """The audiences of programmes that suit; none: all."""
        return {*SUITS[self.audience], ProgrammeAudience.EVERYONE} if self.audience else set()

    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        said = {
            "quartier": str(self.neighbourhood_id or ""),
            "public": self.audience or "",
            "mois": f"{self.month:%Y-%m}" if self.month else "",
        }
        return {name: value for name, value in said.items() if value}

    def period(self, zone: ZoneInfo) -> Period | None:
        """The month, on the wall clock of `zone`."""
        if self.month is None:
            return None
        return Period(at_wall_time(self.month, time.min, zone), at_wall_time(following(self.month), time.min, zone))


def read(sent: Mapping[str, str]) -> Wanted:
    """From an address; what can not be read is not asked for, so that an old link still shows workshops."""
    audience = sent.get("public", "")
    return Wanted(
        neighbourhood_id=number(sent.get("quartier")),
        audience=ProgrammeAudience(audience) if audience in set(SUITS) else None,
        month=_month(sent.get("mois", "")),
    )


def number(text: str | None) -> int | None:
    """A number as databases count, from 1 on."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 9 and int(plain) > 0 else None


def page(text: str | None) -> int:
    """Which page of a list, the first one unless an address says otherwise."""
    return min(number(text) or 1, MOST_PAGES)


def _month(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None


def following(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`, a year at most."""
    found = [first.replace(day=1)]
    while len(found) < MOST_MONTHS and following(found[-1]) <= last:
        found.append(following(found[-1]))
    return found
