"""What a campaign is, in plain words: for its page, and for whoever wonders why somebody gets no voucher."""

from __future__ import annotations

from foundation.i18n import _, euros, ngettext, short_day
from places.models import Commune, Neighbourhood
from vouchers import acts
from vouchers.models import Campaign, CampaignKind, CardCategory, DeviceKind
from vouchers.queries.campaigns import names_of
from vouchers.rules.eligibility import OLDEST
from vouchers.rules.labels import DEVICES, SHARES

Fact = tuple[str, str]


def for_whom(campaign: Campaign) -> list[Fact]:
    """Who may have a voucher, a line for each condition; what does not matter is said too."""
    names = [
        *names_of(Neighbourhood, campaign.neighbourhood_ids),
        *names_of(Commune, campaign.commune_ids),
    ]  # fmt: skip
    return [
        (_("Solidarity card"), ", ".join(names_of(CardCategory, campaign.category_ids)) or _("Any category")),
        (_("Lives in"), ", ".join(names) or _("Anywhere")),
        (_("Age"), _ages(campaign)),
        (_("How many"), _share(campaign)),
        (_("Prescribed"), _("By somebody who is named") if campaign.prescriber_needed else _("Not needed")),
        (_("Workshop followed to its end"), acts.title_of(campaign.act_needed) or _("Not needed")),
    ]  # fmt: skip


def for_what(campaign: Campaign) -> list[Fact]:
    """What a voucher pays, and where."""
    worth = [(_("A voucher is worth"), worth_of(campaign))]
    if campaign.kind is CampaignKind.DEVICE:
        kinds = ", ".join(str(DEVICES[DeviceKind(one)]) for one in campaign.device_kinds)
        ceiling = campaign.price_ceiling_cents
        worth += [
            (_("Devices"), kinds or _("Computers, tablets and phones")),
            (_("Residents pay at least"), euros(campaign.floor_cents) if campaign.floor_cents else _("Nothing")),
            (_("Highest price"), euros(ceiling) if ceiling else _("Whatever it costs")),
        ]
    partners = ", ".join(one.structure.name for one in campaign.partners)
    first, last = campaign.starts_on, campaign.ends_on
    began = short_day(first) if first.year == last.year else f"{short_day(first)} {first.year}"
    until = _("from %(first)s to %(last)s", first=began, last=short_day(last))
    return [
        *worth,
        (_("Partners"), partners or _("All partners of this kind")),
        (_("Dates"), f"{until} {last.year}"),
        (_("Tolerance"), ngettext("%(num)s day", "%(num)s days", campaign.tolerance_days)),
    ]


def worth_of(campaign: Campaign) -> str:
    """`100,00 €`, or `10 units of 5,00 €`."""
    if campaign.kind is CampaignKind.DEVICE:
        return euros(campaign.face_cents)
    unit = euros(campaign.unit_cents)
    return ngettext("%(num)s unit of %(unit)s", "%(num)s units of %(unit)s", campaign.units, unit=unit)


def _ages(campaign: Campaign) -> str:
    first, last = campaign.age_min, campaign.age_max
    if (first, last) == (0, OLDEST):
        return _("Any age")
    if last == OLDEST:
        return _("%(age)s and older", age=first)
    return _("%(first)s to %(last)s", first=first, last=last) if first else _("Up to %(age)s", age=last)


def _share(campaign: Campaign) -> str:
    share = str(SHARES[campaign.share])
    if not campaign.every_years:
        return _("%(share)s in this campaign", share=share)
    years = campaign.every_years
    return ngettext("%(share)s a year", "%(share)s every %(num)s years", years, share=share)
