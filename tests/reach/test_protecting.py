"""Small numbers are hidden with enough others: proved by other worlds, and attacked."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.rules.suppression.picture import Cell, Fate, Picture, change, count, slack
from reach.rules.suppression.protect import protect
from tests.reach.pictures import attack, crossed, one_way, small, tables


def hidden(picture, **more):
    return protect(picture, **more).hidden


class TestOneTable:
    def test_nothing_is_hidden_where_nothing_is_small(self):
        assert hidden(one_way(11, 20, 300)) == frozenset()

    def test_none_is_as_small_as_one(self):
        assert {0} < hidden(one_way(0, 20, 300))

    def test_eleven_is_shown_and_ten_is_not(self):
        assert hidden(one_way(11, 12, 13)) == frozenset()
        assert 0 in hidden(one_way(10, 12, 13))

    def test_a_single_small_line_takes_the_smallest_other_with_it(self):
        assert hidden(one_way(4, 50, 12, 300)) == {0, 2}

    def test_two_small_lines_whose_sum_is_small_take_another_with_them(self):
        assert hidden(one_way(2, 3, 40, 300)) == {0, 1, 2}

    def test_two_small_lines_that_may_each_be_eleven_are_enough(self):
        assert hidden(one_way(7, 8, 40, 300)) == {0, 1}

    def test_lines_that_are_all_small_stay_below_a_shown_total(self):
        assert hidden(one_way(9, 8, 7)) == {0, 1, 2}

    def test_a_total_that_is_small_goes_with_all_its_lines(self):
        assert hidden(one_way(3, 0, 1)) == {0, 1, 2, "t"}

    def test_a_small_line_and_one_other_leave_nobody_but_the_total(self):
        assert hidden(one_way(4, 30)) == {0, 1}

    def test_a_square_is_hidden_around_one_small_cell(self):
        picture = crossed({(0, 0): 3, (0, 1): 30, (1, 0): 40, (1, 1): 50}, [2, 2])
        assert hidden(picture) == {(0, 0), (0, 1), (1, 0), (1, 1)}

    def test_in_a_large_table_the_square_is_a_small_one(self):
        inner = {(row, column): 100 + 7 * row + column for row in range(6) for column in range(5)}
        inner |= {(2, 2): 5, (2, 4): 14, (4, 2): 15, (4, 4): 16}
        assert hidden(crossed(inner, [6, 5])) == {(2, 2), (2, 4), (4, 2), (4, 4)}


class TestEarlierPublications:
    def test_what_was_shown_is_not_counted_on_to_protect(self):
        picture = one_way(4, 12, 50, 300)
        picture.add(1, count(12, Fate.PUBLIC))
        assert hidden(picture) == {0, 2}

    def test_what_was_hidden_stays_hidden(self):
        picture = one_way(4, 50, 12, 300)
        picture.add(3, count(300, Fate.HIDDEN))
        assert hidden(picture) == {0, 3}

    def test_what_earlier_publications_tell_is_said_and_takes_nothing_with_it(self):
        picture = one_way(4, 50, 12, 300)
        for key in (1, 2, 3, "t"):
            picture.add(key, count(picture.cells[key].value, Fate.PUBLIC))
        told = protect(picture)
        assert (told.hidden, told.given_away) == ({0}, {0})

    def test_a_small_figure_that_was_shown_is_said_to_be_given_away(self):
        picture = one_way(4, 50, 12)
        picture.add(0, count(4, Fate.PUBLIC))
        assert protect(picture).given_away == {0}


class TestChanges:
    def revised(self, first, then):
        picture = Picture()
        picture.add("first", count(first, Fate.PUBLIC))
        picture.add("then", count(then))
        picture.add("change", change(then - first))
        picture.add_sum("then", ["first", "change"])
        return picture

    @pytest.mark.parametrize("then", [57, 68, 69, 46, 31])
    def test_the_same_or_much_else_is_shown(self, then):
        assert hidden(self.revised(57, then)) == {"change"}

    @pytest.mark.parametrize("then", [58, 56, 67, 47])
    def test_one_more_or_ten_fewer_is_not(self, then):
        assert hidden(self.revised(57, then)) == {"change", "then"}


class TestInsiders:
    def test_a_structure_that_knows_its_own_count_does_not_learn_the_other_one(self):
        assert hidden(one_way(4, 30, 60, 90)) == {0, 1}
        assert hidden(one_way(4, 30, 60, 90), insiders=[frozenset({0, 1, 2, 3})]) == {0, 1, 2}

    def test_what_is_known_of_one_leaves_the_others_their_room(self):
        picture = one_way(4, 6, 13, 60, 90)
        group = frozenset(range(5))
        away = hidden(picture, insiders=[group])
        for known in away & group:
            thief = attack(picture, away - {known})
            for one in set(small(picture)) - {known}:
                assert thief.can_be(one, [0, 11]) == {0, 11}


class TestOddFigures:
    def test_a_figure_of_few_people_may_be_none_or_twice_as_much(self):
        picture = one_way(30, 40, 300)
        picture.add(0, Cell(30, small=True))
        thief = attack(picture, hidden(picture))
        assert thief.can_be(0, [0, 30, 60]) == {0, 30, 60}

    def test_a_difference_that_is_no_secret_only_keeps_the_worlds_true(self):
        picture = Picture()
        for key, cell in {"people": count(15), "contacts": count(16), "again": slack(1)}.items():
            picture.add(key, cell)
        picture.add_sum("contacts", ["people", "again"])
        assert hidden(picture) == {"again"}

    def test_a_sum_of_what_is_not_there_is_refused(self):
        picture = one_way(1, 2)
        picture.add_sum("t", ["elsewhere"])
        with pytest.raises(ValueError, match="elsewhere"):
            protect(picture)


def holds(picture, told):
    """The worlds are what they say: none below nothing, all sums kept, nothing shown another; both ends are there."""
    for world in told.worlds:
        assert world.keys() <= told.hidden
        assert all(value >= 0 or picture.cells[key].signed for key, value in world.items())
        for terms in picture.sums:
            now = sum(factor * world.get(key, picture.cells[key].value) for key, factor in terms.items())
            assert now == picture.comes_to(terms)
    for key in set(small(picture)) - told.given_away:
        values = [picture.cells[key].value, *(world[key] for world in told.worlds if key in world)]
        low, high = picture.cells[key].room
        assert min(values) <= low
        assert max(values) >= high


class TestAnyTable:
    @settings(max_examples=100, deadline=None)
    @given(tables())
    def test_worlds_prove_that_no_small_figure_can_be_worked_out(self, picture):
        told = protect(picture)
        assert told.given_away == frozenset()
        holds(picture, told)

    @settings(max_examples=30, deadline=None)
    @given(tables())
    def test_elimination_finds_no_small_figure(self, picture):
        found = attack(picture, hidden(picture)).eliminated()
        assert not found.keys() & set(small(picture))

    @settings(max_examples=30, deadline=None)
    @given(tables())
    def test_bounds_do_not_narrow_a_small_figure(self, picture):
        bounds = attack(picture, hidden(picture)).bounds()
        for key in small(picture):
            assert key not in bounds or (bounds[key][0] == 0 and bounds[key][1] >= 11)

    @settings(max_examples=10, deadline=None)
    @given(tables(dimensions=(1, 2), most=3))
    def test_trying_every_number_rules_none_out(self, picture):
        thief = attack(picture, hidden(picture))
        for key in small(picture):
            assert thief.can_be(key, range(12)) == set(range(12))

    @settings(max_examples=40, deadline=None)
    @given(tables())
    def test_the_same_picture_gives_the_same_answer(self, picture):
        assert protect(picture) == protect(picture)

    @settings(max_examples=40, deadline=None)
    @given(tables(dimensions=(1, 2)), st.data())
    def test_after_an_earlier_publication_what_is_given_away_was_so_before(self, picture, data):
        before = hidden(picture)
        later = Picture(dict(picture.cells), picture.sums)
        for key, cell in picture.cells.items():
            later.add(key, count(cell.value, Fate.HIDDEN if key in before else Fate.PUBLIC))
        told = protect(later)
        assert (told.hidden, told.given_away) == (before, frozenset())


class TestTheAttackCanWin:
    """Hiding the small ones alone is no protection, and the attack proves it: or it would prove nothing of ours."""

    def test_by_taking_the_shown_lines_from_the_total(self):
        picture = one_way(4, 50, 12, 300)
        assert attack(picture, {0}).eliminated() == {0: 4}

    def test_by_elimination_where_no_line_alone_tells(self):
        inner = {(0, 0): 1, (0, 1): 2, (0, 2): 50, (1, 0): 3, (1, 1): 40, (1, 2): 5, (2, 0): 60, (2, 1): 70, (2, 2): 80}
        picture = crossed(inner, [3, 3])
        assert attack(picture, set(small(picture))).eliminated()[0, 0] == 1

    def test_by_bounds_where_the_hidden_ones_add_up_to_little(self):
        picture = one_way(2, 1, 50, 300)
        thief = attack(picture, set(small(picture)))
        assert thief.eliminated() == {}
        assert thief.bounds()[0] == (0, 3)

    def test_by_trying_where_bounds_do_not_tell(self):
        picture = Picture()
        for key, value in {"a": 1, "b": 2, "c": 1, "p": 4, "q": 3}.items():
            picture.add(key, count(value))
        picture.sums += [{"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 1}]
        thief = attack(picture, {"a", "b", "c"})
        assert thief.can_be("c", range(12)) == {0, 1, 2}

    def test_in_random_tables_it_nearly_always_does(self):
        chance = random.Random(11)
        won = 0
        for _table in range(40):
            inner = {(row, column): chance.choice([3, 8, 20, 40, 60]) for row in range(4) for column in range(4)}
            picture = crossed(inner, [4, 4])
            bounds = attack(picture, set(small(picture))).bounds()
            won += any(bounds[key][0] > 0 or bounds[key][1] < 11 for key in small(picture) if key in bounds)
        assert won > 30


def test_a_yearly_report_is_protected_in_seconds():
    """40 neighbourhoods by 8 ages by 3 genders, all crossed in pairs."""
    chance = random.Random(6)
    size = (40, 8)
    inner = {
        (row, column): max(0, int(chance.gauss(30, 5) * chance.lognormvariate(0, 1)))
        for row in range(size[0])
        for column in range(size[1])
    }
    picture = crossed(inner, size)
    begun = time.perf_counter()
    told = protect(picture)
    assert time.perf_counter() - begun < 5
    holds(picture, told)
    others = told.hidden - set(small(picture))
    assert small(picture)
    assert len(others) < len(picture.cells) / 10
