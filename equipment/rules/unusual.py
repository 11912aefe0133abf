"""A single day on which hardly anybody lends or borrows a kit: said once, and taken when it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from agenda.rules.free import Closed
from equipment.rules.asking import When
from foundation.errors import Refused
from foundation.i18n import _, _l

DAY_BEGINS, DAY_ENDS = time(7), time(20)


class UnusualTime(Refused):
    """A single date on a holiday, or at night: taken once it was said to be meant."""

    def __init__(self, said: Sequence[str]) -> None:
        message = _l(
            "That time is unusual: %(said)s. Choose another one, or tick that you mean it.", said=", ".join(said)
        )
        super().__init__(message, "anyway")


def unusual(when: When, school_holidays: Sequence[Closed], closures: Sequence[Closed], *, at_school: bool) -> list[str]:
    """What is odd about a time that is wanted once, in words; school holidays do not concern care homes."""
    ends = {when.day, when.last_day or when.day}
    said = [_("%(label)s: the town is closed", label=one.label) for one in _met(closures, ends)]
    if at_school:
        said += [_("school holidays (%(label)s)", label=one.label) for one in _met(school_holidays, ends)]
    starts, finish = when.hours
    if starts < DAY_BEGINS or finish > DAY_ENDS:
        said.append(_("early in the morning or at night"))
    return said


def check_usual(
    when: When, school_holidays: Sequence[Closed], closures: Sequence[Closed], *, at_school: bool
) -> None:  # fmt: skip
    """A series skips such days by itself; a single one is asked for twice.

    Raises:
        UnusualTime, HoursMissing
    """
    if when.every or when.anyway:
        return
    if said := unusual(when, school_holidays, closures, at_school=at_school):
        raise UnusualTime(said)


def _met(closed: Sequence[Closed], ends: set[date]) -> list[Closed]:
    return [one for one in closed if any(one.first_day <= day <= one.last_day for day in ends)]
