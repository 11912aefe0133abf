"""What a shop's old phone sends: a code, what is bought with it, a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import request
from wtforms import Field, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from foundation.errors import Refused
from foundation.fields import DayField, IntegerField, RadioField, SelectField, given, optional, whole
from foundation.i18n import _, _l, euros
from foundation.web import BaseForm, refuse, stripped
from vouchers.forms.money import CentsField
from vouchers.models import DeviceKind, Offer
from vouchers.rules.counter import check_enough, check_given
from vouchers.rules.labels import DEVICES
from vouchers.rules.offers import SOLD_OUT
from vouchers.rules.states import (
    LONGEST_REASON,
    LONGEST_SERIAL,
    Bought,
    Device,
    Terms,
    Training,
    check_price,
)

TYPED_CODE: dict[str, Any] = {
    "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 40, "class": "code",
    "autofocus": True,
}  # fmt: skip
LONGEST_KEY = 64
NOT_KEPT = {"csrf_token", "agreed"}
Check = tuple[Field, Callable[[], None]]


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

    def checks(self, terms: Terms, left: int, today: date) -> list[Check]:
        """A rule for each field that was filled in."""
        raise NotImplementedError

    def is_payable(self, terms: Terms, left: int, today: date) -> bool:
        """Whether all is typed that a sale needs, and the voucher pays it: what is wrong is told at once."""
        self.validate()
        for field, check in self.checks(terms, left, today):
            if not field.errors:
                try:
                    check()
                except Refused as refused:
                    refuse(self, refused)
        return not self.errors

    def kept(self) -> dict[str, str]:
        """What was typed, as the cookie keeps it until it is agreed to; `formdata` of the same form later."""
        return {one.name: request.form.get(one.name, "").strip() for one in self if one.name not in NOT_KEPT}


class TypedUnlessChosen(InputRequired):
    """Of a device of the list nothing has to be typed; what is typed all the same, such as a lower price, counts."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raises: StopValidation"""
        if form.chosen is None:
            super().__call__(form, field)
        elif not any(field.raw_data or ()):
            field.errors[:] = []
            raise StopValidation


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

    @property
    def chosen(self) -> Offer | None:
        return self._offers.get(self.offer.data)

    @property
    def kind(self) -> DeviceKind:
        return self.chosen.device_kind if self.chosen else DeviceKind(self.device_kind.data)

    @property
    def price_cents(self) -> int | None:
        """What is typed counts more than the list: a shop may sell for less."""
        return self.chosen.price_cents if self.chosen and self.price.data is None else self.price.data

    def validate_device_kind(self, field: RadioField) -> None:
        """Raises: ValidationError"""
        if self.chosen and field.data and field.data != self.chosen.device_kind:
            raise ValidationError(
                _(
                    "In your list this device is of another kind: %(kind)s. Correct one of both.",
                    kind=DEVICES[self.chosen.device_kind],
                )
            )

    def bought(self) -> Bought:
        chosen = self.chosen.id if self.chosen else None
        return Device(given(self.price_cents), self.kind, given(self.serial.data), chosen)

    def checks(self, terms: Terms, left: int, today: date) -> list[Check]:
        cents = self.price_cents
        return [] if cents is None else [(self.price, lambda: check_price(cents, terms))]


class TrainingForm(SaleForm):
    units = IntegerField(
        _l("Units to take"), [InputRequired(_l("Write how many units are paid: 1 or more."))],
        render_kw={"inputmode": "numeric", "min": 1, "class": "narrow"},
    )  # fmt: skip
    session_on = DayField(_l("Day of the session"), [InputRequired(_l("Write the day of the session."))])

    def bought(self) -> Bought:
        return Training(given(self.units.data), given(self.session_on.data))

    def checks(self, terms: Terms, left: int, today: date) -> list[Check]:
        units, day = self.units.data, self.session_on.data
        found: list[Check] = []
        if units is not None:
            found.append((self.units, lambda: check_enough(units, left, terms)))
        if day:
            found.append((self.session_on, lambda: check_given(Training(1, day), terms.starts_on, today)))
        return found


class UndoForm(BaseForm):
    reason = StringField(
        _l("Why?"), [DataRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)],
        description=_l("The town reads it. Names nobody."), filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": LONGEST_REASON},
    )  # fmt: skip
