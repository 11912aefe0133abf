"""Whoever pays with a voucher is the resident whom it names: with or without a telephone, nobody has two seats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.db import db
from people.models import Person
from people.service import Details
from tests.vouchers.given import amounts
from tests.workshops.enrolments import adult, child, counts, family, opened, registered, taken
from tests.workshops.pages import main_of
from tests.workshops.paying import HOUSEHOLD, voucher_of
from tests.workshops.test_registering_pages import ALIX, last, start, through, who
from vouchers.queries.bearers import bearer
from workshops.rules.refusals import AlreadyRegistered

pytestmark = pytest.mark.usefixtures("stopped_clock")
SILENT = Details(given_name="alix", family_name="NUMERO 2")


@pytest.fixture
def programme(cast):
    return opened(cast, training_units=2, capacity=8)


@pytest.fixture
def voucher(cast):
    return voucher_of(cast, "Numéro 2")


def wish_of(programme, voucher, newcomer=SILENT):
    return adult(programme, newcomer=newcomer, voucher_code=voucher.code)


def holder_of(voucher) -> Person:
    db.session.rollback()
    return db.session.get_one(Person, bearer(voucher.code).person_id, populate_existing=True)


@pytest.mark.parametrize(
    "again",
    [SILENT, replace(SILENT, phone="+33639980002"), replace(SILENT, email="alix@example.org")],
    ids=["silent", "phone", "e-mail"],
)
def test_the_holder_has_one_seat_and_pays_once(programme, voucher, again):
    registered(wish_of(programme, voucher))
    before = counts()
    with pytest.raises(AlreadyRegistered):
        registered(wish_of(programme, voucher, again))
    assert (counts(), taken(programme), amounts(voucher.id)[1]) == (before, [(1, 0)], 2_000)


def test_the_record_of_the_voucher_is_registered_and_no_second_one_is_made(programme, voucher):
    before = db.session.query(Person).count()
    made = registered(wish_of(programme, voucher))
    assert made.person_id == holder_of(voucher).id
    assert [one.person_id for one in made.participants] == [made.person_id]
    assert db.session.query(Person).count() == before


def test_what_was_typed_completes_a_record_that_nothing_reaches(programme, voucher):
    registered(wish_of(programme, voucher, replace(SILENT, phone="+33639980002")))
    found = holder_of(voucher)
    assert (found.phone, found.contact_means, found.family_name) == ("+33639980002", "sms", "Numéro 2")


def test_what_was_typed_overwrites_nothing(cast, programme, voucher):
    registered(wish_of(programme, voucher, replace(SILENT, phone="+33639980002")))
    registered(wish_of(opened(cast, training_units=2), voucher, replace(SILENT, phone="+33639980009")))
    assert holder_of(voucher).phone == "+33639980002"


def test_somebody_else_with_that_code_is_not_the_holder(programme, voucher):
    made = registered(adult(programme, 5))
    assert made.person_id != holder_of(voucher).id


def test_a_child_with_a_voucher_of_its_own_sits_once_whoever_registers_it(cast, programme):
    voucher = voucher_of(cast, "Moreau", "Lina", birth_year=2016)
    registered(family(programme, children=(child("Lina"),), voucher_code=voucher.code))
    other = Details(given_name="Ana", family_name="Moreau", phone="+33639980055")
    with pytest.raises(AlreadyRegistered):
        registered(family(programme, children=(child("Lina"),), newcomer=other, voucher_code=voucher.code))
    assert taken(programme) == [(1, 0)]


def test_children_of_a_holder_without_a_telephone_sit_once(cast, programme):
    voucher = voucher_of(cast, "Moreau", "Karim", plan=HOUSEHOLD)
    wish = family(
        programme, "Lina", newcomer=Details(given_name="Karim", family_name="Moreau"), voucher_code=voucher.code
    )
    registered(wish)
    with pytest.raises(AlreadyRegistered):
        registered(wish)
    assert amounts(voucher.id)[1] == 2_000


class TestOnThePages:
    def test_it_is_said_on_the_first_page(self, client, cast, programme):
        voucher = voucher_of(cast, "Martin")
        silent = {"phone": "", "voucher_code": voucher.code}
        through(client, programme, **silent)
        again = who(client, programme, **silent)
        assert again.status_code == 409
        assert "déjà une inscription" in main_of(again)
        assert 'value="Martin"' in again.get_data(as_text=True)
        assert amounts(voucher.id)[1] == 2_000

    def test_also_without_a_voucher_by_name_and_number(self, client, cast):
        programme = opened(cast)
        through(client, programme)
        assert who(client, programme).status_code == 409
        assert who(client, programme, family_name="Durand").status_code == 303

    def test_whether_somebody_comes_is_not_to_be_tried_out(self, client, cast):
        programme = opened(cast)
        through(client, programme)
        client.get(start(programme))
        typed = {**ALIX, "session_id": str(last().session_id)}
        statuses = [client.post(start(programme), data=typed).status_code for _try in range(25)]
        assert (statuses[0], statuses[-1]) == (409, 429)
