"""Another date in place of one that was called off: one press, nothing typed again."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import public
from foundation.web import see_other
from workshops.models import RegistrationState
from workshops.rules.refusals import NoSuchRegistration
from workshops.service import instead
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened, own, refused_page


@bp.post(f"{OWN}/autre-date/<int(max=2147483647):session_id>")
@public
def take_another(code: str, secret: str, session_id: int) -> AnyResponse:
    """The page of the new registration, whether it has a seat or waits."""
    registration_id = opened(code, secret).id
    try:
        made = in_transaction(lambda: instead.take(registration_id, session_id, now=clock.now()))
    except NoSuchRegistration:
        raise
    except Refused as refused:
        return refused_page(code, secret, refused)
    waits = made.state is RegistrationState.WAITING
    flash(_("Somebody was faster: you are on the waiting list.") if waits else _("Your registration is confirmed."))
    return see_other("workshops.mine", **own(made))
