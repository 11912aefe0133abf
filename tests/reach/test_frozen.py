"""A report as it is kept: written as JSON and read back, it says the same."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import AgeBand
from reach.rules import frozen, periods
from reach.rules.dimensions import UNKNOWN, Dimension
from reach.rules.frozen import Content, FrozenArea, FrozenBlanks, FrozenDefinition, FrozenHost, FrozenOutline
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure, OfPlace

MARCH = periods.month(2026, 3)
QUARTER = periods.quarter(2026, 1)
SPANS = [MARCH, QUARTER, periods.year(2025), periods.school_year(2024)]
WHOLE = Figure("people", QUARTER)
HARBOUR = WHOLE.at(Dimension.NEIGHBOURHOOD, 3)
NOBODY_KNOWS = WHOLE.at(Dimension.NEIGHBOURHOOD, UNKNOWN)
HERE = Figure("contacts", MARCH).at(OfPlace.PRIORITY, "oui").at(Dimension.CHANNEL, "venue")
PUBLISHED = Published(
    figures={WHOLE: 120, HARBOUR: 4, NOBODY_KNOWS: 0, HERE: 60},
    hidden=frozenset({HARBOUR, NOBODY_KNOWS}),
    small=frozenset({HARBOUR}),
    splits=frozenset({(WHOLE, Dimension.NEIGHBOURHOOD), (HERE, OfPlace.COMMUNE)}),
    given_away=frozenset({HARBOUR}),
)
CONTENT = Content(
    town="Valbriac",
    scope="All that was recorded in Valbriac, by all structures.",
    published=PUBLISHED,
    plain={"seats_offered": (40, 32), "waiting": (2.5, None)},
    names={Dimension.NEIGHBOURHOOD: {3: "Le Port", UNKNOWN: "Quartier non connu"}},
    areas=[
        FrozenArea(3, "Le Port", 4200, 2021, is_priority=True, geometry='{"type":"Polygon"}'),
        FrozenArea(4, "Les Moulins", None, None, is_priority=False),
    ],
    definitions=[FrozenDefinition("people", "Personnes touchées", "…", "…", "…", "Activités", "personnes")],
    edition="0a1b2c3d",
    outlines=[FrozenOutline("Bellevue", '{"type":"Polygon"}')],
    blanks=FrozenBlanks(
        [FrozenHost("Mairie annexe", "")], 4, [], 12, [FrozenHost("Les Tilleuls", "Le Port", "2024-03-05")], 2
    ),
    begins=date(2024, 11, 22),
    beside=24.5,
)


def kept(content):
    """As the database gives it back."""
    return frozen.read(json.loads(json.dumps(frozen.written(content))))


def test_a_report_says_the_same_after_it_was_kept():
    assert kept(CONTENT) == CONTENT


places = st.frozensets(
    st.one_of(
        st.tuples(st.sampled_from([Dimension.NEIGHBOURHOOD, Dimension.STRUCTURE]), st.integers(1, 2**31 - 1)),
        st.tuples(st.just(Dimension.AGE_BAND), st.sampled_from(list(AgeBand)).map(str)),
        st.tuples(st.just(OfPlace.PRIORITY), st.sampled_from(["oui", "non", "inconnu"])),
    ),
    max_size=3,
)
figures = st.builds(Figure, st.sampled_from(["people", "contacts", "theme:email"]), st.sampled_from(SPANS), places)


@given(st.dictionaries(figures, st.integers(0, 10**9), max_size=25), st.data())
def test_whatever_figures_a_report_has_it_says_the_same_after_it_was_kept(values, data):
    """What was hidden must never come back as shown: the next report is protected against what was kept."""
    some = st.frozensets(st.sampled_from(sorted(values, key=repr))) if values else st.just(frozenset())
    published = Published(values, data.draw(some), data.draw(some), frozenset(), data.draw(some))
    assert kept(Content(**{**vars(CONTENT), "published": published})).published == published


def test_a_report_without_blanks_nor_records_is_read_back():
    bare = Content(**{**vars(CONTENT), "outlines": [], "blanks": None, "begins": None, "beside": None})
    assert kept(bare) == bare


def test_what_is_hidden_small_or_given_away_stays_so():
    published = kept(CONTENT).published
    assert published.shown(HARBOUR) is None
    assert published.shown(WHOLE) == 120
    assert published.small == published.given_away == {HARBOUR}


def test_lines_keep_their_order():
    names = {value: str(value) for value in (9, 2, 30, UNKNOWN)}
    again = kept(Content(**{**vars(CONTENT), "names": {Dimension.STRUCTURE: names}}))
    assert list(again.names[Dimension.STRUCTURE]) == [9, 2, 30, UNKNOWN]


def test_an_id_stays_a_number_and_a_word_a_word():
    assert {type(value) for value in kept(CONTENT).names[Dimension.NEIGHBOURHOOD]} == {int, str}


def test_the_same_report_is_written_the_same():
    turned = Content(**{**vars(CONTENT), "published": Published(
        dict(reversed(PUBLISHED.figures.items())), PUBLISHED.hidden, PUBLISHED.small, PUBLISHED.splits,
        PUBLISHED.given_away,
    )})  # fmt: skip
    assert json.dumps(frozen.written(turned)) == json.dumps(frozen.written(CONTENT))


@pytest.mark.parametrize("by", [*Dimension, *OfPlace])
def test_each_way_to_split_is_read_back(by):
    assert frozen.read_by(by.value) is by
