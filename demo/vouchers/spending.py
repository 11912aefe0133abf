"""What is paid with vouchers, at which counter, what is undone again, and what a counter refuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import count

from demo.vouchers.counters import COUNTERS, SCHOOL, SHOP, Counter, Good
from demo.vouchers.plans import Drive
from demo.vouchers.scene import Scene
from foundation.codes import ALPHABET
from foundation.db import db
from foundation.errors import Refused
from places.hours.week import WeeklyOpening
from vouchers.models import CampaignKind, PartnerKind, Redemption, Voucher
from vouchers.queries.signs import hours_of_partners
from vouchers.rules.signs import far_from_hours
from vouchers.rules.states import Bought, Device, Training
from vouchers.service import redeeming, tills, undoing
from vouchers.service.redeeming import Payment
from vouchers.service.tills import Till

UNDONE_AT_ONCE, UNDONE_LATER = 19, 43
"""Each so many payments one is undone by the partner the same day, or by a manager after the month is over."""
WEEK, LESSONS = timedelta(days=7), (2, 7)
SLIPS = ("Erreur de prix saisi", "La personne a changé d’avis", "Mauvais numéro de série")
RETURNS = ("Appareil en panne, rendu à l’atelier", "Séance annulée par l’organisme")


class Spending:
    """The counters, over all the months."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.keys = count(1)
        self.paid = 0

    def begin(self, drive: Drive, voucher: Voucher, now: datetime) -> None:
        """Somebody has a voucher now: most go and use it, some sooner than others."""
        scene, id_ = self.scene, voucher.id
        if scene.chance.random() > drive.use:
            return
        day = scene.day_after(now, 1 + scene.chance.expovariate(1 / 18))
        if drive.kind is CampaignKind.DEVICE:
            scene.timeline.at(scene.in_hours(day, 10, 17), partial(self._buy, drive, id_))
            return
        counter = self._choose(SCHOOL)
        lessons = scene.chance.randint(*LESSONS)
        scene.timeline.at(self._when_open(counter, day), partial(self._learn, id_, counter, lessons))

    def _choose(self, kind: PartnerKind) -> Counter:
        return self._one_of([one for one in COUNTERS if one.kind is kind])

    def _one_of(self, counters: Sequence[Counter]) -> Counter:
        return self.scene.chance.choices(counters, [one.weight for one in counters])[0]

    @cached_property
    def hours(self) -> dict[int, list[WeeklyOpening]]:
        """When partners are open, by id."""
        return hours_of_partners()

    def _is_open(self, counter: Counter, now: datetime) -> bool:
        hours = self.hours.get(self.scene.partners[counter.key], ())
        return not far_from_hours(now, self.scene.stage.almanac.zone, hours)

    def _when_open(self, counter: Counter, day: date) -> datetime:
        """Some time of the first day from `day` on on which this counter is open."""
        scene, hours = self.scene, self.hours.get(self.scene.partners[counter.key], ())
        while hours:
            if today := [one for one in hours if one.weekday == day.weekday()]:
                span = scene.chance.choice(today)
                return scene.at(day, *divmod(scene.chance.randrange(span.start, span.end), 60))
            day = scene.open_day(day + timedelta(days=1))
        return scene.in_hours(day)

    def _buy(self, drive: Drive, voucher_id: int, now: datetime) -> None:
        """A device of the catalogue, of the kinds and at the price that the campaign helps with."""
        fitting = {
            one: [good for good in one.goods if not drive.device_kinds or good.kind in drive.device_kinds]
            for one in COUNTERS
            if one.kind is SHOP
        }
        selling = [one for one, goods in fitting.items() if goods]
        counter = self._one_of([one for one in selling if self._is_open(one, now)] or selling)
        self._take(voucher_id, counter, self.device(self.scene.chance.choice(fitting[counter])), now)

    def device(self, good: Good, serial: str = "") -> Device:
        """One of these, with a serial number of its own unless it is told."""
        letters = "".join(self.scene.chance.choice(ALPHABET) for _ in range(8))
        return Device(good.price_cents, good.kind, serial or f"{good.title[:2].upper().strip()}{letters}")

    def _learn(self, voucher_id: int, counter: Counter, left: int, now: datetime) -> None:
        """One or two hours, and the next lesson a week later."""
        scene = self.scene
        day = now.astimezone(scene.stage.almanac.zone).date()
        if self._take(voucher_id, counter, Training(scene.chance.choice((1, 1, 2)), day), now) and left > 1:
            then = self._when_open(counter, scene.day_after(now, WEEK.days))
            scene.timeline.at(then, partial(self._learn, voucher_id, counter, left - 1))

    def _take(self, voucher_id: int, counter: Counter, bought: Bought, now: datetime) -> bool:
        """Whether it was taken; now and then it is given back later."""
        made = self.pay(voucher_id, counter, bought, now)
        if made is not None:
            self.paid += 1
            self._undo(made, counter)
        return made is not None

    def pay(self, voucher_id: int, counter: Counter, bought: Bought, now: datetime) -> Redemption | None:
        """Take a voucher at a counter; what it refuses is written down there."""
        scene, by = self.scene, self.scene.account(counter.till)
        partner_id = scene.partners[counter.key]
        code = db.session.get_one(Voucher, voucher_id).code
        payment = Payment(code, bought, f"demo-{next(self.keys)}", partner_id)
        try:
            return redeeming.redeem(payment, now=now, actor_id=by.id)
        except Refused as refused:
            tills.note(refused, till_of(scene, counter), now=now)
            return None

    def _undo(self, made: Redemption, counter: Counter) -> None:
        """One of so many payments: what was taken is on the voucher again."""
        scene, id_, at = self.scene, made.id, made.at
        if self.paid % UNDONE_AT_ONCE == 0:
            partner_id, by = scene.partners[counter.key], scene.account(counter.till)
            scene.timeline.at(
                at + timedelta(minutes=scene.chance.randint(4, 50)),
                lambda now: undoing.undo(id_, scene.chance.choice(SLIPS), by, now=now, partner_id=partner_id),
            )
        elif self.paid % UNDONE_LATER == 0:
            why = RETURNS[counter.kind is SCHOOL]
            scene.timeline.at(
                scene.in_hours(scene.day_after(at, 32)), lambda now: undoing.undo(id_, why, scene.manager, now=now)
            )


def till_of(scene: Scene, counter: Counter) -> Till:
    """Each counter asks from one address, of those kept for examples."""
    return Till(scene.partners[counter.key], f"192.0.2.{scene.partners[counter.key]}")
