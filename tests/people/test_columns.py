"""What the database itself refuses about residents, whichever code writes."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from foundation.db import broken_constraint, db, transaction
from people.models import (
    Companion,
    ConsentTopic,
    Person,
    PersonConsent,
    PersonMerge,
    PersonToken,
    Residence,
    TokenKind,
)
from tests.cast import NOW


def person(**changed) -> Person:
    known = {"code": "222222", "family_name": "Roux", "search_key": "roux", "created_at": NOW, "last_contact_at": NOW}
    return Person(**known | changed)


def merge(cast, **changed) -> PersonMerge:
    known = {"kept_id": cast.resident.id, "gone_id": cast.neighbour.id, "moved": {}, "filled": [], "at": NOW}
    return PersonMerge(**known | changed)


BROKEN = [
    (lambda cast: person(family_name=""), "ck_person_has_a_name"),
    (lambda cast: person(birth_year=1899), "ck_person_birth_year_plausible"),
    (lambda cast: person(birth_year=2101), "ck_person_birth_year_plausible"),
    (lambda cast: person(residence=Residence.INSIDE), "ck_person_inside_has_neighbourhood"),
    (lambda cast: person(neighbourhood_id=cast.mills.id), "ck_person_inside_has_neighbourhood"),
    (
        lambda cast: person(residence=Residence.OUTSIDE, neighbourhood_id=cast.mills.id),
        "ck_person_inside_has_neighbourhood",
    ),
    (lambda cast: person(id=777, merged_into_id=777), "ck_person_merged_into_another"),
    (lambda cast: person(code=cast.resident.code), "uq_person_code"),
    (lambda cast: Companion(person_id=cast.resident.id, name="", created_at=NOW), "ck_companion_name_given"),
    (lambda cast: merge(cast, gone_id=cast.resident.id), "ck_person_merge_two_records"),
]


@pytest.mark.parametrize(("row", "constraint"), BROKEN, ids=[f"{at}-{name}" for at, (_row, name) in enumerate(BROKEN)])
def test_a_constraint_is_kept(cast, row, constraint):
    with pytest.raises(IntegrityError) as refused, transaction():
        db.session.add(row(cast))
    assert broken_constraint(refused.value) == constraint


@pytest.mark.parametrize(
    "row",
    [
        lambda cast: person(),
        lambda cast: person(family_name="", given_name="Nadia"),
        lambda cast: person(family_name="", search_key="", anonymised_at=NOW),
        lambda cast: person(residence=Residence.INSIDE, neighbourhood_id=cast.mills.id),
        lambda cast: person(residence=Residence.OUTSIDE),
        lambda cast: person(birth_year=1900),
        merge,
    ],
)
def test_what_is_right_is_written(cast, row):
    with transaction():
        db.session.add(row(cast))


@pytest.mark.parametrize(
    "row",
    [
        lambda cast: person(neighbourhood_id=99_999, residence=Residence.INSIDE),
        lambda cast: person(created_by=99_999),
        lambda cast: person(merged_into_id=99_999),
        lambda cast: Companion(person_id=99_999, name="Léa", created_at=NOW),
        lambda cast: PersonConsent(person_id=99_999, topic=ConsentTopic.RECORD, granted=True, at=NOW),
        lambda cast: PersonToken(person_id=99_999, kind=TokenKind.NAME, token="roux"),
        lambda cast: merge(cast, kept_id=99_999),
    ],
)
def test_nothing_points_to_what_is_not_there(cast, row):
    with pytest.raises(IntegrityError), transaction():
        db.session.add(row(cast))


@pytest.mark.parametrize("column", ["gender", "status", "residence", "contact_means"])
def test_words_outside_the_lists_are_refused(cast, column):
    with pytest.raises(StatementError), transaction():
        db.session.add(person(**{column: "something else"}))


def test_there_is_room_for_any_token_of_a_name(cast):
    with transaction():
        db.session.add(PersonToken(person_id=cast.resident.id, kind=TokenKind.NAME, token="é" * 40))


def test_prefixes_sort_by_byte_on_both_databases(cast):
    spelled = ["a", "A", "é", "z", "ʼ", "علي", "李"]
    with transaction():
        db.session.add_all(
            PersonToken(person_id=cast.neighbour.id, kind=TokenKind.PHONE_END, token=token) for token in spelled
        )
    stored = PersonToken.__table__
    rows = db.session.scalars(
        stored.select()
        .with_only_columns(stored.c.token)
        .where(stored.c.kind == TokenKind.PHONE_END, stored.c.person_id == cast.neighbour.id)
        .order_by(stored.c.token)
    )
    assert list(rows) == sorted(spelled)
