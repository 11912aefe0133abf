"""Whatever is held, moved and released, in whatever order: the ledger says what happened, and nothing overlaps."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from agenda import queries, service
from agenda.models import Hold
from agenda.service import AlreadyHeld
from foundation.db import db, in_transaction
from foundation.period import Period
from tests.agenda.conftest import span

BEGIN = span("00:00", "00:01").start
STEP = timedelta(minutes=10)
resources = st.sets(st.sampled_from(["ines", "marc", "room"]), min_size=1)
periods = st.sets(st.integers(0, 12), min_size=2, max_size=2).map(
    lambda edges: Period(BEGIN + min(edges) * STEP, BEGIN + max(edges) * STEP)
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), st.integers(0, 5), resources, periods),
        st.tuples(st.just("move"), st.integers(0, 5), resources, periods),
        st.tuples(st.just("release"), st.integers(0, 5), st.none(), st.none()),
    ),
    max_size=20,
)


class Model:
    """The ledger as a plain dictionary: reference → what it holds."""

    def __init__(self) -> None:
        self.held: dict[str, list[tuple[int, Period]]] = {}

    def refuses(self, ids, period, but=None):
        return any(
            id_ in ids and other.overlaps(period)
            for reference, taken in self.held.items()
            if reference != but
            for id_, other in taken
        )

    def do(self, verb, reference, ids, period):
        if verb == "release":
            self.held.pop(reference, None)
            return True
        if self.refuses(ids, period, but=reference if verb == "move" else None):
            return False
        taken = [(id_, period) for id_ in sorted(ids)]
        self.held[reference] = taken if verb == "move" else [*self.held.get(reference, []), *taken]
        return True


def do(verb, reference, ids, period):
    """The same act on the database; False when it was refused."""
    act = {
        "hold": lambda: service.hold(ids, period, "Rendez-vous", reference),
        "move": lambda: service.move(reference, ids, period, "Rendez-vous"),
        "release": lambda: service.release(reference),
    }[verb]
    try:
        in_transaction(act)
    except AlreadyHeld:
        return False
    return True


def ledger():
    rows = db.session.scalars(select(Hold)).all()
    found = sorted((row.reference, row.resource_id, Period(row.starts_at, row.ends_at)) for row in rows)
    db.session.rollback()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_the_ledger_is_what_a_dictionary_would_be(people, script):
    in_transaction(lambda: db.session.execute(delete(Hold)))
    model = Model()
    for verb, number, names, period in script:
        reference, ids = f"appointment:{number}", {getattr(people, name) for name in names or ()}
        assert do(verb, reference, ids, period) == model.do(verb, reference, ids, period)
    found = ledger()
    assert found == sorted((reference, *one) for reference, taken in model.held.items() for one in taken)
    for id_ in (people.ines, people.marc, people.room):
        mine = sorted(period for _, resource_id, period in found if resource_id == id_)
        assert all(a.end <= b.start for a, b in pairwise(mine))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(periods, max_size=8), periods)
def test_reading_a_stretch_finds_exactly_what_overlaps_it(people, wanted, stretch):
    in_transaction(lambda: db.session.execute(delete(Hold)))
    model = Model()
    for number, period in enumerate(wanted):
        do("hold", f"x:{number}", {people.ines}, period)
        model.do("hold", f"x:{number}", {people.ines}, period)
    expected = sorted(p for taken in model.held.values() for _, p in taken if p.overlaps(stretch))
    found = [Period(row.starts_at, row.ends_at) for row in queries.holds_between([people.ines], stretch)]
    db.session.rollback()
    assert found == expected


def test_a_hold_needs_a_forward_period(people):
    with pytest.raises(ValueError, match="ends after"):
        service.hold([people.ines], Period(BEGIN, BEGIN), "Rendez-vous", "x:1")
