"""A pattern of days and hours in a sentence: `Le mardi, de 9 h 00 à 12 h 00, jusqu’au mardi 30 juin 2026`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from agenda.models import MIDNIGHT, Recurrence
from agenda.rules.recurrence import Pattern, weekdays_of
from foundation.i18n import _, _l, full_day, language, ngettext

WEEKDAYS = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"),
)  # fmt: skip
RANKS = (_l("first"), _l("second"), _l("third"), _l("fourth"), _l("fifth"))
WORKING_DAYS = [0, 1, 2, 3, 4]
EVERY_DAY = list(range(7))


def described(pattern: Pattern, today: date) -> str:
    """When the pattern takes place; a first day that has passed is not mentioned."""
    if pattern.recurrence == Recurrence.ONCE:
        return _once(pattern)
    parts = [_days(pattern), _hours(pattern)]
    if pattern.first_day > today:
        parts.append(_("from %(day)s", day=full_day(pattern.first_day)))
    if pattern.last_day is not None:
        parts.append(_("until %(day)s", day=full_day(pattern.last_day)))
    return _first_letter(", ".join(part for part in parts if part))


def said(clock: time) -> str:
    """`9 h 00` in French, `9:00` elsewhere."""
    return f"{clock.hour}\u202fh\u202f{clock.minute:02}" if language() == "fr" else f"{clock.hour}:{clock.minute:02}"


def _first_letter(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hours(pattern: Pattern) -> str:
    if pattern.whole_days:
        return ""
    end = _("midnight") if pattern.ends == MIDNIGHT else said(pattern.ends)
    return _("from %(start)s to %(end)s", start=said(pattern.starts), end=end)


def _once(pattern: Pattern) -> str:
    first, last = pattern.first_day, pattern.last_day or pattern.first_day
    if first == last:
        hours = _hours(pattern)
        return _first_letter(f"{full_day(first)}, {hours}" if hours else full_day(first))
    if pattern.whole_days:
        return _("From %(first)s to %(last)s", first=full_day(first), last=full_day(last))
    return _(
        "From %(first)s at %(start)s to %(last)s at %(end)s",
        first=full_day(first), start=said(pattern.starts), last=full_day(last), end=said(pattern.ends),
    )  # fmt: skip


def _days(pattern: Pattern) -> str:
    match pattern.recurrence:
        case Recurrence.WEEKLY:
            return _weekly(weekdays_of(pattern), pattern.every)
        case Recurrence.MONTHLY_DAY:
            day = pattern.first_day.day
            return ngettext("day %(day)s of each month", "day %(day)s, every %(num)s months", pattern.every, day=day)
        case _:
            rank, weekday = RANKS[(pattern.first_day.day - 1) // 7], WEEKDAYS[pattern.first_day.weekday()]
            return ngettext(
                "the %(rank)s %(weekday)s of each month", "the %(rank)s %(weekday)s, every %(num)s months",
                pattern.every, rank=rank, weekday=weekday,
            )  # fmt: skip


def _weekly(weekdays: Sequence[int], every: int) -> str:
    days = _weekday_names(weekdays)
    if every == 1:
        return days
    if every == 2:
        return _("every other week, %(days)s", days=days)
    return _("every %(weeks)s weeks, %(days)s", weeks=every, days=days)


def _weekday_names(weekdays: Sequence[int]) -> str:
    if weekdays == EVERY_DAY:
        return _("every day")
    if weekdays == WORKING_DAYS:
        return _("Monday to Friday")
    names = [_("on %(weekday)s", weekday=WEEKDAYS[day]) for day in weekdays]
    if len(names) == 1:
        return names[0]
    return _("%(days)s and %(last)s", days=", ".join(names[:-1]), last=names[-1])
