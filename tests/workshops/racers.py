"""What those do who race for seats, each a function that another process can find."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Account, AccountRole
from foundation.db import db, in_transaction, transaction
from foundation.errors import Conflict
from foundation.security import Role
from people.service import Details
from tests.cast import NOW
from tests.racing import RACERS
from workshops.models import Origin, Registration, RegistrationKind, RegistrationState, SkillMoment, WorkshopSession
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.service import questions, registering, skills

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


def answer_or_remove(stake: tuple[int, int, int], number: int) -> str:
    """The same answer from forty sides; the last of them takes the question away, knowing of one answer."""
    programme_id, participant_id, question_id = stake
    if number == RACERS - 1:
        manager = select(AccountRole.account_id).where(AccountRole.role == Role.MANAGER)
        in_transaction(
            lambda: questions.remove(
                programme_id, question_id, db.session.get_one(Account, db.session.scalar(manager)), told=1
            )
        )
        return "removed"
    given = {participant_id: {question_id: number % 4 + 1}}
    act = {"now": NOW, "actor_id": None}
    in_transaction(lambda: skills.answer(programme_id, SkillMoment.BEFORE, given, **act))
    return "answered"
