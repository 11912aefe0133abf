"""What residents send to see what is left on their card."""

from __future__ import annotations

from wtforms import Field, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from foundation import clock
from foundation.i18n import _l
from foundation.web import BaseForm, stripped

OLDEST = 120


def _is_year(_form: BaseForm, field: Field) -> None:
    """Raises: ValidationError: no year in which anybody was born who lives; it is no guess"""
    typed, this = field.data or "", clock.today().year
    if not (len(typed) == 4 and typed.isdecimal() and this - OLDEST <= int(typed) <= this):
        raise ValidationError(str(_l("Write your year of birth with four digits, like 1957.")))


class OwnCardForm(BaseForm):
    """A number or code, and a year."""

    number = StringField(
        _l("Number of your card, or code of your voucher"),
        [InputRequired(_l("Write the number of your card, or the code of your voucher.")), Length(max=40)],
        filters=[stripped], description=_l("9 characters for a card, 10 for a voucher. Spaces do not count."),
    )  # fmt: skip
    year = StringField(
        _l("Your year of birth"), [_is_year], filters=[stripped], description=_l("Four digits, like 1957.")
    )
