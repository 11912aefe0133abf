"""Shapes of the page of calendars: a new private address, a calendar kept elsewhere."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.web import BaseForm


class FeedForm(BaseForm):
    """A private address for one calendar program."""

    label = StringField(
        _l("Where you will use it"),
        [Length(max=80, message=TOO_LONG)],
        description=_l("For example: my phone. It helps you to revoke the right one."),
    )
    shows_names = BooleanField(
        _l("Show the names of residents"),
        description=_l("Otherwise initials. The calendar leaves for your phone, and perhaps for its maker's servers."),
    )


class BusyForm(BaseForm):
    """A calendar kept elsewhere: its address, or a file given once."""

    name = StringField(
        _l("Name of the calendar"),
        [Length(max=120, message=TOO_LONG)],
        description=_l("Colleagues see it as the reason why you are not free."),
    )
    url = StringField(
        _l("Its address"),
        [Length(max=2000, message=TOO_LONG)],
        description=_l("It begins with https:// or webcal://. It is read every half hour."),
    )
    file = FileField(_l("Or a file (.ics)"), description=_l("It is read once: give it again when it changes."))
