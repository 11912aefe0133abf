"""What does not go as planned: vouchers that are cancelled, lost, given more time; and what looks odd at a counter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from demo.vouchers.cards import fresh_number, live
from demo.vouchers.counters import COUNTERS, NIGHT
from demo.vouchers.issuing import Issuing
from demo.vouchers.plans import DEVICE, DONE, TRAINING, Drive
from demo.vouchers.scene import Scene
from demo.vouchers.spending import till_of
from foundation.db import db
from people.models import Person
from vouchers.models import Campaign, Card, CardState, HandedOver, Voucher, VoucherState
from vouchers.rules.codes import VOUCHER_LENGTH
from vouchers.service import ending, tills

CANCELLED = (
    (DONE, 290, "Départ de la commune"), (DONE, 262, "Aide reçue d’un autre organisme"),
    (DEVICE, 71, "À la demande de la personne"), (DEVICE, 33, "Départ de la commune"),
    (TRAINING, 27, "Déjà en formation ailleurs"),
)  # fmt: skip
MISLAID = ((DONE, 275), (DONE, 248), (DEVICE, 60), (DEVICE, 19), (TRAINING, 16))
LONGER = ((DEVICE, 14, "Hospitalisation"), (TRAINING, 8, "Formation reportée par l’organisme"))
"""Which campaign, how many days ago, why."""
MORE_TIME = timedelta(days=45)
TRIES, EVENING, AT_NIGHT = 14, 13, 10
TWICE, SERIAL = (24, 17), "R58N91XKQ2F"
ONE_NAME, AT_ONE_DESK = 5, "bruno"


class Mishaps:
    """All of them, planned."""

    def __init__(self, scene: Scene, issuing: Issuing) -> None:
        self.scene, self.issuing = scene, issuing
        self.odd = next(one for one in COUNTERS if one.key == NIGHT)

    def plan(self) -> None:
        scene, timeline = self.scene, self.scene.timeline
        for drive, days, why in CANCELLED:
            timeline.at(scene.in_hours(scene.ago(days)), partial(self._cancel, drive, why))
        for drive, days in MISLAID:
            timeline.at(scene.in_hours(scene.ago(days)), partial(self._replace, drive))
        for drive, days, why in LONGER:
            timeline.at(scene.in_hours(scene.ago(days)), partial(self._extend, drive, why))
        self._plan_signs()

    def _plan_signs(self) -> None:
        scene, timeline = self.scene, self.scene.timeline
        evening = scene.at(scene.ago(EVENING), 18, 5)
        for number in range(TRIES):
            timeline.at(evening + timedelta(minutes=3 * number), self._guess)
        timeline.at(scene.at(scene.ago(AT_NIGHT), 2, 43), self._sell)
        for days in TWICE:
            timeline.at(scene.in_hours(scene.ago(days), 10, 17), partial(self._sell, serial=SERIAL))
        timeline.at(scene.in_hours(scene.ago(EVENING - 2), 14, 16), self._help_one_name)

    def _unused(self, drive: Drive) -> Sequence[Voucher]:
        """Vouchers of people whose card counts, from which nothing was taken."""
        query = select(Voucher).join(Voucher.card).where(
            Voucher.campaign_id == self.scene.campaigns[drive.key], Voucher.state == VoucherState.HANDED_OVER,
            Card.state == CardState.LIVE,
        )  # fmt: skip
        return db.session.scalars(query.order_by(Voucher.id)).all()

    def _cancel(self, drive: Drive, why: str, now: datetime) -> None:
        ending.cancel(self.scene.chance.choice(self._unused(drive)).id, why, self.scene.manager, now=now)

    def _replace(self, drive: Drive, now: datetime) -> None:
        """A paper that was lost; the new one is given at the same desk."""
        lost = self.scene.chance.choice(self._unused(drive))
        made = ending.replace(lost.id, "Chèque perdu", self.scene.desk, now=now)
        self.issuing.hand_over(drive, made.id, HandedOver.IN_PERSON, self.scene.desk, now)

    def _extend(self, drive: Drive, why: str, now: datetime) -> None:
        voucher = self.scene.chance.choice(self._unused(drive))
        ends_on = db.session.get_one(Campaign, voucher.campaign_id).ends_on
        ending.extend(voucher.id, ends_on + MORE_TIME, why, self.scene.manager, now=now)

    def _guess(self, now: datetime) -> None:
        """A code that no voucher has."""
        code = fresh_number(self.scene, set(), VOUCHER_LENGTH)
        tills.look(code, till_of(self.scene, self.odd), now=now)

    def _sell(self, now: datetime, serial: str = "") -> None:
        spending = self.issuing.spending
        bought = spending.device(self.odd.goods[0], serial)
        spending.pay(self.scene.chance.choice(self._unused(DEVICE)).id, self.odd, bought, now)

    def _help_one_name(self, now: datetime) -> None:
        """One mediator issues to several people of one name in an afternoon."""
        desk, given = self.scene.account(AT_ONE_DESK), 0
        for card_id in self._of_one_name(now):
            given += self.issuing.issue_to(TRAINING, card_id, desk, now + timedelta(minutes=6 * given))
            if given == ONE_NAME:
                return

    def _of_one_name(self, now: datetime) -> list[int]:
        """The cards of the name that most people have who had no such voucher."""
        had = set(
            db.session.scalars(
                select(Voucher.person_id).where(Voucher.campaign_id == self.scene.campaigns[TRAINING.key])
            )
        )
        families = defaultdict(list)
        query = select(Card.id, Card.person_id, Person.family_name).join(Person, Person.id == Card.person_id)
        for card_id, person_id, name in db.session.execute(query.where(Card.id.in_(live(now))).order_by(Card.id)):
            if person_id not in had:
                families[name].append(card_id)
        return max(families.values(), key=len)
