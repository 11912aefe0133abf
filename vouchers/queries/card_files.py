"""What there is when a card file comes: the cards of its numbers, the people of its names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from people.models import Person
from places.clean.text import search_key
from vouchers.models import Card, CardCategory, CardState

AT_ONCE = 5_000
Key = TypeVar("Key", str, int)
_RANK = {CardState.LIVE: 0, CardState.SUSPENDED: 0, CardState.LOST: 1, CardState.ENDED: 2, CardState.REPLACED: 3}


def cards_by_number(numbers: Collection[str]) -> dict[str, Card]:
    """The card of each number of the CCAS that is known: the one that counts, else the last. They are locked."""
    found: dict[str, Card] = {}
    query = select(Card).options(joinedload(Card.person), joinedload(Card.category)).order_by(Card.id)
    for some in _parts(numbers):
        locked = query.where(Card.former_number.in_(some)).with_for_update(key_share=True, of=Card)
        for card in db.session.scalars(locked):
            known = found.get(card.former_number)
            if known is None or _RANK[card.state] <= _RANK[known.state]:
                found[card.former_number] = card
    return found


def people_by_key(keys: Collection[str]) -> dict[str, list[Person]]:
    """Residents by the key of their whole name."""
    found: dict[str, list[Person]] = {}
    for some in _parts(keys):
        live = select(Person).where(Person.merged_into_id.is_(None), Person.anonymised_at.is_(None))
        for person in db.session.scalars(live.where(Person.search_key.in_(some)).order_by(Person.id)):
            found.setdefault(person.search_key, []).append(person)
    return found


def with_a_card(person_ids: Collection[int]) -> set[int]:
    """Who of these has a card that counts, or one that was lost and waits to be replaced."""
    found: set[int] = set()
    theirs = select(Card.person_id).where(Card.state.in_([CardState.LIVE, CardState.SUSPENDED, CardState.LOST]))
    for some in _parts(person_ids):
        found.update(db.session.scalars(theirs.where(Card.person_id.in_(some))))
    return found


def categories_by_key() -> dict[str, CardCategory]:
    """Those in use, by their names without accents and capitals.

    They are locked: of two files that come at once, the second one waits, and then sees whom the first wrote down.
    """
    query = select(CardCategory).where(CardCategory.active).order_by(CardCategory.id)
    return {search_key(one.label): one for one in db.session.scalars(query.with_for_update(key_share=True))}


def _parts(values: Collection[Key]) -> Iterator[list[Key]]:
    """As many as a statement takes."""
    rest = iter(sorted(set(values)))
    while some := list(islice(rest, AT_ONCE)):
        yield some
