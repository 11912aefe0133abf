"""What the team and prescribers press and say about a registration that was made."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired

from foundation.i18n import _l
from foundation.web import BaseForm


class GiveForm(BaseForm):
    """A seat for somebody who waits."""

    said_yes = BooleanField(
        _l("They were asked, and said yes"), [InputRequired(_l("Ask them first: nobody is registered without a yes."))]
    )
    beyond = BooleanField(
        _l("Give seats beyond those planned"),
        description=_l("Only if the room and the team allow it. It is written down."),
    )
