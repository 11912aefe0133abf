"""The partners of the demonstration, as they are described."""

from __future__ import annotations

import pytest

from demo.staff import OTHERS
from demo.town import HOUSES
from demo.vouchers.counters import COUNTERS, SHOP, TOWN_IBAN
from demo.vouchers.plans import DRIVES
from foundation.security import Role
from places.clean.codes import clean_siret
from vouchers.rules.banking import read_iban
from vouchers.rules.offers import OfferDetails, check_offer

by_key = pytest.mark.parametrize("counter", COUNTERS, ids=lambda one: one.key)


@by_key
def test_its_numbers_are_well_formed(counter):
    assert clean_siret(counter.siret) == counter.siret
    assert read_iban(counter.iban) == counter.iban


@by_key
def test_it_is_a_structure_with_an_account_of_its_own(counter):
    assert counter.key in {house.key for house in HOUSES}
    (worker,) = (one for one in OTHERS if one.house == counter.key)
    assert worker.roles == (Role.PARTNER,)
    assert worker.email.startswith(f"{counter.till}@")


@by_key
def test_refurbishers_have_devices_and_training_bodies_have_none(counter):
    assert bool(counter.goods) == (counter.kind is SHOP)
    for good in counter.goods:
        check_offer(OfferDetails(good.kind, good.title, good.grade, good.price_cents, good.warranty_months, good.stock))


def test_nobody_shares_an_account_at_a_bank():
    ibans = [one.iban for one in COUNTERS]
    assert len({*ibans, TOWN_IBAN}) == len(ibans) + 1


@pytest.mark.parametrize("drive", DRIVES, ids=lambda one: one.key)
def test_something_on_offer_fits_each_campaign(drive):
    goods = [good for counter in COUNTERS for good in counter.goods]
    fitting = [one for one in goods if not drive.device_kinds or one.kind in drive.device_kinds]
    assert fitting
    assert all(drive.floor_cents < one.price_cents <= (drive.ceiling_cents or 50_000) for one in fitting)
