"""A year, two quarters, a sheet of a neighbourhood and one of a structure, and a revision: read together, in any order.

Whatever the town publishes of itself comes from these: open data and public pages show the figures of such a report
and count nothing of their own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from activity.models import AgeBand, Channel
from people.models import Gender, Status
from reach.models import ReportKind
from reach.rules import periods, release_tables
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube, Figures
from reach.rules.filters import Filters, Priority
from reach.rules.suppression.release import Release
from reach.rules.suppression.tables import Hierarchy
from tests.reach.reports import also, reader

N, Q, A, S = Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.AGE_BAND, Dimension.STRUCTURE
YOUNG, OLD = AgeBand.FROM_12_TO_17.value, AgeBand.FROM_40_TO_59.value
WITHIN = {1: Priority.YES.value, 2: Priority.NO.value, 3: Priority.NO.value}
MONTHS = (1, 2, 4, 5)
KINDS = list(product(WITHIN, (YOUNG, OLD), (7, 8), MONTHS))
"""(neighbourhood, age, structure, month of 2026) of a contact; all else is the same of all."""
SAME = {
    Dimension.GENDER: Gender.FEMININE.value, Dimension.STATUS: Status.RETIRED.value,
    Dimension.CHANNEL: Channel.VENUE.value, Dimension.PLACE_NEIGHBOURHOOD: 1,
}  # fmt: skip
VALUES = {N: [*WITHIN], Q: [one.value for one in Priority], A: [YOUNG, OLD], S: [7, 8]} | {
    by: [value] for by, value in SAME.items()
}
YEAR, FIRST, SECOND = periods.year(2026), periods.quarter(2026, 1), periods.quarter(2026, 2)
REPORTS = (
    (ReportKind.YEAR, Filters(span=YEAR)),
    (ReportKind.QUARTER, Filters(span=FIRST)),
    (ReportKind.QUARTER, Filters(span=SECOND)),
    (ReportKind.NEIGHBOURHOOD, Filters(span=YEAR, neighbourhood_id=1)),
    (ReportKind.STRUCTURE, Filters(span=FIRST, structure_id=7)),
)
INDICATORS = ("people", "named_contacts", "contacts")


@st.composite
def towns(draw):
    """{kind: people}, each of whom came once; many kinds are of few."""
    some = st.one_of(st.integers(0, 3), st.integers(0, 20))
    return dict(zip(KINDS, draw(st.lists(some, min_size=len(KINDS), max_size=len(KINDS))), strict=True))


def words_of(kind):
    neighbourhood, age, structure, month = kind
    return SAME | {
        N: neighbourhood, Q: WITHIN[neighbourhood], A: age, S: structure, Dimension.MONTH: f"2026-{month:02}"
    }  # fmt: skip


def counts(kind, place, within):
    """Whether a figure counts the contacts of a kind; nobody came before 2026."""
    of, in_year = words_of(kind), within.first.year == 2026
    return (
        in_year and within.first.month <= kind[3] <= within.last.month and all(of[by] == value for by, value in place)
    )


def cube_of(town, filters):
    """What counting the town's records would give."""
    place = {(N, filters.neighbourhood_id), (S, filters.structure_id)}
    found = [
        kind
        for kind in KINDS
        if counts(kind, [one for one in place if one[1] is not None], filters.span) and town[kind]
    ]
    totals = {by: Counter() for by in (*VALUES, Dimension.MONTH)}
    for kind in found:
        for by, value in words_of(kind).items():
            totals[by][value] += town[kind]
    by = {one: {value: figures(n) for value, n in several.items()} for one, several in totals.items()}
    return Cube(figures(sum(town[kind] for kind in found)), by)


def figures(n):
    return Figures(people=n, first_timers=n, named_contacts=n, minutes=30 * n, records=n)


def publish(town, kind, filters, earlier):
    values = VALUES | {Dimension.MONTH: [f"{one.first:%Y-%m}" for one in filters.span.months]}
    wanted = release_tables.dimensions(kind)
    now, before = cube_of(town, filters), cube_of(town, filters.before)
    tables = release_tables.contact_tables(kind, filters, now, before, {by: values[by] for by in wanted})
    return Release(tuple(tables), tuple(earlier), (Hierarchy(N, Q, WITHIN),)).protected()


def all_of(town, order):
    published = []
    for number in order:
        published.append(publish(town, *REPORTS[number], published))
    return published


def thieves(published):
    """One who reads all figures of an indicator, for each of them."""
    for indicator in INDICATORS:
        only = [
            replace(one, figures={figure: n for figure, n in one.figures.items() if figure.indicator == indicator})
            for one in published
        ]
        yield only, reader(only, counts, KINDS)


def small_ones(published):
    """The contacts that a small figure counts, of each figure of 1 to 10."""
    every = {figure: value for report in published for figure, value in report.figures.items()}
    return {
        frozenset(kind for kind in KINDS if counts(kind, figure.place, figure.span))
        for figure, value in every.items()
        if 0 < value < 11
    }


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(towns(), st.permutations(range(len(REPORTS))))
def test_who_reads_all_reports_of_a_town_works_out_no_small_number(town, order):
    for only, thief in thieves(all_of(town, order)):
        for kinds in small_ones(only):
            asked = also(thief, kinds)
            assert "asked" not in asked.eliminated()
            least, most = asked.bounds()["asked"]
            assert (least, most >= 11) == (0, True)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(towns(), st.permutations(range(len(REPORTS))))
def test_nor_do_two_of_them_differ_by_few(town, order):
    """A year less its quarter, a town less its sheet: whoever subtracts finds nobody, or eleven."""
    for _only, thief in thieves(all_of(town, order)):
        told = [(set(terms), value) for terms, value in thief.sums]
        assert all(value >= 11 or not value for _terms, value in told)
        assert not [1 for one, less in told for other, more in told if one < other and 0 < more - less < 11]


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(towns(), st.sampled_from(KINDS), st.integers(1, 9), st.permutations(range(len(REPORTS))))
def test_a_revision_of_the_year_does_not_tell_of_whom_it_corrects(town, kind, more, order):
    published = all_of(town, order)
    revision = publish(town | {kind: town[kind] + more}, *REPORTS[0], published)
    for figure in revision.figures:
        told = {one.shown(figure) for one in (*published, revision) if figure in one.figures} - {None}
        assert len(told) < 2, f"{figure} changed by {more}, and both are told"


def test_each_protected_by_itself_they_would_tell():
    """A quarter of four people, a year and the other quarter: the attack can win, or it would prove nothing."""
    four = (1, YOUNG, 7, 4)
    town = {kind: 10 if kind[3] < four[3] else 0 for kind in KINDS} | {four: 4}
    alone = [publish(town, *one, []) for one in REPORTS]
    won = {also(thief, kinds).eliminated().get("asked") for only, thief in thieves(alone) for kinds in small_ones(only)}
    assert 4 in won
