"""What tests read of the messages about kits, and who else works in the small town."""

from __future__ import annotations

from sqlalchemy import select, update

from accounts.models import Account, AccountRole
from equipment.models import Condition, Item, Reservation
from equipment.service import warnings
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from foundation.outbox.service import is_still_wanted
from foundation.security import Role
from tests.cast import NOW, Cast


def mails(reference: str = "") -> list[Message]:
    """The messages about a record, or all, in order, as the database has them now."""
    db.session.rollback()
    query = select(Message).order_by(Message.id)
    if reference:
        query = query.where(Message.reference == reference)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def told(reservation: Reservation) -> list[tuple[str, str]]:
    """(what, to whom) of each message about a loan, withdrawn ones left out."""
    kept = [one for one in mails(reservation.reference) if one.state is not MessageState.WITHDRAWN]
    return [(one.key.split(":")[2], one.recipient) for one in kept]


def leaving(reservation: Reservation) -> list[str]:
    """What would leave now: messages that wait and are still true."""
    waiting = [one for one in mails(reservation.reference) if one.state is MessageState.QUEUED]
    return [one.key.split(":")[2] for one in waiting if is_still_wanted(one)]


def sent() -> None:
    """All that waited has left."""
    with transaction():
        db.session.execute(update(Message).values(state=MessageState.SENT, sent_at=NOW))


def colleague(role: Role, name: str, email: str, **more: object) -> Account:
    """Another account of the town."""
    with transaction():
        account = Account(name=name, email=email, created_at=NOW, role_rows=[AccountRole(role=role)], **more)
        db.session.add(account)
    return account


def head_teacher(cast: Cast) -> Account:
    """Who says yes for the school of the cast."""
    school_id = cast.ids["school"]
    return colleague(Role.HOST, "Denise Morel", "denise@rives.example", school_id=school_id, approves=True)


def breaks(kit_id: int, how_many: int, condition: Condition = Condition.DAMAGED, **more: object) -> None:
    """So many more units of a kit work no more, or (`WORKING`) all work again; whoever it concerns is told."""

    def change() -> None:
        query = select(Item).where(Item.kit_id == kit_id).order_by(Item.id)
        working = [one for one in db.session.scalars(query) if one.condition.serves]
        every = list(db.session.scalars(query))
        for one in every if condition.serves else working[:how_many]:
            one.condition = condition
        warnings.kit_changed(kit_id, **({"now": NOW} | more))

    in_transaction(change)
