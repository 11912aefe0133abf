"""Small towns whose every contact is known, the reports that are made of them, and who reads them all.

The reader derives nothing from how the reports are protected: each figure is the sum of the contacts that it counts,
and the contacts of one kind (this neighbourhood, age, structure, month) are the unknowns.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import product

from hypothesis import strategies as st

from reach.rules.dimensions import Dimension
from reach.rules.periods import Span
from reach.rules.suppression.tables import Hierarchy, Table
from tests.reach.attack import Attack

N, A, S, Q = Dimension.NEIGHBOURHOOD, Dimension.AGE_BAND, Dimension.STRUCTURE, Dimension.PRIORITY
VALUES = {N: (1, 2, 3), A: ("young", "old"), S: (7, 8)}
MONTHS = (1, 2, 3)
PRIORITY = {1: "yes", 2: "no", 3: "no"}
NEIGHBOURHOODS = Hierarchy(N, Q, PRIORITY)
KINDS = list(product(*VALUES.values(), MONTHS))


def span(first, last):
    """From the first day of a month of 2026 to the last day of another."""
    return Span(date(2026, first, 1), date(2026, last, monthrange(2026, last)[1]))


QUARTER = span(1, 3)


@st.composite
def towns(draw):
    """{(neighbourhood, age, structure, month): contacts}"""
    some = st.one_of(st.integers(0, 4), st.integers(0, 25))
    return dict(zip(KINDS, draw(st.lists(some, min_size=len(KINDS), max_size=len(KINDS))), strict=True))


def counts(kind, place, within):
    """Whether a figure of a `place` and span counts the contacts of a kind."""
    neighbourhood, age, structure, month = kind
    has = {N: neighbourhood, A: age, S: structure, Q: PRIORITY[neighbourhood]}
    return within.first.month <= month <= within.last.month and all(has[one] == value for one, value in place)


def table(town, by=(), within=QUARTER, where=(), indicator="named_contacts"):
    where = frozenset(where)
    cells = {}
    for key in product(*((None, *VALUES.get(one, ("yes", "no"))) for one in by)):
        place = where | {(one, value) for one, value in zip(by, key, strict=True) if value is not None}
        cells[key] = sum(town[kind] for kind in KINDS if counts(kind, place, within))
    return Table(indicator, within, tuple(by), cells, where)


def reader(reports, counting=counts, kinds=KINDS):
    """Who reads every figure that any of the reports shows, of one and the same town."""
    sums = {}
    for report in reports:
        for figure in report.figures:
            value = report.shown(figure)
            if value is not None:
                sums[frozenset(kind for kind in kinds if counting(kind, figure.place, figure.span))] = value
    return Attack({}, [(dict.fromkeys(found, 1), value) for found, value in sums.items()])


def also(thief, kinds):
    """The same reader, who asks what some kinds come to."""
    asked = {**dict.fromkeys(kinds, 1), "asked": -1}
    return Attack(thief.shown, [*thief.sums, (asked, 0)])
