"""Planned upkeep: the kit is held for it, as for a loan; no loan is pushed aside."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import queries as agenda_queries
from agenda import service as agenda
from agenda.rules.why import ReasonKind
from equipment.models import Maintenance
from equipment.queries import kits as kit_queries
from equipment.queries import maintenance as queries
from equipment.rules.keeping import check_sees_kit
from equipment.rules.kits import Lendable
from equipment.rules.upkeep_plans import KitNotFree, MaintenanceOver, check_plan, looked_at, nearest_free
from foundation import audit, clock
from foundation.db import db
from foundation.period import Period


def plan(kit_id: int, period: Period, label: str, actor: Account, *, now: datetime) -> Maintenance:
    """Keep a kit back. The same plan again (a double press) is one plan.

    Raises:
        KitNotFree: with the loan in the way, and free times near it.
        NoSuchKit, and what `check_plan` refuses
    """
    check_plan(label, period, now=now)
    kit = kit_queries.lendable(kit_id)
    check_sees_kit(actor, kit.structure_id)
    agenda.lock([kit.resource_id])
    words = label.strip()
    if known := queries.the_same(kit.id, period, words, actor.id):
        return known
    _check_free(kit, period, now)
    made = Maintenance(
        kit_id=kit.id, label=words, starts_at=period.start, ends_at=period.end, planned_by_id=actor.id
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    agenda.hold([kit.resource_id], period, words, made.reference)
    audit.record("maintenance.planned", made.reference, actor_id=actor.id, kit_id=kit.id)
    return made


def call_off(maintenance_id: int, actor: Account, *, now: datetime) -> Maintenance:
    """It does not take place, or ends now: the kit can be lent. Doing so again changes nothing.

    Raises:
        NoSuchMaintenance, MaintenanceOver
    """
    agenda.lock([queries.seen(maintenance_id, actor).kit.resource_id])
    found = db.session.get_one(Maintenance, maintenance_id, with_for_update=True, populate_existing=True)
    if found.called_off_at is not None:
        return found
    if found.ends_at <= now:
        raise MaintenanceOver
    found.called_off_at = now
    agenda.release(found.reference)
    audit.record("maintenance.called_off", found.reference, actor_id=actor.id, kit_id=found.kit_id)
    db.session.flush()
    return found


def _check_free(kit: Lendable, period: Period, now: datetime) -> None:
    """Absences do not count: a kit that is away may be so for its upkeep. Raises: KitNotFree"""
    met = agenda_queries.what_stands_in_the_way([(period, [kit.resource_id])])[0].get(kit.resource_id, [])
    reasons = [one for one in met if one.kind is ReasonKind.HELD]
    if not reasons:
        return
    taken = [
        Period(one.starts_at, one.ends_at)
        for one in agenda_queries.holds_between([kit.resource_id], looked_at(period))
    ]  # fmt: skip
    raise KitNotFree(reasons, nearest_free(period, taken, zone=clock.territory_zone(), now=now))
