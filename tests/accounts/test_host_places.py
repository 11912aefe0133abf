"""A host belongs to one school or one care home: an administrator finds it by a part of its name."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.models import Account
from accounts.rules.hosting import (
    NoSuchPlace,
    OnlyForHosts,
    SeveralPlaces,
    TwoPlaces,
    check_host_place,
    chosen,
)
from accounts.service import Details
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from places.models import CareHome, School
from places.queries import HostPlace, host_places, matching
from tests.cast import sign_in
from tests.test_routes_access import ONE_ENGINE

HOST = frozenset({Role.HOST})
KNOWN = [
    HostPlace("École du Bac, 6 rue du Bac, Rives", school_id=1),
    HostPlace("École du Bac Nord, 9 rue Haute, Rives", school_id=2),
    HostPlace("EHPAD Les Tilleuls, Rives", care_home_id=1),
]
NEW = "/equipe/comptes/nouveau"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ecole du BAC, 6 rue du bac, rives", [0]),
        ("bac", [0, 1]),
        ("nord bac", [1]),
        ("tilleuls", [2]),
        ("  ", []),
        ("lycée", []),
        ("%", []),
    ],
)
def test_a_place_is_found_by_its_whole_label_or_by_words_of_it(text, found):
    assert matching(text, KNOWN) == [KNOWN[number] for number in found]


def test_nothing_typed_is_no_place_and_what_is_not_clear_is_refused():
    assert chosen(" ", []) is None
    assert chosen("tilleuls", [KNOWN[2]]) == KNOWN[2]
    with pytest.raises(NoSuchPlace):
        chosen("lycée", [])
    with pytest.raises(SeveralPlaces, match="École du Bac Nord"):
        chosen("bac", KNOWN[:2])
    with pytest.raises(SeveralPlaces, match="…"):
        chosen("r", KNOWN * 3)


def test_only_a_host_has_a_place_and_only_one():
    check_host_place(HOST, 1, None)
    check_host_place(HOST, None, 1)
    check_host_place(frozenset({Role.MEDIATOR}), None, None)
    with pytest.raises(OnlyForHosts):
        check_host_place(frozenset({Role.MEDIATOR}), 1, None)
    with pytest.raises(TwoPlaces):
        check_host_place(HOST, 1, 1)


def test_closed_places_are_not_offered_but_stay_where_they_are_and_doubles_are_told_apart(cast):
    with transaction():
        cast.school.active = False
        twins = [School(external_id=f"twin-{n}", name="École double", commune="Rives") for n in (1, 2)]
        db.session.add_all(twins)
    labels = [one.label for one in host_places()]
    assert not any("Peupliers" in label for label in labels)
    assert len(labels) == len(set(labels)) == 3
    assert any("Peupliers" in one.label for one in host_places(school_id=cast.school.id))


def test_the_database_refuses_two_places(cast):
    with pytest.raises(TwoPlaces), transaction():
        cast.host.care_home_id = cast.care_home.id


def form(account: Account | None = None, **changes):
    usual = {
        "name": "Mireille Astier", "email": "mireille@home.example", "roles": ["host"], "structure_id": "0",
        "locale": "fr", "phone": "", "host_place": "tilleuls",
    }  # fmt: skip
    if account is not None:
        usual |= {"name": account.name, "email": account.email}
    return usual | changes


def test_the_administrator_names_the_home_of_a_new_host(client, cast):
    sign_in(client, cast.administrator)
    page = client.get(NEW).get_data(as_text=True)
    assert '<option value="École des Peupliers, 5 rue des Peupliers, Rives-sur-Aure">' in page
    assert client.post(NEW, data=form()).status_code == 303
    made = db.session.scalar(select(Account).where(Account.email == "mireille@home.example"))
    assert (made.care_home_id, made.school_id, made.place) == (cast.care_home.id, None, cast.care_home)
    entry = db.session.scalar(
        select(AuditEntry).where(AuditEntry.subject == f"account:{made.id}").order_by(AuditEntry.id)
    )
    assert entry.details["care_home_id"] == cast.care_home.id
    assert "Résidence des Tilleuls" in client.get("/equipe/comptes").get_data(as_text=True)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"host_place": "lycée"}, "Aucune école"),
        ({"host_place": "des"}, "Plusieurs"),
        ({"host_place": "x" * 701}, "701"),
        ({"roles": ["mediator"]}, "Cochez le rôle"),
        ({"host_place": "<script>"}, "Aucune école"),
    ],
)
def test_what_is_not_clear_is_said_beside_the_field_and_nobody_is_created(client, cast, typed, said):
    sign_in(client, cast.administrator)
    response = client.post(NEW, data=form(**typed))
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert 'href="#host_place"' in page
    assert said in page or said == "701"
    assert db.session.scalar(select(Account).where(Account.email == "mireille@home.example")) is None


def test_a_host_keeps_a_school_that_closed_moves_to_another_and_leaves(client, cast):
    with transaction():
        cast.school.active = False
    sign_in(client, cast.administrator)
    address = f"/equipe/comptes/{cast.host.id}"
    page = client.get(address).get_data(as_text=True)
    assert re.search(r'<input[^>]*name="host_place"[^>]*value="École des Peupliers, 5 rue', page)
    assert client.post(address, data=form(cast.host, host_place="peupliers")).status_code == 303
    assert cast.host.school_id == cast.school.id
    client.post(address, data=form(cast.host, host_place="tilleuls"))
    assert (cast.host.school_id, cast.host.care_home_id) == (None, cast.care_home.id)
    client.post(address, data=form(cast.host, host_place=""))
    assert cast.host.place is None
    assert "pas encore" in client.get("/equipe/comptes").get_data(as_text=True)


def test_a_host_who_becomes_a_mediator_gives_the_place_up_first(cast):
    details = Details("Bruno Lacaze", cast.host.email, frozenset({Role.MEDIATOR}), school_id=cast.school.id)
    host_id = cast.host.id
    with pytest.raises(OnlyForHosts):
        in_transaction(lambda: service.edit_account(host_id, details, None))
    assert cast.host.has(Role.HOST)


@ONE_ENGINE
def test_150_schools_are_offered_and_one_is_found(client, cast):
    with transaction():
        db.session.add_all(School(external_id=f"s{n}", name=f"École numéro {n:03}") for n in range(150))
        db.session.add_all(CareHome(external_id=f"h{n}", name=f"Résidence {n:03}") for n in range(10))
    sign_in(client, cast.administrator)
    assert client.get(NEW).get_data(as_text=True).count("<option value=") > 160
    assert client.post(NEW, data=form(host_place="ecole 077")).status_code == 303
    made = db.session.scalar(select(Account).where(Account.email == "mireille@home.example"))
    assert made.school.name == "École numéro 077"


def test_the_hosts_of_a_place_are_those_who_may_still_sign_in(cast):
    assert [one.name for one in queries.hosts_of(cast.school.id, None)] == ["Bruno Lacaze"]
    assert queries.hosts_of(None, cast.care_home.id) == queries.hosts_of(None, None) == []
    with transaction():
        cast.host.active = False
    assert queries.hosts_of(cast.school.id, None) == []


def test_an_administrator_says_who_answers_for_a_school_and_takes_it_back(client, cast):
    sign_in(client, cast.administrator)
    address = f"/equipe/comptes/{cast.host.id}"
    assert client.post(address, data=form(cast.host, host_place="peupliers", approves="y")).status_code == 303
    assert cast.host.approves
    assert re.search(r'<input[^>]*checked[^>]*name="approves"', client.get(address).get_data(as_text=True))
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == f"account:{cast.host.id}"))
    assert [one.details["approves"] for one in entries] == [True]
    client.post(address, data=form(cast.host, host_place="peupliers"))
    assert not cast.host.approves


@ONE_ENGINE
@pytest.mark.parametrize("place", ["", "tilleuls"])
def test_nobody_answers_for_a_school_that_is_not_theirs(client, cast, place):
    sign_in(client, cast.administrator)
    response = client.post(NEW, data=form(host_place=place, approves="y"))
    assert response.status_code == 422
    assert 'href="#approves"' in response.get_data(as_text=True)
    assert db.session.scalar(select(Account).where(Account.email == "mireille@home.example")) is None
