"""Vouchers looked through: by campaign, by state, by code or name; those of one person; those of one batch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Account
from foundation.codes import read_code
from foundation.db import db
from people import queries as people
from vouchers.models import Campaign, CampaignKind, Card, CardState, Voucher, VoucherState
from vouchers.queries.campaigns import within
from vouchers.rules.codes import CARD_LENGTH, VOUCHER_LENGTH
from vouchers.rules.refusals import NoSuchVoucher

PER_PAGE = 50
MOST_PEOPLE = 50
MOST_POSTED = 100


class View(StrEnum):
    """What becomes of vouchers, as the list is looked through."""

    ALL = "all"
    TO_HAND_OVER = "to_hand_over"
    UNUSED = "unused"
    USED = "used"
    ENDED = "ended"


_VIEWS: dict[View, ColumnElement[bool]] = {
    View.TO_HAND_OVER: Voucher.state == VoucherState.ISSUED,
    View.UNUSED: Voucher.state == VoucherState.HANDED_OVER,
    View.USED: Voucher.state.in_([VoucherState.PARTLY_USED, VoucherState.USED]),
    View.ENDED: Voucher.state.in_([VoucherState.CANCELLED, VoucherState.EXPIRED]),
}


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to."""

    view: View = View.ALL
    campaign_id: int = 0
    batch_id: int = 0
    text: str = ""


def listed(viewer: Account, asked: Asked, *, page: int) -> list[Voucher]:
    """One page, the newest first, and one more if there is another page."""
    query = _whole(viewer)
    if asked.view in _VIEWS:
        query = query.where(_VIEWS[asked.view])
    if asked.campaign_id:
        query = query.where(Voucher.campaign_id == asked.campaign_id)
    if asked.batch_id:
        query = query.where(Voucher.batch_id == asked.batch_id)
    if asked.text:
        query = query.where(_matching(asked.text))
    query = query.order_by(Voucher.id.desc()).offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)
    return list(db.session.scalars(query))


def _whole(viewer: Account) -> Select[Voucher]:
    return (
        select(Voucher)
        .join(Voucher.campaign)
        .join(Voucher.person)
        .options(contains_eager(Voucher.campaign), contains_eager(Voucher.person))
        .where(within(viewer))
    )


def _matching(text: str) -> ColumnElement[bool]:
    """The code of a voucher, the number of a card, or a person as their search finds them."""
    if code := read_code(text, VOUCHER_LENGTH):
        return Voucher.code == code
    if number := read_code(text, CARD_LENGTH):
        return Voucher.card_id.in_(select(Card.id).where(Card.number == number))
    return Voucher.person_id.in_([one.id for one in people.find(text, limit=MOST_PEOPLE)])


def seen(voucher_id: int, viewer: Account) -> Voucher:
    """One that the viewer may look at.

    Raises:
        NoSuchVoucher
    """
    found = db.session.scalars(_whole(viewer).where(Voucher.id == voucher_id)).one_or_none()
    if found is None:
        raise NoSuchVoucher
    return found


def successor_of(voucher_id: int) -> Voucher | None:
    """The voucher that took over what was left of this one."""
    return db.session.scalar(select(Voucher).where(Voucher.replaces_id == voucher_id))


def replaced_by(voucher: Voucher) -> Voucher | None:
    """The voucher that this one took over from."""
    return db.session.get(Voucher, voucher.replaces_id) if voucher.replaces_id else None


def of_person(person_id: int, viewer: Account) -> list[Voucher]:
    """The newest first."""
    return list(db.session.scalars(_whole(viewer).where(Voucher.person_id == person_id).order_by(Voucher.id.desc())))


def current_card(person_id: int) -> Card | None:
    """The live or suspended card of a person; else the newest that they had."""
    found = db.session.scalars(
        select(Card).where(Card.person_id == person_id).order_by(Card.id.desc()).options(joinedload(Card.category))
    ).all()
    return next((one for one in found if one.state.current), found[0] if found else None)


@dataclass(frozen=True)
class ToHandOver:
    """A voucher that waits for its person."""

    id: int
    person_id: int
    kind: CampaignKind


def to_hand_over(person_ids: Collection[int], viewer: Account, today: date) -> dict[int, list[ToHandOver]]:
    """Vouchers that these people can be given now, by person, for the day of whoever receives them."""
    query = (
        select(Voucher.id, Voucher.person_id, Campaign.kind)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
        .where(
            Voucher.person_id.in_(person_ids), Voucher.state == VoucherState.ISSUED, Voucher.valid_until >= today,
            Voucher.card.has(state=CardState.LIVE), within(viewer),
        )
        .order_by(Voucher.id)
    )  # fmt: skip
    found: dict[int, list[ToHandOver]] = {}
    for row in db.session.execute(query) if person_ids else ():
        found.setdefault(row.person_id, []).append(ToHandOver(*row))
    return found


def to_post(batch_id: int, viewer: Account, until_id: int | None = None) -> list[Voucher]:
    """The next vouchers of a batch that wait for their person, as many as are printed at once.

    Args:
        until_id: the last one that was printed: none that came after it is among them.
    """
    waiting = Voucher.batch_id == batch_id, Voucher.state == VoucherState.ISSUED, Voucher.card.has(state=CardState.LIVE)
    query = _whole(viewer).where(*waiting)
    if until_id is not None:
        query = query.where(Voucher.id <= until_id)
    return list(db.session.scalars(query.order_by(Voucher.id).limit(MOST_POSTED)))
