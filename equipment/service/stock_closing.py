"""Stock-taking: closed. What was found becomes the register's word, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Condition, StockLine, StockPlace, StockTaking
from equipment.queries import stock as queries
from equipment.rules.counting import check_all_seen, check_open, differs
from equipment.service import found, items, warnings
from equipment.service.stock import locked, write_down
from foundation import audit
from foundation.db import db
from foundation.i18n import _


def close(
    taking_id: int, actor: Account, *, now: datetime, rest_missing: bool = False, take_in: Collection[int] = ()
) -> StockTaking:
    """Make what was found the register's word: incidents are opened and settled, devices taken in. Once.

    Args:
        rest_missing: what nobody counted is missing.
        take_in: units that belong elsewhere and belong here from now on, for who writes the register.

    Raises:
        NoSuchStockTaking, CountedOut, NotSeenYet, and as `equipment.service.items.move`
    """
    taking = _locked_with_kits(taking_id, actor)
    check_open(taking)
    unseen = queries.walk(taking).unseen
    check_all_seen(unseen, rest_missing=rest_missing)
    for item in unseen:
        write_down(taking, item, Condition.MISSING, actor, now)
    lines = queries.lines_of(taking.id)
    for line in lines:
        line.was = line.item.condition
    taking.closed_at, taking.closed_by_id = now, actor.id
    db.session.flush()
    _settle(taking, lines, frozenset(take_in), actor, now)
    differences = sum(differs(line) for line in lines)
    audit.record("stock_taking.closed", taking.reference, actor_id=actor.id, differences=differences)
    return taking


def _locked_with_kits(taking_id: int, actor: Account) -> StockTaking:
    """The same, with the resources of all kits concerned locked before it, as every verb on kits does."""
    while True:
        resource_ids = queries.resources_of(taking_id)
        agenda.lock(resource_ids)
        taking = locked(taking_id, actor)
        if queries.resources_of(taking_id) == resource_ids:
            return taking


def _settle(
    taking: StockTaking, lines: Iterable[StockLine], take_in: Collection[int], actor: Account, now: datetime
) -> None:
    """What was found, kit by kit, as a return would tell it; then what stays here."""
    seen: dict[int, dict[int, Condition]] = defaultdict(dict)
    for line in lines:
        seen[line.item.kit_id or taking.kit_id][line.item_id] = line.found
    words = _("Found at the stock-taking.")
    for kit_id in sorted(seen):
        found.report(kit_id, seen[kit_id], words, actor, now)
    taken = [line for line in lines if line.place is StockPlace.ELSEWHERE and line.item_id in take_in]
    for line in taken:
        items.move(line.item_id, taking.kit_id, actor, now=now, note=words)
        line.place = StockPlace.TAKEN_IN
    db.session.flush()
    for changed in sorted({taking.kit_id, *(line.home_kit_id or taking.kit_id for line in taken)} if taken else ()):
        warnings.kit_changed(changed, now=now)
