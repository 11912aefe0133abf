"""What the pages of requests send: what a host asks for, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from foundation.fields import IntegerField, RadioField, SelectField, given, only_lines
from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.phones import PhoneField
from foundation.web import BaseForm, stripped
from workshops.models import ProgrammeKind
from workshops.rules.dates import MOST_SESSIONS
from workshops.rules.hosts import WISHES
from workshops.rules.registration import MOST_IN_GROUP
from workshops.rules.requests import Asked

LIMITS = _l("Write a number from %(min)s to %(max)s.")
NARROW = {"class": "narrow", "inputmode": "numeric"}


class AskForm(BaseForm):
    """What a host asks for."""

    kind = RadioField(
        _l("What would you like?"), [InputRequired(_l("Choose one of the answers that are offered."))],
        coerce=ProgrammeKind,
    )  # fmt: skip
    wish = TextAreaField(
        _l("In a few words"),
        [InputRequired(_l("Write what you would like, in a sentence or two.")), Length(max=1000, message=TOO_LONG)],
        description=_l("What for, what you have done already. Name no pupil and no resident."),
        filters=[only_lines], render_kw={"rows": 5, "maxlength": 1000},
    )  # fmt: skip
    group_label = StringField(
        _l("Name of the group"), [Length(max=120, message=TOO_LONG)],
        description=_l("A class such as CM1, or a floor. Not the name of a person."), filters=[stripped],
        render_kw={"maxlength": 120},
    )  # fmt: skip
    head_count = IntegerField(
        _l("How many people"),
        [InputRequired(_l("Write how many people take part.")), NumberRange(1, MOST_IN_GROUP, LIMITS)],
        render_kw=NARROW,
    )
    session_count = IntegerField(
        _l("How many sessions"),
        [InputRequired(_l("Write how many sessions you think of.")), NumberRange(1, MOST_SESSIONS, LIMITS)],
        default=1, render_kw=NARROW,
    )  # fmt: skip
    when_possible = TextAreaField(
        _l("When is it possible?"),
        [
            InputRequired(_l("Write when it would be possible: days, hours, weeks to avoid.")),
            Length(max=500, message=TOO_LONG),
        ],
        description=_l("Days, hours, weeks to avoid: for example Thursday mornings from January on."),
        filters=[only_lines], render_kw={"rows": 3, "maxlength": 500},
    )  # fmt: skip
    contact_phone = PhoneField(
        _l("Phone"), description=_l("To call you back. Leave it empty if you prefer e-mail."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )  # fmt: skip

    def __init__(self, kinds: Sequence[ProgrammeKind], **more: Any) -> None:
        """`kinds` are those that the host may ask for."""
        super().__init__(**more)
        self.kind.choices = [(kind.value, WISHES[kind]) for kind in kinds]

    def answers(self) -> dict[str, Any]:
        """What was typed, as a draft keeps it."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


def asked_of(answers: dict[str, Any]) -> Asked:
    """What a draft, or a valid form, asks for."""
    return Asked(
        kind=ProgrammeKind(answers["kind"]),
        wish=answers.get("wish") or "",
        group_label=answers.get("group_label") or "",
        head_count=answers.get("head_count") or 0,
        session_count=answers.get("session_count") or 0,
        when_possible=answers.get("when_possible") or "",
        contact_phone=answers.get("contact_phone"),
    )


class AcceptForm(BaseForm):
    """What the programme that a request becomes is called, and whose it is."""

    title = StringField(
        _l("Title of the programme"), [Length(max=120, message=TOO_LONG)], filters=[stripped],
        render_kw={"maxlength": 120},
    )  # fmt: skip
    structure_id = SelectField(_l("Who looks after it"), coerce=int)

    def __init__(self, structures: Sequence[tuple[int, Any]], **more: Any) -> None:
        super().__init__(**more)
        self.structure_id.choices = list(structures)

    def structure(self) -> int | None:
        """None: the whole territory."""
        return given(self.structure_id.data) or None


class DeclineForm(BaseForm):
    """Why not."""

    reason = TextAreaField(
        _l("Why not"), [Length(max=500, message=TOO_LONG)],
        description=_l("The person who asked reads it. Say what is possible instead. Name nobody."),
        filters=[only_lines], render_kw={"rows": 3, "maxlength": 500},
    )  # fmt: skip
