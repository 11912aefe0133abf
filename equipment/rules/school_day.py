"""The parts of a day for which a kit is reserved in one press: half-days, and the periods of the school day.

Schools of the town work four days and a Wednesday morning; whoever needs other hours writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from foundation.errors import Refused
from foundation.i18n import _l

WEDNESDAY, SATURDAY = 2, 5
EXACT = "heures"
"""Chosen instead of a part: the hours are written."""


@dataclass(frozen=True)
class Part:
    """A part of the day, in wall times.

    Attributes:
        wednesday: whether schools work then on Wednesdays.
        lessons: a period between two breaks, which only schools know.
    """

    key: str
    label: Any
    starts: time
    ends: time
    wednesday: bool = True
    lessons: bool = False


MORNING = Part("matin", _l("Morning"), time(8, 30), time(11, 30))
AFTERNOON = Part("apres-midi", _l("Afternoon"), time(13, 30), time(16, 30), wednesday=False)
HALF_DAYS = (MORNING, AFTERNOON)
PARTS = (
    *HALF_DAYS,
    Part("journee", _l("Whole day"), time(8, 30), time(16, 30), wednesday=False),
    Part("m1", _l("Before the morning break"), time(8, 30), time(10, 0), lessons=True),
    Part("m2", _l("After the morning break"), time(10, 15), time(11, 30), lessons=True),
    Part("a1", _l("Before the afternoon break"), time(13, 30), time(15, 0), wednesday=False, lessons=True),
    Part("a2", _l("After the afternoon break"), time(15, 15), time(16, 30), wednesday=False, lessons=True),
)
_BY_KEY = {one.key: one for one in PARTS}


class NoSchoolThen(Refused):
    """A school is closed in that part of that day."""

    def __init__(self) -> None:
        message = _l(
            "There is no school then: none at weekends, and on Wednesdays only in the morning. "
            "Choose another day or another part of it, or write the hours."
        )
        super().__init__(message, "part")


def parts_for(at_school: bool) -> list[Part]:
    """Those that are offered: a care home has half-days and no lessons."""
    return [one for one in PARTS if at_school or not one.lessons]


def part_of(key: str) -> Part | None:
    """None for exact hours."""
    return _BY_KEY.get(key)


def is_open(part: Part, day: date, *, at_school: bool) -> bool:
    """Whether the borrower works then; a care home always does."""
    if not at_school:
        return True
    return day.weekday() < SATURDAY and (part.wednesday or day.weekday() != WEDNESDAY)


def check_open(part: Part, day: date, *, at_school: bool) -> None:
    """Raises: NoSchoolThen"""
    if not is_open(part, day, at_school=at_school):
        raise NoSchoolThen
