"""Why a sign means nothing wrong."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.fields import NumberTravelling
from foundation.formwords import TOO_LONG
from foundation.i18n import _l
from foundation.web import BaseForm, stripped


class LookedAtForm(BaseForm):
    """`newest` is the newest fact that was on the page."""

    newest = NumberTravelling()
    reason = TextAreaField(
        _l("What is it, then?"),
        [DataRequired(_l("Write in a few words what you found.")), Length(max=300, message=TOO_LONG)],
        filters=[stripped], render_kw={"rows": 2},
        description=_l("“A family of five”, “the shop opens on Sundays before Christmas”. Names nobody."),
    )  # fmt: skip
