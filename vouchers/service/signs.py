"""A manager looked at a sign and found nothing wrong: who, when and why is kept, and it does not come back."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.forbidden import check_text
from vouchers.models import SignKind, SignLookedAt
from vouchers.queries import looked_at
from vouchers.rules.signs import MoreMeanwhile, NoSuchSign

explain_constraint("uq_sign_looked_at_kind_mark_newest", NoSuchSign)


def look_at(kind: SignKind, mark: str, newest: int, reason: str, actor: Account, *, now: datetime) -> SignLookedAt:
    """Say that a sign means nothing wrong, of the facts that were on the page.

    Args:
        newest: the newest fact on the page that was looked at.

    Raises:
        NoSuchSign, MoreMeanwhile, and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    if looked_at.sign(kind, mark, actor, now).newest != newest:
        raise MoreMeanwhile
    made = SignLookedAt(kind=kind, mark=mark, newest=newest, reason=reason, at=now, by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    audit.record("sign.cleared", made.reference, actor_id=actor.id, kind=kind.value)
    return made
