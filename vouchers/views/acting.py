"""A verb of somebody of the staff, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction

Made = TypeVar("Made")


def done(verb: Callable[..., Made], *given: Any, **more: Any) -> Made:
    """`verb(*given, actor, now=…)` by whoever is signed in, read anew within the transaction."""
    actor_id, now = staff().id, clock.now()
    return in_transaction(lambda: verb(*given, db.session.get_one(Account, actor_id), now=now, **more))
