"""The agreements with partners, their accounts at banks, and their catalogues."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from demo.staff import DOMAIN
from demo.vouchers.counters import COUNTERS, TOWN_IBAN, Counter
from demo.vouchers.scene import Scene
from vouchers.rules.banking import BankDetails
from vouchers.rules.offers import OfferDetails
from vouchers.rules.partners import Agreement
from vouchers.service import banking, catalogue, partners

SINCE = 410
OFFERED = 21


def sign(scene: Scene) -> None:
    """The agreements are a little older than the first campaign; the catalogues were looked at three weeks ago."""
    scene.timeline.at(scene.at(scene.ago(SINCE), 9), partial(_town, scene))
    for minute, counter in enumerate(COUNTERS):
        scene.timeline.at(scene.at(scene.ago(SINCE), 10, minute), partial(_sign, scene, counter))
        scene.timeline.at(scene.in_hours(scene.ago(OFFERED - minute)), partial(_offer, scene, counter))


def _town(scene: Scene, now: datetime) -> None:
    banking.set_town_bank(BankDetails(TOWN_IBAN, "", "Ville de Valbriac"), scene.manager, now=now)


def _sign(scene: Scene, counter: Counter, now: datetime) -> None:
    structure_id = scene.stage.ground.houses[counter.key]
    until = None if counter.days_left is None else scene.today + timedelta(days=counter.days_left)
    made = partners.create(
        Agreement(
            structure_id, counter.kind, counter.siret, scene.ago(SINCE), until, counter.contact, counter.phone,
            f"{counter.till}@{DOMAIN}",
        ),
        scene.manager, now=now,
    )  # fmt: skip
    scene.partners[counter.key] = made.id
    banking.set_bank(made.id, BankDetails(counter.iban, "", made.structure.name), scene.manager, now=now)


def _offer(scene: Scene, counter: Counter, now: datetime) -> None:
    for good in counter.goods:
        details = OfferDetails(good.kind, good.title, good.grade, good.price_cents, good.warranty_months, good.stock)
        catalogue.add(
            scene.partners[counter.key], details, now=now, actor_id=scene.account(counter.till).id
        )  # fmt: skip
