"""Crosses of people whom nobody names, as in a care home, are counted: before, after, never as made-up people."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.db import in_transaction
from tests.workshops.given import count
from tests.workshops.learning import AFTER, BEFORE, by, club
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.models import ProgrammeKind, SkillAnswer, SkillTally
from workshops.queries import skills as queries
from workshops.rules.progress import Counted
from workshops.rules.skills import AnswersWouldGo, NoSuchAnswer
from workshops.service import questions, skills

pytestmark = pytest.mark.usefixtures("stopped_clock")


def home(cast):
    return club(cast, "Allumer", "Appeler", kind=ProgrammeKind.CARE_HOME_SERIES, care_home_id=cast.ids["care_home"])


def counted(programme, moment, people):
    in_transaction(lambda: skills.count(programme.id, moment, people, actor_id=None))


def address(programme, rest="comptes?moment=avant"):
    return f"/equipe/ateliers/{programme.id}/competences/{rest}"


def test_means_are_of_crosses_and_none_without_any():
    row = Counted(1, "Allumer", [5, 2, 1, 0], [0, 0, 0, 0])
    assert row.mean_before == 1.5
    assert row.mean_after is None


def test_counts_are_told_by_question_and_moment_and_make_nobody(cast):
    programme, (first, second) = home(cast)
    counted(programme, BEFORE, {first.id: [5, 2, 1, 0], second.id: [0, 0, 0, 0]})
    counted(programme, AFTER, {first.id: [1, 1, 3, 3]})
    progress = queries.progress(programme.id)
    (row,) = progress.counted
    assert (row.number, row.text, row.before, row.after) == (1, "Allumer", [5, 2, 1, 0], [1, 1, 3, 3])
    assert progress.answered
    assert (progress.people, progress.whole.answered_before, count(SkillAnswer)) == ([], 0, 0)
    assert audit.history(f"programme:{programme.id}")[0].action == "skills.counted"


def test_a_new_count_stands_instead_of_the_last_one(cast):
    programme, (first, second) = home(cast)
    counted(programme, BEFORE, {first.id: [5, 2, 1, 0], second.id: [1, 0, 0, 0]})
    counted(programme, BEFORE, {first.id: [0, 0, 0, 4]})
    assert queries.tallies(programme.id) == {(first.id, BEFORE): [0, 0, 0, 4], (second.id, BEFORE): [1, 0, 0, 0]}


@pytest.mark.parametrize("people", [[1, 2, 3], [-1, 0, 0, 0], [501, 0, 0, 0]])
def test_what_can_be_no_count_is_refused(cast, people):
    programme, (first, _second) = home(cast)
    with pytest.raises(NoSuchAnswer):
        counted(programme, BEFORE, {first.id: people})
    assert count(SkillTally) == 0


def test_a_question_of_another_programme_is_passed_over(cast):
    programme, _questions = home(cast)
    _other, (foreign, _second) = home(cast)
    counted(programme, BEFORE, {foreign.id: [1, 0, 0, 0]})
    assert count(SkillTally) == 0


def test_they_are_not_lost_with_their_question_unawares(cast):
    programme, (first, _second) = home(cast)
    counted(programme, BEFORE, {first.id: [5, 2, 1, 0]})
    with pytest.raises(AnswersWouldGo):
        by(cast, questions.remove, programme.id, first.id, told=7)
    by(cast, questions.remove, programme.id, first.id, told=8)
    assert count(SkillTally) == 0


def test_the_page_counts_and_shows(client, cast):
    programme, (first, _second) = home(cast)
    as_mediator(cast, client)
    typed = {f"t{first.id}_1": "5", f"t{first.id}_2": "", f"t{first.id}_4": "3"}
    assert client.post(address(programme), data=typed).status_code == 303
    assert queries.tallies(programme.id) == {(first.id, BEFORE): [5, 0, 0, 3]}
    assert 'value="5"' in client.get(address(programme)).get_data(as_text=True)
    said = main_of(client.get(address(programme, "").rstrip("/"))).replace("&nbsp;", " ")
    assert "1. Allumer 5 → 0 0 → 0 0 → 0 3 → 0 2,1 → –" in said
    assert "Les croix des personnes sans nom sont comptées." in main_of(client.get(f"/equipe/ateliers/{programme.id}"))
    response = client.post(address(programme), data={f"t{first.id}_1": "x"})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.get_data(as_text=True)


def test_another_structure_counts_nothing(client, cast):
    programme, (first, _second) = home(cast)
    as_stranger(cast, client)
    assert client.get(address(programme)).status_code == 404
    assert client.post(address(programme), data={f"t{first.id}_1": "5"}).status_code == 404
    assert count(SkillTally) == 0
