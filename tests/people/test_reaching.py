"""By which channel a resident is told something, or who is told in their place."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from foundation.outbox.models import Channel
from people import queries, service
from people.models import ContactMeans, Person, Relation
from people.queries import Reach
from people.rules.reaching import reached_by, stands_in
from tests.people.residents import write

MOBILE, OTHER_MOBILE, LANDLINE = "+33639980021", "+33639980022", "+33240000000"
MAIL = "farid@example.org"


@pytest.mark.parametrize(
    ("means", "phone", "email", "expected"),
    [
        (ContactMeans.SMS, MOBILE, MAIL, (Channel.SMS, MOBILE)),
        (ContactMeans.SMS, LANDLINE, MAIL, (Channel.EMAIL, MAIL)),
        (ContactMeans.SMS, LANDLINE, None, None),
        (ContactMeans.SMS, None, None, None),
        (ContactMeans.EMAIL, MOBILE, MAIL, (Channel.EMAIL, MAIL)),
        (ContactMeans.EMAIL, MOBILE, None, (Channel.SMS, MOBILE)),
        (ContactMeans.PHONE_CALL, MOBILE, MAIL, None),
        (ContactMeans.NONE, MOBILE, MAIL, None),
    ],
)
def test_the_means_chosen_then_what_is_known(means, phone, email, expected):
    assert reached_by(means, phone, email) == expected


@pytest.mark.parametrize(
    ("means", "phone", "email", "numbers", "expected"),
    [
        (ContactMeans.NONE, None, None, [MOBILE], MOBILE),
        (ContactMeans.NONE, None, None, [LANDLINE, MOBILE], MOBILE),
        (ContactMeans.NONE, None, None, [LANDLINE], None),
        (ContactMeans.NONE, None, None, [], None),
        (ContactMeans.PHONE_CALL, LANDLINE, None, [MOBILE], MOBILE),
        (ContactMeans.SMS, LANDLINE, None, [MOBILE], MOBILE),
        (ContactMeans.NONE, LANDLINE, None, [MOBILE], None),
        (ContactMeans.NONE, None, MAIL, [MOBILE], None),
        (ContactMeans.PHONE_CALL, MOBILE, None, [MOBILE], None),
        (ContactMeans.PHONE_CALL, LANDLINE, MAIL, [MOBILE], None),
    ],
)
def test_who_acts_for_somebody_is_told_in_their_place_unless_they_chose_otherwise(
    means, phone, email, numbers, expected
):
    assert stands_in(means, phone, email, numbers) == expected


def companion(person: Person, name: str, phone: str | None) -> None:
    with transaction():
        service.add_companion(person.id, name, phone, Relation.CHILD, None)


def test_a_resident_is_written_to_first(app):
    farid = write("Haddad", "Farid", phone=MOBILE, contact_means=ContactMeans.SMS)
    companion(farid, "Léa", OTHER_MOBILE)
    assert queries.reach(farid) == Reach(Channel.SMS, MOBILE)


def test_somebody_who_can_not_be_reached_is_told_through_who_acts_for_them(app):
    rose = write("Morel", "Rose", phone=LANDLINE, contact_means=ContactMeans.PHONE_CALL)
    companion(rose, "Club", LANDLINE)
    companion(rose, "Léa", OTHER_MOBILE)
    assert queries.reach(rose) == Reach(Channel.SMS, OTHER_MOBILE, to_companion=True)


def test_nobody_is_written_to_when_nobody_has_a_channel(app):
    rose = write("Morel", "Rose", contact_means=ContactMeans.NONE)
    companion(rose, "Club", None)
    assert queries.reach(rose) is None


def test_who_may_be_reached_is_found_in_one_query_and_nobody_reached_is_left_out(app):
    texted = write("Haddad", "Farid", phone=MOBILE, contact_means=ContactMeans.SMS)
    acted_for = write("Morel", "Rose", contact_means=ContactMeans.NONE)
    companion(acted_for, "Léa", OTHER_MOBILE)
    alone = write("Petit", "Yves", contact_means=ContactMeans.NONE)
    companion(alone, "Club", None)
    found = set(db.session.scalars(select(Person.id).where(queries.may_be_reached())))
    assert found == {texted.id, acted_for.id}
