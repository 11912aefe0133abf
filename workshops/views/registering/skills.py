"""What participants think they can do, before and after: answered on the page of their registration, never required."""

from __future__ import annotations

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import whole
from foundation.i18n import _
from foundation.security import public
from foundation.web import draw, refuse, see_other
from workshops.forms.skills import AnswersForm, answers_form
from workshops.models import Participant, Registration, RegistrationState, SkillMoment
from workshops.queries import asked
from workshops.queries import skills as queries
from workshops.rules.refusals import NoSuchRegistration
from workshops.rules.skills import MOMENTS, moment_of
from workshops.service import skills as verbs
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened, own

PAGE = f"{OWN}/mes-competences"


@bp.app_template_global()
def asks_skills(registration: Registration) -> bool:
    """Whether there is something to answer, or answers to look at."""
    stands = registration.state is RegistrationState.REGISTERED and bool(registration.participants)
    return stands and bool(queries.questions_of(registration.programme_id))


@bp.get(PAGE)
@public
def my_skills(code: str, secret: str) -> Response:
    """The questions for whoever is named; a choice of names when there are several."""
    registration = _asked(code, secret)
    who = _who(registration)
    if who is None:
        return draw("workshops/skills/whose.html", registration=registration, own=own(registration))
    return _page(registration, who)


@bp.post(PAGE)
@public
def answer_skills(code: str, secret: str) -> AnyResponse:
    """Keep the answers; an empty one takes back what was answered."""
    registration = _asked(code, secret)
    who, now = _who(registration), clock.now()
    if who is None:
        return see_other("workshops.my_skills", **own(registration))
    form = _form(registration, who, _moment(registration))
    moment = next((one for one in SkillMoment if one.value == form.moment.data), SkillMoment.BEFORE)
    if not form.validate():
        return _page(registration, who, form, 422)
    ids, values = (registration.id, who.id), form.values()
    try:
        in_transaction(lambda: verbs.answer_own(*ids, moment, values, now=now))
    except Refused as refused:
        registration = _asked(code, secret)
        who = _who(registration) or who
        refuse(form, refused)
        return _page(registration, who, form, refused.status)
    flash(_("Thank you. Your answers are kept; you may change them."), "good")
    several = len(registration.participants) > 1
    return see_other("workshops.my_skills" if several else "workshops.mine", code=code, secret=secret)


def _asked(code: str, secret: str) -> Registration:
    """Raises: NoSuchRegistration: also when nothing is asked of this one."""
    registration = opened(code, secret)
    if not asks_skills(registration):
        raise NoSuchRegistration
    return registration


def _who(registration: Registration) -> Participant | None:
    """Whose answers they are: the only one, or whom the address names."""
    named = whole(request.args.get("qui"))
    if len(registration.participants) == 1:
        return registration.participants[0]
    return next((one for one in registration.participants if one.id == named), None)


def _moment(registration: Registration) -> SkillMoment | None:
    return moment_of(asked.periods_for(registration), clock.now())


def _form(registration: Registration, who: Participant, moment: SkillMoment | None) -> AnswersForm:
    answered = queries.answers_of(who.person_id, registration.programme_id)
    questions = queries.questions_of(registration.programme_id)
    return answers_form(questions, moment or SkillMoment.BEFORE, answered)


def _page(registration: Registration, who: Participant, form: AnswersForm | None = None, status: int = 200) -> Response:
    moment = _moment(registration)
    return draw(
        "workshops/skills/mine.html",
        status,
        registration=registration,
        programme=registration.programme,
        own=own(registration),
        who=who,
        several=len(registration.participants) > 1,
        moment=moment,
        heading=MOMENTS[moment] if moment else "",
        questions=queries.questions_of(registration.programme_id),
        answered=queries.answers_of(who.person_id, registration.programme_id),
        form=form or _form(registration, who, moment),
    )
