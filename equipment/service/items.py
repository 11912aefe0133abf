"""Devices: put into the register, looked at, moved between kits and the reserve, out of use for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import Account
from equipment.models import Condition, Destination, Item, ItemEventKind, Kit
from equipment.queries import items as queries
from equipment.queries.handing import out_among
from equipment.rules.codes import CodeTaken, check_free
from equipment.rules.items import (
    ItemDetails,
    NewItem,
    StillOut,
    check_battery,
    check_details,
    check_found,
    check_here,
    check_leaving,
    check_new,
    check_note,
    rewritten,
)
from equipment.rules.keeping import check_keeps, check_sees_item
from equipment.service.locking import kept_item, kit_in_use, locked_item
from equipment.service.noting import note_item
from foundation import audit, clock
from foundation.db import db, explain_constraint

explain_constraint("uq_item_code", CodeTaken)
DETAILS = ("code", "kind", "label", "serial_number", "purchase", "bought_on", "price_cents", "funder")


def add(kit_id: int | None, new: NewItem, actor: Account, *, now: datetime) -> Item:
    """Put a device into a kit, or without one into the reserve. Raises: as `add_several`"""
    return add_several(kit_id, [new], actor, now=now)[0]


def add_several(kit_id: int | None, news: Sequence[NewItem], actor: Account, *, now: datetime) -> list[Item]:
    """Put devices into a kit or into the reserve: all, or none.

    Raises:
        ForKeepers, NotInYourStructure, OfTheTerritory, NoSuchKit
        CodeTaken: with the first label at fault; and the refusals of `check_new`
    """
    kit = kit_in_use(kit_id) if kit_id is not None else None
    for structure_id in {kit.structure_id if kit else new.structure_id for new in news}:
        check_keeps(actor, structure_id)
    check_new(news, _day(now))
    check_free([new.code for new in news], queries.codes_taken([new.code for new in news]))
    items = [_item(kit, new) for new in news]
    db.session.add_all(items)
    db.session.flush()
    for item in items:
        note_item(item, ItemEventKind.ADDED, now, actor.id, became=kit.code if kit else "")
        audit.record("item.added", f"item:{item.id}", actor_id=actor.id, kit_id=kit_id)
    db.session.flush()
    return items


def change(item_id: int, details: ItemDetails, actor: Account, *, now: datetime) -> Item:
    """Write anew what its label, its maker and its bill say.

    Raises:
        NoSuchItem, ForKeepers, NotInYourStructure, OfTheTerritory, CodeTaken, and the refusals of `check_details`
    """
    item = kept_item(item_id, actor)
    check_details(details, _day(now))
    if details.code != item.code:
        check_free([details.code], queries.codes_taken([details.code]))
    values = {name: getattr(details, name) for name in DETAILS}
    values |= {name: values[name].strip() for name in ("kind", "label", "serial_number", "funder")}
    for name, was, became in rewritten(item, values):
        note_item(item, ItemEventKind.CHANGED, now, actor.id, was=was, became=became, note=name)
    for name, value in values.items():
        setattr(item, name, value)
    db.session.flush()
    audit.record("item.changed", f"item:{item.id}", actor_id=actor.id)
    return item


def set_condition(
    item_id: int, condition: Condition, actor: Account | None, *, now: datetime, note: str = ""
) -> Item:  # fmt: skip
    """How it is, as somebody found it. Nothing is written when it is as before and there is nothing to say.

    The caller has checked that `actor` may speak of this device: a borrower speaks of what they have.

    Raises:
        NoSuchItem, ItemGone, NotFound, and the refusals of `check_note`
    """
    check_found(condition)
    check_note(note)
    item = locked_item(item_id)
    check_here(item)
    actor_id = actor.id if actor else None
    if condition is not item.condition or note.strip():
        note_item(item, ItemEventKind.CONDITION, now, actor_id, was=item.condition, became=condition, note=note)
        item.condition = condition
        audit.record("item.looked_at", f"item:{item.id}", actor_id=actor_id, condition=condition.value)
        db.session.flush()
    return item


def measure_battery(item_id: int, percent: int, actor: Account, *, now: datetime) -> Item:
    """What is left of its battery, in percent of a new one.

    Raises:
        NoSuchItem, ItemGone, BadCount
    """
    check_battery(percent)
    item = locked_item(item_id)
    check_sees_item(actor, item.structure_id)
    check_here(item)
    was = "" if item.battery_percent is None else str(item.battery_percent)
    note_item(item, ItemEventKind.BATTERY, now, actor.id, was=was, became=str(percent))
    item.battery_percent = percent
    audit.record("item.battery_measured", f"item:{item.id}", actor_id=actor.id)
    db.session.flush()
    return item


def move(item_id: int, kit_id: int | None, actor: Account, *, now: datetime, note: str = "") -> Item:
    """Put it into another kit, or with None into the reserve. Where it is already, nothing is written.

    Raises:
        NoSuchItem, NoSuchKit, ItemGone, StillOut, ForKeepers, NotInYourStructure, OfTheTerritory, and as `check_note`
    """
    check_note(note)
    kit = kit_in_use(kit_id) if kit_id is not None else None
    item = kept_item(item_id, actor)
    check_here(item)
    if kit_id == item.kit_id:
        return item
    _check_not_out(item.id, "kit_id")
    if kit:
        check_keeps(actor, kit.structure_id)
        item.structure_id = kit.structure_id
    was = item.kit.code if item.kit else ""
    note_item(item, ItemEventKind.MOVED, now, actor.id, was=was, became=kit.code if kit else "", note=note)
    item.kit = kit
    db.session.flush()
    audit.record("item.moved", f"item:{item.id}", actor_id=actor.id, kit_id=kit_id)
    return item


def retire(
    item_id: int, destination: Destination, certificate: str, actor: Account, *, now: datetime, note: str = ""
) -> Item:  # fmt: skip
    """Out of use for good, and where it went. It stays in the register of its last kit, and counts no more.

    Raises:
        NoSuchItem, ItemGone, StillOut, ForKeepers, NotInYourStructure, OfTheTerritory, and as `check_leaving`,
        `check_note`
    """
    check_leaving(destination, certificate)
    check_note(note)
    item = kept_item(item_id, actor)
    check_here(item)
    _check_not_out(item.id)
    note_item(item, ItemEventKind.RETIRED, now, actor.id, was=item.condition, became=destination, note=note)
    item.condition, item.retired_on = Condition.RETIRED, _day(now)
    item.destination, item.certificate = destination, certificate.strip()
    db.session.flush()
    audit.record("item.retired", f"item:{item.id}", actor_id=actor.id, destination=destination.value)
    return item


def certify(item_id: int, certificate: str, actor: Account) -> Item:
    """The number of the recycling certificate, which comes after the device has gone.

    Raises:
        NoSuchItem, ForKeepers, NotInYourStructure, OfTheTerritory, CertificateElsewhere, TooLongText
    """
    item = kept_item(item_id, actor)
    check_leaving(item.destination or Destination.LOST, certificate)
    item.certificate = certificate.strip()
    db.session.flush()
    audit.record("item.certified", f"item:{item.id}", actor_id=actor.id)
    return item


def _check_not_out(item_id: int, field: str | None = None) -> None:
    """Raises: StillOut"""
    if out_among([item_id]):
        raise StillOut(field)


def _item(kit: Kit | None, new: NewItem) -> Item:
    return Item(
        structure_id=kit.structure_id if kit else new.structure_id, kit_id=kit.id if kit else None, code=new.code,
        kind=new.kind.strip(), label=new.label.strip(), serial_number=new.serial_number.strip(),
        condition=new.condition, purchase=new.purchase, bought_on=new.bought_on, price_cents=new.price_cents,
        funder=new.funder.strip(), battery_percent=new.battery_percent,
    )  # fmt: skip


def _day(now: datetime) -> date:
    return now.astimezone(clock.territory_zone()).date()
