"""Devices scanned one after another: each scan opens the checklist anew, with all those before it ticked.

The telephone's own camera opens a page for each label, so the ticks are kept with the session of the browser, for the
checklist that is gone through and for the day.
"""

from __future__ import annotations

from flask import request, session

from equipment.forms.handing import ChecklistForm
from equipment.models import Direction
from foundation import clock
from foundation.fields import row_id

KEY = "scanned"


def tick_scanned(form: ChecklistForm, reservation_id: int, direction: Direction) -> int:
    """Tick what was scanned so far and may be ticked so; `?coche=7` adds device 7. Returns how many that were."""
    mine = f"{direction.value} {reservation_id} {clock.today().isoformat()}"
    known, ids = session.get(KEY) or ("", [])
    ids = list(ids) if known == mine else []
    scanned = request.args.get("coche", type=row_id)
    if scanned and scanned not in ids:
        ids.append(scanned)
        session[KEY] = (mine, ids)
    ticked = [
        tick
        for listed, tick, _seen in form.lines()
        if listed.item.id in ids and (listed.expected or direction is Direction.BACK)
    ]
    for tick in ticked:
        tick.data = True
    return len(ticked)


def forget_scanned() -> None:
    """The checklist was gone through."""
    session.pop(KEY, None)
