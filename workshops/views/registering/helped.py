"""One question on the page of a registration, of the session that was attended last: did it help?"""

from __future__ import annotations

from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from activity.queries import answer_of
from activity.rules.labels import ANSWERS
from activity.rules.satisfaction import read_answer
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import row_id
from foundation.i18n import _, day
from foundation.security import public
from foundation.web import see_other
from workshops.models import Registration, RegistrationKind
from workshops.queries.answerable import last_attended
from workshops.service import answers
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened


@bp.app_template_global()
def helped_of(registration: Registration) -> dict[str, Any]:
    """What the macro of the question takes; `open` is empty when nothing is asked."""
    now = clock.now()
    attended = last_attended(registration, now)
    asking = answers.asking_of(attended) if attended else None
    if attended is None or asking is None or not asking.is_open(now):
        return {"question": "", "open": None, "answered": False, "answers": ANSWERS}
    when = day(attended.session.starts_at)
    words = {
        True: _("Did the session of %(day)s help the children whom you registered?", day=when),
        False: _("Did the session of %(day)s help you?", day=when),
    }
    return {
        "question": words[registration.kind is RegistrationKind.FAMILY],
        "open": asking.until,
        "answered": answer_of(attended.session.reference, attended.person_ids) is not None,
        "answers": ANSWERS,
        "values": {"seance": attended.session.id},
    }


@bp.post(f"{OWN}/avis")
@public
def helped(code: str, secret: str) -> AnyResponse:
    """Back to the page, which never shows the answer."""
    registration_id, session_id = opened(code, secret).id, request.form.get("seance", 0, type=row_id)
    try:
        said = read_answer(request.form.get("reponse"))
        in_transaction(lambda: answers.answer(registration_id, session_id, said, now=clock.now()))
    except Refused as refused:
        flash(str(refused), "warn")
        return see_other("workshops.mine", code=code, secret=secret)
    flash(_("Thank you for your answer.") if said else _("That is fine: nothing is kept."), "good")
    return see_other("workshops.mine", code=code, secret=secret)
