"""What the team and prescribers press and say about a registration that was made."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from foundation.fields import RadioField
from foundation.i18n import _l
from foundation.web import BaseForm
from people.forms import NOT_ASKED


class CancelForm(BaseForm):
    """Who does not come, and why."""

    by = RadioField(
        _l("Who cancels?"),
        choices=[("resident", _l("The person does not come")), ("service", _l("We can not receive them"))],
        default="resident",
    )  # fmt: skip
    reason = StringField(
        _l("Why"), [Length(max=300)], render_kw=NOT_ASKED,
        description=_l("For colleagues, not for the person. Nothing of health or private life."),
    )  # fmt: skip


class GiveForm(BaseForm):
    """A seat for somebody who waits."""

    said_yes = BooleanField(
        _l("They were asked, and said yes"), [InputRequired(_l("Ask them first: nobody is registered without a yes."))]
    )
    beyond = BooleanField(
        _l("Give seats beyond those planned"),
        description=_l("Only if the room and the team allow it. It is written down."),
    )
