"""Creating a resident in ten seconds, and not twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from foundation import audit
from foundation.codes import free_codes
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from people import queries, service
from people.models import ContactMeans, Gender, Person, Residence, Status
from people.rules.details import NoName
from people.service import Details
from tests.cast import sign_in
from tests.counting import statements
from tests.people.residents import read, write

PAGE = "/equipe/habitants/nouveau"
FORM = {
    "family_name": "Roux", "given_name": "Nadia", "phone": "", "birth_year": "", "residence": "unknown", "email": "",
    "contact_means": "", "locale": "fr", "gender": "not_communicated", "status": "not_communicated", "sure": "",
}  # fmt: skip


def send(client, **changed):
    client.get(PAGE)
    return client.post(PAGE, data=FORM | changed)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Person))


@pytest.fixture
def desk(cast, client):
    return sign_in(client, cast.mediator)


def newest() -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person).order_by(Person.id.desc())).first()


def test_a_name_is_enough(cast, desk):
    response = send(desk)
    nadia = newest()
    assert response.location == f"/equipe/habitants/{nadia.id}"
    assert (nadia.name, nadia.search_key) == ("Nadia Roux", "roux nadia")
    assert (nadia.phone, nadia.email, nadia.birth_year, nadia.contact_means) == (None, None, None, ContactMeans.NONE)
    assert (nadia.residence, nadia.gender, nadia.status) == (
        Residence.UNKNOWN, Gender.NOT_COMMUNICATED, Status.NOT_COMMUNICATED,
    )  # fmt: skip
    assert nadia.created_by == cast.mediator.id
    assert "Nadia Roux" in desk.get(response.location).get_data(as_text=True)


@pytest.mark.parametrize(("family_name", "given_name"), [("Roux", ""), ("", "Nadia"), ("  Roux ", " ")])
def test_one_of_the_two_names_is_enough(desk, family_name, given_name):
    assert send(desk, family_name=family_name, given_name=given_name).status_code == 303


def test_all_that_is_said_is_written(cast, desk):
    send(
        desk, phone="06.39.98.00.44", birth_year="1957", residence=str(cast.mills.id), email="Nadia@example.org ",
        locale="ar", gender="feminine", status="retired",
    )  # fmt: skip
    nadia = newest()
    assert (nadia.phone, nadia.birth_year, nadia.email) == ("+33639980044", 1957, "Nadia@example.org")
    assert (nadia.residence, nadia.neighbourhood_id) == (Residence.INSIDE, cast.mills.id)
    assert (nadia.locale, nadia.gender, nadia.status) == ("ar", Gender.FEMININE, Status.RETIRED)
    assert nadia.contact_means is ContactMeans.SMS


def test_outside_is_not_unknown(desk):
    send(desk, residence="outside")
    assert newest().residence is Residence.OUTSIDE


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"family_name": "", "given_name": " "}, "le nom de famille ou le prénom suffit"),
        ({"family_name": "x" * 81}, ""),
        ({"phone": "06 39"}, "avec ses dix chiffres"),
        ({"birth_year": "57"}, "avec quatre chiffres"),
        ({"birth_year": "1899"}, "avec quatre chiffres"),
        ({"birth_year": "2099"}, "avec quatre chiffres"),
        ({"birth_year": "abc"}, ""),
        ({"birth_year": "1" * 5000}, ""),
        ({"email": "nadia"}, "Écrivez une adresse comme"),
        ({"contact_means": "sms"}, "Il faut un numéro"),
        ({"contact_means": "email"}, "Il faut une adresse"),
        ({"contact_means": "pigeon"}, ""),
        ({"residence": "99999"}, ""),
        ({"residence": "inside"}, ""),
        ({"gender": "x"}, ""),
        ({"status": ""}, ""),
        ({"locale": "tlh"}, ""),
    ],
)
def test_says_what_is_wrong_keeps_what_was_typed_and_writes_nothing(desk, changed, said):
    before = count()
    response = send(desk, **{"given_name": "Nadia-Rose"} | changed)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert said in page
    assert ("given_name" in changed) or "Nadia-Rose" in page
    assert count() == before


def test_the_form_begins_with_what_was_searched(desk):
    assert 'value="Zorro"' in desk.get(f"{PAGE}?q=Zorro Vega 1957").get_data(as_text=True)
    assert 'value="Vega"' in desk.get(f"{PAGE}?q=Zorro Vega 1957").get_data(as_text=True)
    assert 'value="06 39 98 00 44"' in desk.get(f"{PAGE}?q=06 39 98 00 44").get_data(as_text=True)
    assert desk.get(f"{PAGE}?q=%3F%21").status_code == 200


def test_likely_doubles_are_shown_before_anything_is_written(cast, desk):
    before = count()
    response = send(desk, family_name="Legoff", given_name="Jeanne")
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert f"/equipe/habitants/{cast.resident.id}" in page
    assert "Même nom" in page
    assert count() == before


def test_is_created_once_they_were_seen_and_are_somebody_else(cast, desk):
    before = count()
    assert send(desk, family_name="Legoff", given_name="Jeanne", sure=str(cast.resident.id)).status_code == 303
    assert count() == before + 1


def test_a_double_that_appeared_meanwhile_is_shown_too(cast, desk):
    other = write("Le Goff", "Jeane", birth_year=1951)
    response = send(desk, family_name="Legoff", given_name="Jeanne", sure=str(cast.resident.id))
    assert response.status_code == 409
    assert f"/equipe/habitants/{other.id}" in response.get_data(as_text=True)


def test_doubles_that_are_claimed_without_being_seen_count_for_nothing(desk):
    assert send(desk, family_name="Legoff", given_name="Jeanne", sure="99999 x").status_code == 409


@pytest.mark.parametrize(
    ("given_name", "family_name", "more", "score"),
    [
        ("Jeanne", "Le Goff", {"phone": "+33639980021"}, 95),
        ("Jeanne", "Le Goff", {"birth_year": 1951}, 90),
        ("Jeane", "Legof", {}, 52),
        ("Jaenne", "Le Goff", {"birth_year": 1951}, 70),
        ("Hugo", "Petit", {"phone": "+33639980021"}, 55),
    ],
)
def test_doubles_are_found_among_all(cast, given_name, family_name, more, score):
    for at in range(30):
        write(f"Voisin{at}", "Jeanne")
    (likely,) = queries.similar(service.Traits(given_name, family_name, **more))
    assert (likely.person.id, likely.likeness.score) == (cast.resident.id, score)


def test_a_slip_in_the_family_name_alone_is_noticed(app):
    known = write("Dupont", "Sophie")
    (likely,) = queries.similar(service.Traits("Sophie", "Dupotn"))
    assert likely.person.id == known.id


def test_the_likeliest_come_first_and_are_few(app):
    exact = write("Dupont", "Sophie", birth_year=1980)
    for year in range(7):
        write("Dupond", "Sofie", birth_year=1979 + year % 2)
    likely = queries.similar(service.Traits("Sophie", "Dupont", 1980))
    assert likely[0].person.id == exact.id
    assert len(likely) == 5


def test_merged_and_erased_records_are_not_offered(app):
    kept, gone, erased = (write("Dupont", "Sophie") for _ in range(3))
    with transaction():
        service.merge(kept.id, gone.id, None)
        service.erase(erased.id, None)
    assert [one.person.id for one in queries.similar(service.Traits("Sophie", "Dupont"))] == [kept.id]


def test_a_prescriber_creates_too(cast, client):
    assert send(sign_in(client, cast.prescriber)).status_code == 303


@pytest.mark.parametrize("role", [Role.HOST, Role.PARTNER])
def test_hosts_and_partners_do_not(cast, client, role):
    before = count()
    sign_in(client, cast.account_of(role))
    client.get("/equipe/mon-compte")
    assert client.post(PAGE, data=FORM).status_code == 403
    assert count() == before


def test_strangers_do_not(cast, client):
    client.get("/connexion")
    before = count()
    assert client.post(PAGE, data=FORM).status_code == 303
    assert count() == before


def test_without_the_token_nothing_is_written(desk):
    before = count()
    assert desk.post(PAGE, data=FORM, forged=True).status_code == 400
    assert count() == before


@pytest.mark.parametrize("size", [100_000, 10_000_000])
def test_endless_fields_are_refused(desk, size):
    before = count()
    assert send(desk, family_name="x" * size).status_code in {413, 422}
    assert count() == before


def test_text_that_is_not_utf8_is_refused(desk):
    desk.get(PAGE)
    before = count()
    body = f"csrf_token={desk.token}&family_name=".encode() + b"\xff\xfe"
    response = desk.open(PAGE, method="POST", forged=True, data=body, content_type="application/x-www-form-urlencoded")
    assert 400 <= response.status_code < 500
    assert count() == before


def test_the_audit_names_nobody(cast, desk):
    send(desk)
    (entry,) = audit.history(f"person:{newest().id}")
    assert (entry.action, entry.actor_id, entry.details) == ("person.created", cast.mediator.id, {})


class TestRecogniseOrCreate:
    """A booking online that nobody looks at."""

    def test_the_same_name_and_number_is_the_same_person(self, cast):
        with transaction():
            found = service.recognise_or_create(Details("LE GOFF", "jeanne", phone="+33639980021"))
            assert found.id == cast.ids["resident"]

    def test_nothing_of_the_record_is_overwritten(self, cast):
        with transaction():
            service.recognise_or_create(Details("LE GOFF", "jeanne", phone="+33639980021", email="evil@example.org"))
        assert (cast.resident.family_name, cast.resident.email) == ("Le Goff", None)

    @pytest.mark.parametrize(
        "details",
        [
            Details("Le Goff", "Jeanne"),
            Details("Le Goff", "Hugo", phone="+33639980021"),
            Details("Le Gof", "Jeanne", phone="+33639980021"),
            Details("Le Goff", "Jeanne", phone="+33639980022"),
            Details("Le Goff", "Jeanne", phone="+33639980021", birth_year=1990),
        ],
    )
    def test_in_doubt_it_is_somebody_new(self, cast, details):
        with transaction():
            assert service.recognise_or_create(details).id != cast.ids["resident"]

    @pytest.mark.parametrize("details", [
        Details("Haddad", "Farid", email="farid@example.org"),
        Details("HADDÁD", "farid", email=" Farid@Example.org"),
        Details("Farid", "Haddad", email="farid@example.org"),
    ])  # fmt: skip
    def test_without_a_number_the_same_name_and_address_is_the_same_person(self, cast, details):
        before = count()
        with transaction():
            assert service.recognise_or_create(details).id == cast.ids["neighbour"]
        assert count() == before

    @pytest.mark.parametrize("details", [
        Details("Haddad", "Farid"),
        Details("Haddad", "Farid", email="farida@example.org"),
        Details("Haddad", "Nour", email="farid@example.org"),
        Details("Haddad", "Farid", email="farid@example.org", phone="+33639980077"),
        Details("", "Farid", email="farid@example.org"),
    ])  # fmt: skip
    def test_another_name_address_or_number_is_somebody_new(self, cast, details):
        with transaction():
            assert service.recognise_or_create(details).id != cast.ids["neighbour"]

    def test_two_with_one_address_are_nobody(self, cast):
        write("Haddad", "Farid", email="farid@example.org")
        before = count()
        with transaction():
            service.recognise_or_create(Details("Haddad", "Farid", email="farid@example.org"))
        assert count() == before + 1

    def test_two_that_match_are_nobody(self, cast):
        write("Le Goff", "Jeanne", phone="+33639980021")
        before = count()
        with transaction():
            service.recognise_or_create(Details("Le Goff", "Jeanne", phone="+33639980021"))
        assert count() == before + 1

    def test_no_name_is_refused_before_anybody_is_looked_up(self, cast):
        with pytest.raises(NoName), transaction():
            service.recognise_or_create(Details(phone="+33639980021"))


def test_codes_are_drawn_again_when_taken(app, monkeypatch):
    drawn = iter(["222222", "222222", "33333A"])
    monkeypatch.setattr("foundation.codes.new_code", lambda **_more: next(drawn))
    assert write("Roux").code == "222222"
    assert read(write("Petit").id).code == "33333A"


def test_many_are_written_as_each_would_be_in_few_statements(app):
    those = [Details(family_name=f"Roux {letter}", birth_year=1957, phone="+33639980077") for letter in "abc"]
    ids = in_transaction(lambda: service.create_all(those, None))
    alone = read(in_transaction(lambda: service.create(replace(those[0], family_name="Roux d"))).id)
    for details, one in zip(those, map(read, ids), strict=True):
        assert one.family_name == details.family_name
        for name in ("birth_year", "phone", "contact_means", "locale", "residence", "created_by", "merged_into_id"):
            assert getattr(one, name) == getattr(alone, name), name
        assert one.id in [found.id for found in queries.find(details.family_name)]
    assert len({read(one).code for one in ids}) == 3
    with statements() as sent:
        in_transaction(
            lambda: service.create_all([replace(those[0], family_name=f"Noir {n}") for n in range(50)], None)
        )
    assert len(sent) < 10


def test_of_many_one_that_can_not_be_written_stops_all(app):
    before = db.session.scalar(select(func.count(Person.id)))
    db.session.rollback()
    with pytest.raises(NoName):
        in_transaction(lambda: service.create_all([Details(family_name="Roux"), Details()], None))
    assert db.session.scalar(select(func.count(Person.id))) == before
    assert in_transaction(lambda: service.create_all([])) == []


def test_codes_of_many_are_drawn_again_when_taken(app, monkeypatch):
    taken = write("Roux").code
    drawn = iter([taken, "33333A", "33333A", "44444N"])
    monkeypatch.setattr("foundation.codes.new_code", lambda **_more: next(drawn))
    assert sorted(in_transaction(lambda: free_codes(Person.code, 2))) == ["33333A", "44444N"]
