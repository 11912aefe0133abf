"""Services: what can be booked, for how long, by whom.

A change concerns bookings to come: the times that are booked stay held as they were, buffers included.
"""

from __future__ import annotations

from sqlalchemy import inspect

from accounts.models import Account
from activity.models import Channel, Theme
from foundation import audit
from foundation.db import db
from foundation.said import told
from foundation.scope import NotInYourStructure, check_may_change
from mediation.models import Service
from mediation.rules.offers import TRANSLATED, ServiceDetails, check_service


def create_service(details: ServiceDetails, structure_id: int | None, actor: Account) -> Service:
    """Offer something new.

    Args:
        structure_id: who offers it; None: every structure of the territory.

    Raises:
        NoLabel, NoChannel, NeverBookable, NotInYourStructure, OfTheTerritory
    """
    check_may_change(actor.structure_id, structure_id)
    check_service(details)
    service = Service(structure_id=structure_id, active=True)
    _write(service, details)
    db.session.add(service)
    db.session.flush()
    audit.record("service.created", f"service:{service.id}", actor_id=actor.id)
    return service


def edit_service(service_id: int, details: ServiceDetails, actor: Account) -> Service:
    """Change a service. What is booked, and what it holds, stays as it was booked.

    Raises:
        The refusals of `create_service`.
    """
    service = _lock(service_id, actor)
    check_service(details)
    _write(service, details)
    changed = sorted(attribute.key for attribute in inspect(service).attrs if attribute.history.has_changes())
    db.session.flush()
    audit.record("service.changed", f"service:{service.id}", actor_id=actor.id, fields=changed)
    return service


def close_service(service_id: int, actor: Account) -> Service:
    """Stop offering a service. Appointments that are booked take place.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    return _set_active(service_id, actor, "service.closed", active=False)


def reopen_service(service_id: int, actor: Account) -> Service:
    """Offer a service again.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    return _set_active(service_id, actor, "service.reopened", active=True)


def _set_active(service_id: int, actor: Account, act: str, *, active: bool) -> Service:
    service = _lock(service_id, actor)
    if service.active != active:
        service.active = active
        db.session.flush()
        audit.record(act, f"service:{service.id}", actor_id=actor.id)
    return service


def _lock(service_id: int, actor: Account) -> Service:
    service = db.session.get(Service, service_id, with_for_update=True, populate_existing=True)
    if service is None:
        raise NotInYourStructure
    check_may_change(actor.structure_id, service.structure_id)
    return service


def _write(service: Service, details: ServiceDetails) -> None:
    service.label = details.label.strip()
    service.description = details.description.strip()
    service.bring = "\n".join(line.strip() for line in details.bring.splitlines() if line.strip())
    service.translations = told(details.translations, TRANSLATED)
    service.duration_minutes = details.duration
    service.buffer_before_minutes = details.buffer_before
    service.buffer_after_minutes = details.buffer_after
    service.step_minutes = details.step
    service.notice_minutes = details.notice
    service.change_notice_minutes = details.change_notice
    service.horizon_days = details.horizon_days
    service.audience = details.audience
    service.channels = [channel.value for channel in Channel if channel in details.channels]
    service.themes = [theme.value for theme in Theme if theme in details.themes]
    service.autonomy = details.autonomy.value if details.autonomy else None
    service.position = details.position
