"""Certificates: for whom there is one, what it tells in which language, and by what it is known again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation.codes import ALPHABET
from foundation.db import db, in_transaction
from people import service as people
from people.service import Details
from tests.cast import NOW, sign_in
from tests.papers import facts, lowest, sheets, text
from tests.workshops.enrolments import FIRST, WEEK, adult, family, fill, opened, registered, sessions_of
from tests.workshops.pages import as_mediator, as_stranger, main_of
from tests.workshops.papers import held, marked, set_on
from workshops.models import Enrolment, Presence, ProgrammeAudience, SessionState
from workshops.queries.attended import attended
from workshops.service.links import code_of_certificate, link_to

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def course(cast):
    """Three Wednesdays of two hours; nobody has come yet."""
    return opened(
        cast, capacity=60, sessions=3, enrolment=Enrolment.CYCLE, translations={"ar": {"title": "ورشة الصور"}}
    )


def base(programme, rest="") -> str:
    return f"/equipe/ateliers/{programme.id}/attestations{rest}"


def told(answer) -> str:
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return text(answer.data)


def own(registration, rest="") -> str:
    path = link_to(registration).partition("/i/")[2]
    return f"/mon-inscription/{path}{rest}"


def jeanne(cast, course, locale="fr"):
    wish = Details(given_name="Jeanne", family_name="Roy", phone="+33639987009", locale=locale)
    return registered(adult(course, newcomer=wish))


def test_it_tells_dates_and_hours_really_attended(cast, client, course):
    one = jeanne(cast, course)
    first, second, third = sessions_of(course)
    marked(cast, one, first)
    marked(cast, one, second, Presence.ABSENT_EXCUSED)
    marked(cast, one, third)
    held(first, second, third)
    answer = as_mediator(cast, client).get(base(course, f"/{one.person_id}.pdf"))
    assert sheets(answer.data)[0][:-1] == [
        "Rives-sur-Aure", "Attestation de participation", "Ville de Rives-sur-Aure", "atteste que", "Jeanne Roy",
        "a participé à l’atelier", "Atelier photo", "2 séances, 4 h au total",
        "mercredi 18 mars 2026, 16 h 00 – 18 h 00", "mercredi 1er avril 2026, 17 h 00 – 19 h 00",
        "Fait le mardi 10 mars 2026", "Signature et cachet", "Code de cette attestation",
    ]  # fmt: skip
    assert facts(answer.data) == {
        "title": "Attestation de participation : Jeanne Roy", "language": "fr", "sheets": 1, "wide": False,
        "embedded": True,
    }  # fmt: skip
    assert 'filename="attestation-' in answer.headers["Content-Disposition"]
    assert "Jeanne" not in answer.headers["Content-Disposition"]


def test_only_those_who_were_there_once_in_a_session_that_is_over_have_one(cast, client, course):
    came, excused, taken_back, coming, called_off = fill(course, 5)
    first, second, third = sessions_of(course)
    marked(cast, came, first)
    marked(cast, excused, first, Presence.ABSENT_EXCUSED)
    marked(cast, taken_back, first, None)
    marked(cast, coming, second)
    marked(cast, called_off, third)
    held(first)
    set_on(third, state=SessionState.CANCELLED, starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1),
           held_from=NOW - timedelta(days=2), held_until=NOW - timedelta(days=1))  # fmt: skip
    assert [one.person.id for one in attended(course.id, NOW)] == [came.person_id]
    assert [one.person.id for one in attended(course.id, FIRST + 2 * WEEK)] == [came.person_id, coming.person_id]


def test_all_of_them_make_one_pile_in_the_order_of_names_each_in_its_language(cast, client, course):
    people_ = [("Karim", "Zidi", "ar"), ("Ann", "Barr", "en"), ("Léa", "Colin", "fr")]
    for number, (given_name, family_name, locale) in enumerate(people_):
        wish = Details(given_name=given_name, family_name=family_name, phone=f"+3363998700{number}", locale=locale)
        marked(cast, registered(adult(course, newcomer=wish)), sessions_of(course)[0])
    held(sessions_of(course)[0])
    answer = as_mediator(cast, client).get(base(course, ".pdf"))
    barr, colin, zidi = sheets(answer.data)
    assert "took part in the workshop" in barr
    assert "1 séance, 2 h au total" in colin
    assert {"شهادة حضور", "Karim Zidi", "ورشة الصور", "جلسة واحدة، المجموع 2 س"} <= set(zidi)
    assert facts(answer.data)["embedded"]


def test_whoever_asks_gets_it_in_french(cast, client, course):
    one = jeanne(cast, course, "ar")
    marked(cast, one, sessions_of(course)[0])
    held(sessions_of(course)[0])
    as_mediator(cast, client)
    path = base(course, f"/{one.person_id}.pdf")
    assert "شهادة حضور" in told(client.get(path))
    assert "Attestation de participation" in told(client.get(f"{path}?langue=fr"))
    assert "شهادة حضور" in told(client.get(f"{path}?langue=xx"))


@pytest.mark.parametrize("count", [9, 24, 60, 61])
def test_many_dates_stay_on_one_sheet_above_the_signature(cast, client, count):
    long = opened(cast, sessions=count, enrolment=Enrolment.CYCLE, title="Ne plus craindre les démarches en ligne " * 2)
    one = jeanne(cast, long)
    for session in sessions_of(long):
        marked(cast, one, session)
    held(*sessions_of(long))
    answer = as_mediator(cast, client).get(base(long, ".pdf"))
    written = told(answer)
    assert f"{count} séances, {2 * count} h au total" in written
    assert facts(answer.data)["sheets"] == 1
    assert lowest(answer.data) > 50
    last = sessions_of(long)[-1].starts_at
    assert (f"{last:%d/%m/%Y}" in written) is (count in {24, 60})
    assert ("du mercredi 18 mars 2026 au" in written) is (count == 61)


def test_a_child_has_one_in_the_language_of_the_guardian(cast, client):
    club = opened(cast, capacity=5, audience=ProgrammeAudience.CHILDREN)
    guardian = Details(given_name="Karim", family_name="Moreau", phone="+33639988001", locale="ar")
    marked(cast, registered(family(club, "Lina", newcomer=guardian)), sessions_of(club)[0])
    held(sessions_of(club)[0])
    written = told(as_mediator(cast, client).get(base(club, ".pdf")))
    assert "Lina Moreau" in written
    assert "شهادة حضور" in written
    assert "Mamie Jo" not in written


def test_the_page_lists_them_with_their_codes_which_change_with_what_they_tell(cast, client, course):
    one = jeanne(cast, course)
    first, second, _third = sessions_of(course)
    marked(cast, one, first)
    held(first)
    page = as_mediator(cast, client).get(base(course))
    assert "Roy" in main_of(page)
    code = sheets(client.get(base(course, ".pdf")).data)[0][-1]
    assert code in main_of(page)
    assert code == sheets(client.get(base(course, ".pdf")).data)[0][-1]
    marked(cast, one, second)
    held(second)
    assert code not in main_of(client.get(base(course)))


def test_a_code_is_written_in_letters_that_nobody_mixes_up(app):
    codes = {code_of_certificate(1, person_id, [1, 2]) for person_id in range(60)}
    assert len(codes) == 60
    assert set("".join(codes)) <= {*ALPHABET, " "}
    assert {len(code) for code in codes} == {11}


def test_before_anybody_came_the_page_says_so_and_there_is_no_paper(cast, client, course):
    one = jeanne(cast, course)
    page = as_mediator(cast, client).get(base(course))
    assert "Personne n’est encore noté présent" in main_of(page)
    assert "attestations.pdf" not in page.text
    for rest in (".pdf", f"/{one.person_id}.pdf", "/999.pdf"):
        assert client.get(base(course, rest)).status_code == 404


def test_a_person_who_was_forgotten_has_none_any_more(cast, client, course):
    one = jeanne(cast, course)
    marked(cast, one, sessions_of(course)[0])
    held(sessions_of(course)[0])
    in_transaction(lambda: people.erase(one.person_id, cast.ids["manager"]))
    assert attended(course.id, NOW) == []


def test_another_structure_and_other_roles_get_none(cast, client, course):
    one = jeanne(cast, course)
    marked(cast, one, sessions_of(course)[0])
    held(sessions_of(course)[0])
    shared = opened(cast, structure_id=None)
    as_stranger(cast, client)
    for rest in ("", ".pdf", f"/{one.person_id}.pdf"):
        assert client.get(base(course, rest)).status_code == 404
        assert client.get(base(shared, rest)).status_code == 403
    for role in ("prescriber", "host", "partner"):
        sign_in(client, getattr(cast, role))
        assert client.get(base(course, ".pdf")).status_code == 403


def test_the_resident_prints_their_own_once_they_came(cast, client, course):
    one, other = jeanne(cast, course), registered(adult(course, 2))
    first = sessions_of(course)[0]
    marked(cast, one, first)
    marked(cast, other, first)
    before = client.get(own(one))
    assert "attestation" not in before.text
    assert client.get(own(one, "/attestation.pdf")).status_code == 404
    with time_machine.travel(first.ends_at, tick=False):
        assert own(one, "/attestation.pdf") in client.get(own(one)).text
        written = told(client.get(own(one, "/attestation.pdf")))
        assert "Jeanne Roy" in written
        assert "Numéro 2" not in written
        client.get("/langue/ar")
        assert "شهادة حضور" in told(client.get(own(one, "/attestation.pdf")))
        assert "atteste que" in told(client.get(own(one, "/attestation.pdf?langue=fr")))


def test_somebody_elses_link_opens_no_certificate(cast, client, course):
    one, other = jeanne(cast, course), registered(adult(course, 2))
    for each in (one, other):
        marked(cast, each, sessions_of(course)[0])
    held(sessions_of(course)[0])
    secret = own(other).rpartition("/")[2]
    assert client.get(f"/mon-inscription/{one.code}/{secret}/attestation.pdf").status_code == 404
    assert db.session.is_active
