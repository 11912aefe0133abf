"""How far the participants of a programme came, by question, by person and together."""

from __future__ import annotations

import pytest

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.counting import statements
from tests.workshops.enrolments import adult, fill, registered, sessions_of
from tests.workshops.learning import AFTER, BEFORE, TEXTS, answered, children, club
from workshops.models import Enrolment, Participant
from workshops.queries import skills as queries
from workshops.service import registering


def names(programme):
    return [one.person.given_name for one in queries.progress(programme.id).people]


def test_each_question_has_its_means_and_how_many_grew(cast):
    programme, _questions = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2, 4)
    answered(programme, BEFORE, noe, 2, 2)
    answered(programme, AFTER, lina, 4, 2, 3)
    answered(programme, AFTER, noe, 3, None, 4)
    first, second, third = queries.progress(programme.id).rows
    assert [first.text, second.text, third.text] == list(TEXTS)
    assert (first.count, first.before, first.after, first.grew) == (2, 1.5, 3.5, 2)
    assert (second.count, second.answered_before, second.answered_after, second.stayed) == (1, 2, 1, 1)
    assert (third.count, third.before, third.after, third.fell) == (1, 4, 3, 1)


def test_a_person_counts_once_in_the_whole(cast):
    programme, _questions = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 1, 1)
    answered(programme, AFTER, lina, 2, 2, 2)
    answered(programme, BEFORE, noe, 4)
    progress = queries.progress(programme.id)
    whole = progress.whole
    assert (whole.answered_before, whole.answered_after, whole.count, whole.grew) == (2, 1, 1, 1)
    assert progress.answered
    (first, second) = progress.people
    assert (first.person.given_name, first.pairs, first.before, first.after) == ("Lina", [(1, 2)] * 3, 1, 2)
    assert (second.person.given_name, second.pairs[0], second.after) == ("Noé", (4, None), None)


def test_without_answers_there_is_nothing_to_show(cast):
    programme, _questions = club(cast)
    children(programme)
    progress = queries.progress(programme.id)
    assert not progress.answered
    assert progress.rows[0].before is None
    assert [one.pairs for one in progress.people] == [[(None, None)] * 3] * 2


def test_who_waits_or_left_without_an_answer_is_not_listed_and_who_answered_is(cast):
    programme, _questions = club(cast)
    registration, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 1)
    in_transaction(lambda: registering.cancel(registration.id, now=NOW, by_resident=True))
    assert names(programme) == ["Lina"]


def test_somebody_in_several_sessions_is_one_person(cast):
    programme, _questions = club(cast, enrolment=Enrolment.SESSION)
    first = registered(adult(programme))
    person_id, second_session = first.person_id, sessions_of(programme)[1].id
    second = registered(adult(programme, newcomer=None, person_id=person_id, session_id=second_session))
    assert len(queries.learners(programme.id)) == 1
    (latest,) = second.participants
    assert queries.first_participant(latest, programme.id) == first.participants[0].id


def test_when_two_records_of_a_person_are_merged_the_latest_answer_counts(cast):
    programme, _questions = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 1)
    answered(programme, BEFORE, noe, 3)
    with transaction():
        db.session.get_one(Participant, noe.id).person_id = lina.person_id
    (only,) = queries.progress(programme.id).people
    assert only.pairs[0] == (3, None)


def test_answers_to_another_programme_are_not_read(cast):
    programme, _questions = club(cast)
    other, _others = club(cast)
    _family, (lina, _noe) = children(other)
    answered(other, BEFORE, lina, 2)
    assert not queries.progress(programme.id).answered
    assert queries.answers_of(lina.person_id, programme.id) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_twenty_people_cost_no_more_statements_than_one(cast):
    programme, _questions = club(cast, sessions=1)
    fill(programme, 1)
    with statements() as few:
        queries.progress(programme.id)
    fill(programme, 8, first=2)
    db.session.rollback()
    with statements() as more:
        queries.progress(programme.id)
    assert len(more) <= len(few)
