"""What the form of a campaign sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from foundation.fields import ChoiceSetField, DayField, IntegerField, RadioField, SelectField, only_lines, optional
from foundation.i18n import _, _l
from foundation.labels import choices
from foundation.said import ARABIC, ENGLISH, in_fields, typed
from foundation.web import BaseForm, stripped
from vouchers.forms.money import CentsField
from vouchers.models import Campaign, CampaignKind, CampaignState, DeviceKind, Share
from vouchers.rules.campaigns import LONGEST, MOST_TOLERANCE_DAYS, MOST_YEARS, TRANSLATED, Plan
from vouchers.rules.eligibility import OLDEST
from vouchers.rules.labels import DEVICES, SHARES

Choices = Sequence[tuple[Any, Any]]
NARROW = {"class": "narrow"}
EUROS = {"class": "narrow", "inputmode": "decimal"}
NEEDED = _l("Write an amount in euros, such as 45 or 45,50.")
NUMBER = _l("Write a number.")
BETWEEN = _l("Write a number from %(min)s to %(max)s.")
DAY = _l("Choose a day.")
TOO_LONG = _l("This is too long. Make it shorter.")
AGES = _l("Ages are between 0 and 120, the lower one first.")
ANYBODY = _l("Choose none when it does not matter.")
OF_DEVICES = ("face", "floor", "price_ceiling", "device_kinds")
OF_TRAINING = ("units", "unit_cents")
FIXED_ONCE_OPEN = (
    *OF_DEVICES, *OF_TRAINING, "structure_id", "starts_on", "category_ids", "commune_ids", "neighbourhood_ids",
    "age_min", "age_max", "share", "every_years", "prescriber_needed", "act_needed",
)  # fmt: skip


def _number(label: Any, most: int, **more: Any) -> IntegerField:
    return IntegerField(
        label, [InputRequired(NUMBER), NumberRange(0, most, message=more.pop("message", BETWEEN))],
        render_kw=NARROW | {"inputmode": "numeric"}, **more,
    )  # fmt: skip


def _title(label: Any, said_in: dict[str, str]) -> StringField:
    return StringField(
        label, [Length(max=LONGEST["title"], message=TOO_LONG)], filters=[stripped],
        render_kw=said_in | {"maxlength": LONGEST["title"]},
    )  # fmt: skip


def _words(label: Any, said_in: dict[str, Any], **more: Any) -> TextAreaField:
    most = LONGEST["voucher_text"]
    kw = said_in | {"rows": 4, "maxlength": most}
    return TextAreaField(label, [Length(max=most, message=TOO_LONG)], filters=[only_lines], render_kw=kw, **more)


class CampaignForm(BaseForm):
    """Everything that is decided of a campaign; what does not apply to its kind, or can not change, is left out."""

    title = StringField(
        _l("Title of the campaign"), [InputRequired(_l("Give the campaign a title of up to 120 characters.")),
        Length(max=LONGEST["title"], message=TOO_LONG)], filters=[stripped], render_kw={"maxlength": LONGEST["title"]},
    )  # fmt: skip
    structure_id = SelectField(_l("Who runs it"), coerce=optional(int))
    budget = CentsField(_l("Budget in euros"), [InputRequired(NEEDED)], render_kw=EUROS)
    face = CentsField(_l("A voucher is worth, in euros"), [InputRequired(NEEDED)], render_kw=EUROS)
    units = _number(_l("Units on a voucher"), 1000, default=10)
    unit_cents = CentsField(_l("A unit is worth, in euros"), [InputRequired(NEEDED)], render_kw=EUROS)
    floor = CentsField(
        _l("What residents pay themselves at least, in euros"), render_kw=EUROS,
        description=_l("Leave it empty when a voucher may pay for the whole device."),
    )  # fmt: skip
    price_ceiling = CentsField(
        _l("Highest price of a device, in euros"), render_kw=EUROS, description=_l("Empty: whatever it costs.")
    )
    device_kinds = ChoiceSetField(
        _l("Which devices"), choices=choices(DEVICES), description=_l("Choose none for all of them.")
    )
    starts_on = DayField(_l("First day"), [InputRequired(DAY)])
    ends_on = DayField(
        _l("Last day"), [InputRequired(DAY)],
        description=_l("It stands on the vouchers. About four months work best: long ones are forgotten."),
    )  # fmt: skip
    tolerance_days = _number(
        _l("Days of tolerance"), MOST_TOLERANCE_DAYS, default=15, message=_l("The tolerance is between 0 and 90 days."),
        description=_l("For so many days after the last one, counters still take vouchers. It is not printed."),
    )  # fmt: skip
    category_ids = ChoiceSetField(_l("Categories of the solidarity card"), coerce=int, description=ANYBODY)
    commune_ids = ChoiceSetField(_l("Communes"), coerce=int, description=ANYBODY)
    neighbourhood_ids = ChoiceSetField(
        _l("Neighbourhoods"), coerce=int,
        description=_l("Choose none when it does not matter. Whoever lives in one of these or of the communes may."),
    )  # fmt: skip
    age_min = _number(_l("From which age"), OLDEST, default=0, message=AGES)
    age_max = _number(_l("Up to which age"), OLDEST, default=OLDEST, message=AGES)
    share = RadioField(_l("How many"), coerce=Share, choices=choices(SHARES), default=Share.PERSON)
    every_years = _number(
        _l("Every how many years"), MOST_YEARS, default=0,
        description=_l("0: whatever they had in earlier campaigns. 3: nothing of this kind in the last three years."),
    )  # fmt: skip
    prescriber_needed = BooleanField(_l("Somebody has to prescribe it: a social worker, for instance"))
    act_needed = SelectField(
        _l("Only for those who followed a workshop to its end"), [Optional()], coerce=str,
        description=_l("Presence at its sessions says who did."),
    )  # fmt: skip
    partner_ids = ChoiceSetField(
        _l("Which partners take it"), coerce=int, description=_l("Choose none for all partners of this kind.")
    )
    voucher_text = _words(
        _l("Text on the voucher"), {}, description=_l("How to use it, in two or three short sentences.")
    )
    title_en, title_ar = _title(_l("Title in English"), ENGLISH), _title(_l("Title in Arabic"), ARABIC)
    voucher_text_en = _words(_l("Text on the voucher, in English"), ENGLISH)
    voucher_text_ar = _words(_l("Text on the voucher, in Arabic"), ARABIC)

    def __init__(self, kind: CampaignKind, offers: dict[str, Choices], campaign: Campaign | None = None) -> None:
        """`offers`: by field, what may be chosen; a field with nothing to choose from is left out."""
        super().__init__(data=values_of(campaign) if campaign else None)
        self.kind, self.campaign = kind, campaign
        leave_out = set(OF_TRAINING if kind is CampaignKind.DEVICE else OF_DEVICES)
        if campaign is not None and campaign.state is not CampaignState.DRAFT:
            leave_out |= set(FIXED_ONCE_OPEN)
        for name, found in offers.items():
            if not found:
                leave_out.add(name)
            elif name not in leave_out:
                cast(Any, self[name]).choices = list(found)
        for name in leave_out:
            del self[name]

    def faults(self) -> list[tuple[Field | None, str]]:
        """With the name of the field: the form has four amounts, of which the same may be wrong."""
        return [
            (one, text if one is None else _("%(field)s: %(sentence)s", field=one.label.text, sentence=text))
            for one, text in super().faults()
        ]

    def plan(self) -> Plan:
        """What was sent; what the page does not show stays as it is."""
        was = values_of(self.campaign) if self.campaign else {}

        def sent(name: str, otherwise: Any) -> Any:
            return self[name].data if name in self else was.get(name, otherwise)

        return Plan(
            kind=self.kind, title=sent("title", ""), budget_cents=sent("budget", 0), starts_on=sent("starts_on", None),
            ends_on=sent("ends_on", None), face_cents=sent("face", 0) or 0, units=sent("units", 0) or 0,
            unit_cents=sent("unit_cents", 0) or 0, tolerance_days=sent("tolerance_days", 0),
            category_ids=sent("category_ids", ()), commune_ids=sent("commune_ids", ()),
            neighbourhood_ids=sent("neighbourhood_ids", ()), age_min=sent("age_min", 0),
            age_max=sent("age_max", OLDEST), share=sent("share", Share.PERSON), every_years=sent("every_years", 0),
            prescriber_needed=bool(sent("prescriber_needed", 0)), act_needed=sent("act_needed", "") or "",
            floor_cents=sent("floor", 0) or 0, price_ceiling_cents=sent("price_ceiling", None),
            device_kinds=[DeviceKind(one).value for one in sent("device_kinds", ())],
            voucher_text=sent("voucher_text", "") or "", partner_ids=sent("partner_ids", ()),
            translations=typed(self._fields, TRANSLATED),
        )  # fmt: skip


def values_of(campaign: Campaign) -> dict[str, Any]:
    """A campaign as its form shows it."""
    same = (
        "title", "structure_id", "units", "unit_cents", "starts_on", "ends_on", "tolerance_days", "category_ids",
        "commune_ids", "neighbourhood_ids", "age_min", "age_max", "share", "every_years", "prescriber_needed",
        "act_needed", "device_kinds", "voucher_text",
    )  # fmt: skip
    return {name: getattr(campaign, name) for name in same} | {
        "budget": campaign.budget_cents,
        "face": campaign.face_cents,
        "floor": campaign.floor_cents or None,
        "price_ceiling": campaign.price_ceiling_cents,
        "partner_ids": [one.id for one in campaign.partners],
        **in_fields(campaign.translations, TRANSLATED),
    }
