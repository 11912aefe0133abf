"""Vouchers are issued in series and one by one, and handed over: at an appointment, at a desk, by post, or never."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from accounts.models import Account
from demo.vouchers.cards import live
from demo.vouchers.plans import DRIVES, Drive
from demo.vouchers.scene import Scene
from demo.vouchers.spending import Spending
from foundation.db import db
from foundation.errors import Refused
from mediation.models import Appointment, Attendance
from vouchers.models import BatchState, CardState, HandedOver, Voucher
from vouchers.rules.eligibility import Claim
from vouchers.service import batches, campaigns, ending, issuing

POSTED, COMES = 0.25, 0.82
AT_DESKS = ("nadia", "julien", "camille", "yanis", "awa", "leila", "marianne", "karim", "thomas")
SOON, LATEST = timedelta(days=2), timedelta(days=45)
NIGHTLY = 3
Meeting = tuple[datetime, int]


class Issuing:
    """All campaigns, from the plan to the report."""

    def __init__(self, scene: Scene, spending: Spending) -> None:
        self.scene, self.spending = scene, spending
        self.meetings = _meetings()

    def plan(self) -> None:
        for drive in DRIVES:
            self._plan(drive)

    def _plan(self, drive: Drive) -> None:
        scene, timeline = self.scene, self.scene.timeline
        first = scene.open_day(scene.today - timedelta(days=drive.opened))
        timeline.at(scene.at(first - timedelta(days=20), 11), partial(self._create, drive))
        timeline.at(scene.at(first, 9), partial(self._open, drive))
        timeline.at(scene.at(first, 9, 30), partial(self._issue_series, drive))
        for _number in range(drive.singly):
            day = scene.ago(drive.opened - scene.chance.randint(3, min(drive.days - 25, drive.opened - 1)))
            timeline.at(scene.in_hours(day), partial(self._issue_one, drive))
        over = scene.today - timedelta(days=drive.closed)
        timeline.at(scene.at(over - timedelta(days=4), NIGHTLY), self._expire)
        timeline.at(scene.at(scene.open_day(over), 16), partial(self._close, drive))

    def _create(self, drive: Drive, now: datetime) -> None:
        made = campaigns.create(drive.plan(self.scene), self.scene.manager, now=now)
        self.scene.campaigns[drive.key] = made.id

    def _open(self, drive: Drive, now: datetime) -> None:
        campaigns.open_(self.scene.campaigns[drive.key], self.scene.manager, now=now)

    def _close(self, drive: Drive, now: datetime) -> None:
        campaigns.close(self.scene.campaigns[drive.key], self.scene.manager, now=now)

    def _expire(self, now: datetime) -> None:
        while ending.expire(now=now):
            continue

    def _issue_series(self, drive: Drive, now: datetime) -> None:
        """A manager asks, the jobs make them within the minute; a part is posted two days later."""
        scene = self.scene
        card_ids = None if drive.in_batch is None else scene.some(live(now), drive.in_batch)
        batch = batches.ask(scene.campaigns[drive.key], Claim(), scene.manager, now=now, card_ids=card_ids)
        while batch.state is BatchState.WAITING:
            batch = batches.make_some(batch.id, now=now + timedelta(minutes=1))
        query = select(Voucher).where(Voucher.batch_id == batch.id).order_by(Voucher.id)
        for voucher in db.session.scalars(query):
            self._bring(drive, voucher, now)

    def _bring(self, drive: Drive, voucher: Voucher, now: datetime) -> None:
        """How a voucher of a series reaches its person."""
        scene, id_ = self.scene, voucher.id
        meeting = self._meeting(voucher.person_id, now)
        if scene.chance.random() < POSTED:
            when, by, how = scene.at(scene.day_after(now, 2), 15), scene.manager, HandedOver.POSTED
        elif meeting is not None:
            when, by, how = meeting[0], scene.people[meeting[1]], HandedOver.IN_PERSON
        elif scene.chance.random() < COMES:
            when, how = scene.in_hours(scene.day_after(now, scene.chance.randint(2, 40))), HandedOver.IN_PERSON
            by = scene.account(scene.chance.choice(AT_DESKS))
        else:
            return
        scene.timeline.at(when, partial(self.hand_over, drive, id_, how, by))

    def _meeting(self, person_id: int, now: datetime) -> Meeting | None:
        """The first appointment that they came to, soon after the voucher was made."""
        mine = self.meetings.get(person_id, [])
        place = bisect_right(mine, (now + SOON, 0))
        return mine[place] if place < len(mine) and mine[place][0] < now + LATEST else None

    def hand_over(self, drive: Drive, voucher_id: int, how: HandedOver, by: Account, now: datetime) -> None:
        """Unless it is over already, or its card is stopped; then it is spent, or not."""
        voucher = db.session.get_one(Voucher, voucher_id)
        if voucher.state.live and voucher.card.state is CardState.LIVE and voucher.handed_over_at is None:
            issuing.hand_over(voucher_id, how, by, now=now)
            self.spending.begin(drive, voucher, now)

    def _issue_one(self, drive: Drive, now: datetime) -> None:
        """At a desk, to somebody whose card came after the series, or who had none of it."""
        scene = self.scene
        by = scene.account(scene.chance.choice(AT_DESKS))
        self.issue_to(drive, scene.chance.choice(live(now)[-90:]), by, now)

    def issue_to(self, drive: Drive, card_id: int, by: Account, now: datetime) -> bool:
        """Whether they may have one; it is handed over at once."""
        try:
            made = issuing.issue(self.scene.campaigns[drive.key], card_id, Claim(by.id), by, now=now)
        except Refused:
            return False
        self.hand_over(drive, made.id, HandedOver.IN_PERSON, by, now)
        return True


def _meetings() -> dict[int, list[Meeting]]:
    """When everybody was seen, and by whom, in the order of time."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    query = select(Appointment.person_id, Appointment.starts_at, Appointment.mediator_id).where(
        Appointment.attendance == Attendance.SEEN, Appointment.person_id.is_not(None)
    )
    for person_id, starts_at, mediator_id in db.session.execute(query.order_by(Appointment.starts_at, Appointment.id)):
        found[person_id].append((starts_at, mediator_id))
    return found
