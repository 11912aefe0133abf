"""A resident's data: handed out, erased on request, and forgotten in time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db, transaction
from foundation.security import Role
from people import references as registry
from people import service
from people.models import Companion, ConsentTopic, ContactMeans, Person, PersonConsent, PersonToken, Relation
from people.rules.details import AlreadyErased, NoSuchPerson
from people.rules.retention import forgotten_before
from tests.cast import NOW, sign_in
from tests.people.residents import read, write


@pytest.fixture
def nadia(cast):
    """A resident of whom everything is known."""
    person = write(
        "Roux", "Nadia", birth_year=1957, phone="+33639980044", email="nadia@example.org",
        residence="inside", neighbourhood_id=cast.mills.id,
    )  # fmt: skip
    with transaction():
        service.add_companion(person.id, "Léa Roux", "+33639980055", Relation.CHILD, None)
        service.record_consent(person.id, ConsentTopic.RECORD, granted=True, actor_id=cast.mediator.id)
    return person


@pytest.mark.parametrize(
    ("now", "limit"),
    [
        (datetime(2026, 3, 10, 7, tzinfo=UTC), datetime(2024, 3, 10, 7, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC)),
    ],
)
def test_two_years_by_the_calendar(now, limit):
    assert forgotten_before(now) == limit


def assert_nothing_names(person_id: int) -> None:
    gone = read(person_id)
    assert (gone.name, gone.search_key, gone.phone, gone.email) == ("", "", None, None)
    assert gone.contact_means is ContactMeans.NONE
    assert gone.anonymised_at is not None
    for model in (Companion, PersonConsent, PersonToken):
        assert db.session.scalars(select(model).where(model.person_id == person_id)).all() == []


class TestErase:
    def test_nothing_is_left_that_names_or_reaches(self, cast, nadia):
        code = nadia.code
        with transaction():
            service.erase(nadia.id, None)
        assert_nothing_names(nadia.id)
        assert read(nadia.id).code != code

    def test_what_is_counted_stays(self, cast, nadia):
        with transaction():
            service.erase(nadia.id, None)
        assert (read(nadia.id).birth_year, read(nadia.id).neighbourhood_id) == (1957, cast.mills.id)

    def test_records_merged_into_it_go_too(self, cast, nadia):
        other = write("Rous", "Nadia", phone="+33639980066")
        with transaction():
            service.merge(nadia.id, other.id, None)
            service.erase(nadia.id, None)
        assert_nothing_names(other.id)

    def test_it_is_not_done_twice(self, cast, nadia):
        with pytest.raises(AlreadyErased), transaction():
            service.erase(nadia.id, None)
            service.erase(nadia.id, None)

    def test_columns_that_other_rooms_named_are_emptied(self, cast, nadia, monkeypatch):
        monkeypatch.setattr(registry, "_references", dict(registry._references))
        registry.follows_merge(Person.merged_into_id, erased=("email", "given_name"))
        other = write("Rous", "Odile", email="o@example.org")
        with transaction():
            db.session.get(Person, other.id).merged_into_id = nadia.id
            service.erase(nadia.id, None)
        assert (read(other.id).email, read(other.id).given_name) == (None, "")

    def test_other_rooms_are_told_whom_to_forget(self, cast, nadia, monkeypatch):
        told = []
        monkeypatch.setattr(registry, "_forgetting", [])
        registry.when_forgotten(lambda ids: told.append(list(ids)))
        with transaction():
            service.erase(nadia.id, None)
        assert told == [[nadia.id]]

    def test_the_page_asks_first_and_then_does_it(self, cast, client, nadia):
        sign_in(client, cast.manager)
        path = f"/equipe/habitants/{nadia.id}"
        assert "Nadia Roux" in client.get(f"{path}/effacer").get_data(as_text=True)
        assert client.post(f"{path}/effacer").location == "/equipe/habitants"
        page = client.get(path).get_data(as_text=True)
        assert "Fiche effacée" in page
        assert "Nadia" not in page
        assert client.get(f"{path}/effacer").status_code == 409
        assert client.post(f"{path}/effacer").status_code == 409

    @pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.PARTNER])
    @pytest.mark.parametrize("path", ["effacer", "copie.json"])
    def test_is_for_those_responsible(self, cast, client, nadia, role, path):
        sign_in(client, cast.account_of(role))
        client.get("/equipe/mon-compte")
        assert client.post(f"/equipe/habitants/{nadia.id}/{path}").status_code == 403
        assert read(nadia.id).anonymised_at is None

    def test_needs_the_token_against_forgery(self, cast, client, nadia):
        sign_in(client, cast.manager)
        assert client.post(f"/equipe/habitants/{nadia.id}/effacer", forged=True).status_code == 400
        assert read(nadia.id).anonymised_at is None


class TestForget:
    def test_after_two_years_without_contact(self, cast, nadia):
        last = read(nadia.id).last_contact_at
        with transaction():
            service.anonymise_idle(last + timedelta(days=700))
        assert read(nadia.id).name == "Nadia Roux"
        with transaction():
            service.anonymise_idle(last + timedelta(days=740))
        assert_nothing_names(nadia.id)
        assert audit.history(f"person:{nadia.id}")[0].action == "person.anonymised"

    def test_not_those_who_came_since_or_are_expected(self, cast, nadia):
        last = read(nadia.id).last_contact_at
        with transaction():
            service.touch(nadia.id, last + timedelta(days=30))
            service.touch(nadia.id, last + timedelta(days=10))
        with transaction():
            service.anonymise_idle(last + timedelta(days=740))
        assert read(nadia.id).name == "Nadia Roux"

    def test_each_once(self, cast, nadia):
        later = read(nadia.id).last_contact_at + timedelta(days=1000)
        with transaction():
            first = service.anonymise_idle(later)
        with transaction():
            assert service.anonymise_idle(later) == 0
        assert first == 3

    def test_records_merged_into_it_with_it(self, cast, nadia):
        other = write("Rous", "Nadia")
        with transaction():
            service.merge(nadia.id, other.id, None)
        with transaction():
            service.anonymise_idle(read(nadia.id).last_contact_at + timedelta(days=740))
        assert_nothing_names(other.id)

    def test_at_the_console(self, cast, nadia, app):
        with transaction():
            for person in db.session.scalars(select(Person)):
                person.last_contact_at = NOW - timedelta(days=5000)
        result = app.test_cli_runner().invoke(args=["people", "anonymise"])
        assert result.output == "3 records anonymised\n"
        assert app.test_cli_runner().invoke(args=["people", "reindex"]).output == "0 records indexed\n"

    def test_a_merge_can_still_be_undone_afterwards(self, cast, nadia):
        other = write("Rous", "Nadia")
        with transaction():
            merge_id = service.merge(nadia.id, other.id, None).id
            service.erase(nadia.id, None)
        with transaction():
            service.undo_merge(merge_id, None)
        assert_nothing_names(other.id)
        assert read(other.id).merged_into_id is None


class TestExport:
    def test_all_that_is_kept_is_handed_out(self, cast, client, nadia):
        sign_in(client, cast.manager)
        client.get(f"/equipe/habitants/{nadia.id}")
        response = client.post(f"/equipe/habitants/{nadia.id}/copie.json")
        assert response.mimetype == "application/json"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "Nadia" not in response.headers["Content-Disposition"]
        data = json.loads(response.data)
        assert data["person"][0]["family_name"] == "Roux"
        assert data["companion.person_id"][0]["name"] == "Léa Roux"
        assert data["person_consent.person_id"][0]["topic"] == "record"

    def test_merged_records_are_in_it(self, cast, nadia):
        other = write("Rous", "Nadja")
        with transaction():
            service.merge(nadia.id, other.id, None)
            data = service.export(nadia.id, None)
        assert data["person.merged_into_id"][0]["given_name"] == "Nadja"

    def test_what_other_rooms_tell_is_in_it(self, cast, nadia, monkeypatch):
        monkeypatch.setattr(registry, "_tellers", {})
        registry.tells_of("notes", lambda person_id: [{"of": person_id}])
        registry.tells_of("nothing", lambda _person_id: [])
        with transaction():
            data = service.export(nadia.id, None)
        assert data["notes"] == [{"of": nadia.id}]
        assert "nothing" not in data

    def test_handing_out_is_written_down_without_what_was_in_it(self, cast, nadia):
        with transaction():
            service.export(nadia.id, cast.manager.id)
        entry = audit.history(f"person:{nadia.id}")[0]
        assert (entry.action, entry.actor_id, entry.details) == ("person.exported", cast.ids["manager"], {})

    def test_nobody_unknown(self, cast):
        with pytest.raises(NoSuchPerson), transaction():
            service.export(99_999, None)
