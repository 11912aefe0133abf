"""Counting rows of numbers: the quick way and the frugal one agree, whatever the ids."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.rules import cube
from reach.rules.cube import NOBODY, Contacts, code_of
from reach.rules.dimensions import NONE, UNKNOWN, Dimension
from reach.rules.figures import EMPTY, Figures

HIGHEST = 2**31 - 1
PEOPLE = (NOBODY, 1, 2, HIGHEST)
VENUES = (-3, 1, 7, HIGHEST)
drawn = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, HIGHEST]), st.sampled_from(PEOPLE), st.sampled_from(VENUES)), max_size=30
)


def contacts(rows):
    """Rows of (record, person, venue): each person once in a record, which lasts as many minutes as its id tells."""
    once = list({(record, person): (record, person, venue) for record, person, venue in rows}.values())
    record, person, venue = (np.array([row[place] for row in once], dtype=np.int64) for place in range(3))
    heads = np.where(person == NOBODY, 4, 0)
    return Contacts(record, person, heads, record % 100, person == 2, {Dimension.VENUE: venue})


def plainly(rows):
    people = {row[1] for row in rows} - {NOBODY}
    records = {row[0] for row in rows}
    named = sum(row[1] != NOBODY for row in rows)
    minutes = sum(record % 100 for record in records)
    return Figures(len(people), len(people & {2}), named, 4 * (len(rows) - named), minutes, len(records))


@given(drawn)
def test_lines_and_total_are_what_rows_add_up_to(rows):
    known = contacts(rows)
    once = list(zip(known.record.tolist(), known.person.tolist(), known.codes[Dimension.VENUE].tolist(), strict=True))
    found = cube.cube(known, [Dimension.VENUE], [])
    assert found.total == (plainly(once) if once else EMPTY)
    for venue in VENUES:
        value = NONE if venue == -3 else venue
        assert found.of(Dimension.VENUE, value) == plainly([row for row in once if row[2] == venue])


@given(drawn)
def test_what_is_too_wide_to_be_ticked_off_is_sorted(rows):
    known = contacts(rows)
    quick = cube.cube(known, [Dimension.VENUE], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "MOST_TICKED", 0)
        assert cube.cube(known, [Dimension.VENUE], []) == quick


def test_a_filter_keeps_the_rows_of_its_value():
    known = contacts([(1, 1, 7), (1, 2, 7), (2, 1, -3)])
    assert known.kept({}) is known
    assert known.kept({Dimension.VENUE: 7}).record.tolist() == [1, 1]
    assert known.kept({Dimension.VENUE: NONE}).person.tolist() == [1]


def test_values_have_codes_that_no_id_has():
    assert code_of(Dimension.NEIGHBOURHOOD, 12) == 12
    assert code_of(Dimension.NEIGHBOURHOOD, UNKNOWN) < 0
    assert code_of(Dimension.GENDER, "masculine") == 1
