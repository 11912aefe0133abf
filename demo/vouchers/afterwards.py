"""What comes of vouchers: seats of a workshop paid with units, and devices of which it is asked whether they serve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from random import Random

from sqlalchemy import select

from demo.vouchers.plans import DONE, TRAINING
from demo.vouchers.scene import Scene
from foundation.db import db
from foundation.errors import Refused
from vouchers.models import FollowUp, FollowUpAnswer, Voucher, VoucherState
from vouchers.service import follow_ups
from workshops.models import Enrolment, Origin, Programme, ProgrammeState, WorkshopSession
from workshops.rules.enrolling import Enrolling
from workshops.service import programmes, registering

SEED = 74
"""Of its own: what else happens does not hang on it."""
SEATS, PUBLISHED = 6, 3
"""How many seats are paid with units, and how many days ago they could be taken from nine in the morning on."""
WEEK = 7
ANSWER_THEMSELVES, ANSWER_CALLED, NEVER_CALLED = 0.55, 0.15, 7
"""How likely an answer is; each so many nobody has telephoned yet."""
SAID = {
    FollowUpAnswer.USED: 78,
    FollowUpAnswer.NOT_USED: 8,
    FollowUpAnswer.BROKEN: 9,
    FollowUpAnswer.GONE: 5,
}
"""How often each is said, of a hundred."""


class Afterwards:
    """Both, planned."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.chance = Random(SEED)

    def plan(self) -> None:
        scene, timeline = self.scene, self.scene.timeline
        for days in range(DONE.opened, 0, -WEEK):
            timeline.at(scene.at(scene.ago(days), 8, 30), self._ask)
        timeline.at(scene.at(scene.ago(PUBLISHED), 8, 40), self._publish)
        for number in range(SEATS):
            days = PUBLISHED - number % 2
            timeline.at(self._in_hours(scene.ago(days)), partial(self._seat, number))

    def _ask(self, now: datetime) -> None:
        """The week's question; some answer their message, some are telephoned, some are still to be called."""
        while follow_ups.ask(now):
            pass
        opened = select(FollowUp).where(FollowUp.answer.is_(None), FollowUp.due_on <= now.date())
        for one in db.session.scalars(opened.order_by(FollowUp.id)):
            if one.asked_at == now and self.chance.random() < ANSWER_THEMSELVES:
                self._later(one.id, now, by_themselves=True)
            elif one.asked_at != now and one.id % NEVER_CALLED and self.chance.random() < ANSWER_CALLED:
                self._later(one.id, now, by_themselves=False)

    def _later(self, follow_up_id: int, now: datetime, *, by_themselves: bool) -> None:
        """Said some days from now, unless somebody was faster."""
        scene = self.scene
        said = self.chance.choices(list(SAID), list(SAID.values()))[0]
        actor = None if by_themselves else scene.desk.id
        if not by_themselves and self.chance.random() < 0.1:
            said = FollowUpAnswer.UNKNOWN
        when = self._in_hours(scene.day_after(now, self.chance.uniform(1, 6)))
        scene.timeline.at(when, lambda now: self._answer(follow_up_id, said, actor, now))

    def _answer(self, follow_up_id: int, said: FollowUpAnswer, actor_id: int | None, now: datetime) -> None:
        one = db.session.get_one(FollowUp, follow_up_id)
        if one.answer is None and one.redemption.undone_at is None:
            follow_ups.answer(follow_up_id, said, now=now, actor_id=actor_id)

    def _in_hours(self, day: date) -> datetime:
        return self.scene.at(day, self.chance.randint(9, 16), self.chance.randrange(60))

    def _publish(self, now: datetime) -> None:
        """The training was a draft for as long as there was nothing to pay it with."""
        wanted = select(Programme.id).where(
            Programme.training_units.is_not(None), Programme.state == ProgrammeState.DRAFT
        )
        for id_ in db.session.scalars(wanted).all():
            programmes.publish(id_, self.scene.manager, now=now)

    def _seat(self, number: int, now: datetime) -> None:
        """A holder of training units takes a seat: every other one by themselves, else at the desk."""
        scene = self.scene
        for voucher in self._holders():
            wish = self._wish(voucher, now, Origin.DESK if number % 2 else Origin.RESIDENT)
            try:
                with db.session.begin_nested():
                    registering.register(wish, now=now, actor_id=scene.desk.id if number % 2 else None)
                return
            except Refused:
                continue

    def _holders(self) -> Sequence[Voucher]:
        """Vouchers of training with units left, in an order that chance chose."""
        query = select(Voucher).where(
            Voucher.campaign_id == self.scene.campaigns[TRAINING.key],
            Voucher.state.in_((VoucherState.HANDED_OVER, VoucherState.PARTLY_USED)),
        )
        found = list(db.session.scalars(query.order_by(Voucher.id)))
        return self.chance.sample(found, min(len(found), 20))

    def _wish(self, voucher: Voucher, now: datetime, origin: Origin) -> Enrolling:
        session = db.session.scalars(_PAID_IN_UNITS.where(WorkshopSession.starts_at > now)).first()
        if session is None:
            raise LookupError("The demonstration has no workshop to come that is paid in units.")
        whole = session.programme.enrolment is Enrolment.CYCLE
        return Enrolling(
            session.programme_id, origin, None if whole else session.id, voucher.person_id, voucher_code=voucher.code
        )


_PAID_IN_UNITS = (
    select(WorkshopSession)
    .join(WorkshopSession.programme)
    .where(Programme.training_units.is_not(None), Programme.state == ProgrammeState.PUBLISHED)
    .order_by(WorkshopSession.starts_at)
)
