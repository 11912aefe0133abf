"""What a revision changes: every figure that outsiders read differently, and no other, in a settled order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.frozen import Content, FrozenArea, FrozenBlanks, FrozenDefinition, FrozenHost, read, written
from reach.rules.revisions import INHABITANTS, Absent, Changed, changed, says_the_same
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure
from tests.reach.drawings import speaking

YEAR = periods.year(2025)
WHOLE, CONTACTS = Figure("people", YEAR), Figure("contacts", YEAR)
HARBOUR, MILLS = (WHOLE.at(Dimension.NEIGHBOURHOOD, number) for number in (3, 4))
LIVES = "Quartier de résidence\u00a0: "
AREAS = [
    FrozenArea(3, "Le Port", 4200, 2021, is_priority=True),
    FrozenArea(4, "Les Moulins", None, None, is_priority=False),
]


@pytest.fixture(autouse=True)
def french():
    with speaking("fr"):
        yield


def said(figures, hidden=(), plain=None, areas=(), names=None):
    names = {Dimension.NEIGHBOURHOOD: names or {3: "Le Port", 4: "Les Moulins"}}
    return Content("", "", Published(figures, frozenset(hidden)), plain or {}, names, list(areas), [], "")


@pytest.mark.parametrize(("old", "new"), [
    (said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}), said({WHOLE: 20, HARBOUR: 12}, {HARBOUR})),
    (said({WHOLE: 20}, plain={"loans": (3, None)}), said({WHOLE: 20}, plain={"loans": (3, None)})),
])  # fmt: skip
def test_a_version_says_the_same_when_only_what_is_not_told_is_another(old, new):
    assert says_the_same(old, new)
    assert changed(old, new, YEAR) == []


OLD = said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}, {"loans": (3, None)}, AREAS)


@pytest.mark.parametrize("other", [
    said({WHOLE: 31, HARBOUR: 15}, {HARBOUR}, {"loans": (3, None)}, AREAS),
    said({WHOLE: 20, HARBOUR: 15}, (), {"loans": (3, None)}, AREAS),
    said({WHOLE: 20}, (), {"loans": (3, None)}, AREAS),
    said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}, {"loans": (4, None)}, AREAS),
    said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}, {"loans": (3, None)}, AREAS[:1]),
    said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}, {"loans": (3, None)}, AREAS, {3: "Le Vieux Port", 4: "Les Moulins"}),
    replace(OLD, definitions=[FrozenDefinition("people", "Un mot", "", "", "", "", "")]),
    replace(OLD, blanks=FrozenBlanks([FrozenHost("Médiathèque", "Le Port")], 4, [], 2, [], 1)),
    replace(OLD, beside=12.5),
])  # fmt: skip
def test_it_does_not_when_a_reader_could_find_the_difference(other):
    assert says_the_same(OLD, read(written(OLD)))
    assert not says_the_same(OLD, other)


def test_the_same_figures_change_nothing():
    one = said({WHOLE: 20, HARBOUR: 15}, {HARBOUR}, {"seats_offered": (40, None)}, AREAS)
    assert changed(one, one, YEAR) == []


def test_a_figure_that_is_told_differently_is_a_line_with_both():
    assert changed(said({WHOLE: 40}), said({WHOLE: 60}), YEAR) == [Changed("people", "2025", 40, 60)]


def test_one_that_is_told_no_more_or_at_last_is_a_line_too():
    assert changed(said({WHOLE: 20}), said({WHOLE: 20}, {WHOLE}), YEAR) == [Changed("people", "2025", 20, None)]
    assert changed(said({WHOLE: 4}, {WHOLE}), said({WHOLE: 24}), YEAR) == [Changed("people", "2025", None, 24)]


def test_what_is_hidden_in_both_is_not_told_by_its_change():
    assert changed(said({WHOLE: 4}, {WHOLE}), said({WHOLE: 5}, {WHOLE}), YEAR) == []


def test_a_line_says_of_when_and_of_whom():
    may = Figure("people", periods.month(2025, 5)).at(Dimension.NEIGHBOURHOOD, 3)
    (line,) = changed(said({may: 20}), said({may: 50}), YEAR)
    assert line.line == "mai 2025, Quartier de résidence\u00a0: Le Port"


def test_a_line_that_only_one_version_has_is_shown_as_such():
    """A neighbourhood drawn since, of which the first version could say nothing."""
    old, new = said({WHOLE: 40, HARBOUR: 40}), said({WHOLE: 40, HARBOUR: 40, MILLS: 15})
    assert changed(old, new, YEAR) == [Changed("people", f"2025, {LIVES}Les Moulins", Absent.LINE, 15)]
    assert changed(new, old, YEAR) == [Changed("people", f"2025, {LIVES}Les Moulins", 15, Absent.LINE)]


def test_lines_are_called_as_the_new_version_calls_them():
    old, new = said({HARBOUR: 20}), said({HARBOUR: 50}, names={3: "Le Vieux Port"})
    assert changed(old, new, YEAR)[0].line == f"2025, {LIVES}Le Vieux Port"


def test_what_tells_of_nobody_is_compared_too_of_both_periods():
    old = said({}, plain={"seats_offered": (40, 30), "waiting": (None, None), "loans": (3, 3)})
    new = said({}, plain={"seats_offered": (44, 31), "waiting": (2.5, None), "loans": (3, 3)})
    assert changed(old, new, YEAR) == [
        Changed("seats_offered", "2024", 30, 31),
        Changed("seats_offered", "2025", 40, 44),
        Changed("waiting", "2025", None, 2.5),
    ]


def test_inhabitants_are_compared_since_they_change_a_rate():
    counted = [replace(AREAS[0], population=4300), AREAS[1], FrozenArea(5, "Bellevue", 900, 2022, is_priority=False)]
    assert changed(said({}, areas=AREAS), said({}, areas=counted), YEAR) == [
        Changed(INHABITANTS, "Bellevue", Absent.LINE, 900),
        Changed(INHABITANTS, "Le Port", 4200, 4300),
    ]


def test_the_order_hangs_on_the_lines_alone():
    figures = {CONTACTS: 40, WHOLE: 20, MILLS: 12, HARBOUR: 13}
    more = {figure: value + 30 for figure, value in figures.items()}
    lines = changed(said(figures), said(more), YEAR)
    assert [(one.indicator, one.line) for one in lines] == [
        ("contacts", "2025"), ("people", "2025"), ("people", f"2025, {LIVES}Le Port"),
        ("people", f"2025, {LIVES}Les Moulins"),
    ]  # fmt: skip
    assert lines == changed(said(dict(reversed(figures.items()))), said(dict(reversed(more.items()))), YEAR)
