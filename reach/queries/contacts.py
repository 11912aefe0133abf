"""People, first-timers, contacts and hours of a period, in all and line by line. No figure is kept anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foundation import clock
from reach.queries.reading import Asked, read
from reach.rules.cube import Contacts, cube
from reach.rules.dimensions import Dimension, chosen
from reach.rules.figures import Cube
from reach.rules.filters import Filters
from reach.rules.read import rows
from reach.rules.scope import Scope

Wish = tuple[Filters, Sequence[Dimension]]
"""What to keep, and what to split it by."""


def counted(filters: Filters, scope: Scope, by: Sequence[Dimension] = ()) -> Cube:
    """The figures of the contacts that the filters keep within the scope, and those of each value of each of `by`.

    What no filter and no dimension asks for is not read, so that totals alone cost a third of it.
    """
    return counted_together([(filters, by)], scope)[0]


def counted_together(wishes: Sequence[Wish], scope: Scope) -> list[Cube]:
    """The figures of several periods, all of one moment, in one statement: a period and the one before it cost less
    than twice as much as one, since who came for the first time is looked for once."""
    return [
        cube(contacts, by, [f"{month.first:%Y-%m}" for month in filters.span.months])
        for (filters, by), contacts in zip(wishes, _kept_together(wishes, scope), strict=True)
    ]


def kept(filters: Filters, scope: Scope, by: Sequence[Dimension] = ()) -> Contacts:
    """The contacts themselves, a row each, with the ids of their records: what `counted` counts."""
    [contacts] = _kept_together([(filters, by)], scope)
    return contacts


def _kept_together(wishes: Sequence[Wish], scope: Scope) -> list[Contacts]:
    zone, found = clock.territory_zone(), []
    several = [
        Asked(filters.span, zone, scope, filters.side, frozenset([*chosen(filters), *by])) for filters, by in wishes
    ]
    for asked, (filters, _by), one in zip(several, wishes, read(several), strict=True):
        contacts = rows(one, filters.side, asked.dimensions).kept(chosen(filters))
        found.append(replace(contacts, record=one.records.id[contacts.record]))
    return found
