"""Shapes of what residents type: who comes, which appointment they look for, why they cancel."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from foundation.fields import SelectField
from foundation.formwords import TOO_LONG
from foundation.i18n import _, _l, ngettext
from foundation.phones import PhoneField
from foundation.web import BaseForm
from mediation.rules.booking import MOST_COMPANIONS
from people.typed import code_field, email_field, family_name_field, given_name_field, proof_field


class WhoForm(BaseForm):
    """Who comes. Only a name is asked for; a number for a call, an address for a visit."""

    given_name = given_name_field()
    family_name = family_name_field()
    phone = PhoneField(
        _l("Phone"), description=_l("To remind you of the appointment. Leave it empty if you have none.")
    )
    email = email_field()
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

    code = code_field(_l("Code of the appointment"), _l("Six letters and digits, on your slip or in your message."))
    proof = proof_field()


class CancelForm(BaseForm):
    reason = TextAreaField(
        _l("Why do you cancel?"),
        [Optional(), Length(max=300, message=TOO_LONG)],
        description=_l("You do not have to say. No health information."),
    )
