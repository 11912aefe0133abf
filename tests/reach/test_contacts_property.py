"""In whatever lives, the figures are those of a second, independent computation: each dimension, filter and scope."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import AgeBand, Channel
from people.models import Gender, Status
from reach.queries.contacts import counted
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters, Priority, Side
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope
from reach.views.dashboard.listed import LISTS
from tests.reach.behind import lines
from tests.reach.lives import KINDS, STEPS, Town
from tests.reach.plainly import exported, plainly

SPANS = st.sampled_from([
    Span(date(2025, 1, 1), date(2025, 12, 31)),
    Span(date(2025, 3, 1), date(2025, 3, 31)),
    Span(date(2025, 3, 30), date(2025, 3, 30)),
    Span(date(2025, 10, 26), date(2025, 11, 14)),
    Span(date(2024, 9, 1), date(2025, 8, 31)),
])  # fmt: skip
NARROWED = st.sampled_from(["nothing", "neighbourhood", "priority", "commune", "structure", "venue", "mediator",
                            "age_band", "gender", "status", "channel"])  # fmt: skip


def kept(town, cast, name, number):
    """Field of the filters → value, and the same as a dimension and a plain value."""
    enumerations = {
        "priority": list(Priority), "age_band": list(AgeBand), "gender": list(Gender), "status": list(Status),
        "channel": list(Channel),
    }  # fmt: skip
    ids = {
        "neighbourhood": town.areas, "commune": [cast.harbour.commune_id], "venue": town.venues,
        "structure": [cast.ids["town"], cast.ids["association"]], "mediator": town.mediators,
    }  # fmt: skip
    if name == "nothing":
        return {}, {}
    if name in ids:
        value = ids[name][number % len(ids[name])]
        return {f"{name}_id": value}, {Dimension(name): value}
    value = enumerations[name][number % len(enumerations[name])]
    return {name: value}, {Dimension(name): value.value}


@pytest.mark.long
def test_two_computations_agree_in_random_worlds(cast):
    done, met = set(), set()

    @settings(max_examples=30, deadline=None, derandomize=True, database=None)
    @given(STEPS, SPANS, st.lists(st.tuples(NARROWED, st.integers(0, 60)), min_size=2, max_size=2), st.booleans())
    def agree(steps, span, narrowed, by_place):
        town = Town(cast)
        done.update(town.live(steps))
        rows = exported()
        met.update(curiosities(rows))
        side = Side.PLACE if by_place else Side.RESIDENCE
        for name, number in [("nothing", 0), *narrowed]:
            chosen, keeps = kept(town, cast, name, number)
            if by_place and Dimension.NEIGHBOURHOOD in keeps:
                keeps = {Dimension.PLACE_NEIGHBOURHOOD: keeps[Dimension.NEIGHBOURHOOD]}
            for scope, of in scopes(cast):
                cube = counted(Filters(span=span, side=side, **chosen), scope, list(Dimension))
                told = {one: {value: fields(line) for value, line in lines.items()} for one, lines in cube.by.items()}
                if scope.whole or name == "nothing":
                    assert made_of_lines(scope, span=span, side=side, **chosen) == fields(cube.total)[:5]
                assert (fields(cube.total), told) == plainly(rows, span.first, span.last, by_place, keeps, of)
                if scope.whole and name == "nothing":
                    of_months = sum(line.first_timers for line in cube.by[Dimension.MONTH].values())
                    assert of_months == cube.total.first_timers

    agree()
    assert done == set(KINDS)
    assert met == {"somebody twice in a record", "heads", "somebody in two neighbourhoods"}


def curiosities(rows):
    """What a world must have had for the agreement to mean something."""
    took_part = rows["activity_participant"]
    if len({(row["record_id"], row["person_id"]) for row in took_part}) < len(took_part):
        yield "somebody twice in a record"
    if any(row["anonymous_count"] for row in rows["activity_record"]):
        yield "heads"
    if len({(row["person_id"], row["neighbourhood_id"]) for row in took_part}) > len(
        {row["person_id"] for row in took_part}
    ):
        yield "somebody in two neighbourhoods"


def fields(figures):
    return astuple(figures)


def made_of_lines(scope, **chosen):
    """The same totals from the lists behind them: people, new ones, contacts by name, heads, minutes."""
    records = lines(LISTS["contacts"], scope, **chosen)
    named, heads, minutes = (sum(line.numbers[at] for line in records) for at in range(3))
    people, new = (len(lines(LISTS[key], scope, **chosen)) for key in ("people", "first_timers"))
    return people, new, named, heads, minutes


def scopes(cast):
    town, somebody = cast.ids["town"], cast.ids["other_mediator"]
    return [
        (TERRITORY, lambda record: True),
        (Scope(structure_id=town), lambda record: record["structure_id"] == town),
        (Scope(mediator_id=somebody), lambda record: record["mediator_id"] == somebody),
    ]
