"""Forty telephones press at once: over HTTP, with the pages of the counter, a voucher is taken once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from foundation import clock
from foundation.db import db
from tests.cast import open_session_of
from tests.racing import RACERS, race
from tests.vouchers import counter_racers as racers
from tests.vouchers.given import DEVICE, LAST, campaign, fresh, handed, partner, sums_hold
from tests.workshops.given import count
from vouchers.models import Redemption, RefusedTry, Voucher
from vouchers.rules.guessing import LIMITS

pytestmark = pytest.mark.long
ROUNDS = 3


@pytest.fixture
def stakes(cast):
    """A voucher a round, and who is signed in at its counter. Other processes have the clock on the wall."""
    partner(cast)
    open_for_long = replace(DEVICE, ends_on=max(LAST, clock.today() + timedelta(days=60)))
    chosen = campaign(cast, open_for_long).id
    found = [(handed(cast, chosen).code, open_session_of(cast.partner)) for _round in range(ROUNDS)]
    db.session.rollback()
    return found


def test_one_page_pressed_by_forty_is_taken_once(database, stakes):
    rounds = race(database.url, racers.one_page, stakes)
    for got in rounds:
        assert len(set(got)) == 1, got
        assert got[0].startswith("303 /partenaire/encaissements/")
    assert count(Redemption) == ROUNDS
    sums_hold()


def test_forty_pages_of_one_voucher_take_it_once(database, stakes):
    rounds = race(database.url, racers.own_page, stakes)
    for got in rounds:
        assert Counter(one.partition(" ")[0] for one in got) == {"303": 1, "409": RACERS - 1}, got
    assert count(Redemption) == ROUNDS
    assert {fresh(Voucher, one).left_cents for one in range(1, ROUNDS + 1)} == {0}
    sums_hold()


def test_forty_guesses_at_once_are_counted_one_by_one(database, stakes):
    (got,) = race(database.url, racers.guess, stakes[:1])
    most = LIMITS[0][1]
    assert Counter(one.partition(" ")[0] for one in got) == {"422": most, "429": RACERS - most}, got
    assert count(RefusedTry) == most
