"""The chart of progress: one line a question that somebody answered both times, two dots on it, words for all."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Circle, String

from foundation.i18n import in_language
from workshops.rules.progress import Progress, QuestionProgress, compared
from workshops.views.skills.chart import LEFT, RIGHT, WIDTH, as_svg, drawn

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def row(number, before, after, text="Ouvrir un projet et le lancer"):
    return QuestionProgress(**vars(compared(before, after)), number=number, text=text, picture="play")


def of(*rows):
    return Progress(rows, [], compared([], []))


@pytest.fixture
def draw(app):
    def drawing(*rows):
        with app.app_context(), in_language("fr"):
            return drawn(of(*rows))

    return drawing


def dots(drawing):
    """How far each dot of a question is along its line, from 0 to 1; those of the legend are smaller."""
    return [(one.cx - LEFT) / (RIGHT - LEFT) for one in drawing.contents if isinstance(one, Circle) and one.r == 7]


def words(drawing):
    return [one.text for one in drawing.contents if isinstance(one, String)]


def test_the_dots_stand_where_the_means_are(draw):
    assert dots(draw(row(1, [1, 1], [4, 4]))) == [0, 1]
    assert dots(draw(row(1, [2], [3]))) == pytest.approx([1 / 3, 2 / 3])


def test_a_question_that_nobody_answered_twice_is_not_drawn(draw):
    drawing = draw(row(1, [1], [2]), row(2, [1], [None], "Fermer"))
    assert len(dots(drawing)) == 2
    assert not any("Fermer" in text for text in words(drawing))


def test_questions_stand_one_below_another_in_their_order(draw):
    drawing = draw(row(1, [1], [2], "Un"), row(2, [1], [2], "Deux"))
    first, second = (one for one in drawing.contents if isinstance(one, String) and one.text[:1] in "12")
    assert (first.text, second.text) == ("2. Deux", "1. Un")
    assert first.y < second.y


def test_nothing_runs_over_the_edge(draw):
    long = "Reconnaître un message qui veut me tromper, et ne pas y répondre avant d’avoir demandé à quelqu’un"
    drawing = draw(row(1, [1], [4], long))
    for one in drawing.contents:
        left, foot, right, top = one.getBounds()
        assert -1 <= left <= right <= WIDTH + 1, getattr(one, "text", one)
        assert -1 <= foot <= top <= drawing.height + 1


def test_it_is_a_picture_of_its_own_with_all_its_words(draw):
    text = as_svg(draw(row(1, [1], [4])))
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    for said in ("Avant", "Après", "Pas du tout", "Sans aide", "1. Ouvrir un projet et le lancer"):
        assert said in text
    assert "DejaVu Sans;" not in text, "whoever lacks that typeface reads another one"
    assert "http" not in text.replace("http://www.w3.org", "")
