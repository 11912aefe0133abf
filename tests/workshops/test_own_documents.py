"""Whoever has a seat reads the lesson sheets on their own page: also when the public does not see the programme."""

from __future__ import annotations

import pytest

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.workshops.enrolments import adult, fill, opened, registered
from tests.workshops.pages import main_of
from workshops.models import Origin, Programme, ProgrammeResource, ProgrammeState
from workshops.service import registering
from workshops.service.links import secret_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
FILE = {"file_name": "mémo.pdf", "media_type": "application/pdf", "content": b"%PDF-1"}


def own(registration, rest=""):
    return f"/mon-inscription/{registration.code}/{secret_of(registration)}{rest}"


def add_sheet(programme, **values):
    """Its address behind the address of a registration."""
    with transaction():
        sheet = ProgrammeResource(programme_id=programme.id, **{"label": "Mémo", **FILE} | values)
        db.session.add(sheet)
        db.session.flush()
        return f"/documents/{sheet.id}/fiche"


def closed(programme):
    with transaction():
        db.session.get_one(Programme, programme.id).state = ProgrammeState.CLOSED


def test_a_sheet_is_listed_and_saved_under_its_name(client, cast):
    programme = opened(cast)
    registration, address = registered(adult(programme)), add_sheet(programme)
    add_sheet(programme, label="Scratch en ligne", url="https://scratch.example/", content=None, file_name=None)
    response = client.get(own(registration))
    assert "Fiches et liens" in main_of(response)
    assert 'href="https://scratch.example/"' in response.get_data(as_text=True)
    answer = client.get(own(registration, address))
    assert (answer.data, answer.mimetype) == (b"%PDF-1", "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "m%C3%A9mo.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_after_the_series_is_closed_it_can_still_be_had(client, cast):
    programme = opened(cast)
    registration, address = registered(adult(programme)), add_sheet(programme)
    closed(programme)
    assert client.get(f"/ateliers/{programme.id}{address}").status_code == 404
    assert client.get(own(registration, address)).status_code == 200


def test_of_a_programme_that_the_public_does_not_see_too(client, cast):
    programme = opened(cast, care_home_id=cast.ids["care_home"])
    address = add_sheet(programme)
    registration = registered(adult(programme, origin=Origin.DESK), actor_id=cast.ids["mediator"])
    assert client.get(own(registration, address)).status_code == 200


def test_sheets_of_the_team_of_another_programme_and_links_are_not_there(client, cast):
    programme, other = opened(cast), opened(cast)
    registration = registered(adult(programme))
    assert client.get(own(registration, add_sheet(programme, team_only=True))).status_code == 404
    assert client.get(own(registration, add_sheet(other))).status_code == 404
    link = add_sheet(programme, url="https://a.example/", content=None, file_name=None)
    assert client.get(own(registration, link)).status_code == 404
    assert client.get(own(registration, "/documents/4711/fiche")).status_code == 404


def test_without_a_seat_there_are_no_sheets(client, cast):
    programme = opened(cast)
    address = add_sheet(programme)
    seated, _other, waiting = fill(programme, 3)
    assert client.get(own(waiting, address)).status_code == 404
    assert "Fiches et liens" not in main_of(client.get(own(waiting)))
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    assert client.get(own(seated, address)).status_code == 404
    assert client.get(own(waiting, address).replace(secret_of(waiting), "b" * 10)).status_code == 404


def test_the_page_of_the_programme_is_linked_only_while_the_public_has_it(client, cast):
    programme = opened(cast)
    registration = registered(adult(programme))
    link = f'href="/ateliers/{programme.id}"'
    assert link in client.get(own(registration)).get_data(as_text=True)
    closed(programme)
    assert link not in client.get(own(registration)).get_data(as_text=True)
