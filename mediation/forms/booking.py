"""Shapes of what residents type: who comes, which appointment they look for, why they cancel."""

from __future__ import annotations

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from foundation.fields import SelectField
from foundation.i18n import _, _l, ngettext
from foundation.phones import PhoneField
from foundation.web import BaseForm
from mediation.rules.booking import MOST_COMPANIONS

TOO_LONG = _l("This is too long. Make it shorter.")


class WhoForm(BaseForm):
    """Who comes. Only a name is asked for; a number for a call, an address for a visit."""

    given_name = StringField(_l("Given name"), [Length(max=80, message=TOO_LONG)])
    family_name = StringField(
        _l("Family name"), [DataRequired(_l("Write your family name.")), Length(max=80, message=TOO_LONG)]
    )
    phone = PhoneField(
        _l("Phone"), description=_l("To remind you of the appointment. Leave it empty if you have none.")
    )
    email = EmailField(
        _l("E-mail"),
        [
            Optional(),
            Length(max=254, message=TOO_LONG),
            Email(_l("Write the e-mail address in full, like name@example.fr.")),
        ],
        description=_l("Leave it empty if you have none."),
    )
    home_address = StringField(
        _l("Address"), [Optional(), Length(max=250, message=TOO_LONG)], description=_l("Where we come to see you.")
    )
    companions = SelectField(_l("Does somebody come with you?"), coerce=int, default=0)
    remark = TextAreaField(
        _l("What do you need help with?"),
        [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("In a few words. No password, no health information."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.companions.choices = [(0, _("No, I come alone"))] + [
            (number, ngettext("Yes, %(num)s person", "Yes, %(num)s people", number))
            for number in range(1, MOST_COMPANIONS + 1)
        ]


class FindForm(BaseForm):
    """The code of the slip, and something that only the person knows."""

    code = StringField(
        _l("Code of the appointment"),
        [InputRequired(_l("Write the code of six letters and digits.")), Length(max=40, message=TOO_LONG)],
        description=_l("Six letters and digits, on your slip or in your message."),
    )
    proof = StringField(
        _l("Your phone number, or your family name if you gave no number"),
        [InputRequired(_l("Write your phone number or your family name.")), Length(max=80, message=TOO_LONG)],
        render_kw={"dir": "auto"},
    )


class CancelForm(BaseForm):
    reason = TextAreaField(
        _l("Why do you cancel?"),
        [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("You do not have to say. No health information."),
    )
