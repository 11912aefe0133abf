"""Who is under age: a guardian registers them, and says whom to call. Staff see the person, and decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from workshops.models import Origin, Programme, ProgrammeAudience
from workshops.models.programme import MAJORITY
from workshops.rules.enrolling import Enrolling
from workshops.rules.refusals import ChildrenMissing, GuardianNeeded, NotForChildren, YearMissing

BY_STAFF = frozenset({Origin.DESK, Origin.WALK_IN})
"""Whoever registers so decides freely; the database still has the last word on seats."""
GROWN_UP = frozenset({ProgrammeAudience.ADULTS, ProgrammeAudience.SENIORS})


def is_minor(birth_year: int | None, day: date) -> bool:
    """Whether somebody born in `birth_year` is under age on `day` whatever their birthday is."""
    return birth_year is not None and day.year - birth_year < MAJORITY


def takes_minors(programme: Programme) -> bool:
    """Whether a guardian may register somebody: what is for adults may still begin at sixteen."""
    return programme.audience not in GROWN_UP or (programme.age_min or MAJORITY) < MAJORITY


def asks_year(programme: Programme) -> bool:
    """Whether whoever registers themselves says when they were born."""
    if not programme.takes_alone:
        return False
    has_ages = programme.age_min is not None or programme.age_max is not None
    return has_ages or programme.audience is ProgrammeAudience.TEENAGERS


def check_company(wish: Enrolling, programme: Programme) -> None:
    """Whether those who need a guardian have one, and whoever has none says when they were born.

    The desk registers without, except for a programme that is for children: its team looks after them.

    Raises:
        NotForChildren, ChildrenMissing, YearMissing
    """
    if wish.children:
        if not takes_minors(programme):
            raise NotForChildren
        return
    stays_free = wish.origin is Origin.WALK_IN or (wish.origin in BY_STAFF and not programme.for_children)
    if not programme.takes_alone and not stays_free:
        raise ChildrenMissing(programme.audience)
    unsaid = wish.newcomer is not None and wish.newcomer.birth_year is None
    if unsaid and wish.origin is Origin.RESIDENT and asks_year(programme):
        raise YearMissing


def check_grown_up(programme: Programme, birth_years: Iterable[int | None], day: date, origin: Origin) -> None:
    """Refuse whoever is clearly under age on `day` and comes without a guardian; staff are warned only, by `alone`.

    Raises:
        GuardianNeeded, NotForChildren
    """
    if origin not in BY_STAFF and any(is_minor(year, day) for year in birth_years):
        raise GuardianNeeded if takes_minors(programme) else NotForChildren("birth_year")


def alone(programme: Programme, people: Iterable[tuple[str, int | None]], day: date) -> list[str]:
    """The names of those under age: by their year, or, where it is not known, since nobody else may come.

    Args:
        people: name and year of birth, as far as it is known, of those without a guardian.
    """
    assumed = not programme.takes_alone and programme.audience is not ProgrammeAudience.FAMILIES
    return [name for name, year in people if (assumed if year is None else is_minor(year, day))]
