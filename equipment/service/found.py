"""What a checklist or a stock-taking finds otherwise than the register says: incidents are opened, or settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Item
from equipment.queries import incidents as queries
from equipment.service import incidents, items, warnings
from foundation.db import db
from foundation.i18n import _


def report(
    kit_id: int, seen: Mapping[int, Condition], words: str, actor: Account, now: datetime, *,
    reservation_id: int | None = None,
) -> list[Item]:  # fmt: skip
    """Write down how devices were seen, and warn the next borrowers once, of all of it.

    The caller has locked the resource of the kit.

    Args:
        words: what was noted; the description of the incidents that are opened, the outcome of those that end.
        reservation_id: the loan on which it was noticed.

    Returns:
        Those that were not as the register said. What has left for good stays so.
    """
    rows = db.session.scalars(select(Item).where(Item.id.in_(seen)).order_by(Item.id)).all()
    changed = [one for one in rows if one.condition not in {seen[one.id], Condition.RETIRED}]
    for item in changed:
        condition = seen[item.id]
        if condition is Condition.WORKING:
            _works_again(item, words, actor, now)
        elif item.kit_id == kit_id:
            incidents.open_incident(
                kit_id, condition, words, actor, now=now, item_id=item.id, reservation_id=reservation_id, warn=False
            )
        else:
            items.set_condition(item.id, condition, actor, now=now, note=words)
    if changed:
        warnings.kit_changed(kit_id, now=now)
    return changed


def _works_again(item: Item, words: str, actor: Account, now: datetime) -> None:
    """What was thought missing or damaged was seen at work: its incident ends here."""
    incident = queries.unsettled_of_item(item.id)
    if incident is None:
        items.set_condition(item.id, Condition.WORKING, actor, now=now, note=words)
    else:
        outcome = words or _("Seen at work.")
        incidents.close(incident.id, outcome, actor, now=now, became=Condition.WORKING, warn=False)
