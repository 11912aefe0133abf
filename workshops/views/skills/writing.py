"""Answers from paper: all people and all questions on one page, one number each."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import ngettext
from foundation.security import allow
from foundation.web import refuse, see_other
from workshops.forms.skills import GridForm, grid_form
from workshops.models import Programme, SkillMoment
from workshops.queries import skills as queries
from workshops.service import skills as verbs
from workshops.views.skills.blueprint import PROGRAMME, WORKERS, bp, moment_at_hand, page_of_moment, seen


@bp.get(f"{PROGRAMME}/reponses")
@allow(*WORKERS)
def grid(programme_id: int) -> Response:
    programme, moment = seen(programme_id), moment_at_hand(programme_id)
    return _page(programme, moment, _form(programme_id, moment))


@bp.post(f"{PROGRAMME}/reponses")
@allow(*WORKERS)
def write(programme_id: int) -> AnyResponse:
    """Write down what was changed on the page, and nothing else."""
    programme, moment = seen(programme_id), moment_at_hand(programme_id)
    form, now, actor_id = _form(programme_id, moment), clock.now(), staff().id
    if not form.validate():
        return _page(programme, moment, form, 422)
    given = form.changed()
    try:
        done = in_transaction(lambda: verbs.answer(programme_id, moment, given, now=now, actor_id=actor_id))
    except Refused as refused:
        refuse(form, refused)
        return _page(seen(programme_id), moment, form, refused.status)
    flash(ngettext("%(num)s answer changed.", "%(num)s answers changed.", done), "good")
    return see_other("skills.show", programme_id=programme_id)


def _form(programme_id: int, moment: SkillMoment) -> GridForm:
    people, questions = queries.learners(programme_id), queries.questions_of(programme_id)
    return grid_form(people, questions, moment, queries.answers_by_person(programme_id))


def _page(programme: Programme, moment: SkillMoment, form: GridForm, status: int = 200) -> Response:
    people = queries.learners(programme.id)
    return page_of_moment("workshops/skills/grid.html", programme, moment, form, status, people=people)
