"""One record, with its history."""

from __future__ import annotations

from typing import Any

from flask import Response

from accounts.current import staff
from accounts.queries import account
from activity import queries
from activity.models import ActivityParticipant, ActivityRecord, Aspect
from activity.rules.labels import ANSWERS, ASPECTS, AUTONOMIES, CHANNELS, FIELDS, OUTCOMES, REFERRALS
from activity.rules.outcomes import is_followed, may_note
from activity.rules.records import may_change
from activity.service import satisfaction
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
    record, actor = seen(record_id), staff()
    return draw(
        "records/show.html",
        record=record,
        said={aspect.value: labels(words, record.values(aspect)) for aspect, words in ASPECTS.items()},
        channels=CHANNELS,
        autonomies=AUTONOMIES,
        history=[_told(entry) for entry in history(f"record:{record_id}")],
        changeable=may_change(record.mediator_id, record.created_at, actor.id, clock.now()),
        came_of=_came_of(record),
        may_follow=may_note(record.mediator_id, actor.id, manages=actor.has(Role.MANAGER)),
        outcomes=OUTCOMES,
        answers=ANSWERS,
        to_hear=_to_hear(record),
    )


def _came_of(record: ActivityRecord) -> list[dict[str, Any]]:
    """Each referral of a record of one person by name, with what came of it; of others nobody asks."""
    if not is_followed(record.kind, len(record.participants)):
        return []
    noted = {one.referral: one for one in record.outcomes}
    referred = record.values(Aspect.REFERRAL)
    return [
        {"referral": kind, "words": words, "noted": noted.get(kind)}
        for kind, words in REFERRALS.items()
        if kind.value in referred
    ]


def _to_hear(record: ActivityRecord) -> list[ActivityParticipant]:
    """Who may still say aloud whether it helped: whoever answered on their own page is asked nothing more."""
    now, named = clock.now(), [one for one in record.participants if one.person.anonymised_at is None]
    asked = [one for one in named if satisfaction.asking_of(record, one.person_id).is_open(now)]
    answers = queries.answers_of(record.reference or "", [one.person_id for one in asked])
    themselves = {one.person_id for one in answers if one.told_by_id is None}
    return [one for one in asked if one.person_id not in themselves]


def _told(entry: AuditEntry) -> dict[str, Any]:
    """One line of the history, in words."""
    actor = account(entry.actor_id) if entry.actor_id else None
    return {"at": entry.at, "who": actor.name if actor else "", "what": _what(entry)}


def _what(entry: AuditEntry) -> str:
    """Of what somebody said aloud only that it was noted."""
    if entry.action == "record.followed":
        words = {"kind": REFERRALS[entry.details["referral"]], "outcome": OUTCOMES[entry.details["outcome"][1]]}
        return _("%(kind)s: %(outcome)s", **words)
    if entry.action == "record.answered":
        return _("Said aloud whether it helped")
    changed = [str(FIELDS[name]) for name in entry.details.get("changed", {}) if name in FIELDS]
    return _("Changed: %(fields)s", fields=", ".join(changed)) if changed else _("Written")
