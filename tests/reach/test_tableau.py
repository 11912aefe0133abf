"""Rows that say what follows from what: they hold for whatever keeps the sums, and after any swap."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reach.rules.suppression.tableau import Tableau

FIGURES = 7
sums = st.lists(
    st.dictionaries(st.integers(0, FIGURES - 1), st.sampled_from([-2, -1, 1, 1]), min_size=2, max_size=5), max_size=5
)


def made(terms):
    return Tableau(terms, lambda figure, factor: (abs(factor) != 1, figure))


def moved(tableau, by):
    """How far each figure moves when the leaders move as told, in the order of `by`."""
    leaders = [figure for figure in range(FIGURES) if figure not in tableau.rows]
    moves = {leader: Fraction(by[leader]) for leader in leaders}
    for follower, row in tableau.rows.items():
        moves[follower] = (
            sum((moves[leader] * factor for leader, factor in row.items()), Fraction(0)) / tableau.parts[follower]
        )
    return moves


def columns_fit(tableau):
    """The columns list the rows: no more, no fewer."""
    said = {(leader, follower) for leader, found in tableau.columns.items() for follower in found}
    assert said == {(leader, follower) for follower, row in tableau.rows.items() for leader in row}


def test_a_total_follows_from_its_lines():
    tableau = made([{0: -1, 1: 1, 2: 1}])
    assert tableau.rows == {0: {1: 1, 2: 1}}
    assert tableau.followers(1) == {0: (1, 1)}


def test_a_line_follows_from_the_total_after_a_swap():
    tableau = made([{0: -1, 1: 1, 2: 1}])
    tableau.swap(0, 1)
    assert tableau.rows == {1: {0: 1, 2: -1}}


def test_what_follows_by_halves_is_said_in_parts():
    tableau = made([{0: 2, 1: -1, 2: 1}])
    tableau.swap(min(tableau.rows), 0)
    assert tableau.rows[0] in ({1: 1, 2: -1}, {2: -1, 1: 1})
    assert tableau.parts[0] == 2


def test_a_sum_that_says_nothing_new_adds_no_row():
    assert len(made([{0: -1, 1: 1, 2: 1}, {0: 1, 1: -1, 2: -1}]).rows) == 1


@settings(max_examples=150, deadline=None)
@given(sums, st.lists(st.integers(-5, 5), min_size=FIGURES, max_size=FIGURES), st.data())
def test_every_move_keeps_every_sum(terms, by, data):
    tableau = made(terms)
    for _swap in range(4):
        pairs = sorted((follower, leader) for follower, row in tableau.rows.items() for leader in row)
        if pairs:
            tableau.swap(*data.draw(st.sampled_from(pairs)))
        moves = moved(tableau, by)
        assert all(sum(factor * moves[figure] for figure, factor in one.items()) == 0 for one in terms)
        columns_fit(tableau)
