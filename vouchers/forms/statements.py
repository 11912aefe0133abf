"""What the pages of statements and of the treasury send."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from foundation.fields import DayField, SelectField, only_lines
from foundation.i18n import _l
from foundation.web import BaseForm
from vouchers.rules.statement_words import said
from vouchers.rules.statements import LONGEST_REASON, Month
from vouchers.rules.treasury import bank_day_from


class MonthForm(BaseForm):
    """Which month is stated: one of those that are over and not stated yet."""

    month = SelectField(_l("Month to state"), description=_l("A month that is over."))

    def __init__(self, months: Sequence[Month]) -> None:
        super().__init__()
        self.month.choices = [(f"{one.year}-{one.month:02}", said(one)) for one in months]

    def wanted(self) -> Month | None:
        """None when it is none."""
        year, dash, month = (self.month.data or "").strip().partition("-")
        if not dash or not (year + month).isascii() or not (year + month).isdigit() or len(year + month) > 6:
            return None
        return Month(int(year), int(month))


class DisputeForm(BaseForm):
    """What a partner finds wrong."""

    reason = TextAreaField(
        _l("What is wrong"), [InputRequired(_l("Say what is wrong.")), Length(max=LONGEST_REASON)],
        filters=[only_lines], description=_l("Name the payment by its number. Name no resident."),
        render_kw={"rows": 4},
    )  # fmt: skip


class AnswerForm(BaseForm):
    """What the town says to a dispute; nothing where nothing is disputed."""

    answer = TextAreaField(
        _l("Your answer to the partner"), [Length(max=LONGEST_REASON)], filters=[only_lines],
        description=_l("What you found, and what happens now. Name no resident. The partner is told."),
        render_kw={"rows": 4},
    )  # fmt: skip


class CallOffForm(BaseForm):
    """Why a file was not taken."""

    reason = TextAreaField(
        _l("Why the bank refused it"),
        [InputRequired(_l("Say why the bank refused it.")), Length(max=LONGEST_REASON)],
        filters=[only_lines], description=_l("As the bank says it. Name nobody, and no account."),
        render_kw={"rows": 3},
    )  # fmt: skip


class PaidForm(BaseForm):
    """The day on which it was paid."""

    paid_on = DayField(_l("Paid on"), [InputRequired(_l("Choose the day."))])

    def __init__(self, today: date | None = None) -> None:
        super().__init__(data={"paid_on": today} if today else None)


class TransferForm(BaseForm):
    """When the bank is to pay. A page that is sent twice makes one file."""

    execute_on = DayField(_l("Day of payment"), [InputRequired(_l("Choose the day."))])
    request_key = HiddenField(validators=[InputRequired(), Length(max=64)])

    def __init__(self, today: date) -> None:
        super().__init__(data={"execute_on": bank_day_from(today), "request_key": secrets.token_hex(16)})
