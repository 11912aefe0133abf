"""The questions on paper: a form for each person and one without a name, in three languages, at two sizes."""

from __future__ import annotations

import pytest

from foundation.db import db, transaction
from foundation.pdf import LEADING, register_fonts
from tests.papers import facts, lowest, sheets, text
from tests.workshops.enrolments import opened
from tests.workshops.learning import TEXTS, by, children, club, wording
from tests.workshops.pages import as_mediator
from workshops.models import Programme
from workshops.rules.pictures import ANSWERS, PICTURES
from workshops.service import questions
from workshops.views.skills.form_sheet import HALF, WHOLE, set_in
from workshops.views.skills.strokes import follow

pytestmark = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
LONG = "Reconnaître un message qui veut me tromper, et ne pas y répondre avant d’avoir demandé à quelqu’un"


def paper(client, programme, **asked):
    response = client.get(f"/equipe/ateliers/{programme.id}/competences/questionnaire.pdf", query_string=asked)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return response.data


def test_each_person_has_half_a_sheet_and_the_last_half_is_for_somebody_unexpected(client, cast):
    programme, _questions = club(cast)
    children(programme, "Lina", "Noé", "Sami")
    as_mediator(cast, client)
    first, second = sheets(paper(client, programme, moment="avant"))
    assert [line for line in first if "Moreau" in line] == ["Lina Moreau", "Noé Moreau"]
    assert [line for line in second if "Moreau" in line or "Prénom" in line] == ["Sami Moreau", "Prénom :"]
    for words in ("Avant l’atelier", "Club Scratch", "Pas du tout", "Sans aide", *TEXTS[:1]):
        assert first.count(words) == 2, words
    assert first.count("4") == 2 * len(TEXTS)


def test_without_people_there_are_two_empty_forms(client, cast):
    programme, _questions = club(cast)
    as_mediator(cast, client)
    (only,) = sheets(paper(client, programme, moment="apres"))
    assert (only.count("Prénom :"), only.count("Après l’atelier")) == (2, 2)


def test_in_large_type_each_has_a_whole_sheet(client, cast):
    programme, _questions = club(cast)
    children(programme)
    as_mediator(cast, client)
    pages = sheets(paper(client, programme, format="grand"))
    assert [next(line for line in page if "Moreau" in line or "Prénom" in line) for page in pages] == [
        "Lina Moreau", "Noé Moreau", "Prénom :",
    ]  # fmt: skip


@pytest.mark.parametrize("look", [{}, {"format": "grand"}])
def test_five_long_questions_fit(client, cast, look):
    programme, _questions = club(cast, *[LONG] * 5)
    as_mediator(cast, client)
    assert lowest(paper(client, programme, **look)) > 24


def test_it_speaks_the_language_that_is_asked_for(client, cast):
    programme, _questions = club(cast, "Ouvrir")
    by(cast, questions.add, programme.id, wording("Fermer", translations={"ar": "إغلاق"}))
    with transaction():
        db.session.get_one(Programme, programme.id).translations = {"ar": {"title": "نادي"}}
    as_mediator(cast, client)
    arabic = paper(client, programme, langue="ar")
    assert facts(arabic)["language"] == "ar"
    assert facts(arabic)["embedded"]
    for words in ("نادي", "إغلاق", "بلا مساعدة", "Ouvrir"):
        assert words in text(arabic)
    assert facts(paper(client, programme, langue="xx"))["language"] == "fr"


def test_a_programme_that_asks_nothing_has_no_paper(client, cast):
    as_mediator(cast, client)
    assert client.get(f"/equipe/ateliers/{opened(cast).id}/competences/questionnaire.pdf").status_code == 404


@pytest.mark.parametrize("look", [HALF, WHOLE])
def test_a_text_of_any_length_stays_within_its_row(app, look):
    register_fonts()
    assert set_in("Ouvrir", 170, look) == (look.text, ["Ouvrir"])
    for said in (LONG, "mot " * 40, "Reconnaissance " * 10):
        size, lines = set_in(said.strip(), 170, look)
        assert size < look.text or len(said) < 100
        assert len(lines) * size * LEADING <= look.row
        assert size >= 7


class Pen:
    """Notes what is drawn."""

    def __init__(self):
        self.steps = []

    def __getattr__(self, name):
        return lambda *numbers: self.steps.append((name, *numbers))


def test_a_path_is_followed_stroke_by_stroke(app):
    pen = Pen()
    follow(pen, "M5 11H43V37L1 2C1 2 3 4 5.5 6V9Z")
    assert pen.steps == [
        ("moveTo", 5, 11), ("lineTo", 43, 11), ("lineTo", 43, 37), ("lineTo", 1, 2), ("curveTo", 1, 2, 3, 4, 5.5, 6),
        ("lineTo", 5.5, 9), ("close",),
    ]  # fmt: skip
    for path in (*PICTURES.values(), *ANSWERS.values()):
        follow(pen, path)
