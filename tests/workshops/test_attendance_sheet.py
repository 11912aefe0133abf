"""The sheet that people sign: who stands on it, what it leaves room for, and who reads what concerns children."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import in_transaction
from foundation.security import Role
from people.service import Details
from tests.cast import NOW, sign_in
from tests.mediation.planning import account_in
from tests.papers import facts, lowest, sheets, text
from tests.workshops.enrolments import FIRST, adult, child, family, fill, group, only, opened, registered, sessions_of
from tests.workshops.pages import as_mediator, as_stranger
from tests.workshops.papers import held, marked, set_on, teamed
from workshops.models import Enrolment, Presence, ProgrammeAudience, ProgrammeKind, SessionState
from workshops.rules.papers import blank_lines
from workshops.service import registering, retention

pytestmark = pytest.mark.usefixtures("stopped_clock")
OF_CHILDREN = ("Karim", "Mamie Jo", "06 39 98 80 02", "Tonton Max", "Repart sans adulte", "En cas d’urgence")


@pytest.fixture
def on_the_day():
    """The morning of the session."""
    with time_machine.travel(FIRST.replace(hour=7), tick=False):
        yield


def path(programme) -> str:
    return f"/equipe/ateliers/seances/{sessions_of(programme)[0].id}/emargement.pdf"


def paper(client, programme) -> bytes:
    answer = client.get(path(programme))
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return answer.data


def club(cast, **changes):
    return opened(cast, title="Club Scratch", audience=ProgrammeAudience.CHILDREN, **({"capacity": 12} | changes))


def test_it_says_what_when_where_and_with_whom(cast, client):
    course = teamed(cast, opened(cast, title="Atelier photo"))
    set_on(sessions_of(course)[0], title="Ranger", room_id=cast.ids["room"])
    content = paper(as_mediator(cast, client), course)
    for words in (
        "Ville de Rives-sur-Aure · Feuille d’émargement", "Atelier photo",
        "Séance 1 : Ranger · mercredi 18 mars 2026, 16 h 00 – 18 h 00",
        "Médiathèque du Port · Salle bleue, 2 quai des Lampes, 99100 Rives-sur-Aure", "Équipe : Salima Benali",
        "Total des présents", "Signature : Salima Benali", "Page 1 sur 1",
    ):  # fmt: skip
        assert words in text(content)
    told = facts(content)
    assert (told["language"], told["embedded"], told["wide"]) == ("fr", True, False)
    assert told["title"].startswith("Feuille d’émargement : Atelier photo")


def test_whoever_is_registered_stands_on_it_in_the_order_of_names(cast, client):
    course = teamed(cast, opened(cast, capacity=5))
    for given_name, family_name in (("Zoé", "Éluard"), ("Ana", "Zidi"), ("Bob", "abel")):
        registered(adult(course, newcomer=Details(given_name=given_name, family_name=family_name, phone=None)))
    lines = sheets(paper(as_mediator(cast, client), course))[0]
    assert [line for line in lines if line in {"Éluard Zoé", "Zidi Ana", "abel Bob"}] == [
        "abel Bob", "Éluard Zoé", "Zidi Ana",
    ]  # fmt: skip


def test_whoever_waits_or_cancelled_does_not_stand_on_it_unless_they_came(cast, client):
    course = teamed(cast, opened(cast, capacity=3, enrolment=Enrolment.CYCLE, sessions=2))
    stays, gone, came, waits = [registered(adult(course, n)) for n in range(1, 5)]
    marked(cast, came, sessions_of(course)[0])
    for one in (gone, came):
        in_transaction(
            lambda one=one: registering.cancel(one.id, now=NOW, actor_id=cast.ids["manager"], by_resident=True)
        )
    told = text(paper(as_mediator(cast, client), course))
    assert stays.participants
    assert waits.participants
    assert [n for n in range(1, 5) if f"Numéro {n} Alix" in told] == [1, 3]


def test_thirty_people_go_on_to_a_second_sheet_with_the_heading_again(cast, client):
    course = teamed(
        cast, opened(cast, capacity=40, title=("Une après-midi après l’autre, sans se presser, " * 3)[:118])
    )
    fill(course, 30)
    content = paper(as_mediator(cast, client), course)
    pages = sheets(content)
    assert len(pages) == 2
    assert all({"Nom", "Arrivée", "Signature"} <= set(page) for page in pages)
    assert [page[-1] for page in pages] == ["Page 1 sur 2", "Page 2 sur 2"]
    assert [page[-2][-1] for page in pages] == ["…", "…"]
    assert sum(line.startswith("Numéro") for page in pages for line in page) == 30
    assert lowest(content) > 30


def test_with_nobody_registered_it_is_one_sheet_of_blank_lines(cast, client):
    content = paper(as_mediator(cast, client), teamed(cast, opened(cast, capacity=200)))
    assert facts(content)["sheets"] == 1
    assert "Sans inscription" not in text(content)


@pytest.mark.parametrize(("free", "groups", "lines"), [(0, False, 4), (9, False, 9), (300, False, 18), (300, True, 8)])
def test_it_leaves_a_line_for_each_free_seat_within_reason(free, groups, lines):
    assert blank_lines(free, beside_groups=groups) == lines


def test_a_group_is_a_number_and_a_home_has_its_line_in_any_case(cast, client):
    series = teamed(
        cast, opened(cast, capacity=30, care_home_id=cast.ids["care_home"], kind=ProgrammeKind.CARE_HOME_SERIES)
    )
    empty = text(paper(as_mediator(cast, client), series))
    assert "Groupes : seulement le nombre de personnes\nNom du groupe" in empty
    assert "Résidence des Tilleuls" in empty
    registered(group(series, 12))
    content = paper(client, series)
    assert "CM1\nBruno Lacaze\n12" in text(content)
    assert facts(content)["sheets"] == 1


def test_the_team_reads_what_concerns_children(cast, client, on_the_day):
    scratch = teamed(cast, club(cast))
    registered(family(scratch, "Lina"))
    roux = child("Ida", family_name="Roux", school_level="CM1", may_leave_alone=True, image_consent=True)
    guardian = Details(given_name="Eva", family_name="Roux", phone="+33639987009")
    registered(family(scratch, newcomer=guardian, children=(roux,)))
    content = paper(as_mediator(cast, client), scratch)
    told = text(content)
    assert "Moreau Lina\nKarim Moreau\nMamie Jo\nTonton Max\nNon\nMamie Jo\n06 39 98 80 02\nNon" in told
    assert "Roux Ida\nCM1\nEva Roux\nMamie Jo\nTonton Max\nOui\nMamie Jo\n06 39 98 80 02\nOui" in told
    assert "Ne la laissez jamais" in told
    assert facts(content)["wide"]


@pytest.mark.parametrize("reader", ["colleague", "administrator"])
def test_nobody_else_reads_what_concerns_children(cast, client, on_the_day, reader):
    scratch = teamed(cast, club(cast))
    registered(family(scratch, "Lina"))
    sign_in(client, account_in(cast, "town", Role.MEDIATOR) if reader == "colleague" else cast.administrator)
    told = text(paper(client, scratch))
    assert "Moreau Lina" in told
    assert not any(words in told for words in OF_CHILDREN)
    assert "que pour l’équipe et ses responsables" in told


def test_a_week_before_the_team_does_not_read_it_either(cast, client):
    scratch = teamed(cast, club(cast))
    registered(family(scratch, "Lina"))
    told = text(paper(as_mediator(cast, client), scratch))
    assert not any(words in told for words in OF_CHILDREN)


def test_twelve_children_fit_and_none_is_cut_in_two(cast, client, on_the_day):
    scratch = teamed(cast, club(cast))
    for n in range(4):
        guardian = Details(given_name="Karim", family_name=f"Moreau {n}", phone=f"+336399870{n:02}")
        registered(family(scratch, newcomer=guardian))
    content = paper(as_mediator(cast, client), scratch)
    pages = sheets(content)
    assert sum(line.startswith("Moreau ") for page in pages for line in page) == 12
    assert len(pages) <= 3
    assert lowest(content) > 30


def test_once_the_sheets_are_erased_their_cells_stay_empty(cast, client, on_the_day):
    scratch = teamed(cast, club(cast))
    registered(family(scratch, "Lina"))
    later = sessions_of(scratch)[0].ends_at + retention.KEPT * 2
    in_transaction(lambda: retention.erase_child_sheets(later))
    told = text(paper(as_mediator(cast, client), scratch))
    assert "Moreau Lina" in told
    assert "Mamie Jo" not in told
    assert "Karim" not in told


def test_an_arabic_name_is_joined_and_read_from_its_right(cast, client):
    course = teamed(cast, opened(cast))
    registered(adult(course, newcomer=Details(given_name="كريم", family_name="المنصوري", phone="+33639987001")))
    assert "المنصوري كريم" in text(paper(as_mediator(cast, client), course))


def test_one_that_was_called_off_says_so_and_one_that_is_over_is_still_there(cast, client):
    course = teamed(cast, opened(cast))
    set_on(sessions_of(course)[0], state=SessionState.CANCELLED)
    assert "Séance 1 · Annulée" in text(paper(as_mediator(cast, client), course))
    held(sessions_of(course)[0])
    assert "Annulée" not in text(paper(client, course))


def test_presence_that_was_marked_is_not_written_on_the_sheet(cast, client):
    course = teamed(cast, opened(cast))
    marked(cast, registered(adult(course)), sessions_of(course)[0], Presence.ABSENT)
    assert "Absent" not in text(paper(as_mediator(cast, client), course))


def test_another_structure_finds_none_and_what_the_territory_shares_names_nobody_to_it(cast, client):
    ours, shared = opened(cast), opened(cast, structure_id=None)
    as_stranger(cast, client)
    assert client.get(path(ours)).status_code == 404
    assert client.get(path(shared)).status_code == 403
    teamed(cast, shared, "other_mediator")
    sign_in(client, cast.other_mediator)
    assert client.get(path(shared)).status_code == 200


@pytest.mark.parametrize("role", ["prescriber", "host", "partner"])
def test_it_is_for_the_team_of_the_town_alone(cast, client, role):
    course = opened(cast)
    assert client.get(path(course)).status_code == 303
    sign_in(client, getattr(cast, role))
    assert client.get(path(course)).status_code == 403
    assert only(course)
