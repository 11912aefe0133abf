"""Public holidays and school holidays of France, as rows to fill a calendar with.

Sources: the `holidays` library (Code du travail, art. L3133-1, and the local law of Alsace-Moselle), and
`vacances-scolaires-france` (open data of the ministry of education).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

import holidays
from vacances_scolaires_france import SchoolHolidayDates

from agenda.models import CalendarKind

ZONES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class KnownDays:
    """One row for the calendar; `seed` names it for good."""

    kind: CalendarKind
    first_day: date
    last_day: date
    label: str
    seed: str


def public_holidays(years: Iterable[int], *, alsace_moselle: bool) -> list[KnownDays]:
    """The public holidays of `years`, in order, with Good Friday and 26 December where the local law keeps them."""
    found = holidays.country_holidays(
        "FR", subdiv="57" if alsace_moselle else None, years=list(years), language="fr", observed=False
    )
    return [
        KnownDays(CalendarKind.PUBLIC_HOLIDAY, day, day, found[day].replace("'", "’"), f"public_holiday:{day}")
        for day in sorted(found)
    ]


@cache
def _school_data() -> dict[date, dict[str, object]]:
    data: dict[date, dict[str, object]] = SchoolHolidayDates().data
    return data


def school_holidays(zone: str, years: Iterable[int]) -> list[KnownDays]:
    """The school holidays of `zone` that begin in `years`, as far as the ministry has published them, in order.

    Raises:
        ValueError: for a zone other than A, B or C; overseas territories have calendars of their own.
    """
    if zone not in ZONES:
        raise ValueError("school zones are A, B and C")
    wanted = set(years)
    return [known for known in _stretches(zone) if known.first_day.year in wanted]


def _stretches(zone: str) -> Iterator[KnownDays]:
    """Consecutive days of one name. Each zone's stretch has a day of its own, so ordinals less ranks group them."""
    column = f"vacances_zone_{zone.lower()}"
    days = sorted(day for day, row in _school_data().items() if row[column])
    named = [(day, str(_school_data()[day]["nom_vacances"]).replace("'", "’")) for day in days]
    for (_, name), run in groupby(enumerate(named), key=lambda item: (item[1][0].toordinal() - item[0], item[1][1])):
        stretch = [day for _, (day, _) in run]
        seed = f"school_holiday:{zone}:{stretch[0]}"
        yield KnownDays(CalendarKind.SCHOOL_HOLIDAY, stretch[0], stretch[-1], name, seed)


def is_school_holiday(
    day: date, known: Iterable[tuple[date, date]], removed: Iterable[tuple[date, date]]
) -> bool | None:
    """Whether `day` lies in school holidays; None when the calendar does not reach that far.

    Args:
        known: first and last days of the holidays in force.
        removed: those that a manager took out: they show how far the calendar reaches, and no more.
    """
    stretches = list(known)
    reach = [*stretches, *removed]
    if not reach or not min(first for first, _ in reach) <= day <= max(last for _, last in reach):
        return None
    return any(first <= day <= last for first, last in stretches)
