"""What several rooms ask in the same words: residents of themselves, and staff of somebody who does not come."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from foundation.fields import RadioField
from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.web import BaseForm

NOT_ASKED = {"autocomplete": "off"}
"""The browser knows the names of whoever sits before it, not those of who is written down."""


def given_name_field() -> Any:
    return StringField(_l("Given name"), [Length(max=80, message=TOO_LONG)])


def family_name_field() -> Any:
    """The one thing that everybody has to say."""
    return StringField(
        _l("Family name"), [DataRequired(_l("Write your family name.")), Length(max=80, message=TOO_LONG)]
    )


def email_field() -> Any:
    return EmailField(
        _l("E-mail"),
        [
            Optional(),
            Length(max=254, message=TOO_LONG),
            Email(_l("Write the e-mail address in full, like name@example.fr.")),
        ],
        description=_l("Leave it empty if you have none."),
    )


def code_field(label: Any, description: Any) -> Any:
    """Of the code of six letters and digits."""
    return StringField(
        label,
        [InputRequired(_l("Write the code of six letters and digits.")), Length(max=40, message=TOO_LONG)],
        description=description,
    )


def proof_field() -> Any:
    """Of what only they know, besides the code."""
    return StringField(
        _l("Your phone number, or your family name if you gave no number"),
        [InputRequired(_l("Write your phone number or your family name.")), Length(max=80, message=TOO_LONG)],
        render_kw={"dir": "auto"},
    )


class NotComingForm(BaseForm):
    """Staff cancel what somebody was to come to: who does not come, and why."""

    by = RadioField(
        _l("Who cancels?"),
        choices=[("resident", _l("The person does not come")), ("service", _l("We can not receive them"))],
        default="resident",
    )
    reason = StringField(
        _l("Why"),
        [Length(max=300)],
        render_kw=NOT_ASKED,
        description=_l("For colleagues, not for the person. Nothing of health or private life."),
    )
