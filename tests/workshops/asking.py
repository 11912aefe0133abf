"""What tests of hosts begin with: who asks, for what, and what was written to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import Account, AccountRole
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message
from foundation.security import Role
from places.models import School
from tests.cast import NOW, Cast
from workshops.models import Programme, ProgrammeKind, WorkshopRequest
from workshops.rules.requests import Asked
from workshops.service import requests as verbs


def host_of(name: str, *, roles: tuple[Role, ...] = (Role.HOST,), **place: int | None) -> Account:
    """One more host, of a school or a care home, or of nowhere."""
    with transaction():
        account = Account(
            email=f"{name.split(maxsplit=1)[0].lower()}@hosts.example", name=name, created_at=NOW,
            role_rows=[AccountRole(role=role) for role in roles], **place,
        )  # fmt: skip
        db.session.add(account)
    return account


def coordinator(cast: Cast) -> Account:
    """Mireille, of the care home of the cast."""
    return host_of("Mireille Astier", care_home_id=cast.ids["care_home"])


def stranger() -> Account:
    """A teacher of another school."""
    with transaction():
        school = School(external_id="other-school", name="École du Bac")
        db.session.add(school)
        db.session.flush()
        school_id = school.id
    return host_of("Agathe Morin", school_id=school_id)


def asked(**changes: Any) -> Asked:
    """A class of 24 that would like to program robots, on three Thursday mornings."""
    usual: dict[str, Any] = {
        "kind": ProgrammeKind.CODING_CLUB, "wish": "Programmer des robots.", "head_count": 24, "session_count": 3,
        "when_possible": "Le jeudi matin.", "group_label": "CM1", "contact_phone": "+33639980055",
    }  # fmt: skip
    return Asked(**usual | changes)


def request_of(cast: Cast, asker: Account | None = None, **changes: Any) -> WorkshopRequest:
    """Asked by the teacher of the cast, unless said otherwise."""
    who = (asker or cast.host).id
    wish = asked(**changes)
    return in_transaction(lambda: verbs.ask(wish, account(who), now=NOW))


def accepted(cast: Cast, request: WorkshopRequest, title: str = "Robots", structure: str | None = "town") -> Programme:
    """Taken by the manager of the territory for the town."""
    request_id, structure_id = request.id, cast.ids[structure] if structure else None
    manager_id = cast.ids["manager"]
    return in_transaction(lambda: verbs.accept(request_id, title, structure_id, account(manager_id), now=NOW))


def account(account_id: int) -> Account:
    return db.session.get_one(Account, account_id)


def mails_about(request: WorkshopRequest, to: Account | None = None) -> list[Message]:
    """What was written about it to whoever asked, unless another is said."""
    db.session.rollback()
    reader = (to or db.session.get_one(Account, request.asked_by_id)).email
    query = select(Message).where(Message.reference == request.reference, Message.recipient == reader)
    return list(db.session.scalars(query.order_by(Message.id)))
