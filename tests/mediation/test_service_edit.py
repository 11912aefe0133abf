"""A service is changed, stopped and offered again; what is booked stays as it was booked."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import db
from mediation.models import Appointment
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.booking_wishes import booked, held, local
from tests.mediation.planning import service_form, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_a_change_of_buffers_never_touches_what_is_booked(client, cast):
    before = held(appointment := booked(cast, service_id=cast.first_steps.id, starts_at=local(9)))
    appointment_id = appointment.id
    sign_in(client, cast.manager)
    sent = service_form(label="Premiers pas", buffer_before_minutes=30, buffer_after_minutes=30, duration_minutes=90)
    assert client.post(f"/equipe/motifs/{cast.first_steps.id}", data=sent).status_code == 303
    appointment = db.session.get(Appointment, appointment_id)
    assert held(appointment) == before
    assert (appointment.ends_at, appointment.service_label) == (local(10), "Premiers pas avec mon ordinateur")
    assert cast.first_steps.duration_minutes == 90


def test_the_page_shows_what_is_stored(client, cast):
    sign_in(client, cast.manager)
    page = client.get(f"/equipe/motifs/{cast.first_steps.id}").get_data(as_text=True)
    assert 'value="First steps with my computer"' in page
    assert "خطواتي الأولى مع الحاسوب" in page
    assert 'name="structure_id"' not in page


def test_saving_unchanged_keeps_a_notice_that_is_in_no_list(client, cast):
    sign_in(client, cast.manager)
    client.post(f"/equipe/motifs/{cast.paperwork.id}", data=service_form(notice_minutes=120))
    assert client.post(f"/equipe/motifs/{cast.paperwork.id}", data=service_form(notice_minutes=77)).status_code == 422
    assert cast.paperwork.notice_minutes == 120


def test_a_manager_reads_what_the_territory_shares_and_changes_it_not(client, cast):
    town_manager(cast, client)
    address = f"/equipe/motifs/{cast.first_steps.id}"
    page = client.get(address).get_data(as_text=True)
    assert "Tout le territoire partage ceci" in page
    assert "Enregistrer" not in page
    assert client.post(address, data=service_form()).status_code == 403
    assert client.post(f"{address}/arreter").status_code == 403
    assert cast.first_steps.label == "Premiers pas avec mon ordinateur"


def test_another_structures_service_does_not_exist(client, cast):
    service_id = cast.paperwork.id
    other = cast.association.id
    with db.session.begin_nested():
        cast.paperwork.structure_id = other
    db.session.commit()
    town_manager(cast, client)
    assert client.get(f"/equipe/motifs/{service_id}").status_code == 404
    assert client.post(f"/equipe/motifs/{service_id}", data=service_form()).status_code == 404
    assert client.post(f"/equipe/motifs/{service_id}/arreter").status_code == 404


def test_stopping_and_offering_again(client, cast):
    appointment_id = booked(cast).id
    sign_in(client, cast.manager)
    address = f"/equipe/motifs/{cast.paperwork.id}"
    client.post(f"{address}/arreter")
    client.post(f"{address}/arreter")
    assert not cast.paperwork.active
    assert db.session.get(Appointment, appointment_id).attendance == "expected"
    client.post(f"{address}/reprendre")
    assert cast.paperwork.active
    actions = [entry.action for entry in audit.history(f"service:{cast.paperwork.id}")]
    assert actions == ["service.reopened", "service.closed"]


def test_the_list_asks_as_often_whatever_there_is(client, cast):
    sign_in(client, cast.manager)
    client.get("/equipe/motifs")
    with statements() as few:
        page = client.get("/equipe/motifs").get_data(as_text=True)
    assert "Visite à domicile" in page
    for number in range(5):
        client.post("/equipe/motifs/nouveau", data=service_form(label=f"Motif {number}"))
    client.get("/equipe/motifs")
    with statements() as many:
        page = client.get("/equipe/motifs").get_data(as_text=True)
    assert "Motif 4" in page
    assert "Aucune permanence" in page
    assert len(many) == len(few)


@pytest.mark.parametrize("service_id", ["0", "999", "2147483648", "-1", "x"])
def test_an_unknown_service_is_not_found(client, cast, service_id):
    sign_in(client, cast.manager)
    assert client.get(f"/equipe/motifs/{service_id}").status_code == 404
