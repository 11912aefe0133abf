"""Kits: described, shown on a photo, out of use for good."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from agenda import service as agenda
from agenda.models import ResourceKind
from equipment.models import Condition, Kit
from equipment.queries import items as item_queries
from equipment.queries import kept as queries
from equipment.rules.codes import CodeTaken, check_free
from equipment.rules.details import KitDetails, KitStillWanted, Leaving, NoSuchPlace, check_kit
from equipment.rules.items import check_leaving
from equipment.rules.keeping import check_keeps
from equipment.rules.photos import Photo
from equipment.service import items
from equipment.service.locking import kept_kit
from foundation import audit
from foundation.db import db, explain_constraint
from places.models import Venue

explain_constraint("uq_kit_code", CodeTaken)
PLAIN = (
    "code", "structure_id", "home_venue_id", "borrowers", "approval", "lead_hours", "longest_loan_days",
    "turnaround_minutes", "flat_minutes", "minimum_units",
)  # fmt: skip
TEXTS = ("name", "kind", "description", "unit_kind")


def create(details: KitDetails, actor: Account, *, now: datetime) -> Kit:
    """Put a kit into the register: it can be reserved from now on, empty as it is.

    Raises:
        ForKeepers, NotInYourStructure, OfTheTerritory, CodeTaken, NoSuchPlace, and the refusals of `check_kit`
    """
    _check(details, actor)
    resource = agenda.add_resource(ResourceKind.KIT, details.name.strip())
    kit = Kit(resource_id=resource.id, created_at=now)
    _write(kit, details)
    db.session.add(kit)
    db.session.flush()
    audit.record("kit.created", f"kit:{kit.id}", actor_id=actor.id)
    return kit


def change(kit_id: int, details: KitDetails, actor: Account) -> Kit:
    """Describe a kit anew. Loans that are reserved stay as they are.

    Raises:
        NoSuchKit, and those of `create`
    """
    kit = kept_kit(kit_id, actor)
    _check(details, actor, kit.code)
    if details.structure_id != kit.structure_id:
        for item in kit.items:
            item.structure_id = details.structure_id
    _write(kit, details)
    db.session.flush()
    agenda.change_resource(kit.resource_id, label=kit.name)
    audit.record("kit.changed", f"kit:{kit_id}", actor_id=actor.id)
    return kit


def set_photo(kit_id: int, photo: Photo | None, alt: str, actor: Account) -> Kit:
    """Show a kit on a photo, or with None on none any more; `alt` says what is on it.

    Raises:
        NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory
    """
    kit = kept_kit(kit_id, actor)
    kit.photo, kit.photo_type = (photo.content, photo.media_type) if photo else (None, "")
    kit.photo_alt = alt.strip() if photo else ""
    db.session.flush()
    audit.record("kit.photo_set" if photo else "kit.photo_removed", f"kit:{kit_id}", actor_id=actor.id)
    return kit


def retire(kit_id: int, leaving: Leaving, actor: Account, *, now: datetime) -> Kit:
    """Out of use for good: nobody reserves it any more, its devices go where `leaving` says.

    Raises:
        KitStillWanted: with the loans and the upkeep that are to come, or are out.
        NoSuchKit, ForKeepers, NotInYourStructure, OfTheTerritory, and as `check_leaving`
    """
    if leaving.destination:
        check_leaving(leaving.destination, leaving.certificate)
    kit = db.session.get(Kit, kit_id)
    agenda.lock([kit.resource_id] if kit else [])
    kit = kept_kit(kit_id, actor)
    if wanted := queries.still_wanted(kit_id, now):
        raise KitStillWanted(wanted)
    for item in [one for one in kit.items if one.condition is not Condition.RETIRED]:
        if leaving.destination:
            items.retire(item.id, leaving.destination, leaving.certificate, actor, now=now)
        else:
            items.move(item.id, None, actor, now=now)
    kit.retired_at = now
    agenda.change_resource(kit.resource_id, active=False, actor_id=actor.id)
    db.session.flush()
    audit.record("kit.retired", f"kit:{kit_id}", actor_id=actor.id)
    return kit


def _check(details: KitDetails, actor: Account, own_code: str = "") -> None:
    check_keeps(actor, details.structure_id)
    check_kit(details)
    if details.code != own_code:
        check_free([details.code], item_queries.codes_taken([details.code]))
    if details.home_venue_id is not None and db.session.get(Venue, details.home_venue_id) is None:
        raise NoSuchPlace


def _write(kit: Kit, details: KitDetails) -> None:
    for name in PLAIN:
        setattr(kit, name, getattr(details, name))
    for name in TEXTS:
        setattr(kit, name, getattr(details, name).strip())
    lines = (line.strip() for line in details.rules.splitlines())
    kit.rules = "\n".join(line for line in lines if line)
