"""Lists for a spreadsheet: who stands on them, what they must not tell, and that no cell is run as a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from foundation.db import in_transaction
from foundation.security import Role
from people.service import Details
from tests.cast import NOW, sign_in
from tests.mediation.planning import account_in
from tests.workshops.enrolments import adult, family, fill, group, opened, registered, sessions_of
from tests.workshops.pages import as_mediator, as_stranger
from tests.workshops.papers import counted, held, marked, set_on, teamed
from workshops.models import Enrolment, Presence, ProgrammeAudience, SessionState
from workshops.service import registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
SEATED = "Place réservée"
OF_CHILDREN = (
    "Mamie Jo",
    "Tonton Max",
    "06 39 98 80 02",
    "33639988002",
    "06 39 98 80 01",
    "33639988001",
    "Karim",
    "2016",
)


def of_session(session, kind="csv") -> str:
    return f"/equipe/ateliers/seances/{session.id}/participants.{kind}"


def of_programme(programme, kind="csv") -> str:
    return f"/equipe/ateliers/{programme.id}/participants.{kind}"


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_of_a_session_it_names_who_comes_who_waits_and_who_was_there(cast, client):
    course = opened(cast, capacity=2)
    here, _away = fill(course, 2)
    registered(adult(course, 3))
    session = sessions_of(course)[0]
    marked(cast, here, session)
    found = rows(as_mediator(cast, client).get(of_session(session)))
    assert found[0] == {
        "Nom de famille": "Numéro 1", "Prénom": "Alix", "Qui": "Adulte", "Téléphone": "06 39 98 00 01",
        "État": SEATED, "Nombre de places": "1", "À cette séance": "Est là",
    }  # fmt: skip
    assert [(row["Nom de famille"], row["À cette séance"]) for row in found] == [
        ("Numéro 1", "Est là"), ("Numéro 2", ""), ("Numéro 3", ""),
    ]  # fmt: skip
    assert [row["État"] for row in found] == [found[0]["État"], found[0]["État"], "En attente"]


def test_of_a_programme_there_is_a_column_for_each_session_and_how_often_each_came(cast, client):
    course = opened(cast, capacity=5, sessions=3, enrolment=Enrolment.CYCLE)
    often, once = fill(course, 2)
    first, second, third = sessions_of(course)
    marked(cast, often, first)
    marked(cast, often, second)
    marked(cast, once, first, Presence.ABSENT_EXCUSED)
    marked(cast, once, second)
    held(first, second)
    set_on(third, state=SessionState.CANCELLED)
    found = rows(as_mediator(cast, client).get(of_programme(course)))
    assert [row["Nombre de présences"] for row in found] == ["2", "1"]
    assert found[1]["18/03/2026 16:00"] != found[1]["25/03/2026 16:00"] == "Est là"
    assert found[0]["Inscription pour"] == "Pour tout le cycle"
    assert not any(name.startswith("01/04") for name in found[0])


def test_for_single_sessions_it_says_for_which(cast, client):
    course = opened(cast, sessions=2)
    registered(adult(course, session_id=sessions_of(course)[1].id))
    (row,) = rows(as_mediator(cast, client).get(of_programme(course)))
    assert row["Inscription pour"] == "25/03/2026 16:00"


def test_whoever_came_stays_on_it_although_they_cancelled_since(cast, client):
    course = opened(cast, capacity=3, sessions=2, enrolment=Enrolment.CYCLE)
    came, never = fill(course, 2)
    marked(cast, came, sessions_of(course)[0])
    for one in (came, never):
        in_transaction(lambda one=one: registering.cancel(one.id, now=NOW, by_resident=True))
    as_mediator(cast, client)
    for path in (of_session(sessions_of(course)[0]), of_programme(course)):
        (row,) = rows(client.get(path))
        assert (row["Nom de famille"], row["État"]) == ("Numéro 1", "Annulée")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_children_only_their_names_are_told(cast, client, kind):
    club = teamed(cast, opened(cast, capacity=5, audience=ProgrammeAudience.CHILDREN))
    registered(family(club, "Lina", "Noé", comes_too=False))
    as_mediator(cast, client)
    for path in (of_session(sessions_of(club)[0], kind), of_programme(club, kind)):
        answer = client.get(path)
        if kind == "csv":
            told = answer.text
        else:
            told = "\n".join(str(row) for row in load_workbook(BytesIO(answer.data)).active.values)
        assert "Lina" in told
        assert "Enfant" in told
        assert not any(words in told for words in OF_CHILDREN)


def test_a_guardian_who_comes_too_gives_no_number_away(cast, client):
    party = opened(cast, capacity=5, audience=ProgrammeAudience.FAMILIES)
    registered(family(party, "Lina", comes_too=True))
    found = rows(as_mediator(cast, client).get(of_programme(party)))
    assert [(row["Prénom"], row["Qui"], row["Téléphone"]) for row in found] == [
        ("Karim", "Adulte", ""), ("Lina", "Enfant", ""),
    ]  # fmt: skip


def test_a_group_is_its_label_and_its_number(cast, client):
    course = opened(cast, capacity=30)
    registered(group(course, 12))
    (row,) = rows(as_mediator(cast, client).get(of_session(sessions_of(course)[0])))
    assert (row["Nom de famille"], row["Qui"], row["Nombre de places"]) == ("CM1", "Groupe", "12")
    assert row["Téléphone"] == "06 39 98 80 03"


def test_of_the_one_group_of_a_series_each_date_says_how_many_took_part(cast, client):
    course = opened(cast, capacity=30, sessions=2, enrolment=Enrolment.CYCLE)
    registered(group(course, 12))
    first, _second = sessions_of(course)
    counted(cast, first, 10)
    as_mediator(cast, client)
    (row,) = rows(client.get(of_programme(course)))
    assert (row["18/03/2026 16:00"], row["25/03/2026 16:00"]) == ("10", "")
    assert rows(client.get(of_session(first)))[0]["À cette séance"] == "10"
    sheet = load_workbook(BytesIO(client.get(of_programme(course, "xlsx")).data)).active
    assert 10 in [cell.value for cell in sheet[2]]


def test_who_was_counted_beside_two_groups_is_a_row_of_its_own(cast, client):
    course = opened(cast, capacity=60, sessions=2, enrolment=Enrolment.CYCLE)
    for count in (12, 14):
        registered(group(course, count))
    counted(cast, sessions_of(course)[1], 21)
    as_mediator(cast, client)
    *groups, last = rows(client.get(of_programme(course)))
    assert [one["25/03/2026 16:00"] for one in groups] == ["", ""]
    assert (last["Qui"], last["18/03/2026 16:00"], last["25/03/2026 16:00"]) == ("Personnes non nommées", "", "21")
    assert rows(client.get(of_session(sessions_of(course)[1])))[-1]["À cette séance"] == "21"


def test_nothing_that_people_typed_is_run_as_a_formula(cast, client):
    course = opened(cast, capacity=5)
    for number, name in enumerate(["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "http://x.example"]):
        registered(adult(course, newcomer=Details(given_name="Zoé", family_name=name, phone=f"+3363998700{number}")))
    as_mediator(cast, client)
    names = {row["Nom de famille"] for row in rows(client.get(of_programme(course)))}
    assert names == {"'=HYPERLINK(1)", "'+1+1", "'@SUM(A1)", "http://x.example"}
    sheet = load_workbook(BytesIO(client.get(of_programme(course, "xlsx")).data)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)


def test_an_empty_list_is_its_heading(cast, client):
    course = opened(cast)
    as_mediator(cast, client)
    assert rows(client.get(of_programme(course))) == []
    assert load_workbook(BytesIO(client.get(of_session(sessions_of(course)[0], "xlsx")).data)).active.max_row == 1


def test_who_calls_nobody_reads_no_numbers(cast, client):
    course = opened(cast)
    registered(adult(course))
    sign_in(client, cast.administrator)
    (row,) = rows(client.get(of_programme(course)))
    assert "Téléphone" not in row
    assert "06 39" not in str(row)


def test_it_is_a_file_that_nobody_on_the_way_keeps(cast, client):
    course = opened(cast)
    answer = as_mediator(cast, client).get(of_session(sessions_of(course)[0], "xlsx"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].endswith('-2026-03-18.xlsx"')
    assert client.get(of_programme(course, "pdf")).status_code == 404


def test_other_structures_and_prescribers_get_none(cast, client):
    ours, shared = opened(cast), opened(cast, structure_id=None)
    as_stranger(cast, client)
    for kind in ("csv", "xlsx"):
        assert client.get(of_programme(ours, kind)).status_code == 404
        assert client.get(of_session(sessions_of(ours)[0], kind)).status_code == 404
        assert client.get(of_programme(shared, kind)).status_code == 403
        assert client.get(of_session(sessions_of(shared)[0], kind)).status_code == 403
    for role in ("prescriber", "host", "partner"):
        sign_in(client, getattr(cast, role))
        assert client.get(of_programme(ours)).status_code == 403
        assert client.get(of_session(sessions_of(ours)[0])).status_code == 403


def test_a_guest_in_the_team_gets_the_list_of_that_session_alone(cast, client):
    ours = opened(cast, sessions=2)
    teamed(cast, ours, "other_mediator")
    guest = account_in(cast, "association", Role.MEDIATOR)
    sign_in(client, cast.other_mediator)
    assert client.get(of_session(sessions_of(ours)[0])).status_code == 200
    assert client.get(of_programme(ours)).status_code == 404
    sign_in(client, guest)
    assert client.get(of_session(sessions_of(ours)[0])).status_code == 404
