"""The code of a training voucher is typed in the form of a registration, and refused beside it, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from foundation.db import db
from tests.cast import sign_in
from tests.vouchers.given import amounts
from tests.workshops.enrolments import adult, opened, registered, taken
from tests.workshops.pages import main_of
from tests.workshops.paying import voucher_of
from tests.workshops.test_registering_desk import last, send
from tests.workshops.test_registering_pages import own, start, through, who
from vouchers.models import Redemption
from workshops.models import Openness

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def voucher(cast):
    """Of whoever the pages register."""
    return voucher_of(cast, "Martin")


NAMED = {"given_name": "Alix", "family_name": "Martin"}


def named(wish, code):
    """Somebody else of the same name: with another telephone."""
    return replace(wish, newcomer=replace(wish.newcomer, **NAMED), voucher_code=code)


def acts():
    db.session.rollback()
    return list(db.session.scalars(select(Redemption.act)))


def test_only_a_workshop_that_costs_units_asks_for_a_code(client, cast):
    assert 'name="voucher_code"' not in client.get(start(opened(cast))).get_data(as_text=True)
    assert 'name="voucher_code"' in client.get(start(opened(cast, training_units=2))).get_data(as_text=True)


def test_a_resident_pays_with_a_code_and_reads_so(client, cast, voucher):
    programme = opened(cast, training_units=2)
    checked = main_of(client.get(who(client, programme, voucher_code=voucher.code).location))
    assert "Payé avec un chèque culture numérique 2 unités" in checked
    done = main_of(through(client, programme, voucher_code=voucher.code.lower()))
    assert "Payé avec un chèque culture numérique 2 unités" in done
    assert acts() == [last().reference]
    assert amounts(voucher.id)[0] == 8_000


@pytest.mark.parametrize("code", ["22222", "ABCDEFGHJK", "<b>"])
def test_a_wrong_code_is_refused_beside_the_field_and_what_was_typed_stays(client, cast, code):
    programme = opened(cast, training_units=2)
    refused = who(client, programme, voucher_code=code)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'href="#voucher_code"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="Martin"' in page
    assert taken(programme) == [(0, 0)]


def test_guessing_is_slowed_down(client, cast):
    programme = opened(cast, training_units=2)
    statuses = [who(client, programme, voucher_code="2222222222").status_code for _guess in range(40)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_a_voucher_that_ran_dry_between_the_two_pages_registers_nobody(client, cast, voucher):
    programme = opened(cast, training_units=6, capacity=3)
    checked = client.get(who(client, programme, voucher_code=voucher.code).location)
    registered(named(adult(opened(cast, training_units=6), 8), voucher.code))
    action = checked.get_data(as_text=True).split('action="')[-1].split('"')[0].replace("&amp;", "&")
    refused = client.post(action)
    assert refused.status_code == 422
    assert "4 unités" in main_of(refused)
    assert taken(programme) == [(0, 0)]


def test_whoever_waits_reads_that_it_will_be_paid(client, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    registered(adult(programme, 8))
    assert "À payer avec un chèque culture numérique" in main_of(through(client, programme, voucher_code=voucher.code))


def test_after_cancelling_the_page_speaks_of_no_payment(client, cast, voucher):
    through(client, opened(cast, training_units=2), voucher_code=voucher.code)
    client.post(own(last(), "/annuler"))
    assert "chèque culture numérique" not in main_of(client.get(own(last())))
    assert amounts(voucher.id)[0] == 10_000


@pytest.mark.parametrize("role", ["mediator", "prescriber"])
def test_the_desk_and_prescribers_type_it_for_somebody(client, cast, voucher, role):
    programme = opened(cast, training_units=2, openness=Openness.EVERYONE)
    sign_in(client, getattr(cast, role))
    made = send(client, programme, NAMED, voucher_code=voucher.code)
    assert made.status_code == 303, main_of(made)
    assert "Payé avec un chèque culture numérique" in main_of(client.get(made.location))
    assert acts() == [last().reference]


def test_the_desk_reads_why_a_code_is_refused(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, training_units=2)
    refused = send(client, programme, voucher_code="ABCDEFGHJK")
    assert refused.status_code == 422
    assert 'href="#voucher_code"' in refused.get_data(as_text=True)
    assert taken(programme) == [(0, 0)]


def test_the_choice_of_a_voucher_without_its_code_says_what_to_do(client, cast):
    programme = opened(cast, training_units=2)
    refused = who(client, programme, pays_with="voucher")
    assert refused.status_code == 422
    assert "Choisissez de payer autrement" in main_of(refused)
    assert 'href="#voucher_code"' in refused.get_data(as_text=True)
    assert taken(programme) == [(0, 0)]


def test_whoever_chooses_nothing_is_asked(client, cast):
    refused = who(client, opened(cast, training_units=2))
    assert refused.status_code == 422
    assert 'href="#pays_with"' in refused.get_data(as_text=True)


@pytest.mark.parametrize(("price_cents", "said"), [(500, "Autrement : 5,00 € par place"), (None, "avec l’équipe")])
def test_otherwise_registers_unpaid(client, cast, price_cents, said):
    programme = opened(cast, training_units=2, price_cents=price_cents)
    client.get(start(programme))
    assert said in main_of(client.get(start(programme))).replace("\xa0", " ").replace("\u202f", " ")
    through(client, programme, pays_with="otherwise")
    assert (taken(programme), acts()) == ([(1, 0)], [])


def test_a_code_beside_otherwise_is_not_taken_in_silence(client, cast, voucher):
    refused = who(client, opened(cast, training_units=2), pays_with="otherwise", voucher_code=voucher.code)
    assert refused.status_code == 422
    assert "videz ce champ" in main_of(refused)


def test_the_desk_chooses_too(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, training_units=2)
    assert send(client, programme, NAMED, pays_with="voucher").status_code == 422
    assert send(client, programme, NAMED, pays_with="otherwise").status_code == 303
    assert acts() == []
