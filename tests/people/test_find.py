"""One box finds a resident by name, phone or code."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select, text

from foundation.db import db, transaction
from foundation.security import Role
from people import queries, service
from people.models import Person, PersonToken, Relation
from people.rules.duplicates import Traits
from tests.cast import sign_in
from tests.counting import statements
from tests.people.residents import write


@pytest.fixture
def town(app):
    """A few residents whose names are easily mistaken."""
    people = [
        ("Martin", "Anna", 1957, "+33639980012"),
        ("Martin", "Hugo", 1990, "+33639980013"),
        ("Martinez", "Anna", 1957, None),
        ("Le Goff", "Jean-Luc", 1950, "+33240123456"),
        ("de La Tour", "Élodie", None, None),
        ("Ben Ali", "Mohammed", None, "+262692123456"),
        ("Benali", "Salima", None, None),
        ("O’Brien", "Zoë", None, None),
        ("محمد", "علي", None, None),
        ("", "Cœurine", None, None),
    ]
    for family_name, given_name, year, phone in people:
        write(family_name, given_name, birth_year=year, phone=phone)


def names(query: str, **more) -> list[str]:
    return [found.name for found in queries.find(query, **more)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("martin anna", ["Anna Martin", "Anna Martinez"]),
        ("ANNA Martin", ["Anna Martin", "Anna Martinez"]),
        ("mart hug", ["Hugo Martin"]),
        ("anna 1957 martinez", ["Anna Martinez"]),
        ("martin 1990", ["Hugo Martin"]),
        ("jean luc", ["Jean-Luc Le Goff"]),
        ("Jean-Luc", ["Jean-Luc Le Goff"]),
        ("jeanluc", ["Jean-Luc Le Goff"]),
        ("legoff", ["Jean-Luc Le Goff"]),
        ("le goff", ["Jean-Luc Le Goff"]),
        ("goff", ["Jean-Luc Le Goff"]),
        ("latour", ["Élodie de La Tour"]),
        ("delatour elodie", ["Élodie de La Tour"]),
        ("la tour", ["Élodie de La Tour"]),
        ("Elodie", ["Élodie de La Tour"]),
        ("ÉLODIE", ["Élodie de La Tour"]),
        ("ben ali", ["Mohammed Ben Ali", "Salima Benali"]),
        ("benali", ["Mohammed Ben Ali", "Salima Benali"]),
        ("obrien", ["Zoë O’Brien"]),
        ("o'brien", ["Zoë O’Brien"]),
        ("zoe", ["Zoë O’Brien"]),
        ("محمد", ["علي محمد"]),
        ("coeur", ["Cœurine"]),
        ("dupont", []),
        ("martin zoe", []),
        ("", []),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE person; --", []),
        ("1957", []),
    ],
)
def test_by_name(town, query, found):
    assert sorted(names(query)) == sorted(found)


def test_the_whole_name_comes_first(town):
    assert names("martin anna")[0] == "Anna Martin"
    assert names("anna martin")[0] == "Anna Martin"


def test_then_the_family_name_then_the_order_of_the_alphabet(town):
    write("Roux", "Martine")
    assert names("martin") == ["Anna Martin", "Hugo Martin", "Anna Martinez", "Martine Roux"]


@pytest.mark.parametrize(
    "query",
    ["06 39 98 00 12", "0639980012", "06.39.98.00.12", "+33 6 39 98 00 12", "+33 (0)6 39 98 00 12", "0033639980012",
     "0012", "98 00 12", "063998 0012"],
)  # fmt: skip
def test_by_phone(town, query):
    assert names(query) == ["Anna Martin"]


def test_by_the_beginning_of_a_number(town):
    assert names("06 39 98 00") == ["Anna Martin", "Hugo Martin"]


def test_by_the_number_of_an_island(town):
    assert names("0692 12 34 56") == ["Mohammed Ben Ali"]


def test_by_the_number_of_a_companion(town):
    person = queries.find("legoff")[0]
    with transaction():
        service.add_companion(person.id, "Nolwenn", "+33639980050", Relation.CHILD, None)
    assert names("06 39 98 00 50") == ["Jean-Luc Le Goff"]


def test_by_code_in_any_writing(town):
    anna = queries.find("martin anna")[0]
    code = anna.code
    for query in (code, code.lower(), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert names(query) == ["Anna Martin"]
        assert queries.by_code(query).id == anna.id


def test_a_name_that_could_be_a_code_is_still_a_name(app):
    write("Zz", "Gaston")
    assert names("gaston") == ["Gaston Zz"]


def test_nobody_by_an_unknown_code(town):
    assert queries.by_code("222222") is None
    assert queries.by_code("") is None


def test_by_exact_phone_for_other_rooms(town):
    assert [person.name for person in queries.by_phone("+33639980012")] == ["Anna Martin"]
    assert queries.by_phone("+33639980099") == []


def test_as_many_as_asked_for(town):
    assert len(names("martin", limit=2)) == 2


def test_a_merged_record_leads_to_the_kept_one(town):
    anna, other = queries.find("martin anna")[0], write("Marten", "Annie", phone="+33639980077")
    code = other.code
    with transaction():
        service.merge(anna.id, other.id, None)
    for query in ("marten", "06 39 98 00 77", code):
        assert names(query) == ["Anna Martin"]
    assert queries.by_code(code).id == anna.id


def test_the_erased_are_not_found(town):
    anna = queries.find("martin anna")[0]
    with transaction():
        service.erase(anna.id, None)
    assert names("martin anna") == ["Anna Martinez"]
    assert names("0639980012") == []
    assert queries.by_code(anna.code) is None


def test_a_change_of_name_is_found_at_once(town):
    anna = queries.find("martin anna")[0]
    with transaction():
        service.edit(anna.id, service.Details("Roux", "Anna"), None)
    assert names("roux") == ["Anna Roux"]
    assert names("martin anna") == ["Anna Martinez"]


def test_the_index_can_be_made_anew(town):
    with transaction():
        db.session.execute(PersonToken.__table__.delete())
    assert names("martin") == []
    with transaction():
        assert service.reindex() == 10
    assert len(names("martin")) == 3


def test_no_table_is_read_whole(town):
    """Each search goes through an index, so that 60,000 residents are found as fast as ten."""
    seen = []
    engine = db.engine

    def note(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        queries.find("martin anna")
        queries.find("0639980012")
        queries.similar(Traits("Anna", "Martin", 1957, "+33639980012"))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    plans = [_plan(statement, parameters) for statement, parameters in seen if statement.startswith("SELECT")]
    assert len(plans) == 3
    assert all("person_token" in plan for plan in plans)
    assert not any("SCAN person_token\n" in plan or "Seq Scan on person_token" in plan for plan in plans)


def _plan(statement: str, parameters) -> str:
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if not on_sqlite:
            connection.execute(text("SET enable_seqscan = off"))
        rows = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if on_sqlite else ''}{statement}", parameters)
        return "".join(f"{row[-1]}\n" for row in rows)


class TestPage:
    def test_lists_who_is_found_with_a_link(self, cast, client):
        sign_in(client, cast.mediator)
        page = client.get("/equipe/habitants?q=legoff").get_data(as_text=True)
        assert f"/equipe/habitants/{cast.resident.id}" in page
        assert "1 personne trouvée" in page
        assert "06 39 98 00 21" in page
        assert "Le Port" in page

    def test_a_prescriber_sees_only_the_end_of_a_number(self, cast, client):
        sign_in(client, cast.prescriber)
        page = client.get("/equipe/habitants?q=legoff").get_data(as_text=True)
        assert "0021" in page
        assert "06 39 98 00 21" not in page

    def test_offers_to_create_who_is_not_found(self, cast, client):
        sign_in(client, cast.mediator)
        page = client.get("/equipe/habitants?q=Zorro Vega").get_data(as_text=True)
        assert "/equipe/habitants/nouveau?q=Zorro+Vega" in page or "/equipe/habitants/nouveau?q=Zorro%20Vega" in page

    def test_is_empty_before_anything_is_typed(self, cast, client):
        sign_in(client, cast.mediator)
        page = client.get("/equipe/habitants").get_data(as_text=True)
        assert "<table" not in page

    @pytest.mark.parametrize("role", [Role.HOST, Role.PARTNER])
    def test_is_not_for_hosts_and_partners(self, cast, client, role):
        sign_in(client, cast.account_of(role))
        assert client.get("/equipe/habitants?q=legoff").status_code == 403

    @pytest.mark.parametrize("query", ["%ff%fe", "%00", "x" * 20_000, "<script>alert(1)</script>", "%F0%9F%98%80"])
    def test_nothing_typed_breaks_it(self, cast, client, query):
        sign_in(client, cast.mediator)
        response = client.get(f"/equipe/habitants?q={query}")
        assert response.status_code in {200, 400}
        assert "<script>alert" not in response.get_data(as_text=True)

    def test_costs_the_same_number_of_queries_for_one_and_for_many(self, cast, client):
        sign_in(client, cast.mediator)

        def count(path: str) -> int:
            with statements() as sent:
                client.get(path)
            return len(sent)

        client.get("/equipe/habitants")
        one = count("/equipe/habitants?q=legoff")
        for at in range(12):
            write("Legoff", f"Numéro {at}")
        assert count("/equipe/habitants?q=legoff") == one


def test_every_record_has_its_own_code(app):
    codes = [write("Martin", f"Numéro {at}").code for at in range(20)]
    assert len(set(codes)) == 20
    assert set(codes) == set(db.session.scalars(select(Person.code)))
