"""What those do who race for the units of one voucher, each a function that another process can find."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from foundation.db import db, in_transaction
from people.service import Details
from tests.cast import NOW
from workshops.models import Origin, Registration
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.service import changing, registering, waiting

SOON = NOW + timedelta(hours=1)
Stake = tuple[int, int, str]
"""A programme, its session, and the code of the voucher."""


def paid_seat(stake: Stake, number: int) -> str:
    """One of many children of a household, with its voucher."""
    wish = Enrolling(
        programme_id=stake[0],
        session_id=stake[1],
        origin=Origin.RESIDENT,
        newcomer=Details(given_name="Alix", family_name="Seul"),
        children=(Child(f"Enfant {number}", "Seul", 2016),),
        emergency=Emergency("Mamie Jo", "+33639988002"),
        voucher_code=stake[2],
    )
    return str(in_transaction(lambda: registering.register(wish, now=NOW)).state)


def all_at_once(stake: tuple[int, int, str, int], number: int) -> str:
    """Most register, some cancel, the last calls the session off."""
    if number == 0:
        in_transaction(lambda: changing.cancel(stake[1], reason="Panne", now=NOW, actor_id=stake[3]))
        return "called off"
    if number % 3:
        return paid_seat(stake[:3], number)
    some = select(Registration.id).where(Registration.session_id == stake[1]).order_by(Registration.id)
    found = db.session.scalars(some).first()
    db.session.rollback()
    if found is not None:
        in_transaction(lambda: registering.cancel(found, now=NOW, by_resident=True))
    return "cancelled"


def accepted(waiting_ids: tuple[int, ...], number: int) -> str:
    """One says yes to the seat that is kept: every other racer for one registration, the others for the other."""
    chosen = waiting_ids[number % len(waiting_ids)]
    return str(in_transaction(lambda: waiting.accept(chosen, now=SOON)).state)
