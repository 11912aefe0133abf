"""A manager describes something new that people may book."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db
from foundation.security import Role
from mediation.models import Audience, Service
from tests.cast import sign_in
from tests.mediation.planning import account_in, service_form, town_manager

NEW = "/equipe/motifs/nouveau"


def _made() -> Service | None:
    return db.session.scalar(select(Service).where(Service.label == "Mes photos"))


def test_writes_all_that_was_typed(client, cast):
    sign_in(client, cast.manager)
    sent = service_form(
        channels=["venue", "phone"], step_minutes=15, audience="prescribers", autonomy="autonomous",
        label_en="My photos", bring_ar="جهازك", description_en="  ", bring="Votre appareil\r\n\r\n Un câble ",
    )  # fmt: skip
    assert client.post(NEW, data=sent).headers["Location"].endswith("/equipe/motifs")
    service = _made()
    assert (service.duration_minutes, service.buffer_after_minutes, service.step_minutes) == (45, 5, 15)
    assert (service.audience, service.channels) == (Audience.PRESCRIBERS, ["venue", "phone"])
    assert (service.themes, service.autonomy) == (["files"], "autonomous")
    assert service.translations == {"en": {"label": "My photos"}, "ar": {"bring": "جهازك"}}
    assert service.bring == "Votre appareil\nUn câble"
    assert service.structure_id is None
    assert [entry.action for entry in audit.history(f"service:{service.id}")] == ["service.created"]


def test_is_offered_by_the_structure_of_its_manager(client, cast):
    town_manager(cast, client)
    assert "Tout le territoire" not in client.get(NEW).get_data(as_text=True)
    client.post(NEW, data=service_form(structure_id=cast.town.id))
    assert _made().structure_id == cast.town.id


@pytest.mark.parametrize("structure", ["association", None])
def test_a_manager_offers_nothing_for_others(client, cast, structure):
    town_manager(cast, client)
    response = client.post(NEW, data=service_form(structure_id=cast.ids[structure] if structure else 0))
    assert response.status_code == 422
    assert _made() is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"label": ""}, "Écrivez le nom du motif."),
        ({"channels": []}, "Choisissez au moins une façon de recevoir les personnes."),
        ({"duration_minutes": ""}, "Écrivez combien de temps dure un rendez-vous."),
        ({"duration_minutes": 3}, "Écrivez un nombre de minutes entre 5 et 480."),
        ({"buffer_after_minutes": 300}, "Écrivez un nombre de minutes entre 0 et 240."),
        ({"horizon_days": 400}, "Écrivez un nombre de jours entre 1 et 365."),
        ({"horizon_days": 1, "notice_minutes": 2880}, "rien ne peut jamais être réservé"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(client, cast, changes, sentence):
    sign_in(client, cast.manager)
    response = client.post(NEW, data=service_form(description="Une phrase.") | changes)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert sentence in page
    assert "Une phrase." in page
    assert _made() is None


@pytest.mark.parametrize(
    ("changes", "fold"),
    [
        ({}, '<details class="panel">'),
        ({"label_en": "My photos"}, '<details class="panel" open>'),
        ({"label_ar": "x" * 200}, '<details class="panel" open>'),
    ],
)
def test_a_fault_elsewhere_does_not_unfold_the_languages_that_nobody_wrote(client, cast, changes, fold):
    sign_in(client, cast.manager)
    assert fold in client.post(NEW, data=service_form(label="") | changes).get_data(as_text=True)


@pytest.mark.parametrize(
    "changes", [{"channels": ["balloon"]}, {"audience": "nobody"}, {"themes": ["x"]}, {"notice_minutes": "-5"}]
)
def test_what_no_choice_offers_is_refused(client, cast, changes):
    sign_in(client, cast.manager)
    assert client.post(NEW, data=service_form(**changes)).status_code == 422
    assert _made() is None


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER])
def test_only_managers_and_administrators(client, cast, role):
    sign_in(client, account_in(cast, "town", role))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, data=service_form()).status_code == 403
    assert _made() is None
