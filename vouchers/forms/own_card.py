"""What residents send to see what is left on their card."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from foundation.i18n import _l
from foundation.web import BaseForm, stripped


class OwnCardForm(BaseForm):
    """A number or code, and a year."""

    number = StringField(
        _l("Number of your card, or code of your voucher"), [InputRequired(), Length(max=40)], filters=[stripped],
        description=_l("9 characters for a card, 10 for a voucher. Spaces do not count."),
    )  # fmt: skip
    year = StringField(
        _l("Your year of birth"), [InputRequired(), Length(max=10)], filters=[stripped],
        description=_l("Four digits, like 1957."),
    )  # fmt: skip
