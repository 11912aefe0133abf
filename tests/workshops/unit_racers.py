"""What those do who race for the units of one voucher, each a function that another process can find."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db, in_transaction
from people.service import Details
from tests.cast import NOW
from workshops.models import Origin, Registration
from workshops.rules.enrolling import Enrolling
from workshops.service import changing, registering

Stake = tuple[int, int, str]
"""A programme, its session, and the code of the voucher."""


def paid_seat(stake: Stake, number: int) -> str:
    """An adult whom nobody knows yet, with the same voucher as all others."""
    wish = Enrolling(
        programme_id=stake[0],
        session_id=stake[1],
        origin=Origin.RESIDENT,
        newcomer=Details(family_name=f"Seul {number}", phone=f"+3363997{stake[1]:02}{number:02}"),
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
