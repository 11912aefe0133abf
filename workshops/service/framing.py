"""The visit before a series: when, what was agreed there, and what comes after. The hosts of the client are told."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from accounts import queries as accounts
from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.i18n import _, daytime, in_language
from foundation.outbox import service as outbox
from foundation.outbox.models import Channel
from foundation.pages import STAFF_LANGUAGES
from workshops.models import Programme
from workshops.rules.framing import Visit, check_visit
from workshops.service.programmes import locked


def write_visit(programme_id: int, visit: Visit, actor: Account, *, now: datetime) -> Programme:
    """Write the visit down. The hosts of the client are told a new date that is to come, each time it changes.

    Raises:
        NotInYourStructure, OfTheTerritory, and the refusals of `check_visit`
    """
    check_visit(visit)
    programme = locked(programme_id, actor)
    moved = visit.at is not None and visit.at != programme.framing_at
    programme.framing_at = visit.at
    programme.framing_notes, programme.next_steps = visit.notes.strip(), visit.next_steps.strip()
    db.session.flush()
    audit.record("programme.visit_written", f"programme:{programme_id}", actor_id=actor.id)
    if moved and visit.at is not None and visit.at > now:
        for host in hosts_of(programme):
            _tell(programme, visit.at, host, now)
    return programme


def hosts_of(programme: Programme) -> list[Account]:
    """The open accounts of hosts of the school or home for which the programme is, by name."""
    return accounts.hosts_of(programme.school_id, programme.care_home_id)


def _tell(programme: Programme, at: datetime, host: Account, now: datetime) -> None:
    locale = host.locale if host.locale in STAFF_LANGUAGES else "fr"
    reference = f"programme:{programme.id}"
    with in_language(locale):
        subject = _("Visit before the workshops: %(when)s", when=daytime(at))
        body = _(
            "Hello %(name)s,\n\nto prepare “%(title)s” we come to you on %(when)s.\n\nAll about it:\n\n%(link)s",
            name=host.name, title=programme.title, when=daytime(at), link=f"{current_app.config['BASE_URL']}/hote",
        )  # fmt: skip
    outbox.queue(
        key=f"{reference}:visit:{at:%Y%m%dT%H%M}:{host.id}:{now:%Y%m%dT%H%M%S}",
        reference=reference,
        channel=Channel.EMAIL,
        recipient=host.email,
        subject=subject,
        body=body,
        locale=locale,
        expires_at=at,
        structure_id=programme.structure_id,
    )
