"""Whatever happens in whatever order, whoever has a seat has paid it once, and the vouchers add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.vouchers.given import TRAINING, campaign, sums_hold
from tests.workshops.enrolments import adult, opened, registered, sessions_of
from tests.workshops.paying import voucher_of
from vouchers.models import Redemption
from workshops.models import Registration, RegistrationState, UnitsPromised
from workshops.service import changing, giving, instead, paying, registering, waiting

STEPS = 30
ACTS = (
    "register",
    "register",
    "register",
    "cancel",
    "call_off",
    "accept",
    "accept",
    "decline",
    "rejoin",
    "give",
    "move",
    "change",
)


class Life:
    """Two sessions of two seats, paid by three vouchers with too few units for all."""

    def __init__(self, cast: Any, seed: int) -> None:
        self.chance, self.next, self.by = Random(seed), 0, cast.ids["manager"]
        found = campaign(cast, TRAINING).id
        self.codes = [voucher_of(cast, "Porte", campaign_id=found).code for _one in range(3)]
        self.programme = opened(cast, sessions=4, training_units=3, first=NOW + timedelta(days=30))

    def step(self) -> None:
        try:
            getattr(self, self.chance.choice(ACTS))()
        except Refused:
            db.session.rollback()

    def any_of(self, *states: RegistrationState) -> int:
        ids = list(db.session.scalars(select(Registration.id).where(Registration.state.in_(states))))
        db.session.rollback()
        if not ids:
            raise Refused("nobody")
        return self.chance.choice(ids)

    def register(self) -> None:
        self.next += 1
        session_id = self.chance.choice(sessions_of(self.programme)[:2]).id
        code = self.chance.choice(self.codes)
        wish = adult(self.programme, self.next, session_id=session_id, voucher_code=code)
        registered(replace(wish, newcomer=replace(wish.newcomer, family_name="Porte")))

    def change(self) -> None:
        chosen, code = self.any_of(*paying.MAY_CHANGE), self.chance.choice([*self.codes, ""])
        in_transaction(lambda: paying.change(chosen, code, now=NOW))

    def cancel(self) -> None:
        chosen, by_resident = self.any_of(*RegistrationState), self.chance.random() < 0.5
        in_transaction(lambda: registering.cancel(chosen, now=NOW, actor_id=self.by, by_resident=by_resident))

    def call_off(self) -> None:
        if self.chance.random() < 0.2:
            chosen = self.chance.choice(sessions_of(self.programme)[:2]).id
            in_transaction(lambda: changing.cancel(chosen, reason="Panne", now=NOW, actor_id=self.by))

    def accept(self) -> None:
        chosen = self.any_of(RegistrationState.OFFERED)
        in_transaction(lambda: waiting.accept(chosen, now=NOW))

    def decline(self) -> None:
        chosen = self.any_of(RegistrationState.OFFERED)
        in_transaction(lambda: waiting.decline(chosen, now=NOW))

    def rejoin(self) -> None:
        chosen = self.any_of(RegistrationState.LAPSED)
        in_transaction(lambda: waiting.rejoin(chosen, now=NOW))

    def give(self) -> None:
        chosen = self.any_of(RegistrationState.WAITING, RegistrationState.LAPSED)
        in_transaction(lambda: giving.give_seat(chosen, now=NOW, actor_id=self.by, beyond=True))

    def move(self) -> None:
        chosen, other = self.any_of(RegistrationState.CANCELLED), self.chance.choice(sessions_of(self.programme)[2:]).id
        in_transaction(lambda: instead.take(chosen, other, now=NOW))


def check_agreement() -> None:
    """The ledger and the registrations say the same."""
    db.session.rollback()
    seated = select(Registration.id, UnitsPromised.units).join(UnitsPromised)
    wanted = db.session.execute(seated.where(Registration.state == RegistrationState.REGISTERED))
    paid = db.session.execute(select(Redemption.act, Redemption.units).where(Redemption.undone_at.is_(None)))
    assert sorted(tuple(one) for one in paid) == sorted((f"registration:{id_}", units) for id_, units in wanted)
    sums_hold()


@pytest.mark.parametrize("seed", range(4))
def test_ledger_and_registrations_agree_whatever_happens(cast, seed):
    life = Life(cast, seed)
    for _ in range(STEPS):
        life.step()
        check_agreement()
    assert db.session.scalar(select(Redemption.id).limit(1)) is not None
