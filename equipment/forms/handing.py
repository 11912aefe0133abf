"""The checklists of a hand-over and of a return: a tick and a condition for each device, counts of supplies, a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from equipment.models import Condition
from equipment.queries.checklists import Counted, Listed
from equipment.rules.handing import LONGEST_NAME, LONGEST_NOTE, MOST_MINUTES, MOST_SUPPLIES, Checked
from equipment.rules.labels import SEEN_CONDITIONS
from equipment.rules.lending import MOST_HEADS
from foundation.fields import IntegerField, SelectField
from foundation.i18n import _l
from foundation.web import BaseForm, stripped

SIGN = _l("The person in front of you types their name here: that is their signature.")
BETWEEN = _l("Write a number from %(min)s to %(max)s.")
DIGITS = {"inputmode": "numeric", "class": "narrow"}
Kind = TypeVar("Kind", bound="ChecklistForm")


class ChecklistForm(BaseForm):
    """`i7` ticks device 7, `c7` says how it is, `s3` counts supply 3; `shown` is how the page said that devices are."""

    shown = HiddenField()
    request_key = HiddenField(validators=[Length(max=64)])
    note = TextAreaField(
        _l("Note"), [Length(max=LONGEST_NOTE)], filters=[stripped],
        description=_l("What was damaged and how, what lies in which bag. Name nobody."), render_kw={"rows": 2},
    )  # fmt: skip
    listed: Sequence[Listed] = ()
    counted: Sequence[Counted] = ()

    def lines(self) -> Iterator[tuple[Listed, Field, Field]]:
        """Each device with its tick and its condition, in the order of the list."""
        for one in self.listed:
            yield one, self._fields[f"i{one.item.id}"], self._fields[f"c{one.item.id}"]

    def before(self) -> dict[str, str]:
        """Id of a device → how the page said that it is."""
        return dict(part.split("=") for part in (self.shown.data or "").split(",") if part.count("=") == 1)

    def counts(self) -> Iterator[tuple[Counted, Field]]:
        for one in self.counted:
            yield one, self._fields[f"s{one.supply_id}"]

    def supplies(self) -> dict[int, int]:
        return {one.supply_id: field.data or 0 for one, field in self.counts()}


class OutForm(ChecklistForm):
    everything = BooleanField(_l("Everything that works goes along"))
    early = BooleanField(_l("The loan begins now, earlier than reserved"))
    few = BooleanField(_l("Only what is ticked goes along, and that is meant"))
    signed_name = StringField(
        _l("Name of whoever takes the kit"), [InputRequired(SIGN), Length(max=LONGEST_NAME)], filters=[stripped],
        description=_l("Typed by them, as a signature: they agree to the rules and to this list."),
        render_kw={"autocomplete": "off"},
    )  # fmt: skip

    def checked(self) -> Checked:
        """What goes along, and what stays here and is not as the register says."""
        going, staying, before = {}, {}, self.before()
        for one, tick, seen in self.lines():
            found, changed = seen.data, seen.data != before.get(str(one.item.id), one.usual)
            picked = tick.data or (self.everything.data and one.expected and not changed)
            if picked and found is not Condition.MISSING:
                going[one.item.id] = found
            elif picked or changed:
                staying[one.item.id] = found
        return Checked(
            going, self.signed_name.data or "", self.note.data or "", staying=staying, supplies=self.supplies(),
            early=bool(self.early.data), few=bool(self.few.data),
        )  # fmt: skip


class BackForm(ChecklistForm):
    everything = BooleanField(_l("Everything on the list is back"))
    rest_missing = BooleanField(
        _l("What is not ticked is missing"),
        description=_l("The loan ends, and each missing device becomes an incident. Else it stays out."),
    )
    came_back_flat = BooleanField(_l("It came back flat: it has to be charged longer"))
    minutes_in_use = IntegerField(
        _l("Minutes in use"), [Optional(), NumberRange(0, MOST_MINUTES, BETWEEN)],
        description=_l("In the hands of pupils or residents, all days together."), render_kw=DIGITS,
    )  # fmt: skip
    head_count = IntegerField(
        _l("How many people used it"), [Optional(), NumberRange(0, MOST_HEADS, BETWEEN)],
        description=_l("Pupils or residents, without those who accompany them."), render_kw=DIGITS,
    )  # fmt: skip
    signed_name = StringField(
        _l("Name of whoever brings the kit back"), [InputRequired(SIGN), Length(max=LONGEST_NAME)],
        filters=[stripped], description=_l("Typed by them, as a signature: they agree to this list."),
        render_kw={"autocomplete": "off"},
    )  # fmt: skip

    def checked(self) -> Checked:
        """What is back and how it is. A condition that was changed says that the device was seen, or is missing."""
        before = self.before()
        seen = {
            one.item.id: seen.data
            for one, tick, seen in self.lines()
            if tick.data or self.everything.data or seen.data != before.get(str(one.item.id), one.usual)
        }
        return Checked(
            seen, self.signed_name.data or "", self.note.data or "", supplies=self.supplies(),
            rest_missing=bool(self.rest_missing.data), came_back_flat=bool(self.came_back_flat.data),
            minutes_in_use=self.minutes_in_use.data, head_count=self.head_count.data,
        )  # fmt: skip


class UseForm(BaseForm):
    """What was told of the use, corrected."""

    minutes_in_use = IntegerField(_l("Minutes in use"), [Optional()], render_kw=DIGITS)
    head_count = IntegerField(_l("How many people used it"), [Optional()], render_kw=DIGITS)


def checklist(kind: type[Kind], listed: Sequence[Listed], counted: Sequence[Counted], **known: Any) -> Kind:
    """The form for these devices and supplies; `known` is what it begins with."""
    conditions = [(value.value, words) for value, words in SEEN_CONDITIONS.items()]
    fields: dict[str, Any] = {"listed": listed, "counted": counted}
    for one in listed:
        fields[f"i{one.item.id}"] = BooleanField(one.item.code)
        fields[f"c{one.item.id}"] = SelectField(
            one.item.code, choices=conditions, coerce=Condition, default=one.usual
        )  # fmt: skip
    for supply in counted:
        limits = NumberRange(0, MOST_SUPPLIES, BETWEEN)
        fields[f"s{supply.supply_id}"] = IntegerField(
            supply.label, [Optional(), limits], default=supply.count, render_kw=DIGITS
        )  # fmt: skip
    shown = ",".join(f"{one.item.id}={one.usual.value}" for one in listed)
    return cast("type[Kind]", type(kind.__name__, (kind,), fields))(data={"shown": shown, **known})
