"""Batches that wait are made by the jobs process, the first asked for first, a few hundred vouchers at a time."""

from __future__ import annotations

from datetime import datetime

from vouchers.queries import batches
from vouchers.service.batches import make_some


def make_next(now: datetime) -> int:
    """The next vouchers of the batch that waits longest: call it, each time in a transaction of its own, until 0."""
    batch_id = batches.waiting()
    if batch_id is None:
        return 0
    make_some(batch_id, now=now)
    return 1
