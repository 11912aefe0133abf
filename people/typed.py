"""What residents type of themselves, the same wherever they book or register without an account."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from foundation.formwords import TOO_LONG
from foundation.i18n import _l


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
