"""What the pages about accounts send."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.rules.passwords import LONGEST
from accounts.words import ROLES
from foundation.fields import SelectField, SelectMultipleField
from foundation.i18n import LANGUAGES, _l
from foundation.phones import PhoneField
from foundation.security import Role
from foundation.web import BaseForm, stripped

NEW_PASSWORD = _l("At least 15 characters. Four words that do not go together are easy to remember.")


class SignInForm(BaseForm):
    email = StringField(
        _l("E-mail address"), [InputRequired(_l("Write your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Write your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip


class ForgottenForm(BaseForm):
    email = StringField(
        _l("E-mail address"), [InputRequired(_l("Write your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip


class NewPasswordForm(BaseForm):
    password = PasswordField(
        _l("New password"), [InputRequired(_l("Write a new password."))], description=NEW_PASSWORD,
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


class ChangePasswordForm(BaseForm):
    present = PasswordField(
        _l("Present password"), [InputRequired(_l("Write your present password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip
    password = PasswordField(
        _l("New password"), [InputRequired(_l("Write a new password."))], description=NEW_PASSWORD,
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


class RolesField(SelectMultipleField):
    """Checkboxes; `data` is a list of `Role`."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AccountForm(BaseForm):
    """An account as an administrator writes it. Structure 0 is the whole territory."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Write a name.")), Length(max=120)], render_kw={"autocomplete": "off"}
    )
    email = StringField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write an e-mail address.")),
            Length(max=254),
            Email(_l("Write an address like name@town.fr."), allow_smtputf8=False),
        ],
        filters=[stripped],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    phone = PhoneField(_l("Phone"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    structure_id = SelectField(_l("Structure"), coerce=int)
    host_place = StringField(
        _l("School or care home"),
        [Length(max=700)],
        description=_l("Of a host. Write a part of the name, then choose."),
        filters=[stripped],
        render_kw={"autocomplete": "off", "list": "host-places"},
    )
    approves = BooleanField(
        _l("Answers for the school"),
        description=_l("A head teacher: says yes or no when colleagues reserve kits that need it."),
    )
    locale = SelectField(_l("Language"), choices=list(LANGUAGES.items()), default="fr")
    roles = RolesField(_l("Roles"), coerce=Role)
    knowingly = BooleanField(_l("Do it all the same: what is booked stays as it is"))

    def __init__(self, structures: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.structure_id.choices = list(structures)
        self.roles.choices = [(role.value, label) for role, label in ROLES.items()]
