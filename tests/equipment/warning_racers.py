"""What a racer does about a kit that lost a device, in one round."""

from __future__ import annotations

from datetime import timedelta

from equipment.service import warnings
from foundation.db import in_transaction
from tests.cast import NOW


def notices(kit_id: int, number: int) -> str:
    """Each at a second of its own; half of them come by the device, half of them are the job that looks each hour."""
    now = NOW + timedelta(seconds=number)
    if number % 2:
        in_transaction(lambda: warnings.kit_changed(kit_id, now=now))
    else:
        in_transaction(lambda: warnings.warn_due(now))
    return "looked"


def looks(kit_id: int, number: int) -> str:
    """Each reports the device, at a second of its own."""
    in_transaction(lambda: warnings.kit_changed(kit_id, now=NOW + timedelta(seconds=number)))
    return "looked"
