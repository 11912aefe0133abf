"""What the pages of upkeep send: a report, a repair, an end, planned upkeep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from agenda.rules.recurrence import Pattern, check, occurrence
from equipment.forms.money import EurosField
from equipment.models import Condition, Destination
from equipment.rules.labels import CONDITIONS, DESTINATIONS
from equipment.rules.upkeep import FAULTS, LONGEST
from equipment.rules.upkeep_plans import LONGEST_LABEL, UpkeepInThePast
from foundation.fields import DayField, RadioField, SelectField, given, only_lines, optional
from foundation.i18n import _l
from foundation.period import Period
from foundation.web import BaseForm, stripped

WHOLE_KIT = 0
TOO_LONG = _l("This is too long. Make it shorter.")
NAMES_NOBODY = _l("Names nobody.")
NARROW = {"class": "narrow"}


def _words(label: Any, field: str, *more: Any, **options: Any) -> TextAreaField:
    return TextAreaField(
        label, [*more, Length(max=LONGEST[field], message=TOO_LONG)], filters=[only_lines],
        render_kw={"rows": 3, "maxlength": LONGEST[field]}, **options,
    )  # fmt: skip


def _supplier() -> StringField:
    return StringField(
        _l("Who repairs it"), [Length(max=LONGEST["supplier"], message=TOO_LONG)], filters=[stripped],
        description=_l("A workshop, a shop, or the team."), render_kw={"maxlength": LONGEST["supplier"]},
    )  # fmt: skip


class ReportForm(BaseForm):
    """What is wrong, with what."""

    item = SelectField(_l("Which device?"), coerce=int)
    condition = RadioField(
        _l("What is wrong?"), [InputRequired(_l("Say what is wrong: damaged, incomplete or missing."))],
        coerce=Condition, choices=[(one.value, CONDITIONS[one]) for one in FAULTS],
    )  # fmt: skip
    description = _words(
        _l("What happened?"), "description", InputRequired(_l("Write what happened, in a sentence.")),
        description=NAMES_NOBODY,
    )  # fmt: skip

    def __init__(self, items: Sequence[tuple[int, str]], chosen: int | None = None) -> None:
        super().__init__(data={"item": chosen or WHOLE_KIT})
        self.item.choices = [(WHOLE_KIT, _l("The kit as a whole")), *items]

    @property
    def item_id(self) -> int | None:
        """None: the kit as a whole."""
        return self.item.data or None


class OneOfSeveral(BaseForm):
    """A form that shares its page with others: its fields have names of their own, by a prefix.

    The token of the page is looked at before the form is, under the one name that it has on every page.
    """

    class Meta(BaseForm.Meta):
        csrf = False


class RepairForm(OneOfSeveral):
    """Somebody begins to repair it."""

    supplier = _supplier()
    note = _words(_l("Remark"), "note", description=NAMES_NOBODY)


class NoteForm(OneOfSeveral):
    """What happened meanwhile."""

    note = _words(
        _l("What happened?"), "note", InputRequired(_l("Write what happened, in a sentence.")), description=NAMES_NOBODY
    )


class CloseForm(BaseForm):
    """How it ended, and what the device is now."""

    became = RadioField(
        _l("How is it now?"), [InputRequired(_l("Choose one of the answers that are offered."))], coerce=Condition
    )
    destination = SelectField(_l("If it leaves for good: where to?"), [Optional()], coerce=optional(Destination))
    certificate = StringField(
        _l("Number of the recycling certificate"), [Length(max=60, message=TOO_LONG)], filters=[stripped]
    )
    outcome = _words(
        _l("How did it end?"), "outcome", InputRequired(_l("Say how it ended, in a sentence.")),
        description=NAMES_NOBODY,
    )  # fmt: skip
    supplier = _supplier()
    cost = EurosField(
        _l("Cost in euros"), description=_l("Leave it empty when it is not known; write 0 when it cost nothing."),
        render_kw={"class": "narrow", "inputmode": "decimal"},
    )  # fmt: skip

    def __init__(self, ends: Sequence[Condition], *, leaves: bool, supplier: str = "") -> None:
        """`ends` are what the device may have become; with `leaves` one may say where it goes."""
        super().__init__(data={"supplier": supplier, "became": ends[0] if len(ends) == 1 else None})
        self.became.choices = [(one.value, CONDITIONS[one]) for one in ends]
        self.destination.choices = [("", "–"), *((one.value, words) for one, words in DESTINATIONS.items())]
        if not leaves:
            del self.destination, self.certificate

    def leaving(self) -> dict[str, Any]:
        """Where the device goes, when it leaves for good."""
        if "destination" not in self or self.became.data is not Condition.RETIRED:
            return {}
        return {"destination": self.destination.data, "certificate": self.certificate.data or ""}


class PlanForm(BaseForm):
    """What is done with a kit, and when."""

    label = StringField(
        _l("What is done"), [InputRequired(_l("Say what is done, e.g. update of the tablets.")),
                             Length(max=LONGEST_LABEL, message=TOO_LONG)],
        filters=[stripped], render_kw={"maxlength": LONGEST_LABEL},
    )  # fmt: skip
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    starts = TimeField(_l("Begins at"), [InputRequired(_l("Write the hour at which it begins."))], render_kw=NARROW)
    last_day = DayField(_l("Last day"), [Optional()], description=_l("Included. Leave empty for a single day."))
    ends = TimeField(_l("Ends at"), [InputRequired(_l("Write the hour at which it ends."))], render_kw=NARROW)

    def period(self, zone: ZoneInfo) -> Period:
        """What was typed; call it once the form is valid.

        Raises:
            ImpossiblePattern, UpkeepInThePast: the change of clocks leaves nothing of it.
        """
        day = given(self.first_day.data)
        pattern = Pattern.once(day, given(self.starts.data), given(self.ends.data), self.last_day.data)
        check(pattern, one_day=False)
        period = occurrence(pattern, day, zone)
        if period is None:
            raise UpkeepInThePast
        return period

    def propose(self, starts_at: datetime, ends_at: datetime) -> None:
        """Fill in a stretch of time, given on the town's wall clock."""
        self.first_day.data, self.starts.data = starts_at.date(), starts_at.time()
        self.last_day.data = ends_at.date() if ends_at.date() > starts_at.date() else None
        self.ends.data = ends_at.time()
