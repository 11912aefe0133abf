"""What the pages of a kit send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from equipment.models import Approval, Borrowers, Destination, Kit, Supply
from equipment.rules.codes import LONGEST_CODE, plain_code
from equipment.rules.details import LIMITS, LONGEST, LONGEST_LABEL, MOST_COUNTED, Counted, KitDetails, Leaving
from equipment.rules.items import LONGEST_CERTIFICATE
from equipment.rules.labels import APPROVALS, BORROWERS, DESTINATIONS
from equipment.rules.photos import LONGEST_ALT
from foundation.fields import IntegerField, RadioField, SelectField, only_lines, optional, with_value
from foundation.i18n import _l
from foundation.labels import choices
from foundation.web import BaseForm, stripped

WHOLE_TERRITORY = 0
RESERVE = ""
NUMBER = _l("Write a number from %(min)s to %(max)s.")
NARROW = {"class": "narrow", "inputmode": "numeric"}
SAME = (
    "code", "name", "kind", "home_venue_id", "description", "rules", "borrowers", "approval", "lead_hours",
    "longest_loan_days", "turnaround_minutes", "flat_minutes", "unit_kind", "minimum_units",
)  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """What the form lets choose: (id, name); and words that were used before."""

    structures: Sequence[tuple[int, Any]]
    venues: Sequence[tuple[int, str]]
    kinds: Sequence[str] = ()
    unit_kinds: Sequence[str] = ()


def _number(name: str, label: Any, **more: Any) -> IntegerField:
    least, most = LIMITS[name]
    needed = InputRequired(_l("Write a number from %(min)s to %(max)s.", min=least, max=most))
    return IntegerField(label, [needed, NumberRange(least, most, NUMBER)], render_kw=NARROW, **more)


def _words(name: str, label: Any, rows: int, **more: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST[name])], filters=[only_lines], render_kw={"rows": rows}, **more)


class KitForm(BaseForm):
    """A kit as the register describes it. Structure 0 is the whole territory."""

    structure_id = SelectField(_l("Belongs to"), coerce=int)
    name = StringField(
        _l("Name of the kit"), [DataRequired(_l("Write what the kit is called.")), Length(max=LONGEST["name"])],
        filters=[stripped],
    )  # fmt: skip
    code = StringField(
        _l("Label"), [DataRequired(_l("Write what stands on its label.")), Length(max=LONGEST_CODE)],
        filters=[lambda text: plain_code(text or "")],
        description=_l("Printed with its QR code, like MAL-01. Its devices are numbered after it."),
        render_kw={"autocapitalize": "characters", "class": "narrow"},
    )  # fmt: skip
    kind = StringField(
        _l("Sort of kit"),
        [
            DataRequired(_l("Write what kind of kit it is: tablets, robots, 3D printing.")),
            Length(max=LONGEST["kind"]),
        ],
        filters=[stripped], description=_l("Borrowers choose by it, and workshops ask for it in the same words."),
        render_kw={"list": "kinds"},
    )  # fmt: skip
    home_venue_id = SelectField(_l("Where it is kept"), coerce=optional(int))
    description = _words("description", _l("What is in it, in plain words"), 3)
    unit_kind = StringField(
        _l("Devices that pupils hold"), [Length(max=LONGEST["unit_kind"])], filters=[stripped],
        description=_l("One word, as on the devices: tablet. How many work is told wherever the kit is offered."),
        render_kw={"list": "unit-kinds"},
    )  # fmt: skip
    minimum_units = _number(
        "minimum_units", _l("Fewest that must work"), default=0, description=_l("With fewer it does not go out.")
    )
    borrowers = SelectField(
        _l("Who may reserve it"), coerce=Borrowers, choices=choices(BORROWERS), default=Borrowers.HOSTS,
        description=_l("The team always may."),
    )  # fmt: skip
    approval = SelectField(_l("Who agrees first"), coerce=Approval, choices=choices(APPROVALS), default=Approval.NONE)
    lead_hours = _number("lead_hours", _l("Hours ahead"), default=48, description=_l("Between reserving and the loan."))
    longest_loan_days = _number("longest_loan_days", _l("Longest loan, in days"), default=14)
    turnaround_minutes = _number(
        "turnaround_minutes", _l("Minutes to get it ready"), default=120,
        description=_l("Charging and cleaning: nobody has it meanwhile."),
    )  # fmt: skip
    flat_minutes = _number(
        "flat_minutes", _l("Minutes more when it comes back flat"), default=180, description=_l("To charge it.")
    )
    rules = _words("rules", _l("What a borrower agrees to"), 4, description=_l("One rule a line."))

    def __init__(self, offered: Offered, kit: Kit | None = None) -> None:
        """Begins with what is usual, or with what `kit` is."""
        given = {name: getattr(kit, name) for name in SAME} if kit else {}
        super().__init__(data=given | ({"structure_id": kit.structure_id or WHOLE_TERRITORY} if kit else {}))
        self.structure_id.choices = list(offered.structures)
        own = with_value(offered.venues, kit.home_venue_id, kit.home_venue.name) if kit and kit.home_venue else None
        self.home_venue_id.choices = [("", _l("Nowhere in particular")), *(own or offered.venues)]

    def details(self) -> KitDetails:
        """What was typed, for the verb; call it once the form is valid."""
        plain: dict[str, Any] = {name: self._fields[name].data for name in SAME}
        words = {name: plain[name] or "" for name in ("description", "rules", "unit_kind")}
        return KitDetails(**plain | words, structure_id=self.structure_id.data or None)


class PhotoForm(BaseForm):
    """A photo of a kit, and what is on it."""

    photo = FileField(_l("Photo"), description=_l("JPEG, PNG or WebP, 8 MB at most."), render_kw={"accept": "image/*"})
    alt = StringField(
        _l("What one sees on it"), [Length(max=LONGEST_ALT)], filters=[stripped],
        description=_l("Read to those who do not see it: “Open blue case, twelve tablets in foam”."),
    )  # fmt: skip


class LeavingForm(BaseForm):
    """Where the devices of a kit go that is taken out of use."""

    destination = RadioField(
        _l("Its devices"), coerce=optional(Destination), default=RESERVE,
        choices=[(RESERVE, _l("Go into the reserve, for other kits")), *choices(DESTINATIONS)],
    )  # fmt: skip
    certificate = StringField(
        _l("Number of the recycling certificate"), [Length(max=LONGEST_CERTIFICATE)], filters=[stripped],
        description=_l("Only for recycling; it can be added later."),
    )  # fmt: skip

    def leaving(self) -> Leaving:
        return Leaving(self.destination.data, self.certificate.data or "")


class SupplyForm(BaseForm):
    """Something that is counted in a kit."""

    label = StringField(
        _l("What is counted"), [DataRequired(_l("Write what is counted: mice, cables, batteries.")),
        Length(max=LONGEST_LABEL)], filters=[stripped],
    )  # fmt: skip
    count = IntegerField(_l("How many"), [Optional(), NumberRange(0, MOST_COUNTED, NUMBER)], render_kw=NARROW)
    minimum = IntegerField(
        _l("Tell us under"), [Optional(), NumberRange(0, MOST_COUNTED, NUMBER)], render_kw=NARROW
    )  # fmt: skip
    consumable = BooleanField(_l("It is used up"))

    def __init__(self, supply: Supply | None = None) -> None:
        super().__init__(obj=supply)

    def counted(self) -> Counted:
        return Counted(
            self.label.data or "", self.count.data or 0, self.minimum.data or 0, consumable=self.consumable.data
        )  # fmt: skip
