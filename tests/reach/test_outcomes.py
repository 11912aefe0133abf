"""What came of it, in numbers, and to whom answers are told: pure."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from activity.models import Channel, Helped, Outcome
from reach.rules import periods
from reach.rules.filters import Filters
from reach.rules.outcomes import CameOf, Satisfied, Untold, untold
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope

QUARTER = periods.quarter(2026, 1)
SETTLED = date(2026, 5, 1)
OWN = Scope(mediator_id=7)


def test_what_nobody_can_tell_and_what_nobody_noted_is_not_known():
    found = CameOf({Outcome.HELPED: 3, Outcome.NOT_HELPED: 1, Outcome.DID_NOT_GO: 2, Outcome.NOT_KNOWN: 4, None: 2})
    assert (found.total, found.known, found.known_share) == (12, 6, 0.5)
    assert (CameOf().total, CameOf().known, CameOf().known_share) == (0, 0, None)


def test_shares_are_of_the_answers_and_answers_are_of_the_contacts():
    found = Satisfied(50, 20, {Helped.FULLY: 15, Helped.PARTLY: 5, Helped.NOT_REALLY: 0}, 2, None)
    assert (found.fully, found.share(Helped.PARTLY), found.share(Helped.NOT_REALLY)) == (0.75, 0.25, 0)
    assert found.answered_share == 0.4
    hidden = Satisfied(50, 7, {}, 0, Untold.FEW)
    assert (hidden.fully, hidden.answered_share, Satisfied(0, 0, {}, 0, None).answered_share) == (None, 0.14, None)


@pytest.mark.parametrize("scope", [TERRITORY, Scope(structure_id=1)])
def test_to_a_team_answers_are_told_from_eleven_on_whatever_is_chosen(scope):
    chosen = Filters(span=periods.month(2026, 4), channel=Channel.PHONE, mediator_id=3)
    for filters in (Filters(span=QUARTER), chosen):
        assert [untold(filters, scope, count, 0, SETTLED) for count in (0, 1, 10, 11)] == [
            None, Untold.FEW, Untold.FEW, None,
        ]  # fmt: skip


def test_to_a_mediator_they_are_told_by_whole_quarter_once_no_answer_can_change():
    assert untold(Filters(span=QUARTER), OWN, 11, 0, SETTLED) is None
    assert untold(Filters(span=QUARTER), OWN, 10, 0, SETTLED) is Untold.FEW
    assert untold(Filters(span=QUARTER), OWN, 11, 0, SETTLED - timedelta(days=1)) is Untold.OWN
    assert untold(Filters(span=QUARTER, channel=Channel.VENUE), OWN, 11, 0, SETTLED) is Untold.OWN


def test_what_a_mediator_heard_does_not_hide_what_others_answered():
    """Of eleven answers of which five were heard six would remain, and the difference would tell them."""
    for answered, aloud, why in ((11, 5, Untold.FEW), (16, 5, None), (5, 5, Untold.FEW), (0, 0, None)):
        assert untold(Filters(span=QUARTER), OWN, answered, aloud, SETTLED) is why
    assert untold(Filters(span=QUARTER), TERRITORY, 11, 5, SETTLED) is None


@pytest.mark.parametrize("span", [
    periods.month(2026, 1), periods.year(2025), periods.school_year(2024), Span(date(2026, 1, 1), date(2026, 3, 30)),
    Span(date(2026, 1, 2), date(2026, 3, 31)), Span(date(2025, 12, 1), date(2026, 2, 28)),
    Span(date(2026, 2, 1), date(2026, 4, 30)),
])  # fmt: skip
def test_no_other_period_tells_a_mediator_anything(span):
    assert untold(Filters(span=span), OWN, 500, 0, date(2027, 1, 1)) is Untold.OWN


def test_quarters_have_no_day_in_common():
    """So that no two periods that a mediator is told of differ by a few people."""
    spans = [periods.quarter(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
    told = [span for span in spans if untold(Filters(span=span), OWN, 11, 0, date(2027, 6, 1)) is None]
    assert told == spans
    assert all(one.last < other.first for one, other in pairwise(spans))
