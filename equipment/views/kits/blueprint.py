"""What the pages of kits share: who may open them, what may be chosen, and a kit or device to write about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint

from accounts import queries as accounts
from accounts.current import staff
from equipment.forms.kits import WHOLE_TERRITORY, Offered
from equipment.models import Item, Kit
from equipment.queries import items as item_queries
from equipment.queries import kept as queries
from equipment.queries import kits as lendables
from equipment.queries import register
from equipment.rules.keeping import check_keeps, keeps
from equipment.rules.refusals import NoSuchKit
from foundation.i18n import _
from places import queries as places

bp = Blueprint("kits", __name__)
KITS = "/equipe/materiel/mallettes"
KIT = f"{KITS}/<int(max=2147483647):kit_id>"
ITEMS = "/equipe/materiel/appareils"
ITEM = f"{ITEMS}/<code>"
RESERVE = "/equipe/materiel/reserve"


def kit_to_change(kit_id: int) -> Kit:
    """A kit in use of which the person at hand writes the register.

    Raises:
        NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory
    """
    kit = queries.seen(kit_id, staff())
    if kit.retired_at is not None:
        raise NoSuchKit
    check_keeps(staff(), kit.structure_id)
    return kit


def item_seen(code: str) -> Item:
    """Raises: NoSuchItem"""
    return item_queries.seen(code.upper(), staff())


def item_to_change(code: str) -> Item:
    """A device of which the person at hand writes the register.

    Raises:
        NoSuchItem, ForKeepers, NotInYourStructure, OfTheTerritory
    """
    item = item_seen(code)
    check_keeps(staff(), item.structure_id)
    return item


def structures() -> Sequence[tuple[int, Any]]:
    """Whose a kit may be, as far as the person at hand decides it."""
    own = staff().structure_id
    found = [(one.id, one.name) for one in accounts.structures(own)]
    return found if own else [(WHOLE_TERRITORY, _("The whole territory")), *found]


def offered() -> Offered:
    """What the form of a kit lets choose, and the words that were used before."""
    venues = [(one.id, one.name) for one in places.venues() if one.active]
    return Offered(structures(), venues, lendables.kinds(), list(item_queries.kinds_known()))


def kits_to_choose() -> list[tuple[int, str]]:
    """The kits in use into which the person at hand may put devices."""
    kits = register.within_reach(staff())
    return [
        (one.id, f"{one.name} ({one.code})")
        for one in kits
        if one.retired_at is None and keeps(staff(), one.structure_id)
    ]
