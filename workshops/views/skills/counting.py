"""Crosses of people whom nobody names, as in a care home: how many for each answer."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.i18n import _
from foundation.security import allow
from foundation.web import see_other
from workshops.forms.skills import TallyForm, tally_form
from workshops.models import Programme, SkillMoment
from workshops.queries import skills as queries
from workshops.rules.skills import ABILITIES
from workshops.service import skills as verbs
from workshops.views.skills.blueprint import PROGRAMME, WORKERS, bp, moment_at_hand, page_of_moment, seen


@bp.get(f"{PROGRAMME}/comptes")
@allow(*WORKERS)
def tally(programme_id: int) -> Response:
    programme, moment = seen(programme_id), moment_at_hand(programme_id)
    return _page(programme, moment, _form(programme_id, moment))


@bp.post(f"{PROGRAMME}/comptes")
@allow(*WORKERS)
def count(programme_id: int) -> AnyResponse:
    """These counts stand instead of those of before."""
    programme, moment = seen(programme_id), moment_at_hand(programme_id)
    form, actor_id = _form(programme_id, moment), staff().id
    if not form.validate():
        return _page(programme, moment, form, 422)
    people = form.counts()
    in_transaction(lambda: verbs.count(programme_id, moment, people, actor_id=actor_id))
    flash(_("Saved."), "good")
    return see_other("skills.show", programme_id=programme_id)


def _form(programme_id: int, moment: SkillMoment) -> TallyForm:
    return tally_form(queries.questions_of(programme_id), moment, queries.tallies(programme_id))


def _page(programme: Programme, moment: SkillMoment, form: TallyForm, status: int = 200) -> Response:
    return page_of_moment("workshops/skills/tally.html", programme, moment, form, status, abilities=ABILITIES)
