"""Columns that hold one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipment.models import Condition, Purchase
from equipment.rules.labels import APPROVALS, BORROWERS, CONDITIONS, DESTINATIONS, PURCHASES

WORDS: dict[str, Mapping[Any, Any]] = {
    "condition": CONDITIONS,
    "purchase": PURCHASES,
    "destination": DESTINATIONS,
    "borrowers": BORROWERS,
    "approval": APPROVALS,
}
OTHERS: dict[str, Mapping[str, Any]] = {
    "condition": {
        "ok": Condition.WORKING, "bon": Condition.WORKING, "bon état": Condition.WORKING, "marche": Condition.WORKING,
        "en panne": Condition.DAMAGED, "cassé": Condition.DAMAGED, "abîmé": Condition.DAMAGED,
        "perdu": Condition.MISSING, "volé": Condition.MISSING, "manquant": Condition.MISSING,
    },
    "purchase": {
        "neuf": Purchase.NEW, "achat neuf": Purchase.NEW, "reconditionné": Purchase.REFURBISHED,
        "occasion": Purchase.REFURBISHED, "don": Purchase.GIVEN, "dotation": Purchase.GIVEN, "?": Purchase.UNKNOWN,
    },
}  # fmt: skip
"""What the spreadsheets of towns say for the same."""
