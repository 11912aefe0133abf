"""How a workshop that costs units is paid: with a training voucher and its code, or otherwise."""

from __future__ import annotations

from typing import Any

from wtforms import Field, StringField
from wtforms.validators import Length, StopValidation

from foundation.fields import RadioField
from foundation.formwords import TOO_LONG
from foundation.i18n import _, _l, euros, ngettext
from foundation.web import BaseForm, stripped
from workshops.models import Programme

VOUCHER, OTHERWISE = "voucher", "otherwise"


def _is_chosen(form: BaseForm, field: Field) -> None:
    """Raises: StopValidation: nothing was chosen, and no code tells what is meant"""
    if field.data not in {VOUCHER, OTHERWISE} and not form["voucher_code"].data:
        raise StopValidation(str(_l("Choose how it is paid: with a training voucher, or otherwise.")))


def _fits_the_choice(form: BaseForm, field: Field) -> None:
    """Raises: StopValidation: the voucher was chosen without a code, or a code was written beside the other choice"""
    way = form["pays_with"].data
    if way == VOUCHER and not field.data:
        raise StopValidation(
            str(_l("Write the code of the training voucher. You do not have it at hand? Choose to pay otherwise."))
        )
    if way == OTHERWISE and field.data:
        raise StopValidation(str(_l("You wrote a code: choose the training voucher above, or empty this field.")))


def voucher_field() -> StringField:
    """The code of the training voucher that pays a workshop."""
    return StringField(
        _l("Code of the training voucher"), [_fits_the_choice, Length(max=40, message=TOO_LONG)], filters=[stripped],
        description=_l("Only with a voucher: the 10 letters and digits on it. Capitals or not, gaps or not."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )  # fmt: skip


def way_field() -> RadioField:
    """With a voucher or otherwise; whoever typed a code and chose nothing means the voucher."""
    return RadioField(_l("How is it paid?"), [_is_chosen], choices=[], validate_choice=False)


def ways(programme: Programme) -> list[tuple[str, str]]:
    """The ways to pay this programme, with what each costs for a seat."""
    units = programme.training_units or 0
    voucher = ngettext("Training voucher: %(num)s unit a seat", "Training voucher: %(num)s units a seat", units)
    if programme.price_cents:
        return [(VOUCHER, voucher), (OTHERWISE, _("Otherwise: %(price)s a seat", price=euros(programme.price_cents)))]
    return [(VOUCHER, voucher), (OTHERWISE, _("Otherwise: it is settled with the team"))]


class VoucherForm(BaseForm):
    """Which voucher is to pay for somebody who waits; otherwise: none."""

    pays_with = way_field()
    voucher_code = voucher_field()

    def __init__(self, programme: Programme, **more: Any) -> None:
        super().__init__(**more)
        self.pays_with.choices = ways(programme)
