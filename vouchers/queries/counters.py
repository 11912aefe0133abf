"""What a counter sees of a voucher: only what is needed to take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, select

from foundation.db import db
from foundation.i18n import language, local
from people.models import Person
from vouchers.models import Campaign, CampaignKind, CampaignPartner, Partner, PartnerKind, Voucher
from vouchers.rules.refusals import NoAgreement, NotTakenHere

KINDS = {PartnerKind.REFURBISHER: CampaignKind.DEVICE, PartnerKind.TRAINING: CampaignKind.TRAINING}


@dataclass(frozen=True)
class Shown:
    """A voucher at a counter. `name` is the given name and one initial; `units_left` is 0 for devices.

    Attributes:
        pays_from: the first day of a session that it pays.
        card_until: the last day of the card that it is on; the voucher lives by its own.
    """

    voucher_id: int
    kind: CampaignKind
    campaign_title: str
    name: str
    left_cents: int
    units_left: int
    unit_cents: int
    floor_cents: int
    price_ceiling_cents: int | None
    device_kinds: list[str]
    valid_until: date
    pays_from: date
    card_until: date


def id_by_code(code: str) -> int | None:
    """The voucher with this code, already read."""
    found = ids_by_code(code)
    return found[0] if found else None


def ids_by_code(code: str) -> tuple[int, int] | None:
    """The voucher with this code, already read, and its campaign."""
    row = db.session.execute(_BY_CODE, {"code": code}).one_or_none()
    return None if row is None else (row.id, row.campaign_id)


_BY_CODE = select(Voucher.id, Voucher.campaign_id).where(Voucher.code == bindparam("code"))


def code_of(voucher_id: int) -> str:
    """The code under which a voucher is spent: of the one that came in its place, if it was replaced."""
    while (newer := db.session.scalar(select(Voucher.id).where(Voucher.replaces_id == voucher_id))) is not None:
        voucher_id = newer
    return db.session.scalars(select(Voucher.code).where(Voucher.id == voucher_id)).one()


def partner_of(structure_id: int | None, on: date) -> Partner:
    """The partner whose accounts belong to this structure.

    Raises:
        NoAgreement: none, or not on that day.
    """
    partner = db.session.scalar(select(Partner).where(Partner.structure_id == structure_id))
    if partner is None or not partner.under_agreement(on):
        raise NoAgreement
    return partner


def check_taken(campaign: Campaign, partner_id: int | None, today: date, *, locked: bool = False) -> datetime | None:
    """Refuse a voucher that this partner can not take today. None: the town itself, which takes training vouchers.

    Args:
        locked: no statement of the partner is issued before the transaction at hand ends; tills go on together.

    Returns:
        Until when the partner's payments are stated already.

    Raises:
        NoAgreement, NotTakenHere
    """
    if partner_id is None:
        if campaign.kind is not CampaignKind.TRAINING:
            raise NotTakenHere
        return None
    row = db.session.execute(
        _TAKEN_LOCKED if locked else _TAKEN, {"campaign_id": campaign.id, "partner_id": partner_id}
    ).one_or_none()
    if row is None or not row.agreement_from <= today <= (row.agreement_until or today):
        raise NoAgreement
    if KINDS[row.kind] is not campaign.kind or (row.chosen and not row.among):
        raise NotTakenHere
    stated_until: datetime | None = row.stated_until
    return stated_until


_CHOSEN = exists().where(CampaignPartner.campaign_id == bindparam("campaign_id"))
_TAKEN = select(
    Partner.kind, Partner.agreement_from, Partner.agreement_until, Partner.stated_until, _CHOSEN.label("chosen"),
    _CHOSEN.where(CampaignPartner.partner_id == Partner.id).label("among"),
).where(Partner.id == bindparam("partner_id"))  # fmt: skip
_TAKEN_LOCKED = _TAKEN.with_for_update(read=True, key_share=True, of=Partner)


def shown(voucher: Voucher) -> Shown:
    """What the counter sees of a voucher that it may take."""
    campaign, person = voucher.campaign, voucher.person
    units = voucher.left_cents // campaign.unit_cents if campaign.unit_cents else 0
    return Shown(
        voucher.id, campaign.kind, campaign.said("title", language()), short_name(person), voucher.left_cents, units,
        campaign.unit_cents, campaign.floor_cents, campaign.price_ceiling_cents, campaign.device_kinds,
        voucher.valid_until, pays_from(voucher), voucher.card.valid_until,
    )  # fmt: skip


def pays_from(voucher: Voucher) -> date:
    """The day on which its owner had it, or the first one that it replaces, and not before its campaign began."""
    first, step = voucher.handed_over_at, voucher
    while step.replaces_id is not None:
        step = db.session.get_one(Voucher, step.replaces_id)
        first = step.handed_over_at or first
    begins = voucher.campaign.starts_on
    return begins if first is None else max(begins, local(first).date())


def short_name(person: Person) -> str:
    """`Jeanne L.`: enough to greet somebody by."""
    initial = f" {person.family_name[0]}." if person.family_name else ""
    return f"{person.given_name}{initial}".strip()
