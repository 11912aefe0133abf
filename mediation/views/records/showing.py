"""One record, with its history."""

from __future__ import annotations

from typing import Any

from flask import Response

from accounts.current import staff
from accounts.queries import account
from activity.rules.labels import ASPECTS, AUTONOMIES, CHANNELS, FIELDS
from activity.rules.records import may_change
from foundation import clock
from foundation.audit import AuditEntry, history
from foundation.i18n import _
from foundation.labels import labels
from foundation.security import Role, allow
from foundation.web import draw
from mediation.queries.records import unwritten
from mediation.views.records.blueprint import ID, READERS, bp, seen


@bp.get("/equipe/comptes-rendus/a-ecrire")
@allow(Role.MEDIATOR)
def todo() -> Response:
    """Appointments that were seen and have no record yet."""
    return draw("records/todo.html", waiting=unwritten(staff().id, clock.now()))


@bp.get(f"/equipe/comptes-rendus/{ID}")
@allow(*READERS)
def show(record_id: int) -> Response:
    record = seen(record_id)
    return draw(
        "records/show.html",
        record=record,
        said={aspect.value: labels(words, record.values(aspect)) for aspect, words in ASPECTS.items()},
        channels=CHANNELS,
        autonomies=AUTONOMIES,
        history=[_told(entry) for entry in history(f"record:{record_id}")],
        changeable=may_change(record.mediator_id, record.created_at, staff().id, clock.now()),
    )


def _told(entry: AuditEntry) -> dict[str, Any]:
    """One line of the history, in words."""
    actor = account(entry.actor_id) if entry.actor_id else None
    changed = [str(FIELDS[name]) for name in entry.details.get("changed", {}) if name in FIELDS]
    what = _("Changed: %(fields)s", fields=", ".join(changed)) if changed else _("Written")
    return {"at": entry.at, "who": actor.name if actor else "", "what": what}
