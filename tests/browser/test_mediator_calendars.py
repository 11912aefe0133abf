"""A mediator reads their appointments elsewhere and brings another calendar in, in a browser."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from foundation.db import db
from foundation.period import Period
from mediation.queries.slots import find_slots
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.mediation.days import TEN

TOMORROW = b"\r\n".join([
    b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:x", b"BEGIN:VEVENT", b"UID:1", b"DTSTAMP:20260301T000000Z",
    b"DTSTART:20260311T000000Z", b"DTEND:20260312T000000Z", b"SUMMARY:Dentiste", b"END:VEVENT", b"END:VCALENDAR", b"",
])  # fmt: skip


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_address_is_made_read_and_revoked(visit, life, cast, size):
    page = visit("/equipe/mes-calendriers", size=size, account=cast.mediator)
    page.get_by_label("Où vous l’utiliserez").fill("Mon téléphone")
    page.get_by_role("button", name="Créer l’adresse").click()
    address = page.get_by_label("Adresse privée").input_value().replace("http://parvis.test", "")
    assert faults_of(page) + overflow_of(page) == []
    given = page.request.get(address)
    assert given.headers["content-type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(given.text()).walk("VEVENT")
    page.get_by_role("button", name="Révoquer").click()
    assert page.get_by_text("L’adresse n’ouvre plus rien").is_visible()
    assert page.request.get(address).status == 404


def test_a_file_is_brought_in_and_taken_out(visit, life, cast):
    tomorrow = Period(TEN.replace(day=11, hour=0), TEN.replace(day=12, hour=0))

    def free():
        db.session.rollback()
        return find_slots(cast.first_steps, tomorrow, now=TEN, mediator_ids=[cast.mediator.id])

    assert free()
    page = visit("/equipe/mes-calendriers", account=cast.mediator)
    page.get_by_label("Nom de l’agenda").fill("Personnel")
    page.get_by_label("Ou un fichier (.ics)").set_input_files(
        {"name": "agenda.ics", "mimeType": "text/calendar", "buffer": TOMORROW}
    )
    page.get_by_role("button", name="Ajouter").click()
    assert page.get_by_text("1 plage occupée a été lue").is_visible()
    assert faults_of(page) + overflow_of(page) == []
    assert not free()
    page.get_by_role("button", name="Retirer").click()
    assert page.get_by_text("L’agenda est retiré").is_visible()
    assert free()


def test_a_wrong_address_is_refused_beside_its_field(visit, life, cast):
    page = visit("/equipe/mes-calendriers", account=cast.mediator)
    page.get_by_label("Son adresse").fill("mon agenda")
    page.get_by_role("button", name="Ajouter").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Son adresse").input_value() == "mon agenda"
    assert faults_of(page) + overflow_of(page) == []
