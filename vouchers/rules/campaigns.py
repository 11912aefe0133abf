"""What a campaign is when it is planned, and when it may open, change and close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.errors import Conflict, Refused
from foundation.forbidden import check_text
from foundation.i18n import _, _l, euros, ngettext
from foundation.said import Translations, check_translations
from vouchers.models import Campaign, CampaignKind, CampaignState, DeviceKind, Share
from vouchers.rules.eligibility import OLDEST
from vouchers.rules.money import MOST_CENTS

LONGEST = {"title": 120, "act_needed": 60, "voucher_text": 1000}
LONGEST_CAMPAIGN = timedelta(days=366)
MOST_TOLERANCE_DAYS, MOST_YEARS = 90, 20
CHANGED_WHILE_OPEN = ("title", "budget_cents", "ends_on", "tolerance_days", "voucher_text")
TRANSLATED = ("title", "voucher_text")
"""What residents read of a campaign."""


class TitleMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Give the campaign a title of up to 120 characters."), "title")


class TextTooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This text is too long: keep to 1,000 characters."), field)


class BudgetMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The budget has to pay for one voucher at least."), "budget")


class FaceMissing(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Say what a voucher is worth: more than nothing."), field)


class DatesInDisorder(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The last day comes after the first one, and not more than a year later."), "ends_on")


class EndsInThePast(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The campaign would be over already: choose a last day from today on."), "ends_on")


class OverBeforeItOpens(Conflict):
    """A draft that waited too long."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The last day of this campaign has passed: no voucher could be issued. Change its dates first, then "
                "open it."
            )
        )


class BadTolerance(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The tolerance is between 0 and 90 days."), "tolerance_days")


class BadAges(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Ages are between 0 and 120, the lower one first."), "age_min")


class BadYears(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say every how many years one may have a voucher: between 0 and 20."), "every_years")


class BadPrices(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The highest price has to be more than what residents pay themselves."), "price_ceiling")


class AreaTwice(Refused):
    """Whoever lives in a commune may have one: its neighbourhood would limit nothing."""

    def __init__(self, neighbourhoods: Sequence[str]) -> None:
        message = ngettext(
            "%(names)s lies in a commune that you chose as well: leave the commune out, or the neighbourhood.",
            "%(names)s lie in communes that you chose as well: leave the communes out, or the neighbourhoods.",
            len(neighbourhoods), names=", ".join(neighbourhoods),
        )  # fmt: skip
        super().__init__(message, "neighbourhood_ids")


class NotADevice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose computers, tablets or phones."), "device_kinds")


class NotADraft(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This campaign was opened or closed already."))


class CampaignClosed(Conflict):
    title = _l("This can not be done")

    def __init__(self) -> None:
        super().__init__(_l("This campaign is closed: it stays as it is."))


class BudgetBelowPromises(Conflict):
    def __init__(self, campaign: Campaign) -> None:
        message = _(
            "%(spent)s is spent and %(promised)s is promised by vouchers already. "
            "Choose a budget of %(least)s at least.",
            spent=euros(campaign.spent_cents), promised=euros(campaign.committed_cents),
            least=euros(campaign.spent_cents + campaign.committed_cents),
        )  # fmt: skip
        super().__init__(message, "budget")


class EndBroughtForward(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Vouchers with the present last day are out already: only a later one can be chosen."), "ends_on"
        )


class TooEarlyToClose(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign can be closed once it has ended, tolerance included."))


class StillLive(Conflict):
    def __init__(self, count: int) -> None:
        message = ngettext(
            "%(num)s voucher can still be used. Wait for its end, or cancel it.",
            "%(num)s vouchers can still be used. Wait for their end, or cancel them.",
            count,
        )
        super().__init__(message)


@dataclass(frozen=True)
class Plan:
    """Everything that is decided of a campaign. Lists that are empty narrow nothing; amounts are in cents.

    Device vouchers have a `face_cents`; training vouchers have `units` of `unit_cents` each. `every_years` 0 means
    once in this campaign; `act_needed` is a reference such as `programme:5`, empty when nothing has to be done first.
    `translations`: language code → `title`, `voucher_text`; empty texts are left out.
    """

    kind: CampaignKind
    title: str
    budget_cents: int
    starts_on: date
    ends_on: date
    face_cents: int = 0
    units: int = 0
    unit_cents: int = 0
    tolerance_days: int = 0
    category_ids: Sequence[int] = ()
    commune_ids: Sequence[int] = ()
    neighbourhood_ids: Sequence[int] = ()
    age_min: int = 0
    age_max: int = OLDEST
    share: Share = Share.PERSON
    every_years: int = 0
    prescriber_needed: bool = False
    act_needed: str = ""
    floor_cents: int = 0
    price_ceiling_cents: int | None = None
    device_kinds: Sequence[str] = ()
    voucher_text: str = ""
    partner_ids: Sequence[int] = ()
    translations: Translations = field(default_factory=dict)

    @property
    def face(self) -> int:
        """What one voucher is worth, in cents."""
        return self.face_cents if self.kind is CampaignKind.DEVICE else self.units * self.unit_cents


def check_plan(plan: Plan) -> None:
    """Refuse what no campaign can be.

    Raises:
        TitleMissing, TextTooLong, DatesInDisorder, BadTolerance, BadAges, BadYears, and what `check_amounts` and
        `check_text` refuse
    """
    if not 0 < len(plan.title.strip()) <= LONGEST["title"]:
        raise TitleMissing
    for name, most in LONGEST.items():
        if len(getattr(plan, name)) > most:
            raise TextTooLong(name)
        for locale, texts in plan.translations.items():
            if len(texts.get(name, "")) > most:
                raise TextTooLong(f"{name}_{locale}")
    check_text(plan.title, "title")
    check_text(plan.voucher_text, "voucher_text")
    check_translations(plan.translations)
    if not timedelta(0) <= plan.ends_on - plan.starts_on <= LONGEST_CAMPAIGN:
        raise DatesInDisorder
    if not 0 <= plan.tolerance_days <= MOST_TOLERANCE_DAYS:
        raise BadTolerance
    if not 0 <= plan.age_min <= plan.age_max <= OLDEST:
        raise BadAges
    if not 0 <= plan.every_years <= MOST_YEARS:
        raise BadYears
    check_amounts(plan)


def check_to_come(plan: Plan, today: date) -> None:
    """Raises: EndsInThePast"""
    if plan.ends_on < today:
        raise EndsInThePast


def check_open(campaign: Campaign, today: date) -> None:
    """Raises: NotADraft, OverBeforeItOpens"""
    if campaign.state is not CampaignState.DRAFT:
        raise NotADraft
    if campaign.ends_on < today:
        raise OverBeforeItOpens


def check_amounts(plan: Plan) -> None:
    """Raises: FaceMissing, BudgetMissing, BadPrices, NotADevice"""
    if plan.kind is CampaignKind.TRAINING:
        for name in ("units", "unit_cents"):
            if getattr(plan, name) < 1:
                raise FaceMissing(name)
    elif plan.face_cents < 1:
        raise FaceMissing("face")
    if not plan.face <= plan.budget_cents <= MOST_CENTS:
        raise BudgetMissing
    ceiling = plan.price_ceiling_cents
    if plan.floor_cents < 0 or (ceiling is not None and ceiling <= plan.floor_cents):
        raise BadPrices
    if not set(plan.device_kinds) <= {kind.value for kind in DeviceKind}:
        raise NotADevice


def check_not_closed(campaign: Campaign) -> None:
    """Raises: CampaignClosed"""
    if campaign.state is CampaignState.CLOSED:
        raise CampaignClosed


def check_open_change(campaign: Campaign, plan: Plan) -> None:
    """What an open campaign may become: its budget, its end, its words, never what vouchers out there say.

    Raises:
        CampaignClosed, BudgetBelowPromises, EndBroughtForward
    """
    check_not_closed(campaign)
    if plan.budget_cents < campaign.committed_cents + campaign.spent_cents:
        raise BudgetBelowPromises(campaign)
    if plan.ends_on < campaign.ends_on:
        raise EndBroughtForward


def check_close(campaign: Campaign, today: date, live: int) -> None:
    """Raises: NotADraft, TooEarlyToClose, StillLive"""
    if campaign.state is not CampaignState.OPEN:
        raise NotADraft
    if today <= campaign.ends_on + timedelta(days=campaign.tolerance_days):
        raise TooEarlyToClose
    if live:
        raise StillLive(live)
