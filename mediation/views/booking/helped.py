"""One question on the page of an appointment that was kept: did it help?"""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from activity.rules.satisfaction import read_answer
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import public
from foundation.web import see_other
from mediation.service import answers
from mediation.views.booking.blueprint import bp
from mediation.views.booking.mine import OWN, opened


@bp.post(f"{OWN}/avis")
@public
def helped(code: str, secret: str) -> AnyResponse:
    """Back to the page, which never shows the answer."""
    appointment_id = opened(code, secret).id
    try:
        said = read_answer(request.form.get("reponse"))
        in_transaction(lambda: answers.answer(appointment_id, said, now=clock.now()))
    except Refused as refused:
        flash(str(refused), "warn")
        return see_other("booking.mine", code=code, secret=secret)
    flash(_("Thank you for your answer.") if said else _("That is fine: nothing is kept."), "good")
    return see_other("booking.mine", code=code, secret=secret)
