"""Records that may already be of the resident somebody is about to create."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select, union

from foundation.db import db
from people.models import Person, PersonToken, TokenKind
from people.queries.finding import LAST
from people.rules.duplicates import WORTH_SHOWING, Likeness, Nearness, Traits, compare_names, likeness, years_contradict
from people.rules.names import PARTICLES, search_key, sound, sounds, words

SHARE = 100
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


def recognised(traits: Traits, email: str | None = None) -> Person | None:
    """The one resident with exactly this name and telephone number, for a booking that nobody looks at.

    None when there is no such record, or more than one: a new record is better than a wrong one.

    Args:
        email: asked for in the place of a number, by those who gave none.
    """
    if traits.phone is not None:
        known = list(db.session.scalars(_WITH_NUMBER, {"phone": traits.phone}))
    else:
        known = _with_email(traits, email) if email else []
    same = [
        person
        for person in known
        if compare_names(traits, traits_of(person)) is Nearness.SAME
        and not years_contradict(traits.birth_year, person.birth_year)
    ]
    return same[0] if len(same) == 1 else None


def _with_email(traits: Traits, email: str) -> list[Person]:
    """Whoever has this name, in one order or the other, and this address; letters large or small are the same."""
    given, family = traits.given_name, traits.family_name
    namesakes = _live().where(Person.search_key.in_({search_key(given, family), search_key(family, given)}))
    return [
        person
        for person in db.session.scalars(namesakes.order_by(Person.id))
        if person.email and person.email.casefold() == email.strip().casefold()
    ]


def is_called(person: Person, given_name: str, family_name: str) -> bool:
    """Whether that is the name of `person`, accents, capitals and hyphens aside, in one order or the other."""
    return compare_names(Traits(given_name, family_name), traits_of(person)) is Nearness.SAME


def traits_of(person: Person) -> Traits:
    return Traits(person.given_name, person.family_name, person.birth_year, person.phone)


def _live() -> Select[Person]:
    return select(Person).where(Person.merged_into_id.is_(None), Person.anonymised_at.is_(None))


_WITH_NUMBER = _live().where(Person.phone == bindparam("phone")).order_by(Person.id)


def _candidates(traits: Traits) -> list[Person]:
    """A few hundred records at most that share enough with `traits` to be compared letter by letter.

    Each way to be alike has its own share of them, so that a common name in one way hides nobody in another.
    """
    ways = [*_by_number(traits), *_by_sound(traits), *_by_beginning(traits)]
    if not ways:
        return []
    shares = [select(way.order_by(way.selected_columns[0].desc()).limit(SHARE).subquery()) for way in ways]
    ids = union(*shares) if len(shares) > 1 else shares[0]
    return list(db.session.scalars(_live().where(Person.id.in_(ids))))


def _by_number(traits: Traits) -> list[Select[int]]:
    return [select(Person.id).where(Person.phone == traits.phone)] if traits.phone else []


def _by_sound(traits: Traits) -> list[Select[int]]:
    """Two pieces of the name that sound the same; or one, and the same year of birth, or no other piece at all."""
    heard = sounds(f"{traits.given_name} {traits.family_name}")
    if not heard:
        return []
    sharing = select(PersonToken.person_id).where(
        PersonToken.kind == TokenKind.SOUND, PersonToken.token.in_(sorted(heard))
    )
    ways = [sharing.group_by(PersonToken.person_id).having(func.count() >= 2)]
    if traits.birth_year:
        ways.append(select(Person.id).where(Person.birth_year == traits.birth_year, Person.id.in_(sharing)))
    if not traits.given_name or not traits.family_name:
        one_name = or_(Person.given_name == "", Person.family_name == "")
        ways.append(select(Person.id).where(one_name, Person.id.in_(sharing)))
    return ways


def _by_beginning(traits: Traits) -> list[Select[int]]:
    """One piece that begins the same, with a slip later in it, beside another that sounds the same."""
    pieces = [piece for piece in words(f"{traits.given_name} {traits.family_name}") if piece not in PARTICLES]
    return [
        _beginning_alike(piece, sorted({sound(other) for other in pieces} - {sound(piece)}))
        for piece in pieces
        if len(piece) > FIRST_LETTERS and len(pieces) > 1
    ]


def _beginning_alike(piece: str, others: list[str]) -> Select[int]:
    start = piece[:FIRST_LETTERS]
    begins = select(PersonToken.person_id).where(
        PersonToken.kind == TokenKind.NAME, PersonToken.token >= start, PersonToken.token < start + LAST
    )
    return select(PersonToken.person_id).where(
        PersonToken.kind == TokenKind.SOUND, PersonToken.token.in_(others), PersonToken.person_id.in_(begins)
    )
