"""What the pages of vouchers send: to whom, from which campaign, why."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from foundation.fields import DayField, SelectField, only_lines, optional
from foundation.i18n import _l
from foundation.web import BaseForm
from vouchers.rules.states import LONGEST_REASON

SAY_WHY = _l("Say why, in up to 300 characters.")


class OneOfSeveral(BaseForm):
    """A form that shares its page with others: the token of the page is looked at before the form is."""

    class Meta(BaseForm.Meta):
        csrf = False


class IssueForm(OneOfSeveral):
    """One voucher of one campaign, and who prescribes it."""

    request_key = HiddenField()
    prescribed_by = SelectField(_l("Who prescribes it"), coerce=optional(int))

    def __init__(self, prescribers: Sequence[tuple[int, str]], key: str, *, prefix: str = "") -> None:
        super().__init__(data={"request_key": key}, prefix=prefix)
        self.prescribed_by.choices = [("", _l("Nobody")), *prescribers]

    @property
    def key(self) -> str | None:
        return (self.request_key.data or "")[:64] or None


class ReasonForm(OneOfSeveral):
    """Why a voucher is cancelled or replaced."""

    reason = TextAreaField(
        _l("Why?"), [InputRequired(SAY_WHY), Length(max=LONGEST_REASON, message=SAY_WHY)], filters=[only_lines],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON}, description=_l("Names nobody."),
    )  # fmt: skip


class ExtendForm(ReasonForm):
    """Until when a voucher is good instead."""

    until = DayField(_l("New last day"), [InputRequired(_l("Choose a day."))])
