"""What the team sends about reservations: an answer, a reason, another time, a new one for whoever it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import StringField
from wtforms.validators import Length

from equipment.forms.borrowing import TOO_LONG, NeedForm
from equipment.forms.borrowing_acts import MoveForm
from equipment.models import Handing
from equipment.rules.labels import HOMEWARD, OUTWARD
from equipment.rules.lending import LONGEST, LONGEST_REASON, Wish
from foundation.fields import SelectField, optional
from foundation.i18n import _l
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped

TEAM = ""
SCHOOL, HOME = "ecole", "ehpad"


class AnswerForm(BaseForm):
    """No, or called off, and why."""

    reason = StringField(
        _l("Why?"), [Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l("The borrower reads it. Names nobody."), filters=[stripped],
        render_kw={"maxlength": LONGEST_REASON},
    )  # fmt: skip


class ShiftForm(MoveForm):
    """Another time, another kit, or both, and why."""

    reason = StringField(
        _l("Why?"), [Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l("The borrower reads it. Names nobody."), filters=[stripped],
        render_kw={"maxlength": LONGEST_REASON},
    )  # fmt: skip


class ReserveForm(NeedForm):
    """All of a reservation that a colleague makes, on one page."""

    borrower = SelectField(_l("For whom?"))
    venue_id = SelectField(
        _l("Used at"), coerce=optional(int), description=_l("For the team: the venue where it is needed.")
    )  # fmt: skip
    outward = SelectField(_l("How does it get there?"), choices=[(one.value, said) for one, said in OUTWARD.items()])
    homeward = SelectField(_l("How does it come back?"), choices=[(one.value, said) for one, said in HOMEWARD.items()])
    contact_phone = PhoneField(
        _l("Phone"), description=_l("Whom to call about the kit on that day."),
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )  # fmt: skip
    sheet_url = StringField(
        _l("Link to the activity sheet"), [Length(max=LONGEST["sheet_url"], message=TOO_LONG)], filters=[stripped],
        render_kw={"inputmode": "url", "maxlength": LONGEST["sheet_url"]},
    )  # fmt: skip

    def __init__(
        self, kinds: Sequence[str], borrowers: Sequence[tuple[str, str]], venues: Sequence[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(kinds, at_school=True, **more)
        self.borrower.choices = [(TEAM, _l("The team: mediation, own use")), *borrowers]
        self.venue_id.choices = [("", _l("No venue")), *venues]

    @property
    def school_id(self) -> int | None:
        return self._place(SCHOOL)

    @property
    def care_home_id(self) -> int | None:
        return self._place(HOME)

    def _place(self, kind: str) -> int | None:
        said, _dash, number = (self.borrower.data or "").partition("-")
        return int(number) if said == kind else None

    def wish(self) -> Wish:
        """What was typed; call it once the form is valid."""
        return Wish(
            school_id=self.school_id,
            care_home_id=self.care_home_id,
            venue_id=None if self.borrower.data else self.venue_id.data,
            group_label=self.group_label.data or "",
            activity=self.activity.data or "",
            sheet_url=self.sheet_url.data or "",
            units_wanted=self.units_wanted.data or 0,
            head_count=self.head_count.data or 0,
            outward=Handing(self.outward.data),
            homeward=Handing(self.homeward.data),
            contact_phone=self.contact_phone.data or "",
        )
