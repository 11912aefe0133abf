"""In whatever lives, what came of referrals and what people answered is what a second computation finds."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from activity.models import (
    ActivityAspect,
    ActivityRecord,
    Aspect,
    Helped,
    Outcome,
    Referral,
    ReferralOutcome,
    Satisfaction,
)
from foundation.db import db, transaction
from reach.queries.followed import followed
from reach.queries.satisfaction import satisfaction
from reach.rules import outcomes
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters, Side
from tests.moments import TEN
from tests.reach import plain_outcomes as plain
from tests.reach.lives import STEPS, Town
from tests.reach.test_contacts_property import NARROWED, SPANS, kept, scopes


def tell(draw):
    """Of some records there are referrals, of some of these an outcome; some answer, and some of these aloud."""
    with transaction():
        db.session.execute(delete(Satisfaction))
        for record in db.session.scalars(select(ActivityRecord).order_by(ActivityRecord.id)):
            record.reference = f"{draw.choice(('appointment', 'session'))}:{record.id}" if draw.random() < 0.8 else None
            for kind in draw.sample(list(Referral), draw.choice((0, 1, 3))):
                record.aspects.append(ActivityAspect(aspect=Aspect.REFERRAL, value=kind.value))
                if draw.random() < 0.7:
                    record.outcomes.append(ReferralOutcome(
                        referral=kind, outcome=draw.choice(list(Outcome)), noted_at=TEN,
                        noted_by_id=record.mediator_id,
                    ))  # fmt: skip
            for person_id in {one.person_id for one in record.participants}:
                if record.reference and draw.random() < 0.9:
                    db.session.add(Satisfaction(
                        reference=record.reference, person_id=person_id, answer=draw.choice(list(Helped)),
                        answered_at=TEN, told_by_id=draw.choice((None, record.mediator_id)),
                    ))  # fmt: skip


@pytest.mark.long
def test_two_computations_agree_in_random_worlds(cast, monkeypatch):
    """Also of fewer than eleven answers, which nobody else is told."""
    monkeypatch.setattr(outcomes, "SMALL", 0)
    monkeypatch.setattr(outcomes, "_is_settled_quarter", lambda filters, today: True)
    seen = {"answers": 0, "outcomes": 0}

    @settings(max_examples=30, deadline=None, derandomize=True, database=None)
    @given(STEPS, SPANS, st.tuples(NARROWED, st.integers(0, 60)), st.booleans(), st.integers(0, 10**6))
    def agree(steps, span, narrowed, by_place, chance):
        town, half = Town(cast), len(steps) * 3 // 4
        town.live(steps[:half])
        tell(Random(chance))
        town.live(steps[half:])
        rows = plain.export()
        side = Side.PLACE if by_place else Side.RESIDENCE
        for name, number in (("nothing", 0), narrowed):
            chosen, keeps = kept(town, cast, name, number)
            if by_place and Dimension.NEIGHBOURHOOD in keeps:
                keeps = {Dimension.PLACE_NEIGHBOURHOOD: keeps[Dimension.NEIGHBOURHOOD]}
            for scope, of in scopes(cast):
                if scope.mediator_id is not None and chosen:
                    continue
                filters = Filters(span=span, side=side, **chosen)
                contacts = list(plain.named(rows, span, by_place, keeps, of))
                told = {kind.value: {one and one.value: number for one, number in found.by.items()}
                        for kind, found in followed(filters, scope).items()}  # fmt: skip
                assert told == plain.came_of(rows, contacts)
                found = satisfaction(filters, scope)
                answers = {one.value: number for one, number in found.answers.items() if number}
                assert (found.contacts, answers, found.aloud) == plain.answered(rows, contacts)
                assert found.answered == sum(answers.values())
                seen["answers"] += found.answered
                seen["outcomes"] += len(told)
                db.session.rollback()

    agree()
    assert seen["answers"] > 40
    assert seen["outcomes"] > 20
