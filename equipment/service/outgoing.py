"""What has to be so before a kit goes out: what was ticked is here, enough of it works, and its time is free."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from equipment.models import Condition, Item, Reservation
from equipment.queries import checklists
from equipment.queries import handing as queries
from equipment.queries import kits as kit_queries
from equipment.rules.handing import Checked
from equipment.rules.kits import Lendable
from equipment.rules.lending import check_length
from equipment.rules.refusals import KitIncomplete
from equipment.rules.unhandable import (
    NotFreeBefore,
    NothingTicked,
    NotOfThisKit,
    OutElsewhere,
    StillWithOthers,
    TooFewTicked,
)
from equipment.service.keeping import keep
from foundation.i18n import _
from foundation.period import Period


def check_goes(reservation: Reservation, kit: Lendable, checked: Checked, actor: Account) -> None:
    """Refuse to hand over what is not here, and a kit of which too little works, as it was seen just now.

    Raises:
        NotOfThisKit, StillWithOthers, OutElsewhere, NothingTicked, TooFewTicked
        KitIncomplete: with other kits that are free then.
    """
    items = {one.id: one for one in queries.items_of(kit.id)}
    seen = {**checked.conditions, **checked.staying}
    if not seen.keys() <= items.keys() or Condition.MISSING in checked.conditions.values():
        raise NotOfThisKit
    away = {item_id for out in queries.out_of_kit(kit.id).values() for item_id in out}
    if away >= items.keys() and checklists.still_with(reservation):
        raise StillWithOthers
    for item_id in sorted(away & checked.conditions.keys()):
        raise OutElsewhere(items[item_id].code)
    if items and not checked.conditions:
        raise NothingTicked
    here = [one for one in items.values() if one.id not in away]
    working = sum(_is_unit(one, kit) and seen.get(one.id, one.condition).serves for one in here)
    if working < kit.minimum_units:
        units, own = reservation.units_wanted, reservation.reference
        raise KitIncomplete(
            working, kit_queries.alternatives(actor, kit, reservation.period, units=units, ignoring=own)
        )
    going = sum(_is_unit(items[item_id], kit) and how.serves for item_id, how in checked.conditions.items())
    if going < kit.minimum_units and not checked.few:
        raise TooFewTicked(going, kit.minimum_units)


def begin_now(reservation: Reservation, kit: Lendable, now: datetime) -> None:
    """Let a loan begin before its time, when nobody else has the kit until then.

    Raises:
        NotFreeBefore, LoanTooLong
    """
    check_length(kit, Period(now, reservation.ends_at))
    before = Period(now, reservation.starts_at)
    met = kit_queries.in_the_way([kit], before, ignoring=reservation.reference).get(kit.id, [])
    for reason in met:
        raise NotFreeBefore(reason.label or _("the kit is away"), reason.period.end if reason.period else None)
    keep(reservation, now, reservation.ends_at, reservation.held_until)


def _is_unit(item: Item, kit: Lendable) -> bool:
    return item.kind == kit.unit_kind
