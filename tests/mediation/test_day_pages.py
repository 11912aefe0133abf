"""The mediator's day in the browser: what it shows, what one press does, and to whom it is shut."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Channel
from foundation.db import db, transaction
from foundation.outbox.models import Channel as Post
from foundation.outbox.models import Message, MessageState
from foundation.outbox.service import queue
from foundation.security import Role
from mediation.models import Appointment, Attendance
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.days import TEN, appointment, at, events, minutes, planned

DAY = "/equipe/journee/2026-03-10"


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


@pytest.fixture
def mediator(client, cast):
    return sign_in(client, cast.mediator)


def press(client, id_, act, **more):
    return client.post(f"/equipe/journee/rendez-vous/{id_}/{act}", data={"next": DAY}, **more)


def text(response):
    return response.get_data(as_text=True)


def test_the_day_says_who_comes_for_what_and_how_to_call_them(mediator, cast):
    planned(cast, companions=2, remark="Ma tablette ne démarre plus")
    page = text(mediator.get("/equipe/journee"))
    for said in ("Jeanne Le Goff", "Premiers pas", "tel:+33639980021", "Ma tablette ne démarre plus", "45 min"):
        assert said in page
    assert 'aria-current="time"' in page


def test_whoever_did_not_come_is_no_longer_expected(mediator, cast):
    planned(cast, TEN - minutes(60))
    planned(cast, TEN + minutes(60), code="LATER1")
    assert "1 personne attendue" in text(mediator.get(DAY))


def test_a_day_without_appointments_says_so_and_begins_like_a_sentence(mediator):
    summary = text(mediator.get("/equipe/journee/2026-03-14")).split('class="soft facts">')[1].split("</div>")[0]
    assert summary.strip() == "Aucun rendez-vous"


def test_once_everybody_was_seen_nobody_else_is_expected(mediator, cast):
    planned(cast, TEN - minutes(60), attendance=Attendance.SEEN)
    assert "Personne d’autre n’est attendu" in text(mediator.get(DAY))


def failed_message(id_: int) -> None:
    with transaction():
        message_id = queue(
            key=f"appointment:{id_}:booked", reference=f"appointment:{id_}", channel=Post.SMS, recipient="+33639980021",
            subject="", body="RDV", locale="fr",
        )  # fmt: skip
        db.session.get_one(Message, message_id).state = MessageState.FAILED


def test_whoever_a_message_did_not_reach_is_to_be_called(mediator, cast):
    failed_message(planned(cast, TEN + minutes(60)))
    page = text(mediator.get(DAY))
    assert "Message non remis" in page
    assert "Merci d’appeler" in page
    assert page.count("tel:+33639980021") == 1


def test_only_today_somebody_comes_without_appointment(mediator, cast):
    assert 'href="/equipe/accueil"' in text(mediator.get(DAY))
    assert 'href="/equipe/accueil"' not in text(mediator.get("/equipe/journee/2026-03-14"))


def test_nobody_is_called_about_an_appointment_that_was(mediator, cast):
    failed_message(planned(cast, TEN - minutes(90)))
    assert "Message non remis" not in text(mediator.get(DAY))


def test_the_page_of_the_appointment_says_it_too(mediator, cast):
    id_ = planned(cast, TEN + minutes(60))
    failed_message(id_)
    assert "Message non remis" in text(mediator.get(f"/equipe/rendez-vous/{id_}"))


def test_a_visit_tells_the_address(mediator, cast):
    planned(cast, channel=Channel.HOME, venue_id=None, home_address="3 rue du Bief")
    assert "3 rue du Bief" in text(mediator.get(DAY))


def test_free_time_is_drawn_from_now_on_and_the_next_is_said(mediator, cast):
    planned(cast, TEN + minutes(60))
    page = text(mediator.get(DAY))
    assert page.count('class="free') == 2
    assert 'class="free now"' in page


def test_a_day_that_is_over_has_no_free_time(mediator):
    assert 'class="free' not in text(mediator.get("/equipe/journee/2026-03-09"))


@pytest.mark.parametrize("act", ["seen", "noshow", "excused"])
def test_one_press_marks_and_comes_back_to_the_line(mediator, cast, act):
    id_ = planned(cast)
    mediator.get(DAY)
    response = press(mediator, id_, act)
    assert (response.status_code, response.location) == (303, f"{DAY}#rdv-{id_}")
    assert appointment(id_).attendance.value == act


def test_an_arrival_shows_since_when(mediator, cast):
    id_ = planned(cast)
    mediator.get(DAY)
    press(mediator, id_, "arrive")
    assert appointment(id_).arrived_at == TEN
    assert 'class="tag now"' in text(mediator.get(DAY))


def test_a_mark_is_taken_back(mediator, cast):
    id_ = planned(cast, attendance=Attendance.NOSHOW)
    mediator.get(DAY)
    press(mediator, id_, "reopen")
    assert appointment(id_).attendance is Attendance.EXPECTED


def test_a_refusal_is_told_on_the_day_with_its_status(mediator, cast):
    id_ = planned(cast, TEN + minutes(120))
    mediator.get(DAY)
    response = press(mediator, id_, "seen")
    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    assert events(id_) == []


def test_what_the_service_cancelled_offers_no_press(mediator, cast):
    id_ = planned(cast, attendance=Attendance.REVOKED)
    page = text(mediator.get(DAY))
    assert f"/equipe/journee/rendez-vous/{id_}/" not in page
    assert press(mediator, id_, "seen").status_code == 409


def test_past_appointments_without_a_word_come_first(mediator, cast):
    id_ = planned(cast, TEN - timedelta(days=3))
    page = text(mediator.get("/equipe/journee"))
    assert 'id="late"' in page
    press(mediator, id_, "noshow")
    assert 'id="late"' not in text(mediator.get("/equipe/journee"))


def test_records_to_write_are_one_line_on_top(mediator, cast):
    planned(cast, TEN - timedelta(days=3), attendance=Attendance.SEEN)
    page = text(mediator.get("/equipe/journee"))
    assert 'class="todo' in page
    assert "/equipe/comptes-rendus/a-ecrire" in page


@pytest.mark.parametrize("day", ["2026-13-45", "aujourdhui", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_a_page_that_says_so(mediator, day):
    assert mediator.get(f"/equipe/journee/{day}").status_code == 404
    assert mediator.get(f"/equipe/semaine?jour={day}").status_code == 404


def test_the_week_shows_seven_days(mediator, cast):
    planned(cast)
    planned(cast, TEN + timedelta(days=2), attendance=Attendance.EXCUSED)
    page = text(mediator.get("/equipe/semaine?jour=2026-03-12"))
    assert page.count("<section") == 7
    assert page.count("Jeanne Le Goff") == 2
    assert 'class="excused"' in page


def test_a_manager_looks_at_a_mediator(client, cast):
    planned(cast)
    manager = sign_in(client, cast.manager)
    page = text(manager.get(f"{DAY}?mediateur={cast.mediator.id}"))
    assert "Jeanne Le Goff" in page
    assert "/equipe/accueil" not in page


def test_a_mediator_does_not_look_at_another(mediator, cast):
    assert mediator.get(f"{DAY}?mediateur={cast.other_mediator.id}").status_code == 404
    assert mediator.get(f"/equipe/semaine?mediateur={cast.other_mediator.id}").status_code == 404


def test_another_structures_appointment_does_not_exist(client, cast):
    id_ = planned(cast)
    other = sign_in(client, cast.other_mediator)
    other.get(DAY)
    refused = press(other, id_, "seen")
    assert refused.status_code == 404
    assert "n’est pas parmi ceux que vous suivez" in text(refused)
    assert "appelez-nous" not in text(refused)
    assert press(other, 987654, "seen").status_code == 404
    assert press(other, id_, "revoked").status_code == 404
    assert events(id_) == []


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER, Role.ADMINISTRATOR])
def test_other_roles_do_not_open_the_day(client, cast, role):
    id_ = planned(cast)
    member = sign_in(client, cast.account_of(role))
    assert member.get("/equipe/journee").status_code == 403
    assert member.get("/equipe/semaine").status_code == 403
    assert member.get("/equipe/accueil").status_code == 403
    assert press(member, id_, "seen").status_code == 403


def test_nobody_unknown_opens_the_day(client, cast):
    id_ = planned(cast)
    assert client.get("/equipe/journee").status_code == 303
    assert "/equipe/journee" in client.get("/equipe/journee").location
    press(client, id_, "seen")
    assert appointment(id_).attendance is Attendance.EXPECTED


def test_a_forged_press_is_refused(mediator, cast):
    id_ = planned(cast)
    assert press(mediator, id_, "seen", forged=True).status_code == 400
    assert events(id_) == []


def receive(client, cast, **more):
    client.get("/equipe/accueil")
    return client.post("/equipe/accueil", data={"service_id": cast.ids["paperwork"], "venue_id": "", **more})


def test_a_name_is_enough_to_be_received(mediator, cast):
    response = receive(mediator, cast, name="Ousmane Diallo", request_key="k1")
    assert response.status_code == 303
    made = db.session.query(Appointment).one()
    assert response.location == f"/equipe/journee#rdv-{made.id}"
    assert (made.person.given_name, made.person.family_name) == ("Ousmane", "Diallo")


def test_the_same_press_twice_receives_once(mediator, cast):
    for _press in range(2):
        response = receive(mediator, cast, name="Ousmane Diallo", request_key="k1")
        assert response.status_code == 303, "the person just received is not asked about"
        assert response.location == f"/equipe/journee#rdv-{db.session.query(Appointment).one().id}"


def test_one_press_of_the_day_receives_the_next_one_while_the_last_one_is_seen(mediator, cast):
    planned(cast, TEN - minutes(10), attendance=Attendance.SEEN)
    page = text(mediator.get(DAY))
    assert page.count('action="/equipe/accueil"') == 1
    assert "Une autre personne vient" in page


@pytest.mark.parametrize("attendance", [Attendance.EXPECTED, Attendance.EXCUSED])
def test_nobody_is_received_in_the_place_of_somebody_expected(mediator, cast, attendance):
    planned(cast, TEN - minutes(10), attendance=attendance)
    shown = text(mediator.get(DAY)).count('action="/equipe/accueil"')
    assert shown == (attendance is Attendance.EXCUSED)


def test_somebody_without_a_name_goes_straight_to_a_head_count(mediator, cast):
    response = receive(mediator, cast, name="  ")
    assert response.status_code == 303
    assert response.location.startswith("/equipe/comptes-rendus/nouveau?anonyme=1")
    assert mediator.get(response.location).status_code == 200
    assert db.session.query(Appointment).count() == 0


def test_somebody_who_may_be_known_is_shown_first(mediator, cast):
    response = receive(mediator, cast, name="Jeanne Le Goff")
    assert response.status_code == 409
    assert "K7M" in text(response)
    assert receive(mediator, cast, name="Jeanne Le Goff", person_id=cast.resident.id).status_code == 303
    assert db.session.query(Appointment).one().person_id == cast.resident.id


def test_somebody_with_the_same_name_may_be_somebody_else(mediator, cast):
    assert receive(mediator, cast, name="Jeanne Le Goff", new="1").status_code == 303
    assert db.session.query(Appointment).one().person_id != cast.resident.id


def test_a_time_that_is_taken_is_told_with_what_was_typed(mediator, cast):
    planned(cast)
    response = receive(mediator, cast, name="Ousmane Diallo")
    assert response.status_code == 409
    assert "Ousmane Diallo" in text(response)


@pytest.mark.parametrize("given", [{"service_id": "987654"}, {"person_id": "9" * 30}, {"venue_id": "x"}])
def test_nonsense_is_refused_on_the_page(mediator, cast, given):
    assert receive(mediator, cast, name="Ousmane", **given).status_code == 422
    assert db.session.query(Appointment).count() == 0


def test_an_unknown_person_is_not_received(mediator, cast):
    assert mediator.get("/equipe/accueil?personne=987654").status_code == 404
    assert mediator.get(f"/equipe/accueil?personne={'9' * 30}").status_code == 200


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_day(mediator, cast):
    def asked():
        with statements() as sent:
            mediator.get(DAY)
        return len(sent)

    planned(cast, TEN + minutes(60))
    few = asked()
    for index in range(6):
        planned(cast, TEN + minutes(120 + 20 * index), length=15, code=f"MORE{index}", person_id=cast.ids["neighbour"])
    assert asked() == few
