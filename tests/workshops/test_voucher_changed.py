"""Whoever waits gives a training voucher, another one, or none; nothing is paid before a seat is given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db, in_transaction
from tests.cast import NOW, sign_in
from tests.vouchers.given import amounts
from tests.workshops.enrolments import adult, group, opened, registered, state
from tests.workshops.pages import as_stranger, main_of
from tests.workshops.paying import voucher_of
from tests.workshops.test_registering_pages import own
from vouchers.models import Redemption
from workshops.models import Registration, UnitsPromised
from workshops.queries.paid import payment_of
from workshops.rules.paying import NotEnoughUnits, NotTheirVoucher, NoUnitsHere, PaidAlready
from workshops.service import paying, registering, waiting

pytestmark = pytest.mark.usefixtures("stopped_clock")
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def first(cast):
    """Has the one seat of a workshop of two units."""
    return registered(adult(opened(cast, training_units=2, capacity=1), 1))


def waits(first, number=2, code=""):
    return registered(adult(first.programme, number, voucher_code=code))


def changed(registration, code, **more):
    return in_transaction(lambda: paying.change(registration.id, code, now=NOW, **more))


def leave(registration):
    in_transaction(lambda: registering.cancel(registration.id, now=NOW, by_resident=True))


def accepted(registration):
    return in_transaction(lambda: waiting.accept(registration.id, now=SOON))


def sent(client, registration, **typed):
    """The page of the voucher, opened and sent."""
    client.get(own(registration, "/cheque"))
    return client.post(own(registration, "/cheque"), data=typed)


def promised():
    db.session.rollback()
    return list(db.session.scalars(select(UnitsPromised.voucher_id)))


def test_a_voucher_given_while_waiting_pays_when_they_say_yes(cast, first):
    voucher, two = voucher_of(cast, "Numéro 2"), waits(first)
    for _press in range(2):
        changed(two, voucher.code)
    assert (promised(), amounts(voucher.id)[1]) == ([voucher.id], 0)
    leave(first)
    accepted(two)
    assert amounts(voucher.id)[1] == 2_000


def test_another_one_pays_in_its_place(cast, first):
    old, new = voucher_of(cast, "Numéro 2"), voucher_of(cast, "Numéro 2")
    two = waits(first, code=old.code)
    changed(two, new.code)
    leave(first)
    accepted(two)
    assert (amounts(old.id)[1], amounts(new.id)[1]) == (0, 2_000)


def test_none_pays_when_it_is_taken_away(cast, first):
    voucher = voucher_of(cast, "Numéro 2")
    two = waits(first, code=voucher.code)
    changed(two, "")
    assert (promised(), payment_of(db.session.get_one(Registration, two.id))) == ([], None)
    leave(first)
    accepted(two)
    assert (state(two), amounts(voucher.id)[1]) == ("registered", 0)


def test_units_that_went_meanwhile_keep_the_seat_and_another_voucher_takes_it(cast, first):
    """The seat that was offered stays kept until its time."""
    dry, full = voucher_of(cast, "Numéro 2"), voucher_of(cast, "Numéro 2")
    two = waits(first, code=dry.code)
    dear = opened(cast, training_units=9)
    registered(adult(dear, 2, voucher_code=dry.code))
    leave(first)
    with pytest.raises(NotEnoughUnits, match="1 unité"):
        accepted(two)
    assert state(two) == "offered"
    changed(two, full.code)
    assert state(accepted(two)) == "registered"
    assert amounts(full.id)[1] == 2_000


def test_what_was_to_pay_is_free_again_when_they_leave_the_list(cast, first):
    two = waits(first, code=voucher_of(cast, "Numéro 2").code)
    leave(two)
    assert promised() == []


def test_whoever_has_a_seat_or_left_changes_nothing(cast, first):
    voucher = voucher_of(cast)
    with pytest.raises(PaidAlready):
        changed(first, voucher.code)
    leave(first)
    with pytest.raises(PaidAlready):
        changed(first, voucher.code)
    assert promised() == []


def test_the_voucher_of_somebody_else_is_refused_and_the_promise_stays(cast, first):
    mine, others = voucher_of(cast, "Numéro 2"), voucher_of(cast, "Numéro 5")
    two = waits(first, code=mine.code)
    with pytest.raises(NotTheirVoucher):
        changed(two, others.code)
    assert promised() == [mine.id]


def test_a_group_and_a_workshop_without_units_take_none(cast):
    free = opened(cast, capacity=1)
    registered(adult(free, 1))
    two = registered(adult(free, 2))
    full = opened(cast, training_units=2, price_cents=500, capacity=3)
    registered(adult(full, 3))
    them = registered(group(full, 3))
    for one in (two, them):
        with pytest.raises(NoUnitsHere):
            changed(one, "")


def test_who_changed_it_is_written_down(cast, first):
    two = waits(first)
    changed(two, voucher_of(cast, "Numéro 2").code, actor_id=cast.ids["mediator"])
    (entry,) = [one for one in audit.entries(0, 50) if one.action == "registration.voucher"]
    assert (entry.actor_id, entry.details) == (cast.ids["mediator"], {"given": True})


def test_a_resident_gives_it_on_a_page_of_their_own(client, cast, first):
    voucher, two = voucher_of(cast, "Numéro 2"), waits(first)
    assert own(two, "/cheque") in client.get(own(two)).get_data(as_text=True)
    assert "avec quel chèque" in main_of(client.get(own(two, "/cheque")))
    done = sent(client, two, pays_with="voucher", voucher_code=voucher.code)
    assert done.status_code == 303
    assert "À payer avec un chèque culture numérique" in main_of(client.get(own(two)))
    taken_away = sent(client, two, pays_with="otherwise")
    assert (taken_away.status_code, promised()) == (303, [])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "pays_with"),
        ({"pays_with": "gold"}, "pays_with"),
        ({"pays_with": "voucher"}, "voucher_code"),
        ({"pays_with": "voucher", "voucher_code": "2222222222"}, "voucher_code"),
        ({"pays_with": "otherwise", "voucher_code": "2222222222"}, "voucher_code"),
        ({"voucher_code": "x" * 41}, "voucher_code"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(client, cast, first, typed, field):
    two = waits(first)
    refused = sent(client, two, **typed)
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.get_data(as_text=True)
    assert promised() == []


def test_guessing_on_that_page_is_slowed_down(client, cast, first):
    two = waits(first)
    pages = [sent(client, two, voucher_code="2222222222") for _guess in range(40)]
    assert (pages[0].status_code, pages[-1].status_code) == (422, 429)


def test_with_a_seat_there_is_nothing_to_choose(client, cast, first):
    assert own(first, "/cheque") not in client.get(own(first)).get_data(as_text=True)
    assert client.get(own(first, "/cheque")).location.endswith(own(first))


def test_a_page_left_open_until_there_is_a_seat_changes_nothing(client, cast, first):
    two = waits(first)
    client.get(own(two, "/cheque"))
    leave(first)
    accepted(two)
    late = client.post(own(two, "/cheque"), data={"pays_with": "otherwise"})
    assert late.status_code == 409
    assert "tant que" in main_of(late)


def test_without_its_secret_nothing_opens(client, cast, first):
    assert client.get(own(first, "/cheque").replace(first.code, "ZZZZZZ")).status_code == 404


def test_a_yes_that_can_not_be_paid_says_so_and_leads_to_another_voucher(client, cast, first):
    dry = voucher_of(cast, "Numéro 2")
    two = waits(first, code=dry.code)
    registered(adult(opened(cast, training_units=9), 2, voucher_code=dry.code))
    leave(first)
    client.get(own(two))
    refused = client.post(own(two, "/oui"))
    assert refused.status_code == 422
    assert "1 unité" in main_of(refused)
    assert own(two, "/cheque") in refused.get_data(as_text=True)
    assert (state(two), list(db.session.scalars(select(Redemption.units)))) == ("offered", [9])


def test_the_team_notes_it_for_them(client, cast, first):
    voucher, two = voucher_of(cast, "Numéro 2"), waits(first)
    sign_in(client, cast.mediator)
    page = f"/equipe/inscriptions/{two.id}"
    assert f"{page}/cheque" in client.get(page).get_data(as_text=True)
    refused = client.post(f"{page}/cheque", data={"pays_with": "voucher"})
    assert (refused.status_code, promised()) == (422, [])
    assert 'href="#voucher_code"' in refused.get_data(as_text=True)
    wrong = client.post(f"{page}/cheque", data={"voucher_code": "2222222222"})
    assert wrong.status_code == 422
    assert client.post(f"{page}/cheque", data={"voucher_code": voucher.code}).status_code == 303
    assert promised() == [voucher.id]
    assert client.post(f"{page}/cheque", data={"pays_with": "otherwise"}).status_code == 303
    assert promised() == []


def test_nobody_of_another_structure_notes_it(client, cast, first):
    two = waits(first)
    as_stranger(cast, client)
    assert client.post(f"/equipe/inscriptions/{two.id}/cheque", data={"pays_with": "otherwise"}).status_code == 404
