"""A kit is taken out of use: what is still to come stands in the way; its devices go somewhere."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.forms.kits import LeavingForm
from equipment.models import Condition, Kit
from equipment.queries import kept as queries
from equipment.rules.details import KitStillWanted
from equipment.rules.keeping import KEEPERS
from equipment.service import kits as verbs
from equipment.views.kits.blueprint import KIT, bp, kit_to_change
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other


@bp.get(f"{KIT}/retirer")
@allow(*KEEPERS)
def choose_leaving(kit_id: int) -> Response:
    return _page(kit_to_change(kit_id), LeavingForm())


@bp.post(f"{KIT}/retirer")
@allow(*KEEPERS)
def retire_kit(kit_id: int) -> AnyResponse:
    kit = kit_to_change(kit_id)
    form = LeavingForm()
    if not form.validate():
        return _page(kit, form, 422)
    leaving, now = form.leaving(), clock.now()
    try:
        in_transaction(lambda: verbs.retire(kit_id, leaving, staff(), now=now))
    except KitStillWanted as refused:
        return _page(kit_to_change(kit_id), form, refused.status)
    except Refused as refused:
        refuse(form, refused)
        return _page(kit_to_change(kit_id), form, refused.status)
    flash(_("The kit is out of use: nobody reserves it any more."), "good")
    return see_other("kits.show", kit_id=kit_id)


def _page(kit: Kit, form: LeavingForm, status: int = 200) -> Response:
    """What is still to come is told first: while there is something, there is nothing to choose."""
    staying = [one for one in kit.items if one.condition is not Condition.RETIRED]
    return draw(
        "equipment/kits/retire.html", status, kit=kit, form=form, wanted=queries.still_wanted(kit.id, clock.now()),
        staying=staying,
    )  # fmt: skip
