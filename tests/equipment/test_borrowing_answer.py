"""A head teacher reads what waits at their school, says yes, or no and why."""

from __future__ import annotations

import pytest

from equipment.models import Approval, ReservationState
from equipment.rules.lending import Wish
from foundation.db import transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.equipment.borrowing import ASK, HOME, as_teacher, chosen, reservations, send
from tests.equipment.given import by_rights, host_of_school, kit, ledger, morning, reserved
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import coordinator, host_of, stranger
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
WAITING = f"{HOME}/a-repondre"


def asked(cast, **changes):
    """What a teacher asked for, of a kit that needs the head teacher's yes."""
    blue = kit(**({"approval": Approval.HEAD_TEACHER} | changes))
    return reserved(blue.id, morning(), host_of_school(cast).id, Wish(group_label="CM1", activity="Scratch"))


def head(cast, client):
    """The head teacher of the school, signed in."""
    account = host_of("Hélène Directrice", school_id=cast.ids["school"])
    with transaction():
        account.approves = True
    sign_in(client, account)
    return account


def state():
    return reservations()[0].state


def test_what_waits_is_the_first_thing_to_do_and_a_number_in_the_menu(client, cast):
    one = asked(cast)
    head(cast, client)
    start = client.get(HOME)
    assert "1 réservation de votre école attend votre réponse." in main_of(start)
    assert "1 sans réponse" in start.get_data(as_text=True)
    page = main_of(client.get(WAITING))
    assert "Bruno Lacaze · CM1 · Scratch" in page
    assert f'href="{HOME}/{one.code}"' in client.get(WAITING).get_data(as_text=True)


def test_a_yes_is_one_press_and_pressing_again_changes_nothing(client, cast):
    one = asked(cast)
    head(cast, client)
    answer = client.post(f"{HOME}/{one.code}/accepter", data={})
    assert "La mallette est réservée" in main_of(client.get(answer.location))
    assert state() is ReservationState.APPROVED
    assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 303
    assert "Rien n’attend votre réponse." in main_of(client.get(WAITING))
    assert ledger() == by_rights() != set()


def test_a_no_needs_a_reason_which_the_teacher_reads(client, cast):
    one = asked(cast)
    head(cast, client)
    for empty in ({}, {"reason": "  "}, {"reason": "x" * 301}):
        refused = client.post(f"{HOME}/{one.code}/refuser", data=empty)
        assert refused.status_code == 422
        assert 'href="#reason"' in refused.get_data(as_text=True)
        assert state() is ReservationState.REQUESTED
    answer = client.post(f"{HOME}/{one.code}/refuser", data={"reason": "Sortie scolaire ce jour-là"})
    assert answer.status_code == 303
    assert (state(), ledger()) == (ReservationState.REFUSED, set())
    sign_in(client, cast.host)
    assert "Sortie scolaire ce jour-là" in main_of(client.get(f"{HOME}/{one.code}"))


def test_an_answer_after_another_answer_says_what_happened(client, cast):
    one = asked(cast)
    head(cast, client)
    client.post(f"{HOME}/{one.code}/annuler", data={})
    for act, data in (("accepter", {}), ("refuser", {"reason": "Non"})):
        answer = client.post(f"{HOME}/{one.code}/{act}", data=data)
        assert answer.status_code == 409
        assert "entre-temps" in main_of(answer)
    assert state() is ReservationState.CANCELLED


@ONE_ENGINE
def test_who_does_not_answer_for_the_school_has_no_press_and_no_right(client, cast):
    one = asked(cast)
    sign_in(client, cast.host)
    page = client.get(f"{HOME}/{one.code}").get_data(as_text=True)
    assert "/accepter" not in page
    assert "Votre réponse" not in page
    assert "C’est la direction de l’école qui répond" in main_of(client.get(WAITING))
    assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 403
    assert client.post(f"{HOME}/{one.code}/refuser", data={"reason": "Non"}).status_code == 403
    assert state() is ReservationState.REQUESTED


@ONE_ENGINE
def test_the_head_of_another_school_or_a_coordinator_sees_nothing(client, cast):
    one = asked(cast)
    for other in (stranger(), coordinator(cast)):
        with transaction():
            other.approves = True
        sign_in(client, other)
        assert "CM1" not in main_of(client.get(WAITING))
        assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 404
    assert state() is ReservationState.REQUESTED


@ONE_ENGINE
def test_what_the_town_answers_is_not_the_head_teacher_s(client, cast):
    one = asked(cast, approval=Approval.MANAGER)
    head(cast, client)
    assert "Rien n’attend votre réponse." in main_of(client.get(WAITING))
    assert "Votre réponse" not in main_of(client.get(f"{HOME}/{one.code}"))
    assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 403


def test_a_head_teacher_s_own_reservation_counts_at_once(client, cast):
    blue = kit(approval=Approval.HEAD_TEACHER)
    as_teacher(client, cast, approves=True)
    key = chosen(client, blue.id)
    assert "Réserver la mallette" in main_of(client.get(f"{ASK}/verifier?d={key}"))
    send(client, key)
    assert state() is ReservationState.APPROVED


def test_a_manager_answers_on_the_pages_of_the_team(client, cast):
    one = asked(cast)
    sign_in(client, cast.manager)
    assert client.get(WAITING).status_code == 403
    assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 403
    assert state() is ReservationState.REQUESTED


def test_a_head_teacher_who_is_a_manager_too_finds_here_what_their_own_school_asks(client, cast):
    elsewhere = reserved(kit("Ailleurs", approval=Approval.MANAGER).id, morning(), stranger().id)
    one = asked(cast)
    both = host_of("Rose Double", roles=(Role.HOST, Role.MANAGER), school_id=cast.ids["school"])
    with transaction():
        both.approves = True
    sign_in(client, both)
    page = client.get(WAITING).get_data(as_text=True)
    assert one.code in page
    assert elsewhere.code not in page
    assert client.get(f"{HOME}/{elsewhere.code}").status_code == 404
    assert client.post(f"{HOME}/{one.code}/accepter", data={}).status_code == 303
