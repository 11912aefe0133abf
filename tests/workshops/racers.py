"""What those do who race for seats, each a function that another process can find."""

from __future__ import annotations

from foundation.db import db, in_transaction, transaction
from foundation.errors import Conflict
from people.service import Details
from tests.cast import NOW
from workshops.models import Origin, Registration, RegistrationKind, RegistrationState, WorkshopSession
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.service import registering

Stake = tuple[int, int]
"""A programme and its session."""


def one(stake: Stake, number: int, name: str = "Seul", children: tuple[Child, ...] = ()) -> str:
    """An adult alone, or a family, whom nobody knows yet."""
    wish = Enrolling(
        programme_id=stake[0],
        session_id=stake[1],
        origin=Origin.RESIDENT,
        newcomer=Details(family_name=f"{name} {number}", phone=f"+3363998{stake[1]:02}{number:02}"),
        children=children,
        emergency=Emergency("Voisine", "+33639980099"),
    )
    return str(in_transaction(lambda: registering.register(wish, now=NOW)).state)


def one_or_three(stake: Stake, number: int) -> str:
    """Every second is a family of three."""
    if number % 2:
        return f"one {one(stake, number)}"
    children = tuple(Child(given, "Moreau", 2016) for given in ("Lina", "Noé", "Sami"))
    return f"three {one(stake, number, 'Moreau', children)}"


def the_same(stake: Stake, _number: int) -> str:
    """Forty times the same person."""
    return one(stake, 0)


def without_guard(stake: Stake, number: int) -> str:
    """What a program does that looks first and writes after, without a lock or a condition."""
    seen = db.session.get_one(WorkshopSession, stake[1])
    if seen.taken >= seen.capacity:
        raise Conflict("full")
    with transaction():
        db.session.add(
            Registration(
                code=f"{stake[1]}-{number}", programme_id=stake[0], session_id=stake[1], kind=RegistrationKind.GROUP,
                group_label="?", state=RegistrationState.REGISTERED, seats=1, origin=Origin.DESK, created_at=NOW,
            )
        )  # fmt: skip
        db.session.get_one(WorkshopSession, stake[1]).taken = 1
    return "registered"
