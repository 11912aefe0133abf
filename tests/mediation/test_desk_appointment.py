"""The page of an appointment: all of it for colleagues, its outcome for whoever booked it, nothing for others."""

from __future__ import annotations

import pytest

from activity.models import Channel
from foundation.db import db, transaction
from foundation.security import Role
from mediation.models import Appointment, Attendance, EventKind, Origin
from mediation.rules.desk import Wish
from people.models import Companion
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.booking_wishes import TEN, booked, held, local
from tests.mediation.planning import account_in, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def appointment_id(stopped_clock, cast) -> int:
    """Booked by the prescriber for Jeanne, Thursday at ten."""
    return booked(
        cast, actor_id=cast.prescriber.id, origin=Origin.PRESCRIBER, newcomer=None, person_id=cast.resident.id,
        remark="Besoin secret", companions=1,
    ).id  # fmt: skip


def _address(appointment_id, act=""):
    return f"/equipe/rendez-vous/{appointment_id}{act}"


def _appointment(appointment_id) -> Appointment:
    db.session.expire_all()
    return db.session.get_one(Appointment, appointment_id)


def _slot(cast, **changes):
    usual = {
        "service_id": cast.paperwork.id, "starts_at": local(14), "mediator_id": cast.mediator.id,
        "channel": Channel.VENUE, "venue_id": cast.library.id,
    }  # fmt: skip
    return Wish(**(usual | changes)).key


class TestPage:
    def test_colleagues_see_all_of_it(self, client, cast, appointment_id):
        with transaction():
            db.session.add(
                Companion(person_id=cast.resident.id, name="Luc Le Goff", phone="+33639980055", created_at=NOW)
            )
        sign_in(client, cast.mediator)
        page = client.get(_address(appointment_id)).get_data(as_text=True)
        for said in (
            "Jeanne Le Goff",
            "06 39 98 00 21",
            "Luc Le Goff",
            "Besoin secret",
            "Odile Marchand",
            "Salle bleue",
        ):
            assert said in page

    def test_tells_what_happened(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        client.post(_address(appointment_id, "/deplacer"), data={"slot": _slot(cast), "reason": "Train en retard"})
        client.post(_address(appointment_id, "/annuler"), data={"by": "service", "reason": "Formation"})
        page = client.get(_address(appointment_id)).get_data(as_text=True)
        assert "jeudi 12 mars à 10\u202fh\u202f00 → jeudi 12 mars à 14\u202fh\u202f00" in page
        assert page.index("Train en retard") < page.index("Formation")
        assert "Salima Benali" in page
        assert "/annuler" not in page

    def test_the_prescriber_who_booked_it_sees_the_outcome_and_never_what_was_written(
        self, client, cast, appointment_id
    ):
        client_of_mediator = client.application.test_client()
        sign_in(client_of_mediator, cast.mediator)
        client_of_mediator.post(
            _address(appointment_id, "/deplacer"), data={"slot": _slot(cast), "reason": "Raison secrète"}
        )
        sign_in(client, cast.prescriber)
        page = client.get(_address(appointment_id)).get_data(as_text=True).split("<main")[1]
        assert "Jeanne Le Goff" in page
        assert "À venir" in page
        for hidden in ("secret", "secrète", "06 39 98 00 21", "Salima", "compte rendu", "/equipe/habitants"):
            assert hidden not in page

    @pytest.mark.parametrize(("structure", "status"), [("town", 200), ("association", 404)])
    def test_colleagues_of_another_structure_do_not_know_it(self, client, cast, appointment_id, structure, status):
        sign_in(client, account_in(cast, structure, Role.MANAGER))
        assert client.get(_address(appointment_id)).status_code == status
        assert client.get(_address(appointment_id, "/deplacer")).status_code == status
        assert client.get(_address(appointment_id, "/annuler")).status_code == status

    def test_another_prescriber_does_not_know_it(self, client, cast, appointment_id):
        sign_in(client, account_in(cast, "town", Role.PRESCRIBER))
        for act in ("", "/deplacer", "/annuler"):
            assert client.get(_address(appointment_id, act)).status_code == 404
        assert client.post(_address(appointment_id, "/annuler"), data={"by": "resident"}).status_code == 404
        assert _appointment(appointment_id).attendance is Attendance.EXPECTED

    @pytest.mark.parametrize("wrong", ["0", "999", "2147483648", "x"])
    def test_what_does_not_exist(self, client, cast, wrong):
        sign_in(client, cast.mediator)
        assert client.get(_address(wrong)).status_code == 404

    def test_asks_as_often_whatever_happened(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        client.get(_address(appointment_id))
        with statements() as few:
            client.get(_address(appointment_id))
        for hour in (14, 15, 16):
            client.post(_address(appointment_id, "/deplacer"), data={"slot": _slot(cast, starts_at=local(hour))})
        with statements() as many:
            client.get(_address(appointment_id))
        assert len(many) == len(few)


class TestMove:
    def test_holds_the_new_time_and_gives_the_old_one_back(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        assert "14\u202fh\u202f00" in client.get(_address(appointment_id, "/deplacer")).get_data(as_text=True)
        response = client.post(_address(appointment_id, "/deplacer"), data={"slot": _slot(cast), "reason": "Train"})
        assert response.status_code == 303
        appointment = _appointment(appointment_id)
        assert appointment.starts_at == local(14)
        assert {start for _resource, start, _end in held(appointment)} == {local(14)}
        assert (appointment.events[-1].kind, appointment.events[-1].reason) == (EventKind.MOVED, "Train")

    def test_other_days_are_shown_without_moving(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        response = client.post(_address(appointment_id, "/deplacer"), data={"first_day": "2026-03-17", "do": "show"})
        assert "mardi 17 mars" in response.get_data(as_text=True)
        assert _appointment(appointment_id).starts_at == TEN

    def test_looking_at_other_days_moves_nothing_though_a_time_is_chosen(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        sent = {"first_day": "2026-03-17", "slot": _slot(cast), "do": "show"}
        assert client.post(_address(appointment_id, "/deplacer"), data=sent).status_code == 200
        assert _appointment(appointment_id).starts_at == TEN

    def test_without_a_time_it_says_so(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        response = client.post(_address(appointment_id, "/deplacer"), data={"do": "move", "reason": "Train"})
        page = response.get_data(as_text=True)
        assert response.status_code == 422
        assert "Choisissez un horaire." in page
        assert 'value="Train"' in page

    def test_a_taken_time_is_refused_with_the_nearest(self, client, cast, appointment_id):
        booked(cast, starts_at=local(14))
        sign_in(client, cast.mediator)
        response = client.post(_address(appointment_id, "/deplacer"), data={"slot": _slot(cast), "reason": "Train"})
        page = response.get_data(as_text=True)
        assert response.status_code == 409
        assert "Les horaires libres les plus proches" in page
        assert 'value="Train"' in page
        assert _appointment(appointment_id).starts_at == TEN

    def test_not_to_a_mediator_of_another_structure(self, client, cast, appointment_id):
        town_manager(cast, client)
        slot = _slot(cast, mediator_id=cast.other_mediator.id)
        assert client.post(_address(appointment_id, "/deplacer"), data={"slot": slot}).status_code == 404

    def test_a_reason_that_must_not_be_kept_is_refused_with_why(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        sent = {"slot": _slot(cast), "reason": "mdp=Soleil12"}
        response = client.post(_address(appointment_id, "/deplacer"), data=sent)
        assert response.status_code == 422
        assert 'id="reason-fault"' in response.get_data(as_text=True)
        assert _appointment(appointment_id).starts_at == TEN


class TestCancel:
    def test_a_reason_that_must_not_be_kept_is_refused_with_why(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        response = client.post(_address(appointment_id, "/annuler"), data={"by": "service", "reason": "mdp=Soleil12"})
        assert response.status_code == 422
        assert 'id="reason-fault"' in response.get_data(as_text=True)
        assert _appointment(appointment_id).attendance is Attendance.EXPECTED

    @pytest.mark.parametrize(("by", "outcome"), [("resident", Attendance.EXCUSED), ("service", Attendance.REVOKED)])
    def test_says_who_and_frees_the_time(self, client, cast, appointment_id, by, outcome):
        sign_in(client, cast.mediator)
        response = client.post(_address(appointment_id, "/annuler"), data={"by": by, "reason": "Grippe du chat"})
        assert response.status_code == 303
        appointment = _appointment(appointment_id)
        assert appointment.attendance is outcome
        assert held(appointment) == []
        assert appointment.events[-1].reason == "Grippe du chat"

    def test_a_prescriber_only_says_that_the_person_does_not_come(self, client, cast, appointment_id):
        sign_in(client, cast.prescriber)
        assert 'name="by"' not in client.get(_address(appointment_id, "/annuler")).get_data(as_text=True)
        client.post(_address(appointment_id, "/annuler"), data={"by": "service"})
        assert _appointment(appointment_id).attendance is Attendance.EXCUSED

    def test_a_prescriber_is_too_late_when_a_resident_is(self, client, cast):
        soon = booked(
            cast, now=NOW.replace(day=8), actor_id=cast.prescriber.id, origin=Origin.PRESCRIBER,
            starts_at=local(9, day=10), newcomer=None, person_id=cast.resident.id,
        ).id  # fmt: skip
        sign_in(client, cast.prescriber)
        assert client.post(_address(soon, "/annuler"), data={"by": "resident"}).status_code == 422
        sign_in(client, cast.mediator)
        assert client.post(_address(soon, "/annuler"), data={"by": "resident"}).status_code == 303

    def test_what_was_cancelled_stays_so(self, client, cast, appointment_id):
        sign_in(client, cast.mediator)
        client.post(_address(appointment_id, "/annuler"), data={"by": "resident"})
        client.post(_address(appointment_id, "/annuler"), data={"by": "service"})
        assert _appointment(appointment_id).attendance is Attendance.EXCUSED
        assert client.post(_address(appointment_id, "/deplacer"), data={"slot": _slot(cast)}).status_code == 409

    @pytest.mark.parametrize("sent", [{"by": "nobody"}, {"by": "resident", "reason": "x" * 301}])
    def test_a_fault_cancels_nothing(self, client, cast, appointment_id, sent):
        sign_in(client, cast.mediator)
        assert client.post(_address(appointment_id, "/annuler"), data=sent).status_code == 422
        assert _appointment(appointment_id).attendance is Attendance.EXPECTED
