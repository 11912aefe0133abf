"""Who acts for a resident, and what the resident agreed to."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import transaction
from foundation.security import Role
from people import queries, service
from people.models import ConsentTopic, Relation
from people.rules.details import AlreadyErased, NoSuchPerson
from people.service.acting import CompanionNameless
from tests.cast import sign_in
from tests.people.residents import write

LEA = {"name": "Léa Le Goff", "phone": "06 39 98 00 55", "relation": "child"}


@pytest.fixture
def desk(cast, client):
    sign_in(client, cast.mediator)
    client.get(f"/equipe/habitants/{cast.resident.id}")
    return client


@pytest.fixture
def path(cast):
    return f"/equipe/habitants/{cast.resident.id}"


def test_is_added_and_shown(cast, desk, path):
    assert desk.post(f"{path}/accompagnants", data=LEA).location == path
    (lea,) = queries.companions_of(cast.resident.id)
    assert (lea.name, lea.phone, lea.relation) == ("Léa Le Goff", "+33639980055", Relation.CHILD)
    page = desk.get(path).get_data(as_text=True)
    assert "Léa Le Goff" in page
    assert "Fille ou fils" in page


def test_is_removed_and_no_longer_leads_to_the_resident(cast, desk, path):
    desk.post(f"{path}/accompagnants", data=LEA)
    (lea,) = queries.companions_of(cast.resident.id)
    assert desk.post(f"{path}/accompagnants/{lea.id}/retirer").location == path
    assert queries.companions_of(cast.resident.id) == []
    assert queries.find("06 39 98 00 55") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"name": " "}, "Écrivez le nom de cette personne"), ({"phone": "12"}, "avec ses dix chiffres"),
     ({"relation": "boss"}, ""), ({"name": "x" * 121}, "")],
)  # fmt: skip
def test_says_what_is_wrong_on_the_page_and_writes_nothing(cast, desk, path, changed, said):
    response = desk.post(f"{path}/accompagnants", data=LEA | changed)
    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert queries.companions_of(cast.resident.id) == []


def test_that_of_another_resident_can_not_be_removed(cast, desk, path):
    with transaction():
        theirs = service.add_companion(cast.neighbour.id, "Omar", None, Relation.FRIEND, None).id
    assert desk.post(f"{path}/accompagnants/{theirs}/retirer").status_code == 404
    assert desk.post(f"{path}/accompagnants/99999/retirer").status_code == 404
    assert len(queries.companions_of(cast.neighbour.id)) == 1


def test_needs_a_resident_who_is_there(cast):
    with pytest.raises(NoSuchPerson), transaction():
        service.add_companion(99_999, "Léa", None, Relation.CHILD, None)
    with pytest.raises(CompanionNameless), transaction():
        service.add_companion(cast.resident.id, "", None, Relation.CHILD, None)
    erased = write("Roux")
    with pytest.raises(AlreadyErased), transaction():
        service.erase(erased.id, None)
        service.add_companion(erased.id, "Léa", None, Relation.CHILD, None)


def test_an_answer_is_noted_with_who_told_them(cast, desk, path):
    assert desk.post(f"{path}/accords", data={"topic": "messages", "answer": "yes"}).location == path
    said = queries.consents_of(cast.resident.id)[ConsentTopic.MESSAGES]
    assert (said.granted, said.told_by) == (True, cast.mediator.id)
    assert "D’accord" in desk.get(path).get_data(as_text=True)


def test_the_newest_answer_stands_and_the_older_stays_written(cast, desk, path):
    for answer in ("yes", "no"):
        desk.post(f"{path}/accords", data={"topic": "images", "answer": answer})
    assert queries.consents_of(cast.resident.id)[ConsentTopic.IMAGES].granted is False
    assert [entry.details["granted"] for entry in audit.history(f"person:{cast.resident.id}")] == [False, True]


@pytest.mark.parametrize("data", [{}, {"topic": "messages"}, {"topic": "soul", "answer": "yes"},
                                  {"topic": "images", "answer": "perhaps"}])  # fmt: skip
def test_an_answer_must_be_given(cast, desk, path, data):
    assert desk.post(f"{path}/accords", data=data).status_code == 422
    assert queries.consents_of(cast.resident.id) == {}


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
@pytest.mark.parametrize("what", ["accompagnants", "accords"])
def test_is_not_for_all(cast, client, path, role, what):
    sign_in(client, cast.account_of(role))
    client.get("/equipe/mon-compte")
    assert client.post(f"{path}/{what}", data=LEA).status_code == 403


@pytest.mark.parametrize("what", ["accompagnants", "accords"])
def test_needs_the_token_against_forgery(cast, desk, path, what):
    assert desk.post(f"{path}/{what}", data=LEA, forged=True).status_code == 400
