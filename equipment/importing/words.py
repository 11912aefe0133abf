"""Columns that hold one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipment.rules.labels import APPROVALS, BORROWERS, CONDITIONS, DESTINATIONS, PURCHASES

WORDS: dict[str, Mapping[Any, Any]] = {
    "condition": CONDITIONS,
    "purchase": PURCHASES,
    "destination": DESTINATIONS,
    "borrowers": BORROWERS,
    "approval": APPROVALS,
}
