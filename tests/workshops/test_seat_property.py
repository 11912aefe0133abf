"""Whatever happens in whatever order, taken seats are those of whoever has some, and nobody passes before who fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.workshops.enrolments import adult, family, opened, registered, seats_by_rights, sessions_of
from workshops.models import (
    Enrolment,
    OfferState,
    Origin,
    Programme,
    Registration,
    RegistrationState,
    SeatOffer,
    WorkshopSession,
)
from workshops.queries import waiting as queue
from workshops.service import registering, waiting

STEPS = 60
NAMES = ("Lina", "Noé", "Sami")


class Life:
    """A programme to which things happen at random, an hour or a day apart."""

    def __init__(self, cast: Any, seed: int) -> None:
        self.chance, self.now, self.next = Random(seed), NOW, 0
        self.whole = bool(seed % 2)
        self.programme = opened(
            cast, sessions=2, capacity=3, enrolment=Enrolment.CYCLE if self.whole else Enrolment.SESSION,
            answer_hours=6, first=NOW + timedelta(days=30),
        )  # fmt: skip
        self.acts: list[Callable[[], Any]] = [
            self.register, self.register, self.bring_family, self.cancel, self.accept, self.decline, self.rejoin,
            self.expire, self.change_capacity, self.go_beyond,
        ]  # fmt: skip

    def step(self) -> None:
        self.now += timedelta(hours=self.chance.choice([0, 1, 5]))
        with time_machine.travel(self.now, tick=False):
            try:
                self.chance.choice(self.acts)()
            except Refused:
                db.session.rollback()

    def any_of(self, *states: RegistrationState) -> int:
        query = select(Registration.id).where(Registration.state.in_(states or tuple(RegistrationState)))
        ids = list(db.session.scalars(query.order_by(Registration.id)))
        if not ids:
            raise Refused("nobody")
        return self.chance.choice(ids)

    def somewhere(self) -> dict[str, Any]:
        self.next += 1
        if self.whole and self.chance.random() < 0.8:
            return {"session_id": None}
        origin = Origin.DESK if self.whole else Origin.RESIDENT
        return {"session_id": self.chance.choice(sessions_of(self.programme)).id, "origin": origin}

    def register(self) -> None:
        registered(adult(self.programme, self.next + 1, **self.somewhere()), self.now)

    def bring_family(self) -> None:
        where = self.somewhere()
        who = adult(self.programme, self.next).newcomer
        names = NAMES[: self.chance.randint(1, 3)]
        registered(family(self.programme, *names, newcomer=who, **where), self.now)

    def go_beyond(self) -> None:
        where = {**self.somewhere(), "origin": Origin.DESK}
        registered(adult(self.programme, self.next, beyond=True, **where), self.now)

    def cancel(self) -> None:
        chosen = self.any_of()
        in_transaction(lambda: registering.cancel(chosen, now=self.now, by_resident=True))

    def accept(self) -> None:
        chosen = self.any_of(RegistrationState.OFFERED)
        in_transaction(lambda: waiting.accept(chosen, now=self.now))

    def decline(self) -> None:
        chosen = self.any_of(RegistrationState.OFFERED)
        in_transaction(lambda: waiting.decline(chosen, now=self.now))

    def rejoin(self) -> None:
        chosen = self.any_of(RegistrationState.LAPSED)
        in_transaction(lambda: waiting.rejoin(chosen, now=self.now))

    def expire(self) -> None:
        in_transaction(lambda: waiting.expire(self.now))

    def change_capacity(self) -> None:
        chosen, capacity = self.chance.choice(sessions_of(self.programme)).id, self.chance.randint(1, 6)
        with transaction():
            session = db.session.get_one(WorkshopSession, chosen)
            if capacity < session.taken:
                raise Refused("taken")
            session.capacity, session.extra = capacity, 0
            db.session.flush()
            waiting.offer_freed(self.programme.id, self.now)

    def check(self) -> None:
        found = sessions_of(self.programme)
        for session in found:
            assert session.taken == seats_by_rights(session)
            assert session.extra == max(0, session.taken - session.capacity)
        self.nobody_who_fits_is_forgotten(found)
        self.an_open_offer_is_a_registration_that_is_asked()

    def nobody_who_fits_is_forgotten(self, found: list[WorkshopSession]) -> None:
        """So nobody was asked, or seated, before somebody in front of them who would have fitted."""
        for one in queue.waiting(self.programme.id):
            wanted = [session for session in found if one.session_id in {None, session.id}]
            assert any(session.free < one.seats for session in wanted)

    def an_open_offer_is_a_registration_that_is_asked(self) -> None:
        asked = select(SeatOffer.registration_id).where(SeatOffer.state == OfferState.OPEN)
        offered = select(Registration.id).where(Registration.state == RegistrationState.OFFERED)
        ids = sorted(db.session.scalars(asked))
        assert ids == sorted(db.session.scalars(offered))
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("seed", range(8))
def test_seats_and_order_hold_whatever_happens(cast, seed):
    life = Life(cast, seed)
    for _ in range(STEPS):
        life.step()
        life.check()
    assert db.session.scalar(select(Programme.id)) is not None
    states = set(db.session.scalars(select(Registration.state)))
    assert {RegistrationState.REGISTERED, RegistrationState.CANCELLED} <= states


def test_offers_are_made_in_the_order_of_the_list(cast):
    """Seats come free one by one; whoever is asked is each time the first who waits."""
    programme = opened(cast, capacity=6)
    seated = [registered(adult(programme, number)) for number in range(6)]
    for number in range(10, 16):
        registered(adult(programme, number))
    order = [one.id for one in queue.waiting(programme.id)]
    for one in Random(3).sample(seated, len(seated)):
        in_transaction(lambda one=one: registering.cancel(one.id, now=NOW, by_resident=True))
    assert list(db.session.scalars(select(SeatOffer.registration_id).order_by(SeatOffer.id))) == order
