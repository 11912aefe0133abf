"""The staff write questions, print them, type answers in and see how far people came."""

from __future__ import annotations

import re

import pytest

from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.mediation.planning import account_in
from tests.workshops.enrolments import opened, sessions_of
from tests.workshops.given import count
from tests.workshops.learning import AFTER, BEFORE, TEXTS, answered, children, club, texts_of
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.models import ProgrammeKind, SessionMediator, SkillAnswer, SkillQuestion
from workshops.queries import skills as queries

pytestmark = pytest.mark.usefixtures("stopped_clock")
QUESTION = {"text": "Montrer mon jeu", "picture": "talk", "text_en": "Show my game", "text_ar": ""}


def base(programme):
    return f"/equipe/ateliers/{programme.id}/competences"


def cell(participant, question):
    return f"a{participant.id}_{question.id}"


def shown(response):
    """What the page says it showed."""
    return re.search(r'name="shown"[^>]*value="([^"]*)"', response.get_data(as_text=True)).group(1)


def test_one_press_asks_what_suits_the_programme(client, cast):
    programme = opened(cast, kind=ProgrammeKind.CARE_HOME_SERIES)
    as_mediator(cast, client)
    said = main_of(client.get(base(programme)))
    assert "Rien n’est encore demandé." in said
    assert "Allumer et éteindre la tablette" in said
    assert client.post(f"{base(programme)}/proposees").status_code == 303
    assert count(SkillQuestion) == 5
    assert "Cinq questions suffisent" in main_of(client.get(base(programme)))
    assert client.post(f"{base(programme)}/proposees").status_code == 409


def test_a_question_is_added_changed_and_moved(client, cast):
    programme, (first, *_others) = club(cast, "Ouvrir", "Fermer")
    as_mediator(cast, client)
    assert client.post(f"{base(programme)}/questions/nouvelle", data=QUESTION).status_code == 303
    added = queries.questions_of(programme.id)[-1]
    assert (added.picture, added.translations) == ("talk", {"en": "Show my game"})
    page = client.get(f"{base(programme)}/questions/{added.id}").get_data(as_text=True)
    assert 'value="Show my game"' in page
    assert re.search(r'<input checked[^>]*value="talk"', page)
    client.post(f"{base(programme)}/questions/{first.id}", data=QUESTION | {"text": "Ouvrir Scratch"})
    client.post(f"{base(programme)}/questions/{added.id}/monter")
    assert texts_of(programme) == ["Ouvrir Scratch", "Montrer mon jeu", "Fermer"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": " "}, "Écrivez ce qu’on saura faire."),
        ({"text": "x" * 161}, "160"),
        ({"picture": "unicorn"}, "Choisissez l’une des réponses proposées."),
        ({"text": "1 84 12 76 451 089 46"}, "sécurité sociale"),
    ],
)
def test_a_fault_is_said_and_nothing_is_asked(client, cast, changes, sentence):
    programme = opened(cast)
    as_mediator(cast, client)
    response = client.post(f"{base(programme)}/questions/nouvelle", data=QUESTION | changes)
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert count(SkillQuestion) == 0


def test_a_sixth_question_is_refused_on_its_page(client, cast):
    programme, _questions = club(cast, *"abcde")
    as_mediator(cast, client)
    response = client.post(f"{base(programme)}/questions/nouvelle", data=QUESTION)
    assert response.status_code == 422
    assert "Retirez-en une d’abord" in main_of(response)


def test_removing_says_how_many_answers_would_go_and_not_one_more_goes(client, cast):
    programme, (first, *_others) = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 2)
    as_mediator(cast, client)
    address = f"{base(programme)}/questions/{first.id}/retirer"
    assert "1 réponse serait effacée" in main_of(client.get(address))
    answered(programme, BEFORE, noe, 2)
    response = client.post(address, data={"told": "1"})
    assert response.status_code == 409
    assert "cette question a reçu 2 réponses" in main_of(response)
    assert client.post(address, data={"told": "2"}).status_code == 303
    assert (count(SkillAnswer), count(SkillQuestion)) == (0, 2)
    assert client.get(address).status_code == client.post(address, data={"told": "0"}).status_code == 404


def test_answers_from_paper_are_typed_in_on_one_page(client, cast):
    programme, (first, second, _third) = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2)
    as_mediator(cast, client)
    address = f"{base(programme)}/reponses?moment=avant"
    response = client.get(address)
    typed = {
        "shown": shown(response), cell(lina, first): "3", cell(lina, second): "", cell(noe, first): "4",
    }  # fmt: skip
    assert client.post(address, data=typed).status_code == 303
    assert queries.answers_of(lina.person_id, programme.id) == {(first.id, BEFORE): 3}
    assert queries.answers_of(noe.person_id, programme.id) == {(first.id, BEFORE): 4}


def test_what_a_colleague_wrote_meanwhile_stays(client, cast):
    programme, (first, second, _third) = club(cast)
    _family, (lina, _noe) = children(programme)
    as_mediator(cast, client)
    address = f"{base(programme)}/reponses?moment=apres"
    before = shown(client.get(address))
    answered(programme, AFTER, lina, 2)
    client.post(address, data={"shown": before, cell(lina, first): "", cell(lina, second): "4"})
    assert queries.answers_of(lina.person_id, programme.id) == {(first.id, AFTER): 2, (second.id, AFTER): 4}


@pytest.mark.parametrize("typed", ["5", "0", "x", "12"])
def test_what_is_no_answer_is_said_at_its_place_and_nothing_is_written(client, cast, typed):
    programme, (first, second, _third) = club(cast)
    _family, (lina, _noe) = children(programme)
    as_mediator(cast, client)
    data = {"shown": "", cell(lina, first): "3", cell(lina, second): typed}
    response = client.post(f"{base(programme)}/reponses", data=data)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.get_data(as_text=True)
    assert count(SkillAnswer) == 0


def test_the_likely_moment_is_open_and_the_other_one_press_away(client, cast):
    programme, _questions = club(cast)
    children(programme)
    as_mediator(cast, client)
    page = client.get(f"{base(programme)}/reponses").get_data(as_text=True)
    assert '?moment=avant" aria-current="page"' in page
    assert '?moment=apres">' in page


def test_without_people_or_questions_the_page_says_so(client, cast):
    as_mediator(cast, client)
    assert "Rien n’est encore demandé." in main_of(client.get(f"{base(opened(cast))}/reponses"))
    programme, _questions = club(cast)
    assert "Aucune personne n’est inscrite" in main_of(client.get(f"{base(programme)}/reponses"))


def test_progress_stands_on_the_page_as_a_chart_with_its_figures(client, cast):
    programme, _questions = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2, 3)
    answered(programme, AFTER, lina, 3, 2, 3)
    answered(programme, BEFORE, noe, 4)
    as_mediator(cast, client)
    response = client.get(base(programme))
    said = main_of(response).replace("&nbsp;", " ")
    assert "1 personne a répondu avant et après. 1 progresse, 0 reste au même point, 0 recule." in said
    assert "Lina Moreau 1 → 3 2 → 2 3 → 3 2,0 → 2,7" in said
    assert "Noé Moreau 4 → – – → – – → – 4,0 → –" in said
    assert f'src="{base(programme)}/progression.svg"' in response.get_data(as_text=True)
    assert "1 personne a répondu avant et après." in main_of(client.get(f"/equipe/ateliers/{programme.id}"))
    chart = client.get(f"{base(programme)}/progression.svg")
    assert chart.mimetype == "image/svg+xml"
    for text in TEXTS:
        assert text.split()[-1] in chart.get_data(as_text=True)


def test_another_structure_sees_and_changes_nothing(client, cast):
    programme, (first, *_others) = club(cast)
    as_stranger(cast, client)
    for path in ("", "/reponses", "/questions/nouvelle", f"/questions/{first.id}", "/questionnaire.pdf"):
        assert client.get(f"{base(programme)}{path}").status_code == 404, path
    assert client.get(f"{base(programme)}/progression.svg").status_code == 404
    for path in ("/proposees", "/reponses", "/questions/nouvelle", f"/questions/{first.id}/monter"):
        assert client.post(f"{base(programme)}{path}", data=QUESTION).status_code == 404, path
    assert texts_of(programme) == list(TEXTS)


def test_what_the_territory_offers_is_told_to_its_team_only(client, cast):
    programme, _questions = club(cast)
    with transaction():
        db.session.merge(programme).structure_id = None
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 1)
    sign_in(client, account_in(cast, "association", Role.MANAGER))
    assert "Compétences avant et après" not in main_of(client.get(f"/equipe/ateliers/{programme.id}"))
    assert client.get(base(programme)).status_code == 403
    assert client.get(f"{base(programme)}/questionnaire.pdf").status_code == 403
    session_id, account_id = sessions_of(programme)[0].id, cast.ids["other_mediator"]
    with transaction():
        db.session.add(SessionMediator(session_id=session_id, account_id=account_id))
    sign_in(client, cast.other_mediator)
    assert "Lina" in main_of(client.get(base(programme)))
    assert client.get(f"{base(programme)}/questions/nouvelle").status_code == 403


def test_a_question_of_another_programme_is_unknown(client, cast):
    programme, _questions = club(cast)
    _other, (foreign, *_others) = club(cast)
    as_mediator(cast, client)
    for path in (f"/questions/{foreign.id}", f"/questions/{foreign.id}/retirer"):
        assert client.get(f"{base(programme)}{path}").status_code == 404
