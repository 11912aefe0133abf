"""Signs that nobody has looked at yet, each with its mark, and those that somebody found in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from accounts.models import Account
from foundation import links
from foundation.db import db
from vouchers.models import Partner, Redemption, RefusedTry, SignKind, SignLookedAt
from vouchers.queries import signs
from vouchers.queries.signs import SameName
from vouchers.rules.signs import NoSuchSign, Refusals

SHOWN = 50


@dataclass(frozen=True)
class Sign:
    """A sign, and the facts behind it, as its kind has them.

    Attributes:
        about: what makes it this one and no other; never kept nor shown.
        newest: id of the newest of its facts.
    """

    kind: SignKind
    about: str
    newest: int
    refusals: Refusals | None = None
    partner: Partner | None = None
    payments: Sequence[Redemption] = ()
    same_name: SameName | None = None

    @property
    def mark(self) -> str:
        return links.secret_of(f"sign:{self.kind.value}:{self.about}")

    @property
    def serial(self) -> str:
        return self.payments[0].serial if self.payments else ""


def to_look_at(viewer: Account, now: datetime) -> dict[SignKind, list[Sign]]:
    """What nobody has found in order yet, by kind; again when something newer came."""
    seen = {(kind, mark): newest for kind, mark, newest in db.session.execute(_SEEN)}
    found: dict[SignKind, list[Sign]] = {kind: [] for kind in SignKind}
    for sign in _all(viewer, now):
        if sign.newest > seen.get((sign.kind, sign.mark), 0) and len(found[sign.kind]) < SHOWN:
            found[sign.kind].append(sign)
    return found


def sign(kind: SignKind, mark: str, viewer: Account, now: datetime) -> Sign:
    """Raises: NoSuchSign"""
    for one in to_look_at(viewer, now)[kind]:
        if one.mark == mark:
            return one
    raise NoSuchSign


def looked_at(viewer: Account) -> Sequence[tuple[SignLookedAt, RefusedTry | None]]:
    """What was found in order last, with the newest code refused where it was about those; own structure's only."""
    query = (
        select(SignLookedAt, RefusedTry)
        .join(SignLookedAt.by)
        .outerjoin(RefusedTry, (SignLookedAt.kind == SignKind.REFUSALS) & (RefusedTry.id == SignLookedAt.newest))
        .options(contains_eager(SignLookedAt.by))
        .order_by(SignLookedAt.id.desc())
        .limit(SHOWN)
    )
    if viewer.structure_id is not None:
        query = query.where(Account.structure_id == viewer.structure_id)
    return [(one, refused) for one, refused in db.session.execute(query)]


_SEEN = select(SignLookedAt.kind, SignLookedAt.mark, SignLookedAt.newest).order_by(SignLookedAt.newest)


def _all(viewer: Account, now: datetime) -> list[Sign]:
    refusals = [
        Sign(SignKind.REFUSALS, f"{one.partner_id}:{one.day}", one.newest, one, partner)
        for one, partner in signs.refusals(viewer, now)
    ]
    late = [Sign(SignKind.HOURS, str(one.id), one.id, payments=[one]) for one in signs.out_of_hours(viewer, now)]
    serials = [
        Sign(SignKind.SERIAL, serial, max(one.id for one in rows), payments=rows)
        for serial, rows in signs.same_serial(viewer).items()
    ]
    names = [
        Sign(SignKind.NAME, f"{one.actor.id}:{one.family_name.casefold()}", max(one.voucher_ids), same_name=one)
        for one in signs.same_name(viewer, now)
    ]
    return refusals + late + serials + names
