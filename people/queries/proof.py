"""Whether somebody without an account is who they say: what they type beside a code."""

from __future__ import annotations

from foundation.phones import BadPhone, e164
from people.models import Person
from people.rules.names import words


def proves(person: Person, typed: str) -> bool:
    """Whether `typed` is the telephone number of `person`, or, for somebody without number, the family name.

    The whole name will do as well, in either order; accents and capitals do not count.
    """
    if person.anonymised_at is not None:
        return False
    if person.phone:
        try:
            return e164(typed) == person.phone
        except BadPhone:
            return False
    said, family, given = words(typed), words(person.family_name), words(person.given_name)
    return bool(said) and (said == (family or given) or sorted(said) == sorted([*family, *given]))


def born_in(person: Person, typed: str) -> bool:
    """Whether `typed` is the year of birth of `person`, in any digits: one of some eighty, so tries are to be braked
    for each record too.
    """
    year = typed.strip()
    known = person.anonymised_at is None and person.birth_year is not None
    return known and len(year) == 4 and year.isdecimal() and int(year) == person.birth_year
