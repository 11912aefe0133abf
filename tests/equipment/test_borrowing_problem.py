"""Report a problem in two presses: what is wrong, and if one likes which device."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Incident, Item, Reservation, ReservationState
from equipment.service import incidents as verbs
from foundation.db import db, in_transaction, transaction
from tests.cast import NOW, sign_in
from tests.equipment.borrowing import HOME, as_teacher
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def out(client, cast, state=ReservationState.HANDED_OVER):
    """A kit that the teacher at hand has."""
    blue = kit(units=12)
    one = reserved(blue.id, morning(), host_of_school(cast).id)
    with transaction():
        db.session.get(Reservation, one.id).state = state
    as_teacher(client, cast)
    return one


def incidents():
    db.session.rollback()
    return list(db.session.scalars(select(Incident).order_by(Incident.id)))


def items(one):
    return list(db.session.scalars(select(Item).where(Item.kit_id == one.kit_id).order_by(Item.id)))


def test_two_presses_from_the_first_page_are_an_incident(client, cast):
    one = out(client, cast)
    address = f"{HOME}/{one.code}/probleme"
    assert f'href="{address}"' in client.get(HOME).get_data(as_text=True)
    page = client.get(address).get_data(as_text=True)
    for what in ("ne-demarre-pas", "casse", "manque", "autre"):
        assert f'name="what" value="{what}"' in page
    answer = client.post(address, data={"what": "ne-demarre-pas", "item_id": "", "note": ""})
    assert "Merci" in main_of(client.get(answer.location))
    (made,) = incidents()
    assert (made.kit_id, made.reservation_id, made.item_id) == (one.kit_id, one.id, None)
    assert (made.condition, made.description) == (Condition.DAMAGED, "Ne démarre pas")
    assert made.opened_by_id == cast.ids["host"]
    assert "Ne démarre pas" in main_of(client.get(f"{HOME}/{one.code}"))


@pytest.mark.parametrize(
    ("what", "condition"),
    [("casse", "damaged"), ("manque", "missing"), ("autre", "damaged"), ("ne-demarre-pas", "damaged")],
)
def test_a_device_that_is_named_counts_no_more_among_those_that_work(client, cast, what, condition):
    one = out(client, cast)
    item = items(one)[4]
    address = f"{HOME}/{one.code}/probleme"
    client.post(address, data={"what": what, "item_id": str(item.id), "note": "Écran noir"})
    (made,) = incidents()
    assert made.item_id == item.id
    assert made.description.endswith("Écran noir")
    assert db.session.get(Item, item.id, populate_existing=True).condition == condition
    assert "11 sur 12 fonctionnent" in main_of(client.get(f"{HOME}/{one.code}"))


def test_pressed_twice_it_is_one_incident(client, cast):
    one = out(client, cast)
    for _press in range(2):
        client.post(f"{HOME}/{one.code}/probleme", data={"what": "casse", "item_id": str(items(one)[0].id)})
        client.post(f"{HOME}/{one.code}/probleme", data={"what": "manque"})
    assert len(incidents()) == 2


def test_a_second_report_of_a_device_is_read_by_whoever_made_it_and_what_the_team_notes_is_not(client, cast):
    one = out(client, cast)
    item, address = items(one)[0], f"{HOME}/{one.code}/probleme"
    client.post(address, data={"what": "casse", "item_id": item.id, "note": "Écran fendu"})
    answer = client.post(address, data={"what": "ne-demarre-pas", "item_id": item.id, "note": "Depuis ce matin"})
    (made,) = incidents()
    by = cast.ids["manager"]
    in_transaction(
        lambda: verbs.add_note(made.id, "Devis de 80 euros", db.session.get_one(Account, by), now=NOW)
    )  # fmt: skip
    page = main_of(client.get(answer.location)).replace("\xa0", " ")
    assert "Écran fendu" in page
    assert "Ne démarre pas: Depuis ce matin" in page.replace(" :", ":")
    assert "Devis" not in page


def test_what_was_known_of_a_device_before_the_loan_shows_what_its_borrower_adds(client, cast):
    blue = kit(units=12)
    item_id = blue.items[0].id
    by = cast.ids["manager"]
    in_transaction(
        lambda: verbs.open_incident(
            blue.id, Condition.DAMAGED, "Rayure", db.session.get_one(Account, by), now=NOW, item_id=item_id
        )
    )
    one = reserved(blue.id, morning(), host_of_school(cast).id)
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.HANDED_OVER
    with time_machine.travel(morning().start + timedelta(hours=1), tick=False):
        as_teacher(client, cast)
        data = {"what": "casse", "item_id": item_id, "note": "Coque ouverte"}
        answer = client.post(f"{HOME}/{one.code}/probleme", data=data)
        assert "Coque ouverte" in main_of(client.get(answer.location))
    assert len(incidents()) == 1


def test_the_enter_key_reports_nothing_and_keeps_what_was_typed(client, cast):
    one = out(client, cast)
    address = f"{HOME}/{one.code}/probleme"
    page = client.get(address).text
    form = page[page.index('action="' + address) :]
    first = re.search(r"<button([^>]*)>", form)[1]
    assert "name=" not in first
    assert form.index('name="note"') < form.index('name="what"')
    response = client.post(address, data={"item_id": "", "note": "Il clignote"})
    assert response.status_code == 422
    assert "Il clignote" in response.text
    assert incidents() == []


def test_the_label_that_was_scanned_chooses_the_device(client, cast):
    one = out(client, cast)
    item = items(one)[2]
    page = client.get(f"{HOME}/{one.code}/probleme?appareil={item.code}").get_data(as_text=True)
    assert f'<option selected value="{item.id}">' in page
    page = client.get(f"{HOME}/{one.code}/probleme?appareil=ZZ-9").get_data(as_text=True)
    assert '<option selected value="">' in page


@ONE_ENGINE
@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"what": "feu"},
        {"what": "casse", "item_id": "987654"},
        {"what": "casse", "item_id": "x"},
        {"what": "casse", "note": "é" * 501},
        {"what": "casse", "note": "2 69 05 49 588 157 80"},
    ],
)
def test_what_can_not_be_is_said_and_nothing_is_written(client, cast, wrong):
    one = out(client, cast)
    response = client.post(f"{HOME}/{one.code}/probleme", data={"item_id": "", "note": ""} | wrong)
    assert response.status_code == 422
    assert "Il y a un problème" in main_of(response)
    assert incidents() == []


@ONE_ENGINE
def test_a_device_of_another_kit_can_not_be_named(client, cast):
    one = out(client, cast)
    other = kit("Rouge").items[0].id
    assert client.post(f"{HOME}/{one.code}/probleme", data={"what": "casse", "item_id": other}).status_code == 422
    assert incidents() == []


@ONE_ENGINE
@pytest.mark.parametrize("state", [ReservationState.APPROVED, ReservationState.CANCELLED, ReservationState.REQUESTED])
def test_who_does_not_have_the_kit_reports_nothing_about_it(client, cast, state):
    one = out(client, cast, state)
    assert client.get(f"{HOME}/{one.code}/probleme").status_code == 409
    assert client.post(f"{HOME}/{one.code}/probleme", data={"what": "casse"}).status_code == 409
    assert "Signaler un problème" not in main_of(client.get(f"{HOME}/{one.code}"))
    assert incidents() == []


def test_what_was_noticed_after_the_return_is_reported_for_a_fortnight(client, cast):
    one = out(client, cast, ReservationState.RETURNED)
    with transaction():
        row = db.session.get(Reservation, one.id)
        row.starts_at, row.ends_at = NOW - timedelta(days=2), NOW - timedelta(days=1)
    assert client.post(f"{HOME}/{one.code}/probleme", data={"what": "manque"}).status_code == 303
    assert len(incidents()) == 1


def test_another_school_reports_nothing(client, cast):
    one = out(client, cast)
    sign_in(client, stranger())
    assert client.get(f"{HOME}/{one.code}/probleme").status_code == 404
    assert client.post(f"{HOME}/{one.code}/probleme", data={"what": "casse"}).status_code == 404
    assert incidents() == []
