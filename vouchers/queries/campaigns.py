"""Campaigns for the pages of those who run them, and what their forms choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select, true

from accounts.models import Account
from foundation.db import db
from foundation.scope import NotInYourStructure
from places.models import Commune, Neighbourhood, Structure, Venue
from vouchers.models import Campaign, CampaignKind, CampaignState, CardCategory, Partner
from vouchers.queries.counters import KINDS
from vouchers.rules.refusals import NoSuchCampaign


def within(viewer: Account) -> ColumnElement[bool]:
    """Campaigns of the territory, and those of the structure of whoever looks; staff of the territory see all."""
    if viewer.structure_id is None:
        return true()
    return or_(Campaign.structure_id.is_(None), Campaign.structure_id == viewer.structure_id)


def listed(viewer: Account, states: Sequence[CampaignState] = tuple(CampaignState)) -> list[Campaign]:
    """Open ones first, then drafts, then what is closed; of each the newest first."""
    query = select(Campaign).where(within(viewer), Campaign.state.in_(states))
    found = db.session.scalars(query.order_by(Campaign.starts_on.desc(), Campaign.id.desc())).all()
    order = [CampaignState.OPEN, CampaignState.DRAFT, CampaignState.CLOSED]
    return sorted(found, key=lambda one: order.index(one.state))


def seen(campaign_id: int, viewer: Account) -> Campaign:
    """One that the viewer may look at.

    Raises:
        NoSuchCampaign
    """
    found = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id, within(viewer)))
    if found is None:
        raise NoSuchCampaign
    return found


def manages(campaign: Campaign, viewer: Account) -> bool:
    """Whether the viewer decides of it, when their role lets them decide at all."""
    return viewer.structure_id is None or viewer.structure_id == campaign.structure_id


def check_plans(viewer: Account, structure_id: int | None) -> int | None:
    """For whom a new campaign is: staff of a structure plan for it, those of the territory for whom they choose.

    Raises:
        NotInYourStructure
    """
    if viewer.structure_id is None:
        return structure_id
    if structure_id not in {None, viewer.structure_id}:
        raise NotInYourStructure
    return viewer.structure_id


def category_choices() -> list[tuple[int, str]]:
    query = select(CardCategory.id, CardCategory.label).where(CardCategory.active).order_by(CardCategory.label)
    return [(id_, label) for id_, label in db.session.execute(query)]


def commune_choices() -> list[tuple[int, str]]:
    query = select(Commune.id, Commune.name).order_by(Commune.name, Commune.id)
    return [(id_, name) for id_, name in db.session.execute(query)]


def neighbourhoods_within(neighbourhood_ids: Sequence[int], commune_ids: Sequence[int]) -> list[str]:
    """The names of these neighbourhoods that lie in one of these communes."""
    query = select(Neighbourhood.name).where(
        Neighbourhood.id.in_(neighbourhood_ids), Neighbourhood.commune_id.in_(commune_ids)
    )
    return list(db.session.scalars(query.order_by(Neighbourhood.name)))


def partner_choices(kind: CampaignKind) -> list[tuple[int, str]]:
    """Those who take vouchers of this kind."""
    kinds = [partner for partner, campaign in KINDS.items() if campaign is kind]
    query = (
        select(Partner.id, Structure.name)
        .join(Structure, Structure.id == Partner.structure_id)
        .where(Partner.kind.in_(kinds))
        .order_by(Structure.name, Partner.id)
    )
    return [(id_, name) for id_, name in db.session.execute(query)]


def names_of(model: type[CardCategory] | type[Commune] | type[Neighbourhood], ids: Sequence[int]) -> list[str]:
    """What the rows that a campaign lists are called."""
    column = model.label if model is CardCategory else model.name  # type: ignore[union-attr]
    return list(db.session.scalars(select(column).where(model.id.in_(ids)).order_by(column)))


def takers(campaign: Campaign, on: date) -> list[tuple[Partner, str]]:
    """Who takes its vouchers on that day, by name, with the address of their first place; empty when it has none."""
    query = select(Partner).join(Structure, Structure.id == Partner.structure_id).order_by(Structure.name, Partner.id)
    chosen = [one.id for one in campaign.partners]
    kinds = [partner for partner, kind in KINDS.items() if kind is campaign.kind]
    query = query.where(Partner.id.in_(chosen)) if chosen else query.where(Partner.kind.in_(kinds))
    found = [one for one in db.session.scalars(query) if one.under_agreement(on)]
    places: dict[int, str] = {}
    ids = [one.structure_id for one in found]
    for venue in db.session.scalars(select(Venue).where(Venue.structure_id.in_(ids)).order_by(Venue.id)):
        if venue.structure_id is not None:
            places.setdefault(venue.structure_id, venue.whole_address)
    return [(one, places.get(one.structure_id, "")) for one in found]
