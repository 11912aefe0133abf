"""What a revision changes as its page says it: in words of the report, each figure as it was and as it is."""

from __future__ import annotations

import pytest

from reach.models import ReportKind
from reach.queries import drafts
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters
from reach.rules.frozen import Content, FrozenArea
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from reach.views.report_changes import Change, changes
from tests.reach.drawings import speaking

YEAR = periods.year(2025)
PEOPLE = Figure("people", YEAR)


@pytest.fixture(autouse=True)
def french():
    with speaking("fr"):
        yield


def said(figures, hidden=(), plain=None, areas=()):
    return Content(
        "", "", Published(figures, frozenset(hidden)), plain or {}, {Dimension.GENDER: {"feminine": "Féminin"}},
        list(areas), drafts.definitions(), "",
    )  # fmt: skip


def told(old, new):
    return [(one.figure, one.of, one.before, one.after) for one in changes(old, new, YEAR)]


def test_a_figure_is_called_as_it_was_published_and_its_line_names_what_parts_it():
    women = PEOPLE.at(Dimension.GENDER, "feminine")
    assert changes(said({women: 1020}), said({women: 1240}), YEAR) == [
        Change("Personnes touchées", "2025, Genre\u00a0: Féminin", "1\u202f020", "1\u202f240")
    ]


def test_what_is_not_told_and_what_is_not_there_are_two_things():
    assert told(said({PEOPLE: 40}), said({PEOPLE: 44}, {PEOPLE})) == [("Personnes touchées", "2025", "40", "n.c.")]
    assert told(said({}), said({PEOPLE: 44})) == [("Personnes touchées", "2025", "–", "44")]


@pytest.mark.parametrize(
    ("indicator", "named"),
    [("minutes", "minutes"), ("cents", "centimes"), ("sessions_held", "Séances"), ("theme:email", "E-mail")],
)
def test_whatever_a_report_counts_has_a_name_and_its_unit_where_it_needs_one(indicator, named):
    (line,) = told(said({Figure(indicator, YEAR): 400}), said({Figure(indicator, YEAR): 900}))
    assert named in line[0]


def test_every_figure_of_a_real_report_has_a_name(app, cast):
    """None is called by its key."""
    from_nothing = said({})
    for kind, filters in kinds(cast):
        content = drafts.draft(kind, filters).unprotected()
        lines = changes(from_nothing, content, YEAR)
        assert len(lines) > 10
        assert [one.figure for one in lines if "_" in one.figure or ":" in one.figure.replace("\u00a0:", "")] == []


def kinds(cast):
    return [
        (ReportKind.YEAR, Filters(span=YEAR)),
        (ReportKind.NEIGHBOURHOOD, Filters(span=YEAR, neighbourhood_id=cast.ids["harbour"])),
        (ReportKind.STRUCTURE, Filters(span=YEAR, structure_id=cast.ids["town"])),
    ]


def test_inhabitants_are_a_line_and_lines_stand_by_name():
    old = said({PEOPLE: 40}, areas=[FrozenArea(3, "Le Port", 4200, 2021, is_priority=True)])
    new = said({PEOPLE: 80}, areas=[FrozenArea(3, "Le Port", 4300, 2024, is_priority=True)])
    assert told(old, new) == [
        ("Habitants", "Le Port", "4\u202f200", "4\u202f300"), ("Personnes touchées", "2025", "40", "80"),
    ]  # fmt: skip


def test_a_median_keeps_its_decimal():
    old, new = said({}, plain={"waiting": (2.5, None)}), said({}, plain={"waiting": (4.0, None)})
    assert [line[2:] for line in told(old, new)] == [("2,5", "4,0")]
