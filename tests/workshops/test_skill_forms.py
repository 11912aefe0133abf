"""What the pages of the self-assessment send, read without a page."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from people.models import Person
from workshops.forms.skills import (
    QuestionForm,
    RemoveForm,
    answers_form,
    grid_form,
    of_question,
    tally_form,
)
from workshops.models import SkillMoment, SkillQuestion
from workshops.queries.skills import Learner

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
BEFORE, AFTER = SkillMoment.BEFORE, SkillMoment.AFTER
ASKED = [SkillQuestion(id=12, text="Ouvrir", picture="play", translations={"en": "Open it"}),
         SkillQuestion(id=13, text="Fermer", picture="lock", translations={})]  # fmt: skip
PEOPLE = [
    Learner(7, Person(id=1, given_name="Lina", family_name="Moreau")),
    Learner(8, Person(id=2, given_name="Noé", family_name="Moreau")),
]
KNOWN = {1: {(12, BEFORE): 2, (13, AFTER): 4}}


@pytest.fixture
def sent(app):
    """Read a form as if its page had sent `data`."""

    def read(make, **data):
        with app.test_request_context("/", method="POST", data=MultiDict(data)):
            form = make()
            return form, _valid(form)

    return read


def _valid(form):
    """Whether all but the forgery token is right."""
    form.validate()
    return not [field for field, _sentence in form.faults() if field is None or field.name != "csrf_token"]


def grid():
    return grid_form(PEOPLE, ASKED, BEFORE, KNOWN)


def test_the_grid_begins_with_what_was_answered_at_that_moment(app):
    with app.test_request_context():
        form = grid()
        assert form["a7_12"].data == 2
        assert form["a7_13"].data is form["a8_12"].data is None
        assert form.shown.data == "a7_12=2"
        assert form["a8_13"].label.text == "Noé Moreau, 2"


def test_only_cells_that_differ_from_what_was_shown_are_sent_on(sent):
    form, valid = sent(grid, shown="a7_12=2", a7_12="2", a7_13="", a8_12="4", a8_13="")
    assert valid
    assert form.changed() == {8: {12: 4}}
    form, _valid_too = sent(grid, shown="a7_12=2", a7_12="", a7_13="1", a8_12="", a8_13="")
    assert form.changed() == {7: {12: None, 13: 1}}


@pytest.mark.parametrize("shown", ["", "x", "a7_12", "a=b=c,,"])
def test_what_the_page_showed_may_be_garbage(sent, shown):
    form, valid = sent(grid, shown=shown, a7_12="3", a7_13="", a8_12="", a8_13="")
    assert valid
    assert form.changed() == {7: {12: 3}}


@pytest.mark.parametrize("typed", ["0", "5", "-1", "deux", "9" * 400])
def test_a_cell_holds_one_to_four(sent, typed):
    _form, valid = sent(grid, shown="", a7_12=typed)
    assert not valid


def test_answers_of_one_person_leave_out_what_is_not_said(sent):
    form, valid = sent(lambda: answers_form(ASKED, BEFORE, {}), moment="before", q12="3", q13="0")
    assert valid
    assert form.values() == {12: 3, 13: None}


def test_answers_begin_with_those_of_the_same_moment(app):
    with app.test_request_context():
        form = answers_form(ASKED, AFTER, KNOWN[1])
        assert (form["q12"].data, form["q13"].data, form.moment.data) == (0, 4, "after")


def test_counts_without_a_number_are_none_at_all(sent):
    form, valid = sent(lambda: tally_form(ASKED, BEFORE, {}), t12_1="5", t12_4="2", t13_2="")
    assert valid
    assert form.counts() == {12: [5, 0, 0, 2], 13: [0, 0, 0, 0]}


def test_a_question_reads_as_it_was_written(sent):
    data = of_question(ASKED[0])
    form, valid = sent(QuestionForm, **data)
    assert valid
    wording = form.wording()
    assert (wording.text, wording.picture, wording.translations) == ("Ouvrir", "play", {"en": "Open it", "ar": ""})


@pytest.mark.parametrize(("told", "answers"), [("3", 3), ("", 0), ("x", 0), ("-1", 0), ("9" * 30, 0), ("٣", 0)])
def test_how_many_answers_somebody_knows_of_is_a_plain_number(sent, told, answers):
    form, _valid_or_not = sent(RemoveForm, told=told)
    assert form.answers() == answers
