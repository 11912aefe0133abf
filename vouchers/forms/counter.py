"""What a shop's old phone sends: a code, what is bought with it, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from foundation.fields import DayField, IntegerField, RadioField, SelectField, given, optional, whole
from foundation.i18n import _, _l, euros
from foundation.web import BaseForm, stripped
from vouchers.forms.money import CentsField
from vouchers.models import DeviceKind, Offer
from vouchers.rules.labels import DEVICES
from vouchers.rules.offers import SOLD_OUT
from vouchers.rules.states import LONGEST_REASON, LONGEST_SERIAL, Bought, Device, Training

TYPED_CODE: dict[str, Any] = {
    "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 40, "class": "code",
}  # fmt: skip
LONGEST_KEY = 64


class CodeForm(BaseForm):
    """The code of a voucher, as it is read aloud."""

    code = StringField(
        _l("Code of the voucher"),
        [DataRequired(_l("Type the code that is printed on the voucher.")), Length(max=40)],
        description=_l("10 letters and digits. Spaces do not matter."), filters=[stripped], render_kw=TYPED_CODE,
    )  # fmt: skip


class SaleForm(BaseForm):
    """What both kinds of sales carry along: the page that sends it, and the amount that was agreed to."""

    request_key = HiddenField(validators=[Length(max=LONGEST_KEY)])
    agreed = HiddenField()

    @property
    def agreed_cents(self) -> int:
        return whole(self.agreed.data)

    def bought(self) -> Bought:
        raise NotImplementedError


class TypedUnlessChosen(InputRequired):
    """Of a device of the list nothing has to be typed; what is typed all the same, such as a lower price, counts."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raises: StopValidation"""
        if form.chosen is None:
            super().__call__(form, field)


class DeviceForm(SaleForm):
    """A device of the partner's own list, or one whose price and kind are typed."""

    offer = SelectField(
        _l("From your list"), [Optional()], coerce=optional(int), invalid_choice_message=SOLD_OUT,
        description=_l("Then the price and the kind need not be typed, and your list counts one less."),
    )  # fmt: skip
    price = CentsField(
        _l("Price of the device"), [TypedUnlessChosen(_l("Write the price of the device."))],
        description=_l("In euros, all taxes included, before the voucher."),
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20, "class": "narrow"},
    )  # fmt: skip
    device_kind = RadioField(
        _l("What is it?"), [TypedUnlessChosen(_l("Say what kind of device it is."))], coerce=DeviceKind,
    )  # fmt: skip
    serial = StringField(
        _l("Serial number"), [DataRequired(_l("Write the serial number of the device.")), Length(max=LONGEST_SERIAL)],
        description=_l("On the label under the device, or in its settings; of a phone, the IMEI."), filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "maxlength": LONGEST_SERIAL},
    )  # fmt: skip

    def __init__(self, kinds: list[str], offers: Sequence[Offer], **more: Any) -> None:
        """Args: kinds: those that the campaign helps with; none: all. offers: what may be chosen instead."""
        super().__init__(**more)
        self._offers = {one.id: one for one in offers}
        said = [(one.id, f"{one.title}, {euros(one.price_cents)}") for one in offers]
        self.offer.choices = [("", _("Another one: I type it")), *said]
        self.device_kind.choices = [(one.value, said) for one, said in DEVICES.items() if not kinds or one in kinds]
        if len(self.device_kind.choices) == 1 and not self.device_kind.data:
            self.device_kind.data = self.device_kind.choices[0][0]
        if self.chosen:
            self.device_kind.data = self.chosen.device_kind

    @property
    def chosen(self) -> Offer | None:
        return self._offers.get(self.offer.data)

    def bought(self) -> Bought:
        price = self.chosen.price_cents if self.chosen and self.price.data is None else given(self.price.data)
        kind, serial = DeviceKind(self.device_kind.data), given(self.serial.data)
        return Device(price, kind, serial, self.chosen.id if self.chosen else None)


class TrainingForm(SaleForm):
    units = IntegerField(
        _l("Units to take"), [InputRequired(_l("Write how many units are paid: 1 or more."))],
        render_kw={"inputmode": "numeric", "min": 1, "class": "narrow"},
    )  # fmt: skip
    session_on = DayField(_l("Day of the session"), [InputRequired(_l("Write the day of the session."))])

    def bought(self) -> Bought:
        return Training(given(self.units.data), given(self.session_on.data))


class UndoForm(BaseForm):
    reason = StringField(
        _l("Why?"), [DataRequired(_l("Say why, in up to 300 characters.")), Length(max=LONGEST_REASON)],
        description=_l("The town reads it. Names nobody."), filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": LONGEST_REASON},
    )  # fmt: skip
