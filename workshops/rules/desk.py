"""Registering for somebody else: who does it, as what, and which years of birth make one ask again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from foundation.security import Role
from workshops.models import Origin, Programme
from workshops.rules.registration import outside_ages

WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
BOOKERS = (*WORKERS, Role.PRESCRIBER)


def origin_for(roles: Collection[Role]) -> Origin:
    """A prescriber registers as one, unless they receive people or direct those who do."""
    return Origin.PRESCRIBER if set(WORKERS).isdisjoint(roles) else Origin.DESK


def outside(programme: Programme, people: Iterable[tuple[str, int | None]], day: date) -> list[str]:
    """The names of those who are clearly too young or too old on `day`.

    Args:
        people: name and year of birth, as far as it is known.
    """
    return [name for name, year in people if outside_ages(programme, year, day)]
