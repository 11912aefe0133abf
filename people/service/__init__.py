"""What can be done with residents' records; other packages enter here."""

from __future__ import annotations

from people.references import follows_merge, tells_of, when_forgotten
from people.rules.details import AlreadyErased, AlreadyMerged, Details, NoName, NoSuchPerson, check, check_year
from people.rules.duplicates import Traits
from people.service.acting import add_companion, record_consent, remove_companion
from people.service.data import anonymise_idle, erase, export
from people.service.merging import merge, undo_merge
from people.service.records import create, create_all, edit, recognise_or_create, reindex, touch, touch_each

__all__ = [
    "AlreadyErased",
    "AlreadyMerged",
    "Details",
    "NoName",
    "NoSuchPerson",
    "Traits",
    "add_companion",
    "anonymise_idle",
    "check",
    "check_year",
    "create",
    "create_all",
    "edit",
    "erase",
    "export",
    "follows_merge",
    "merge",
    "recognise_or_create",
    "record_consent",
    "reindex",
    "remove_companion",
    "tells_of",
    "touch",
    "touch_each",
    "undo_merge",
    "when_forgotten",
]
