"""What a resident sees of their card: what is left, where it can be used, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from foundation.db import db
from people.models import Person
from places.models import Venue
from vouchers.models import (
    Campaign,
    CampaignKind,
    Card,
    CardState,
    Partner,
    PartnerKind,
    Redemption,
    Voucher,
    VoucherState,
)
from vouchers.rules.codes import CARD_LENGTH
from vouchers.rules.own_card import Stop, stop_of

KINDS = {CampaignKind.DEVICE: PartnerKind.REFURBISHER, CampaignKind.TRAINING: PartnerKind.TRAINING}
_OPENED = [CardState.LIVE, CardState.SUSPENDED, CardState.ENDED]


@dataclass(frozen=True)
class Place:
    """A partner, and the doors at which it takes vouchers."""

    name: str
    phone: str
    venues: Sequence[Venue]


@dataclass(frozen=True)
class Line:
    """A voucher as its holder sees it. `units_left` is None for a device.

    Attributes:
        stop: why it can not be used today, if something stops it.
        paid: what it paid, oldest first, without what was given back.
        places: where it can be used; none when nothing is left or something stops it.
    """

    campaign: Campaign
    state: VoucherState
    left_cents: int
    face_cents: int
    units_left: int | None
    valid_until: date
    stop: Stop | None
    paid: Sequence[Redemption]
    places: Sequence[Place]


def opened_by(code: str) -> Card | None:
    """The card of this number, or the one on which the voucher of this code is.

    Lost and replaced ones open nothing, nor does that of somebody who was forgotten.
    """
    by_voucher = select(Voucher.card_id).where(Voucher.code == code).scalar_subquery()
    which = Card.number == code if len(code) == CARD_LENGTH else Card.id == by_voucher
    query = select(Card).join(Card.person).options(contains_eager(Card.person))
    query = query.where(which, Card.state.in_(_OPENED), Person.anonymised_at.is_(None))
    return db.session.scalar(query)


def lines(card: Card, today: date) -> list[Line]:
    """Its vouchers that are worth something, the first to end first; the others of campaigns that go on after them."""
    rows = db.session.scalars(
        select(Voucher)
        .options(joinedload(Voucher.campaign).selectinload(Campaign.partners))
        .join(Voucher.campaign)
        .where(Voucher.card_id == card.id, or_(Voucher.left_cents > 0, Campaign.ends_on >= today))
        .where(Voucher.state != VoucherState.CANCELLED)
        .order_by((Voucher.left_cents > 0).desc(), Voucher.valid_until, Voucher.id)
    ).all()
    partners = _partners(today) if rows else []
    paid = _paid_with([one.id for one in rows])
    return [_line(one, stop_of(card.state, one.state, one.campaign.starts_on, today), paid, partners) for one in rows]


def _paid_with(voucher_ids: Sequence[int]) -> Sequence[Redemption]:
    """What these paid, with where, oldest first; what was undone is as if it had never been."""
    query = (
        select(Redemption)
        .options(joinedload(Redemption.partner).joinedload(Partner.structure))
        .where(Redemption.voucher_id.in_(voucher_ids), Redemption.undone_at.is_(None))
        .order_by(Redemption.id)
    )
    return db.session.scalars(query).all() if voucher_ids else []


def _line(
    voucher: Voucher, stop: Stop | None, paid: Sequence[Redemption],
    partners: Sequence[tuple[Partner, Sequence[Venue]]],
) -> Line:  # fmt: skip
    campaign = voucher.campaign
    chosen = {one.id for one in campaign.partners}
    places = [
        Place(partner.structure.name, partner.structure.phone, venues)
        for partner, venues in partners
        if partner.kind is KINDS[campaign.kind] and (not chosen or partner.id in chosen)
    ]
    units = voucher.left_cents // campaign.unit_cents if campaign.unit_cents else None
    return Line(
        campaign, voucher.state, voucher.left_cents, voucher.face_cents, units, voucher.valid_until,
        stop, [one for one in paid if one.voucher_id == voucher.id], places if voucher.left_cents and not stop else [],
    )  # fmt: skip


def _partners(today: date) -> list[tuple[Partner, Sequence[Venue]]]:
    """Those who take vouchers today, by name, each with its places."""
    agreed = Partner.agreement_until.is_(None) | (Partner.agreement_until >= today)
    found = db.session.scalars(select(Partner).where(Partner.agreement_from <= today, agreed)).all()
    ids = [one.structure_id for one in found]
    venues = db.session.scalars(
        select(Venue).where(Venue.structure_id.in_(ids), Venue.active).order_by(Venue.name, Venue.id)
    ).all()
    return sorted(
        ((one, [venue for venue in venues if venue.structure_id == one.structure_id]) for one in found),
        key=lambda pair: pair[0].structure.name.casefold(),
    )
