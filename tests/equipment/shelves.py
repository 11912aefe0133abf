"""What tests of the register begin with: who keeps it, devices in it, and what is said of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Item, ItemEvent, Kit
from equipment.rules.items import NewItem
from equipment.service import items
from foundation import audit
from foundation.db import db, in_transaction
from tests.cast import NOW, Cast


def by(account_id: int) -> Account:
    return db.session.get_one(Account, account_id)


def act(verb: Any, *rest: Any, who: int, **more: Any) -> Any:
    """What a verb of the register makes, done by account `who` at `NOW`."""
    return in_transaction(lambda: verb(*rest, by(who), **({"now": NOW} | more)))


def added(cast: Cast, kit_id: int | None = None, code: str = "TAB-01", **changes: Any) -> Item:
    """A tablet that the manager of the territory put into the register."""
    usual = {"kind": "tablette", "label": "Onde 10", "serial_number": "SN-0042"}
    return act(items.add, kit_id, NewItem(code=code, **(usual | changes)), who=cast.ids["manager"])


def item(code: str) -> Item:
    """As the database holds it."""
    return db.session.scalars(select(Item).where(Item.code == code).execution_options(populate_existing=True)).one()


def events(code: str) -> list[tuple[str, str, str, str]]:
    """(kind, was, became, note) of what happened to a device, in order."""
    query = select(ItemEvent).join(ItemEvent.item).where(Item.code == code).order_by(ItemEvent.id)
    return [(one.kind.value, one.was, one.became, one.note) for one in db.session.scalars(query)]


def acts(subject: str) -> list[str]:
    """What the audit says of it, in order."""
    return [one.action for one in reversed(audit.history(subject))]


def reread(kit_id: int) -> Kit:
    return db.session.get_one(Kit, kit_id, populate_existing=True)
