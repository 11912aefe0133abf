"""Forty clerks at once: a month is stated once, and what is owed is in one file."""

from __future__ import annotations

from collections import Counter

import pytest

from foundation.db import db, transaction
from places.models import Structure
from tests.racing import RACERS, race
from tests.vouchers import billing
from tests.vouchers.billing import approved, lessons, purse, trainer, with_accounts
from tests.vouchers.given import FIRST, NOW
from tests.workshops.given import count
from vouchers.models import Partner, PartnerKind, Statement, Transfer

pytestmark = pytest.mark.long


def trainers(rounds: int) -> list[int]:
    """A partner a round."""
    with transaction():
        structures = [Structure(name=f"Organisme {number}") for number in range(rounds)]
        db.session.add_all(structures)
        db.session.flush()
        made = [
            Partner(structure_id=one.id, kind=PartnerKind.TRAINING, agreement_from=FIRST, created_at=NOW)
            for one in structures
        ]
        db.session.add_all(made)
        db.session.flush()
    return [one.id for one in made]


@pytest.fixture
def owed(cast):
    """30 € that wait to be paid."""
    school = trainer(cast)
    lessons(purse(cast), school, 3)
    with_accounts(cast, school)
    return approved(cast, school)


def test_a_month_is_stated_once(cast, database):
    stakes = trainers(8)
    voucher = purse(cast)
    for partner_id in stakes:
        lessons(voucher, partner_id, 1)
    rounds = race(database.url, billing.raced_statement, stakes)
    assert all(len(set(got)) == 1 for got in rounds), rounds
    assert count(Statement) == len(stakes)


def test_forty_clerks_make_one_file(cast, database, owed):
    (got,) = race(database.url, billing.raced_file, [(cast.ids["manager"], "clerk")])
    assert Counter(got)["NothingToPay"] == RACERS - 1, got
    assert count(Transfer) == 1


def test_one_page_pressed_forty_times_makes_one_file(cast, database, owed):
    (got,) = race(database.url, billing.raced_page, [(cast.ids["manager"], "one page")])
    assert len(set(got)) == 1, got
    assert count(Transfer) == 1
