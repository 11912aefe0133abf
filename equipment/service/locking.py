"""Kits and devices taken in hand: their rows locked, and whether somebody may write about them."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Item, Kit
from equipment.rules.keeping import NoSuchItem, check_keeps, check_sees_item, check_sees_kit
from equipment.rules.refusals import NoSuchKit
from foundation.db import db


def locked_item(item_id: int) -> Item:
    """Raises: NoSuchItem"""
    item = db.session.get(Item, item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise NoSuchItem
    return item


def kept_item(item_id: int, actor: Account) -> Item:
    """A device of which `actor` writes the register.

    Raises:
        NoSuchItem, ForKeepers, NotInYourStructure, OfTheTerritory
    """
    item = locked_item(item_id)
    check_sees_item(actor, item.structure_id)
    check_keeps(actor, item.structure_id)
    return item


def locked_kit(kit_id: int) -> Kit:
    """Raises: NoSuchKit"""
    kit = db.session.get(Kit, kit_id, with_for_update={"key_share": True}, populate_existing=True)
    if kit is None:
        raise NoSuchKit
    return kit


def kit_in_use(kit_id: int) -> Kit:
    """Raises: NoSuchKit: none, or it has left for good."""
    kit = locked_kit(kit_id)
    if kit.retired_at is not None:
        raise NoSuchKit
    return kit


def kept_kit(kit_id: int, actor: Account) -> Kit:
    """A kit in use of which `actor` writes the register.

    Raises:
        NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory
    """
    kit = kit_in_use(kit_id)
    check_sees_kit(actor, kit.structure_id)
    check_keeps(actor, kit.structure_id)
    return kit
