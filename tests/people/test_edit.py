"""Correcting a record, and the page that shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from foundation import audit
from foundation.db import transaction
from foundation.security import Role
from people import history, queries, service
from people.history import HistoryItem
from people.models import Residence
from people.rules.details import NoSuchPerson
from people.service import Details
from tests.cast import sign_in
from tests.people.residents import read, write
from tests.people.test_create import FORM

SECRET = "03 Mars: compte rendu"


@pytest.fixture
def desk(cast, client):
    return sign_in(client, cast.mediator)


def save(client, person_id, **changed):
    client.get(f"/equipe/habitants/{person_id}/modifier")
    return client.post(f"/equipe/habitants/{person_id}/modifier", data=FORM | changed)


def test_the_form_shows_what_is_written(cast, desk):
    page = desk.get(f"/equipe/habitants/{cast.resident.id}/modifier").get_data(as_text=True)
    assert 'value="Le Goff"' in page
    assert 'value="06 39 98 00 21"' in page
    assert f'<option selected value="{cast.harbour.id}">Le Port' in page
    assert '<option selected value="sms">' in page


def test_writes_what_is_sent(cast, desk):
    assert save(desk, cast.resident.id, phone="02 40 12 34 56").status_code == 303
    now = cast.resident
    assert (now.name, now.phone, now.residence, now.neighbourhood_id) == (
        "Nadia Roux", "+33240123456", Residence.UNKNOWN, None,
    )  # fmt: skip


def test_names_the_fields_that_changed_in_the_audit_but_not_what_is_in_them(cast, desk):
    save(desk, cast.resident.id, family_name="Le Goff", given_name="Jeannette", birth_year="1951")
    details = audit.history(f"person:{cast.resident.id}")[0].details
    assert "given_name" in details["fields"]
    assert "birth_year" not in details["fields"]
    assert "Jeannette" not in str(details)


@pytest.mark.parametrize("changed", [{"family_name": "", "given_name": ""}, {"contact_means": "email"}])
def test_says_what_is_wrong_and_changes_nothing(cast, desk, changed):
    assert save(desk, cast.resident.id, **changed).status_code == 422
    assert cast.resident.name == "Jeanne Le Goff"


def test_a_merged_or_erased_record_leads_to_its_page(cast, desk):
    kept, gone, erased = write("Roux"), write("Rous"), write("Petit")
    with transaction():
        service.merge(kept.id, gone.id, None)
        service.erase(erased.id, None)
    for person_id in (gone.id, erased.id):
        assert desk.get(f"/equipe/habitants/{person_id}/modifier").status_code == 303
        assert save(desk, person_id).status_code == 409


@pytest.mark.parametrize("person_id", [0, 99_999, 2**31, 10**30, "x", "-1"])
@pytest.mark.parametrize("path", ["", "/modifier", "/doublons"])
def test_unknown_residents_are_not_found(cast, desk, person_id, path):
    assert desk.get(f"/equipe/habitants/{person_id}{path}").status_code == 404


def test_saving_an_unknown_resident_is_not_found(cast, desk):
    desk.get("/equipe/habitants")
    assert desk.post("/equipe/habitants/99999/modifier", data=FORM).status_code == 404


class TestPage:
    @pytest.fixture(autouse=True)
    def _told(self, monkeypatch):
        at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
        items = [HistoryItem(at, SECRET, "Est venu", "/somewhere"), HistoryItem(at + timedelta(days=1), "Plus récent")]
        monkeypatch.setattr(history, "history_providers", [lambda _person_id, _viewer: items])

    def test_shows_contact_and_history_newest_first(self, cast, desk):
        page = desk.get(f"/equipe/habitants/{cast.resident.id}").get_data(as_text=True)
        for shown in ("Jeanne Le Goff", "K7M 2P9", "06 39 98 00 21", "1951", "Le Port", SECRET, 'href="/somewhere"'):
            assert shown in page
        assert page.index("Plus récent") < page.index(SECRET)

    def test_a_prescriber_reads_no_history_and_changes_nothing(self, cast, client):
        sign_in(client, cast.prescriber)
        page = client.get(f"/equipe/habitants/{cast.resident.id}").get_data(as_text=True)
        assert "Jeanne Le Goff" in page
        assert SECRET not in page
        assert "/modifier" not in page
        assert "… 0021" in page
        assert "06 39 98 00 21" not in page
        assert "+33639980021" not in page
        assert save(client, cast.resident.id).status_code == 403

    @pytest.mark.parametrize(("role", "may_erase"), [(Role.MEDIATOR, False), (Role.MANAGER, True)])
    def test_only_those_responsible_are_offered_to_erase(self, cast, client, role, may_erase):
        sign_in(client, cast.account_of(role))
        page = client.get(f"/equipe/habitants/{cast.resident.id}").get_data(as_text=True)
        assert ("/effacer" in page) is may_erase

    @pytest.mark.parametrize("role", [Role.HOST, Role.PARTNER])
    def test_is_not_for_hosts_and_partners(self, cast, client, role):
        sign_in(client, cast.account_of(role))
        assert client.get(f"/equipe/habitants/{cast.resident.id}").status_code == 403

    def test_reading_leaves_no_trace_of_the_resident(self, cast, desk):
        desk.get(f"/equipe/habitants/{cast.resident.id}")
        assert audit.history(f"person:{cast.resident.id}") == []

    def test_names_are_text_and_never_markup(self, cast, desk):
        person = write("<b>Roux</b>", '"><script>alert(1)</script>')
        page = desk.get(f"/equipe/habitants/{person.id}").get_data(as_text=True)
        assert "<script>" not in page
        assert "&lt;b&gt;Roux" in page


def test_current_follows_a_merge(app):
    kept, gone = write("Roux"), write("Rous")
    with transaction():
        service.merge(kept.id, gone.id, None)
    assert queries.current(gone.id).id == kept.id
    assert queries.current(kept.id).id == kept.id
    with pytest.raises(NoSuchPerson):
        queries.current(99_999)


def test_spaces_around_names_go(app):
    assert read(write("  Le   Goff ", " Jeanne ").id).name == "Jeanne Le Goff"


def test_details_of_one_are_not_details_of_another(app):
    with pytest.raises(NoSuchPerson), transaction():
        service.edit(99_999, Details("Roux"), None)
