"""Opening, changing and closing accounts, as an administrator does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.models import Account, AccountRole
from accounts.rules.scope import LastAdministrator, NoRole, NotInYourStructure, OwnAccount
from accounts.service import Details, EmailTaken
from agenda.models import Resource
from agenda.service import WouldStrand, hold
from foundation import audit, clock
from foundation.db import db, transaction
from foundation.outbox.models import Message
from foundation.period import Period
from foundation.security import Role
from places.models import Structure
from tests.accounts.signing import NEW, is_signed_in, try_to_sign_in
from tests.cast import NOW, sign_in
from tests.counting import statements

NADIA = {
    "name": "Nadia Roux", "email": "Nadia@Rives.example", "roles": ["mediator", "manager"], "structure_id": "0",
    "locale": "fr", "phone": "06 39 98 00 77",
}  # fmt: skip


@pytest.fixture
def local(cast):
    """An administrator of one structure only."""
    with transaction():
        account = service.create_account(
            Details("Lise Petit", "lise@rives.example", frozenset({Role.ADMINISTRATOR}), cast.association.id), None
        )
        account_id = account.id
    return db.session.get(Account, account_id)


def details_of(account: Account, **changed) -> Details:
    known = {
        "name": account.name, "email": account.email, "roles": account.roles, "structure_id": account.structure_id,
    }  # fmt: skip
    return Details(**known | changed)


def form_of(account: Account, **changed) -> dict:
    return {
        "name": account.name, "email": account.email, "roles": [role.value for role in account.roles],
        "structure_id": str(account.structure_id or 0), "locale": account.locale, "phone": "",
    } | changed  # fmt: skip


def book(account: Account) -> None:
    start = clock.now() + timedelta(days=3)
    with transaction():
        hold([account.resource_id], Period(start, start + timedelta(hours=1)), "Anna", "appointment:1")


class TestCreate:
    def test_invites_by_a_link_that_is_sent_and_shown_once(self, cast, client, app):
        sign_in(client, cast.administrator)
        client.get("/equipe/comptes/nouveau")
        response = client.post("/equipe/comptes/nouveau", data=NADIA)
        page = client.get(response.location).get_data(as_text=True)
        link = re.search(r"http://parvis\.test(/mot-de-passe/[\w-]+)", page).group(1)
        assert link in db.session.scalars(select(Message)).one().body
        assert "/mot-de-passe/" not in client.get(response.location).get_data(as_text=True)
        browser = app.test_client()
        assert "Bienvenue" in browser.get(link).get_data(as_text=True)
        browser.post(link, data={"password": NEW})
        try_to_sign_in(browser, "nadia@rives.example", NEW)
        assert is_signed_in(browser)

    def test_writes_what_was_said(self, cast, client):
        sign_in(client, cast.administrator)
        client.get("/equipe/comptes/nouveau")
        client.post("/equipe/comptes/nouveau", data=NADIA)
        nadia = queries.by_email("nadia@rives.example")
        assert nadia.roles == {Role.MEDIATOR, Role.MANAGER}
        assert (nadia.structure_id, nadia.phone, nadia.active) == (None, "+33639980077", True)

    def test_gives_a_mediator_a_resource(self, cast):
        with transaction():
            nadia = service.create_account(
                Details("Nadia Roux", "nadia@rives.example", frozenset({Role.MEDIATOR})), None
            )
            resource = db.session.get(Resource, nadia.resource_id)
            assert (resource.label, resource.kind, resource.active) == ("Nadia Roux", "mediator", True)

    def test_gives_nobody_else_one(self, cast):
        with transaction():
            nadia = service.create_account(
                Details("Nadia Roux", "nadia@rives.example", frozenset({Role.MANAGER})), None
            )
            assert nadia.resource_id is None

    @pytest.mark.parametrize(
        ("changed", "status", "said"),
        [
            ({"email": "salima@rives.example"}, 409, "Un compte existe déjà"),
            ({"email": "SALIMA@rives.example "}, 409, "Un compte existe déjà"),
            ({"email": "no address"}, 422, "Écrivez une adresse comme"),
            ({"name": ""}, 422, "Écrivez un nom."),
            ({"roles": []}, 422, "Choisissez au moins un rôle."),
            ({"roles": ["emperor"]}, 422, ""),
            ({"phone": "12"}, 422, "Écrivez le numéro"),
            ({"structure_id": "99999"}, 422, ""),
            ({"structure_id": "x"}, 422, ""),
            ({"locale": "tlh"}, 422, ""),
            ({"name": "x" * 121}, 422, ""),
        ],
    )
    def test_says_what_is_wrong_and_writes_nothing(self, cast, client, changed, status, said):
        sign_in(client, cast.administrator)
        client.get("/equipe/comptes/nouveau")
        response = client.post("/equipe/comptes/nouveau", data=NADIA | changed)
        assert response.status_code == status
        assert said in response.get_data(as_text=True)
        assert queries.by_email("nadia@rives.example") is None

    def test_an_administrator_of_a_structure_opens_accounts_only_there(self, cast, client, local):
        sign_in(client, local)
        client.get("/equipe/comptes/nouveau")
        for elsewhere in ("0", str(cast.town.id)):
            data = NADIA | {"structure_id": elsewhere}
            assert client.post("/equipe/comptes/nouveau", data=data).status_code == 422
        data = NADIA | {"structure_id": str(cast.association.id)}
        assert client.post("/equipe/comptes/nouveau", data=data).status_code == 303

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_for_administrators_only(self, cast, client, role):
        sign_in(client, cast.account_of(role))
        assert client.get("/equipe/comptes").status_code == 403
        assert client.post("/equipe/comptes/nouveau", data=NADIA).status_code == 403
        assert queries.by_email("nadia@rives.example") is None

    def test_two_at_once_with_one_address_are_told_apart_by_the_database(self, cast, monkeypatch):
        monkeypatch.setattr("accounts.service.staff.by_email", lambda email: None)
        with pytest.raises(EmailTaken), transaction():
            service.create_account(Details("Other", cast.mediator.email, frozenset({Role.HOST})), None)


class TestEdit:
    def test_changes_roles_and_structure(self, cast, client):
        sign_in(client, cast.administrator)
        page = f"/equipe/comptes/{cast.host.id}"
        client.get(page)
        data = form_of(cast.host, roles=["host", "prescriber"], structure_id=str(cast.association.id))
        assert client.post(page, data=data).status_code == 303
        assert cast.host.roles == {Role.HOST, Role.PRESCRIBER}
        assert cast.host.structure_id == cast.association.id

    def test_the_page_shows_what_is_written(self, cast, client):
        sign_in(client, cast.administrator)
        page = client.get(f"/equipe/comptes/{cast.mediator.id}").get_data(as_text=True)
        assert re.search(r'value="mediator" checked|checked[^>]*value="mediator"', page)
        assert re.search(rf'<option selected value="{cast.town.id}"', page)

    def test_renames_the_resource_with_the_person(self, cast):
        with transaction():
            service.edit_account(cast.mediator.id, details_of(cast.mediator, name="Salima Haddad"), None)
        assert db.session.get(Resource, cast.mediator.resource_id).label == "Salima Haddad"

    def test_a_role_that_goes_takes_effect_at_once(self, cast, client):
        sign_in(client, cast.mediator)
        assert client.get("/equipe/habitants").status_code == 200
        with transaction():
            service.edit_account(cast.mediator.id, details_of(cast.mediator, roles=frozenset({Role.HOST})), None)
        assert client.get("/equipe/habitants").status_code == 403
        assert db.session.get(Resource, cast.mediator.resource_id).active is False

    def test_booked_time_is_shown_before_a_mediator_stops_being_one(self, cast, client):
        book(cast.mediator)
        sign_in(client, cast.administrator)
        page = f"/equipe/comptes/{cast.mediator.id}"
        client.get(page)
        data = form_of(cast.mediator, roles=["host"])
        asked = client.post(page, data=data)
        assert asked.status_code == 409
        assert "knowingly" in asked.get_data(as_text=True)
        assert cast.mediator.has(Role.MEDIATOR)
        assert client.post(page, data=data | {"knowingly": "y"}).status_code == 303
        assert not cast.mediator.has(Role.MEDIATOR)

    def test_an_address_of_somebody_else_is_refused(self, cast):
        with pytest.raises(EmailTaken), transaction():
            service.edit_account(cast.host.id, details_of(cast.host, email=cast.mediator.email), None)

    def test_the_last_administrator_stays(self, cast):
        with pytest.raises(LastAdministrator), transaction():
            details = details_of(cast.administrator, roles=frozenset({Role.MANAGER}))
            service.edit_account(cast.administrator.id, details, None)
        assert cast.administrator.has(Role.ADMINISTRATOR)

    def test_an_account_keeps_a_role(self, cast):
        with pytest.raises(NoRole), transaction():
            service.edit_account(cast.host.id, details_of(cast.host, roles=frozenset()), None)

    def test_records_who_did_it_without_personal_data(self, cast):
        with transaction():
            service.edit_account(cast.host.id, details_of(cast.host, name="Bruno Leroy"), cast.administrator)
        entry = audit.history(f"account:{cast.host.id}")[0]
        assert (entry.action, entry.actor_id) == ("account.changed", cast.administrator.id)
        assert "Bruno" not in str(entry.details)


class TestScope:
    @pytest.mark.parametrize("path", ["", "/fermer", "/rouvrir", "/sessions/fermer", "/lien"])
    def test_accounts_of_another_structure_do_not_exist(self, cast, client, local, path):
        sign_in(client, local)
        client.get("/equipe/comptes")
        target = f"/equipe/comptes/{cast.mediator.id}"
        assert client.get(target).status_code == 404
        response = client.post(f"{target}{path}", data=form_of(cast.mediator, structure_id=str(cast.association.id)))
        assert response.status_code == 404
        assert cast.mediator.structure_id == cast.town.id

    def test_the_list_is_of_the_structure(self, cast, client, local):
        sign_in(client, local)
        page = client.get("/equipe/comptes").get_data(as_text=True)
        assert "Yann Kerdoncuff" in page
        assert "Salima Benali" not in page

    def test_the_territory_sees_all(self, cast, client):
        sign_in(client, cast.administrator)
        page = client.get("/equipe/comptes").get_data(as_text=True)
        assert "Yann Kerdoncuff" in page
        assert "Salima Benali" in page

    def test_nobody_lifts_themselves_to_the_whole_territory(self, cast, local):
        with pytest.raises(NotInYourStructure), transaction():
            service.edit_account(local.id, details_of(local, structure_id=None), local)

    @pytest.mark.parametrize("account_id", [0, 99_999, 2**31, 10**30, "x"])
    def test_unknown_ones_are_not_found(self, cast, client, account_id):
        sign_in(client, cast.administrator)
        assert client.get(f"/equipe/comptes/{account_id}").status_code == 404


class TestClose:
    def test_lets_nobody_in_and_can_be_undone(self, cast, client, app):
        sign_in(client, cast.administrator)
        page = f"/equipe/comptes/{cast.host.id}"
        client.get(page)
        client.post(f"{page}/fermer")
        assert try_to_sign_in(app.test_client(), cast.host.email).status_code == 422
        client.post(f"{page}/rouvrir")
        assert try_to_sign_in(app.test_client(), cast.host.email).status_code == 303

    def test_rests_the_resource_and_wakes_it(self, cast):
        with transaction():
            service.close_account(cast.mediator.id, None)
        assert db.session.get(Resource, cast.mediator.resource_id).active is False
        with transaction():
            service.reopen_account(cast.mediator.id, None)
        assert db.session.get(Resource, cast.mediator.resource_id, populate_existing=True).active is True

    def test_shows_what_is_booked_and_asks(self, cast, client):
        book(cast.mediator)
        sign_in(client, cast.administrator)
        page = f"/equipe/comptes/{cast.mediator.id}"
        client.get(page)
        asked = client.post(f"{page}/fermer")
        assert asked.status_code == 409
        assert "Anna" in asked.get_data(as_text=True)
        assert cast.mediator.active
        client.post(f"{page}/fermer", data={"knowingly": "yes"})
        assert not cast.mediator.active

    def test_stranding_is_refused_to_commands_too(self, cast):
        book(cast.mediator)
        with pytest.raises(WouldStrand), transaction():
            service.close_account(cast.mediator.id, None)

    def test_is_not_for_oneself(self, cast):
        with pytest.raises(OwnAccount), transaction():
            service.close_account(cast.administrator.id, cast.administrator)

    def test_the_last_administrator_stays(self, cast):
        with pytest.raises(LastAdministrator), transaction():
            service.close_account(cast.administrator.id, None)

    def test_a_second_administrator_may_close_the_first(self, cast):
        with transaction():
            db.session.add(AccountRole(account_id=cast.manager.id, role=Role.ADMINISTRATOR))
        with transaction():
            service.close_account(cast.administrator.id, cast.manager)
        assert not cast.administrator.active


def test_a_new_link_is_made_for_who_lost_theirs(cast, client):
    sign_in(client, cast.administrator)
    page = f"/equipe/comptes/{cast.host.id}"
    client.get(page)
    client.post(f"{page}/lien")
    assert "http://parvis.test/mot-de-passe/" in client.get(page).get_data(as_text=True)


def test_open_accounts_with_a_role_are_listed(cast):
    assert [account.name for account in queries.with_role(Role.MEDIATOR)] == ["Salima Benali", "Yann Kerdoncuff"]
    assert [account.name for account in queries.with_role(Role.MEDIATOR, cast.town.id)] == ["Salima Benali"]


def test_pages_speak_the_language_of_the_account(cast, client):
    with transaction():
        service.edit_account(cast.mediator.id, details_of(cast.mediator, locale="ar"), None)
    sign_in(client, cast.mediator)
    assert 'lang="ar" dir="rtl"' in client.get("/equipe/mon-compte").get_data(as_text=True)


@pytest.mark.parametrize(
    ("viewer", "listed"),
    [("administrator", ["Les Clics solidaires", "Ville de Rives-sur-Aure"]), ("mediator", ["Ville de Rives-sur-Aure"])],
)
def test_structures_are_those_in_scope(cast, viewer, listed):
    assert [one.name for one in queries.structures(getattr(cast, viewer).structure_id)] == listed


def test_closed_accounts_come_last_and_hold_no_role_for_others(cast):
    with transaction():
        service.close_account(cast.mediator.id, None)
    assert queries.accounts_in_scope(cast.administrator)[-1].name == "Salima Benali"
    assert [account.name for account in queries.with_role(Role.MEDIATOR)] == ["Yann Kerdoncuff"]


@pytest.mark.parametrize("path", ["", "/fermer", "/rouvrir", "/sessions/fermer", "/lien"])
def test_nothing_is_done_without_the_token_against_forgery(cast, client, path):
    sign_in(client, cast.administrator)
    before = (cast.host.active, cast.host.roles)
    answer = client.post(
        f"/equipe/comptes/{cast.host.id}{path}", data=form_of(cast.host, roles=["manager"]), forged=True
    )
    assert answer.status_code == 400
    assert (cast.host.active, cast.host.roles) == before
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.parametrize("field", ["name", "email", "phone", "structure_id", "roles"])
@pytest.mark.parametrize("size", [100_000, 10_000_000])
def test_endless_fields_are_refused(cast, client, field, size):
    sign_in(client, cast.administrator)
    page = f"/equipe/comptes/{cast.host.id}"
    client.get(page)
    assert client.post(page, data=form_of(cast.host, **{field: "x" * size})).status_code in {413, 422}
    assert cast.host.name == "Bruno Lacaze"


def test_the_list_asks_as_often_for_many_structures_as_for_one(client, cast):
    sign_in(client, cast.administrator)
    client.get("/equipe/comptes")
    with statements() as few:
        client.get("/equipe/comptes")
    with transaction():
        for number in range(5):
            structure = Structure(name=f"Association {number}")
            db.session.add(structure)
            db.session.flush()
            db.session.add(Account(
                email=f"a{number}@town.example", name=f"Agent {number}", structure_id=structure.id, created_at=NOW,
            ))  # fmt: skip
    with statements() as more:
        page = client.get("/equipe/comptes").get_data(as_text=True)
    assert "Association 4" in page
    assert len(more) == len(few)
