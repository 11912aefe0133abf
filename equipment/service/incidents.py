"""Incidents: reported, in repair, settled. Each step is appended; what the kit serves follows at once.

The resources of the kits are locked first, then the device, then the incident, as every verb of equipment does.
"""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from equipment.models import Condition, Destination, Incident, IncidentState, Kit, Reservation
from equipment.queries import incidents as queries
from equipment.rules.refusals import NoSuchKit, NoSuchReservation
from equipment.rules.upkeep import (
    ClosedMeanwhile,
    InRepairMeanwhile,
    NoteMissing,
    OutcomeMissing,
    ReportedAtOnce,
    check_cost,
    check_end,
    check_may_report,
    check_report,
    check_unsettled,
    check_words,
)
from equipment.service.locking import kit_in_use, locked_item
from equipment.service.steps import append, become, leave, locked, said_already
from foundation import audit
from foundation.db import db, explain_constraint

explain_constraint("uq_incident_item_id", ReportedAtOnce)


def open_incident(
    kit_id: int, condition: Condition, description: str, actor: Account, *, now: datetime,
    item_id: int | None = None, reservation_id: int | None = None, warn: bool = True,
) -> Incident:  # fmt: skip
    """Report what is missing or damaged. A device that has an incident already gets one more step, not another one.

    The same report again (a double press) changes nothing.

    Args:
        condition: damaged, incomplete or missing; the device is set to it.
        item_id: None: the kit as a whole.
        reservation_id: the loan on which it was noticed; a host needs one.
        warn: tell at once whom the kit no longer serves; whoever reports several devices does so once, at the end.

    Raises:
        NoSuchKit, NoSuchReservation, NoSuchItem, NotInThisKit, ItemGone, NoFault, TooLongText, and what `check_text`
        finds
    """
    check_words(description=description)
    kit = _locked_kit(kit_id)
    check_may_report(actor, kit, _loan(reservation_id))
    item = locked_item(item_id) if item_id is not None else None
    check_report(condition, item, kit.id)
    words = description.strip()
    known = queries.unsettled_of_item(item.id) if item else queries.same_of_kit(kit.id, words, actor.id)
    if known is not None:
        return _report_again(known, condition, words, actor, now, warn=warn)
    incident = Incident(
        kit_id=kit.id, item_id=item_id, reservation_id=reservation_id, condition=condition, description=words,
        state=IncidentState.OPEN, opened_at=now, opened_by_id=actor.id,
    )  # fmt: skip
    db.session.add(incident)
    db.session.flush()
    append(incident, words, actor, now, condition)
    audit.record("incident.opened", incident.reference, actor_id=actor.id, kit_id=kit.id, item_id=item_id)
    become(item, condition, actor, now, warn=warn)
    return incident


def begin_repair(incident_id: int, actor: Account, *, now: datetime, supplier: str = "", note: str = "") -> Incident:
    """Somebody repairs it, in the house or at a supplier's. Doing so again changes nothing.

    Raises:
        NoSuchIncident, ClosedMeanwhile, InRepairMeanwhile, TooLongText, and what `check_text` finds
    """
    check_words(supplier=supplier, note=note)
    incident = locked(incident_id, actor)
    check_unsettled(incident.state)
    if incident.state is IncidentState.IN_REPAIR:
        if supplier.strip() not in {"", incident.supplier}:
            raise InRepairMeanwhile
        return incident
    incident.state = IncidentState.IN_REPAIR
    incident.supplier = supplier.strip() or incident.supplier
    append(incident, note, actor, now)
    audit.record("incident.repair_begun", incident.reference, actor_id=actor.id)
    return incident


def add_note(incident_id: int, note: str, actor: Account, *, now: datetime) -> Incident:
    """Append what happened meanwhile: a quote came, a part is missing. The same words again change nothing.

    Raises:
        NoSuchIncident, NoteMissing, ClosedMeanwhile, TooLongText, and what `check_text` finds
    """
    check_words(note=note)
    if not note.strip():
        raise NoteMissing
    incident = locked(incident_id, actor)
    check_unsettled(incident.state)
    if not said_already(incident, note.strip(), actor, None):
        append(incident, note, actor, now)
        audit.record("incident.recorded", incident.reference, actor_id=actor.id)
    return incident


def close(
    incident_id: int, outcome: str, actor: Account, *, now: datetime, became: Condition, supplier: str = "",
    cost_cents: int | None = None, destination: Destination | None = None, certificate: str = "", warn: bool = True,
) -> Incident:  # fmt: skip
    """Settle an incident, and say what became of the device. The same end again changes nothing.

    Args:
        became: working; damaged, incomplete or missing still; or retired.
        cost_cents: of the repair; None: not known.
        destination, certificate: of a device that leaves for good.

    Raises:
        NoSuchIncident, ClosedMeanwhile, OutcomeMissing, WhereToMissing, KitStays, BadCost, TooLongText, what
        `equipment.service.items.retire` refuses, and what `check_text` finds
    """
    check_words(outcome=outcome, supplier=supplier)
    check_cost(cost_cents)
    if not outcome.strip():
        raise OutcomeMissing
    incident = locked(incident_id, actor)
    if incident.state is IncidentState.CLOSED:
        if said_already(incident, outcome.strip(), actor, became):
            return incident
        raise ClosedMeanwhile
    check_end(incident, became, goes_somewhere=destination is not None)
    incident.state, incident.closed_at = IncidentState.CLOSED, now
    incident.outcome, incident.cost_cents = outcome.strip(), cost_cents
    incident.supplier = supplier.strip() or incident.supplier
    append(incident, outcome, actor, now, became)
    audit.record("incident.closed", incident.reference, actor_id=actor.id, became=became.value)
    if destination is not None and became is Condition.RETIRED:
        leave(incident.item, destination, certificate, actor, now)
    else:
        become(incident.item, became, actor, now, warn=warn)
    return incident


def _report_again(
    known: Incident, condition: Condition, words: str, actor: Account, now: datetime, *, warn: bool
) -> Incident:  # fmt: skip
    """One more step of what is known already; what is seen last is how the device is."""
    if not said_already(known, words, actor, condition):
        append(known, words, actor, now, condition)
        audit.record("incident.reported", known.reference, actor_id=actor.id)
        become(known.item, condition, actor, now, warn=warn)
    return known


def _locked_kit(kit_id: int) -> Kit:
    """The resource first, as for loans. Raises: NoSuchKit"""
    known = db.session.get(Kit, kit_id)
    if known is None:
        raise NoSuchKit
    agenda.lock([known.resource_id])
    return kit_in_use(kit_id)


def _loan(reservation_id: int | None) -> Reservation | None:
    """Raises: NoSuchReservation"""
    found = db.session.get(Reservation, reservation_id) if reservation_id is not None else None
    if reservation_id is not None and found is None:
        raise NoSuchReservation
    return found
