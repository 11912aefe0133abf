"""Finding residents across the whole territory: by code, telephone, or name in any order and spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, or_, select, union

from foundation.codes import read_code
from foundation.db import db
from people.models import Person, PersonToken, TokenKind
from people.rules.names import wanted, whole_name_keys, words
from people.rules.numbers import backward, beginnings, digits_typed
from places.models import Neighbourhood

MOST = 25
LONGEST_QUERY = 120
LAST = "\U0010ffff"
"""Sorts after every character, so that `[prefix, prefix + LAST)` is all that begins with the prefix."""
YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class Found:
    """One line of a list of residents. `phone` is E.164."""

    id: int
    code: str
    given_name: str
    family_name: str
    birth_year: int | None
    phone: str | None
    neighbourhood: str | None
    last_contact_at: datetime

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def find(query: str, limit: int = MOST) -> list[Found]:
    """Residents that `query` may mean, the likeliest first, at most `limit`.

    A code, a number (from its start, or its last four digits or more), or pieces of a name in any order, of
    which the year of birth may be one: `martin anna 1957`. Records that were merged lead to the one kept;
    erased ones are not found.
    """
    text = query.strip()[:LONGEST_QUERY]
    if code := read_code(text):
        by_its_code = _listed(_with_code(code), [], limit)
        if by_its_code:
            return by_its_code
    if digits := digits_typed(text):
        return _listed(Person.id.in_(_kept_of(_number_like(digits))), [], limit)
    return _by_name(text, limit)


def _by_name(text: str, limit: int) -> list[Found]:
    years = [int(word) for word in words(text) if YEAR.fullmatch(word)]
    name = " ".join(word for word in words(text) if not YEAR.fullmatch(word))
    pieces = wanted(name)
    if not pieces:
        return []
    holders = _holders(*(_begins(TokenKind.NAME, piece) for piece in pieces))
    of_year = [Person.birth_year.in_(years)] if years else []
    rank = case(
        (Person.search_key.in_(whole_name_keys(name)), 0),
        (and_(Person.search_key >= pieces[0], Person.search_key < pieces[0] + LAST), 1),
        else_=2,
    )
    return _listed(and_(Person.id.in_(_kept_of(holders)), *of_year), [rank], limit)


def _begins(kind: TokenKind, prefix: str) -> ColumnElement[bool]:
    return and_(PersonToken.kind == kind, PersonToken.token >= prefix, PersonToken.token < prefix + LAST)


def _holders(first: ColumnElement[bool], *others: ColumnElement[bool]) -> Select[int]:
    """Ids of the people who hold a token of each kind asked for."""
    found = select(PersonToken.person_id).where(first)
    return found.where(PersonToken.person_id.in_(_holders(*others))) if others else found


def _kept_of(holders: Select[int]) -> CompoundSelect[int]:
    """The same ids, and those of the records that some of them were merged into (few, hence by their own index)."""
    into = select(Person.merged_into_id).where(Person.merged_into_id.is_not(None), Person.id.in_(holders))
    return union(holders, into)


def _number_like(digits: str) -> Select[int]:
    starts = (_begins(TokenKind.PHONE, start) for start in sorted(beginnings(digits)))
    return _holders(or_(*starts, _begins(TokenKind.PHONE_END, backward(digits))))


def _listed(condition: ColumnElement[bool], ranks: list[ColumnElement[int]], limit: int) -> list[Found]:
    rows = db.session.execute(
        select(
            Person.id, Person.code, Person.given_name, Person.family_name, Person.birth_year, Person.phone,
            Neighbourhood.name, Person.last_contact_at,
        )
        .outerjoin(Neighbourhood, Neighbourhood.id == Person.neighbourhood_id)
        .where(condition, Person.anonymised_at.is_(None), Person.merged_into_id.is_(None))
        .order_by(*ranks, Person.search_key, Person.id)
        .limit(limit)
    )  # fmt: skip
    return [Found(*row) for row in rows]


def _with_code(code: str) -> ColumnElement[bool]:
    return Person.id == (
        select(func.coalesce(Person.merged_into_id, Person.id)).where(Person.code == code).scalar_subquery()
    )


def by_code(code: str) -> Person | None:
    """The resident of a code however it is written; the kept record when it was merged."""
    known = read_code(code)
    if known is None:
        return None
    return db.session.scalar(select(Person).where(_with_code(known), Person.anonymised_at.is_(None)))


def by_phone(phone: str) -> list[Person]:
    """Residents with exactly this E.164 number of their own, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.phone == phone, Person.merged_into_id.is_(None), Person.anonymised_at.is_(None))
            .order_by(Person.search_key, Person.id)
        )
    )
