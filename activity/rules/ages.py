"""Age bands, from a year of birth alone, and what a head-count says of genders."""

from __future__ import annotations

from datetime import date

from activity.models import AgeBand

OLDEST = 120
_FROM_AGE = (
    (70, AgeBand.FROM_70),
    (60, AgeBand.FROM_60_TO_69),
    (40, AgeBand.FROM_40_TO_59),
    (25, AgeBand.FROM_25_TO_39),
    (18, AgeBand.FROM_18_TO_24),
    (12, AgeBand.FROM_12_TO_17),
    (0, AgeBand.UNDER_12),
)


def age_band(birth_year: int | None, on: date) -> AgeBand:
    """The band of the age that somebody born in `birth_year` reaches in the year of `on`.

    The day of birth is never asked, so everybody counts as having had their birthday: the same on 1 January and on
    31 December, wrong by a year for half of the people at most, and always in the same direction. A year that no
    living person can be born in is not a guess at another: it counts as not communicated.
    """
    age = None if birth_year is None else on.year - birth_year
    if age is None or not 0 <= age <= OLDEST:
        return AgeBand.NOT_COMMUNICATED
    return next(band for least, band in _FROM_AGE if age >= least)


def gender_unknown(count: int, feminine: int, masculine: int) -> int:
    """How many of an anonymous head-count said nothing of their gender."""
    return count - feminine - masculine
