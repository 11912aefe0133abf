"""Records that may already be of the resident somebody is about to create."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from foundation.db import db
from people.models import Person, PersonToken, TokenKind
from people.queries.finding import LAST
from people.rules.duplicates import WORTH_SHOWING, Likeness, Nearness, Traits, compare_names, likeness, years_contradict
from people.rules.names import PARTICLES, sound, sounds, words

MOST_CANDIDATES = 200
MOST_SHOWN = 5
FIRST_LETTERS = 3


@dataclass(frozen=True)
class Likely:
    """A record, how sure it is the same resident, and why."""

    person: Person
    likeness: Likeness


def similar(traits: Traits, *, but: int | None = None) -> list[Likely]:
    """Records worth showing before creating one with `traits`, the likeliest first, at most five.

    Args:
        but: the id of a record that is left out, when looking for doubles of it.
    """
    known = (
        Likely(person, found)
        for person in _candidates(traits)
        if person.id != but and (found := likeness(traits, traits_of(person)))
    )
    worth = [likely for likely in known if likely.likeness.score >= WORTH_SHOWING]
    return sorted(worth, key=lambda likely: (-likely.likeness.score, likely.person.search_key))[:MOST_SHOWN]


def recognised(traits: Traits) -> Person | None:
    """The one resident with exactly this name and telephone number, for a booking that nobody looks at.

    None when there is no such record, or more than one: a new record is better than a wrong one.
    """
    if traits.phone is None:
        return None
    same = [
        person
        for person in db.session.scalars(_live().where(Person.phone == traits.phone).order_by(Person.id))
        if compare_names(traits, traits_of(person)) is Nearness.SAME
        and not years_contradict(traits.birth_year, person.birth_year)
    ]
    return same[0] if len(same) == 1 else None


def traits_of(person: Person) -> Traits:
    return Traits(person.given_name, person.family_name, person.birth_year, person.phone)


def _live() -> Select[Person]:
    return select(Person).where(Person.merged_into_id.is_(None), Person.anonymised_at.is_(None))


def _candidates(traits: Traits) -> list[Person]:
    """A few hundred records at most that share enough with `traits` to be compared letter by letter."""
    ways: list[ColumnElement[bool]] = []
    if traits.phone:
        ways.append(Person.phone == traits.phone)
    heard = sounds(f"{traits.given_name} {traits.family_name}")
    if heard:
        ways.append(Person.id.in_(_sharing(heard, 2 if len(heard) > 1 else 1)))
        if traits.birth_year:
            ways.append(and_(Person.birth_year == traits.birth_year, Person.id.in_(_sharing(heard, 1))))
        ways += [Person.id.in_(_beginning_alike(piece, heard)) for piece in _weighty(traits)]
    if not ways:
        return []
    return list(db.session.scalars(_live().where(or_(*ways)).order_by(Person.id.desc()).limit(MOST_CANDIDATES)))


def _sharing(heard: set[str], fewest: int) -> Select[int]:
    """Ids of people of whose name at least `fewest` pieces sound like one of `heard`."""
    return (
        select(PersonToken.person_id)
        .where(PersonToken.kind == TokenKind.SOUND, PersonToken.token.in_(sorted(heard)))
        .group_by(PersonToken.person_id)
        .having(func.count() >= fewest)
    )


def _weighty(traits: Traits) -> list[str]:
    pieces = words(f"{traits.given_name} {traits.family_name}")
    return [piece for piece in pieces if piece not in PARTICLES and len(piece) > FIRST_LETTERS]


def _beginning_alike(piece: str, heard: set[str]) -> Select[int]:
    """Ids of people with a name that begins like `piece`, a slip later in it, and another that sounds the same."""
    start = piece[:FIRST_LETTERS]
    others = sorted(heard - {sound(piece)})
    begins = select(PersonToken.person_id).where(
        PersonToken.kind == TokenKind.NAME, PersonToken.token >= start, PersonToken.token < start + LAST
    )
    return select(PersonToken.person_id).where(
        PersonToken.kind == TokenKind.SOUND, PersonToken.token.in_(others), PersonToken.person_id.in_(begins)
    )
