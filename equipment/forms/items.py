"""What the pages of a device send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from equipment.forms.money import EurosField
from equipment.models import Condition, Destination, Item, Purchase
from equipment.rules.codes import LONGEST_CODE, numbered, plain_code
from equipment.rules.items import LONGEST, LONGEST_CERTIFICATE, LONGEST_NOTE, ItemDetails, NewItem
from equipment.rules.labels import DESTINATIONS, PURCHASES, SEEN_CONDITIONS
from foundation.fields import DayField, IntegerField, RadioField, SelectField, optional
from foundation.i18n import _, _l
from foundation.labels import choices
from foundation.web import BaseForm, stripped

WHOLE_TERRITORY = 0
MOST_AT_ONCE = 200
NARROW = {"class": "narrow", "inputmode": "numeric"}
NUMBER = _l("Write a number from %(min)s to %(max)s.")
SAME = ("code", "kind", "label", "serial_number", "purchase", "bought_on", "funder")


def _text(name: str, label: Any, *first: Any, **more: Any) -> StringField:
    return StringField(label, [*first, Length(max=LONGEST[name])], filters=[stripped], **more)


def _code(label: Any, description: Any) -> StringField:
    return StringField(
        label, [DataRequired(_l("Write what stands on its label.")), Length(max=LONGEST_CODE)],
        filters=[lambda text: plain_code(text or "")], description=description,
        render_kw={"autocapitalize": "characters", "class": "narrow"},
    )  # fmt: skip


class ItemForm(BaseForm):
    """A device as its label, its maker and its bill tell it."""

    code = _code(_l("Label"), _l("As on the device, like MAL-01-03."))
    kind = _text(
        "kind", _l("Kind of device"), DataRequired(_l("Write what it is: tablet, charger, robot.")),
        description=_l("One word: tablet, charger, robot."), render_kw={"list": "unit-kinds"},
    )  # fmt: skip
    label = _text("label", _l("Make and model"))
    serial_number = _text("serial_number", _l("Serial number"))
    purchase = SelectField(_l("How it came"), coerce=Purchase, choices=choices(PURCHASES), default=Purchase.UNKNOWN)
    bought_on = DayField(_l("Bought or received on"), [Optional()])
    price = EurosField(_l("Price"), description=_l("In euros, of one device."), render_kw=NARROW)
    funder = _text("funder", _l("Paid by"))

    def __init__(self, item: Item | None = None, **given: Any) -> None:
        known = {name: getattr(item, name) for name in SAME} if item else {}
        if item:
            known["price"] = item.price_cents
        super().__init__(data=known | given)

    def details(self) -> ItemDetails:
        """What was typed, for the verb; call it once the form is valid."""
        return ItemDetails(**self._told())

    def _told(self) -> dict[str, Any]:
        words = {name: self._fields[name].data or "" for name in ("code", "kind", "label", "serial_number", "funder")}
        return {
            **words, "purchase": self.purchase.data, "bought_on": self.bought_on.data, "price_cents": self.price.data
        }  # fmt: skip


class NewItemsForm(ItemForm):
    """Devices that are alike but for their labels, which go up by one. A serial number is of a single one."""

    code = _code(_l("Label of the first"), _l("The next ones are numbered after it: MAL-01-01, MAL-01-02…"))
    count = IntegerField(
        _l("How many"),
        [InputRequired(_l("Write how many there are.")), NumberRange(1, MOST_AT_ONCE, NUMBER)],
        default=1, render_kw=NARROW,
    )  # fmt: skip
    structure_id = SelectField(_l("Belongs to"), coerce=int)

    def __init__(self, structures: Sequence[tuple[int, Any]], **given: Any) -> None:
        super().__init__(**given)
        self.structure_id.choices = list(structures)

    def validate_serial_number(self, field: Field) -> None:
        if field.data and (self.count.data or 1) > 1:
            raise ValidationError(_("A serial number is of one device: leave it empty, or add one at a time."))

    def news(self) -> list[NewItem]:
        """The devices, one for each label."""
        told, count = self._told(), self.count.data or 1
        structure_id = (self.structure_id.data or None) if self.structure_id else None
        return [NewItem(**told | {"code": code}, structure_id=structure_id) for code in numbered(told["code"], count)]


def _note(label: Any) -> StringField:
    return StringField(label, [Length(max=LONGEST_NOTE)], filters=[stripped])


class ConditionForm(BaseForm):
    condition = RadioField(_l("How is it?"), coerce=Condition, choices=choices(SEEN_CONDITIONS))
    note = _note(_l("What is wrong, or what was done"))


class BatteryForm(BaseForm):
    percent = IntegerField(
        _l("Battery, in percent of a new one"),
        [InputRequired(_l("Write a number from 0 to 100.")), NumberRange(0, 100, NUMBER)], render_kw=NARROW,
    )  # fmt: skip


class MoveForm(BaseForm):
    kit_id = SelectField(_l("Where to"), coerce=optional(int))
    note = _note(_l("Why"))

    def __init__(self, kits: Sequence[tuple[int, str]], kit_id: int | None) -> None:
        super().__init__(data={"kit_id": kit_id})
        self.kit_id.choices = [("", _l("Into the reserve")), *kits]


class RetireForm(BaseForm):
    destination = RadioField(_l("Where does it go?"), coerce=Destination, choices=choices(DESTINATIONS))
    certificate = StringField(
        _l("Number of the recycling certificate"), [Length(max=LONGEST_CERTIFICATE)], filters=[stripped],
        description=_l("Only for recycling; it can be added later."),
    )  # fmt: skip
    note = _note(_l("Why"))


class CertificateForm(BaseForm):
    certificate = StringField(
        _l("Number of the recycling certificate"),
        [DataRequired(_l("Write the number of the certificate.")), Length(max=LONGEST_CERTIFICATE)],
        filters=[stripped],
    )  # fmt: skip
