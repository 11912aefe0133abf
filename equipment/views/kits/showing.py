"""A kit: its photo, its rules, what is in it, what is to come and what it has been through."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from equipment.forms.kits import PhotoForm, SupplyForm
from equipment.models import Condition, Kit
from equipment.queries import incidents, kit_past
from equipment.queries import kept as queries
from equipment.queries import kits as lendables
from equipment.rules import labels
from equipment.rules.keeping import keeps
from equipment.rules.kits import WORKERS
from equipment.views.kits.blueprint import KIT, bp
from foundation import clock
from foundation.security import allow
from foundation.web import draw

COMING = 6


@bp.get(KIT)
@allow(*WORKERS)
def show(kit_id: int) -> Response:
    """Raises: NoSuchKit"""
    return kit_page(queries.seen(kit_id, staff()))


def kit_page(
    kit: Kit, status: int = 200, *, photo: PhotoForm | None = None, supply: SupplyForm | None = None
) -> Response:  # fmt: skip
    """All about a kit; with a form that was refused, as it was sent."""
    now = clock.now()
    wanted = queries.still_wanted(kit.id, now)
    return draw(
        "equipment/kits/show.html", status, kit=kit,
        lent=None if kit.retired_at else lendables.lendable(kit.id),
        items=[one for one in kit.items if one.condition is not Condition.RETIRED],
        gone=[one for one in kit.items if one.condition is Condition.RETIRED],
        coming=wanted[:COMING], more=len(wanted) - COMING, now=now,
        incidents=incidents.of_kit(kit.id), past=kit_past.loans_of(kit.id), events=kit_past.events_of(kit.id),
        kept=keeps(staff(), kit.structure_id) and not kit.retired_at,
        photo=photo or PhotoForm(), supply=supply or SupplyForm(), words=labels,
    )  # fmt: skip
