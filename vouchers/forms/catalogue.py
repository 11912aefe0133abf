"""A refurbished device as a partner describes it."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from foundation.fields import IntegerField, RadioField, SelectField, given
from foundation.i18n import _l
from foundation.web import BaseForm, stripped
from vouchers.forms.money import CentsField
from vouchers.models import DeviceKind, Grade
from vouchers.rules.labels import DEVICES, GRADES, GRADES_SAID
from vouchers.rules.offers import LONGEST_TITLE, OfferDetails

NUMBER = {"inputmode": "numeric", "min": 0, "class": "narrow"}


class OfferForm(BaseForm):
    device_kind = RadioField(
        _l("What is it?"), [InputRequired(_l("Say what kind of device it is."))], coerce=DeviceKind,
        choices=[(one.value, said) for one, said in DEVICES.items()],
    )  # fmt: skip
    title = StringField(
        _l("Brand and model"),
        [DataRequired(_l("Write the brand and the model, in up to 120 characters.")), Length(max=LONGEST_TITLE)],
        description=_l("And what matters: size of the screen, memory, charger."), filters=[stripped],
        render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off"},
    )  # fmt: skip
    grade = SelectField(_l("Condition"), [InputRequired()], coerce=Grade)
    price = CentsField(
        _l("Price"), [InputRequired(_l("Write the price of the device."))],
        description=_l("In euros, all taxes included, before the voucher."),
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20, "class": "narrow"},
    )  # fmt: skip
    warranty_months = IntegerField(
        _l("Warranty"), [InputRequired(_l("Write the months of warranty: from 0 to 120."))],
        description=_l("In months."), render_kw=NUMBER,
    )  # fmt: skip
    stock = IntegerField(
        _l("How many do you have?"), [Optional()],
        description=_l("If you wish. At 0 residents do not see it any more."), render_kw=NUMBER,
    )  # fmt: skip
    stock_seen = HiddenField()
    active = BooleanField(_l("Residents see it"), default=True)

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.grade.choices = [(one.value, f"{said} ({GRADES_SAID[one]})") for one, said in GRADES.items()]

    @property
    def recounted(self) -> bool:
        """Whether another number was typed than the page showed: sales go on while it is open."""
        typed = "" if self.stock.data is None else str(self.stock.data)
        return not self.stock_seen.raw_data or typed != self.stock_seen.data

    def details(self) -> OfferDetails:
        return OfferDetails(
            DeviceKind(self.device_kind.data), given(self.title.data), Grade(self.grade.data), given(self.price.data),
            given(self.warranty_months.data), self.stock.data, bool(self.active.data),
        )  # fmt: skip
