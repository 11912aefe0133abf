"""A card is nominative: a training voucher pays for its holder, or for whom the holder of a household registers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from foundation.db import db
from people.service import Details
from tests.vouchers.given import amounts
from tests.workshops.enrolments import adult, child, counts, family, opened, registered, taken
from tests.workshops.paying import HOUSEHOLD, voucher_of
from vouchers.models import Redemption
from vouchers.queries.bearers import bearer
from vouchers.rules.refusals import NotTakenHere
from workshops.models import Origin
from workshops.rules.paying import Company, Named, NotEnoughUnits, NotTheirVoucher, pays_for

JEANNE = Named(1, "Jeanne", "Le Goff", 1950)
TYPED = Named(None, "jeanne", "LE GOFF")
LINA = Named(None, "Lina", "Moreau", 2016)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (JEANNE, True),
        (Named(1, "J.", "Goff"), True),
        (TYPED, True),
        (Named(None, "Le Goff", "Jeanne"), True),
        (Named(9, "Jéanne", "le goff", 1950), True),
        (Named(9, "Jeanne", "Le Goff", 1980), False),
        (Named(9, "Jean", "Le Goff"), False),
        (Named(None, "", ""), False),
        (LINA, False),
    ],
)
def test_who_is_one_with_the_holder(other, same):
    assert JEANNE.is_one_with(other) is same


def test_nobody_is_one_with_a_holder_who_was_erased():
    assert not Named(3, "", "").is_one_with(Named(None, "", ""))


@pytest.mark.parametrize(
    ("company", "of_person", "of_household"),
    [
        (Company(TYPED, (TYPED,)), True, True),
        (Company(TYPED, (LINA,)), False, True),
        (Company(TYPED, (TYPED, LINA)), True, True),
        (Company(LINA, (LINA, TYPED)), True, True),
        (Company(LINA, (LINA,)), False, False),
        (Company(None, ()), False, False),
    ],
)
def test_for_whom_a_voucher_pays(company, of_person, of_household):
    assert pays_for(JEANNE, company, of_household=False) is of_person
    assert pays_for(JEANNE, company, of_household=True) is of_household


@pytest.fixture
def programme(cast):
    return opened(cast, training_units=2, capacity=8)


def test_the_voucher_of_somebody_else_registers_nobody(cast, programme):
    voucher, before = voucher_of(cast, "Numéro 7"), counts()
    with pytest.raises(NotTheirVoucher) as refused:
        registered(adult(programme, 2, voucher_code=voucher.code))
    assert refused.value.field == "voucher_code"
    assert (counts(), taken(programme), amounts(voucher.id)[1]) == (before, [(0, 0)], 0)


def test_it_reads_as_a_code_that_does_not_exist_also_when_it_could_not_pay_anyway(cast, programme):
    dear = opened(cast, training_units=11)
    others = voucher_of(cast, "Numéro 7").code
    sentences = set()
    for wanted, code in ((programme, others), (dear, others), (programme, "2222222222")):
        with pytest.raises(NotTheirVoucher) as refused:
            registered(adult(wanted, 2, voucher_code=code))
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_the_holder_reads_why_it_can_not_pay(cast):
    voucher = voucher_of(cast, "Numéro 2")
    with pytest.raises(NotEnoughUnits, match="10"):
        registered(adult(opened(cast, training_units=11), 2, voucher_code=voucher.code))


def test_a_holder_with_another_telephone_is_still_the_holder(cast, programme):
    voucher = voucher_of(cast, "Numéro 2")
    wish = adult(programme, 2, voucher_code=voucher.code)
    registered(replace(wish, newcomer=Details(given_name="alix", family_name="NUMERO 2", email="alix@example.org")))
    assert amounts(voucher.id)[1] == 2_000


def test_somebody_of_the_same_name_born_in_another_year_is_not(cast, programme):
    voucher = voucher_of(cast, "Numéro 2", birth_year=1950)
    wish = adult(programme, 2, voucher_code=voucher.code)
    with pytest.raises(NotTheirVoucher):
        registered(replace(wish, newcomer=replace(wish.newcomer, birth_year=1999)))


def test_the_record_that_the_desk_chose_is_the_holder(cast, programme):
    voucher = voucher_of(cast, "Numéro 2")
    holder_id = bearer(voucher.code).person_id
    wish = replace(adult(programme, voucher_code=voucher.code), newcomer=None, person_id=holder_id, origin=Origin.DESK)
    assert registered(wish, actor_id=cast.ids["mediator"]).person_id == holder_id
    assert db.session.scalars(select(Redemption)).one().by_id == cast.ids["mediator"]


def test_a_parent_pays_for_the_children_with_a_voucher_of_the_household(cast, programme):
    voucher = voucher_of(cast, "Moreau", "Karim", plan=HOUSEHOLD)
    registered(family(programme, "Lina", "Noé", voucher_code=voucher.code))
    assert amounts(voucher.id)[1] == 4_000


def test_a_parent_does_not_with_one_that_is_theirs_alone_unless_they_come_too(cast, programme):
    voucher = voucher_of(cast, "Moreau", "Karim")
    with pytest.raises(NotTheirVoucher):
        registered(family(programme, "Lina", voucher_code=voucher.code))
    registered(family(programme, "Lina", comes_too=True, voucher_code=voucher.code))
    assert amounts(voucher.id)[1] == 4_000


def test_a_child_has_a_voucher_of_its_own(cast, programme):
    voucher = voucher_of(cast, "Moreau", "Lina", birth_year=2016)
    registered(family(programme, children=(child("Lina"),), voucher_code=voucher.code))
    assert amounts(voucher.id)[1] == 2_000


def test_an_unknown_code_has_no_bearer(app, cast):
    with pytest.raises(NotTakenHere):
        bearer("2222222222")
