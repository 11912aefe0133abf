"""Who may have a voucher of a campaign: each no has its own name, so that a page says which, and a batch counts it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from foundation.errors import Conflict, Refused
from foundation.i18n import _l
from people.models import Residence
from vouchers.models import Campaign, CampaignState, CardState
from vouchers.rules.refusals import CampaignIsOver, CampaignNotOpen

OLDEST = 120


class CardNotLive(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This card is suspended, lost or ended: no voucher goes with it."), "card")


class CardNotValid(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This card is not valid today. Renew it first."), "card")


class OtherCategory(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign is not for cards of this category."), "card")


class OtherArea(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign is for people who live elsewhere."), "card")


class AreaNotKnown(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("It is not known where this person lives, and the campaign asks for it. Note it in their record."),
            "card",
        )


class OtherAge(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign is for another age."), "card")


class AgeNotKnown(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("The year of birth is not known, and the campaign asks for an age. Note it in their record."), "card"
        )


class PrescriberNeeded(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign needs somebody who prescribes the voucher. Say who."), "prescribed_by")


class ActNeeded(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign is for those who followed a workshop to its end."), "card")


class HadOneAlready(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This person, or this household, has had such a voucher already."), "card")


@dataclass(frozen=True)
class Holder:
    """Who has a card, as the rules see them. Where nothing is known of where they live, the areas are empty.

    `household` is its key in the one way of writing by which keys are compared.
    """

    card_id: int
    person_id: int
    state: CardState
    valid_from: date
    valid_until: date
    category_id: int
    household: str = ""
    birth_year: int | None = None
    residence: Residence = Residence.UNKNOWN
    neighbourhood_id: int | None = None
    neighbourhood_ids: Collection[int] = field(default=())
    """The neighbourhood, and all that it lies in."""
    commune_ids: Collection[int] = field(default=())


@dataclass(frozen=True)
class Claim:
    """What is brought forward for a voucher: who prescribes it, and the reference of what was done for it."""

    prescribed_by_id: int | None = None
    act: str = ""


def check_issuing(campaign: Campaign, today: date) -> None:
    """Raises: CampaignNotOpen, CampaignIsOver"""
    if campaign.state is not CampaignState.OPEN:
        raise CampaignNotOpen
    if today > campaign.ends_on:
        raise CampaignIsOver


def check_eligible(campaign: Campaign, holder: Holder, claim: Claim, today: date, *, had_one: bool) -> None:
    """Refuse somebody who may have no voucher of this campaign today.

    Args:
        had_one: they, or their household, had one in the time that the campaign counts.

    Raises:
        CardNotLive, CardNotValid, OtherCategory, PrescriberNeeded, ActNeeded, HadOneAlready, and what `check_area` and
        `check_age` refuse
    """
    if holder.state is not CardState.LIVE:
        raise CardNotLive
    if not holder.valid_from <= today <= holder.valid_until:
        raise CardNotValid
    if campaign.category_ids and holder.category_id not in campaign.category_ids:
        raise OtherCategory
    check_area(campaign, holder)
    check_age(campaign, holder, today)
    if campaign.prescriber_needed and claim.prescribed_by_id is None:
        raise PrescriberNeeded
    if campaign.act_needed and claim.act != campaign.act_needed:
        raise ActNeeded
    if had_one:
        raise HadOneAlready


def check_area(campaign: Campaign, holder: Holder) -> None:
    """Raises: OtherArea, AreaNotKnown"""
    if not campaign.neighbourhood_ids and not campaign.commune_ids:
        return
    if holder.residence is Residence.UNKNOWN:
        raise AreaNotKnown
    inside = not set(campaign.neighbourhood_ids).isdisjoint(holder.neighbourhood_ids)
    if not inside and set(campaign.commune_ids).isdisjoint(holder.commune_ids):
        raise OtherArea


def check_age(campaign: Campaign, holder: Holder, today: date) -> None:
    """Everybody counts as having had their birthday, as in reports: only the year of birth is known.

    Raises:
        OtherAge, AgeNotKnown
    """
    if campaign.age_min == 0 and campaign.age_max == OLDEST:
        return
    if holder.birth_year is None:
        raise AgeNotKnown
    if not campaign.age_min <= today.year - holder.birth_year <= campaign.age_max:
        raise OtherAge


def counted_since(campaign: Campaign, today: date) -> date | None:
    """From which day on an earlier voucher of this kind counts, of whichever campaign; None: only this campaign's."""
    if not campaign.every_years:
        return None
    year = today.year - campaign.every_years
    return today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
