"""The questions of a programme: suggested, added, changed, put in order, removed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.skills import QuestionForm, RemoveForm, of_question
from workshops.models import Programme, SkillQuestion
from workshops.queries import skills as queries
from workshops.rules.pictures import PICTURES
from workshops.rules.skills import NoSuchQuestion, Wording
from workshops.service import questions as verbs
from workshops.views.programmes.blueprint import to_change
from workshops.views.skills.blueprint import PROGRAMME, WORKERS, bp

QUESTION = f"{PROGRAMME}/questions/<int(max=2147483647):question_id>"


@bp.post(f"{PROGRAMME}/proposees")
@allow(*WORKERS)
def suggest(programme_id: int) -> AnyResponse:
    """Ask what suits the kind of programme."""
    in_transaction(lambda: verbs.suggest(programme_id, staff()))
    flash(_("The suggested questions are there. Change them as you like."), "good")
    return see_other("skills.show", programme_id=programme_id)


@bp.get(f"{PROGRAMME}/questions/nouvelle")
@allow(*WORKERS)
def new_question(programme_id: int) -> Response:
    return _form_page(to_change(programme_id), QuestionForm())


@bp.post(f"{PROGRAMME}/questions/nouvelle")
@allow(*WORKERS)
def add_question(programme_id: int) -> AnyResponse:
    form = QuestionForm()
    return _written(to_change(programme_id), form, lambda wording: verbs.add(programme_id, wording, staff()))


@bp.get(QUESTION)
@allow(*WORKERS)
def edit_question(programme_id: int, question_id: int) -> Response:
    programme, question = to_change(programme_id), _question(programme_id, question_id)
    return _form_page(programme, QuestionForm(data=of_question(question)), question)


@bp.post(QUESTION)
@allow(*WORKERS)
def change_question(programme_id: int, question_id: int) -> AnyResponse:
    programme, question = to_change(programme_id), _question(programme_id, question_id)
    form = QuestionForm(data=of_question(question))
    return _written(
        programme, form, lambda wording: verbs.change(programme_id, question_id, wording, staff()), question
    )


@bp.post(f"{QUESTION}/monter")
@allow(*WORKERS)
def move_up(programme_id: int, question_id: int) -> AnyResponse:
    in_transaction(lambda: verbs.move_up(programme_id, question_id, staff()))
    return see_other("skills.show", programme_id=programme_id)


@bp.get(f"{QUESTION}/retirer")
@allow(*WORKERS)
def ask_remove(programme_id: int, question_id: int) -> Response:
    """How many answers would go with it."""
    return _remove_page(programme_id, question_id, RemoveForm())


def _remove_page(programme_id: int, question_id: int, form: RemoveForm, status: int = 200) -> Response:
    programme, question = to_change(programme_id), _question(programme_id, question_id)
    answers = queries.answers_to(question_id)
    form.told.data = str(answers)
    return draw(
        "workshops/skills/remove.html", status, programme=programme, question=question, form=form, answers=answers
    )


@bp.post(f"{QUESTION}/retirer")
@allow(*WORKERS)
def remove(programme_id: int, question_id: int) -> AnyResponse:
    to_change(programme_id)
    form = RemoveForm()
    told = form.answers()
    try:
        in_transaction(lambda: verbs.remove(programme_id, question_id, staff(), told=told))
    except NoSuchQuestion:
        raise
    except Refused as refused:
        refuse(form, refused)
        return _remove_page(programme_id, question_id, form, refused.status)
    flash(_("Removed."), "good")
    return see_other("skills.show", programme_id=programme_id)


def _question(programme_id: int, question_id: int) -> SkillQuestion:
    """Raises: NoSuchQuestion"""
    found = next((one for one in queries.questions_of(programme_id) if one.id == question_id), None)
    if found is None:
        raise NoSuchQuestion
    return found


def _written(
    programme: Programme,
    form: QuestionForm,
    verb: Callable[[Wording], SkillQuestion],
    question: SkillQuestion | None = None,
) -> AnyResponse:
    if not form.validate():
        return _form_page(programme, form, question, 422)
    try:
        in_transaction(lambda: verb(form.wording()))
    except Refused as refused:
        refuse(form, refused)
        return _form_page(to_change(programme.id), form, question, refused.status)
    flash(_("Saved."), "good")
    return see_other("skills.show", programme_id=programme.id)


def _form_page(
    programme: Programme, form: QuestionForm, question: SkillQuestion | None = None, status: int = 200
) -> Response:
    answers = queries.answers_to(question.id) if question else 0
    return draw(
        "workshops/skills/question.html", status, programme=programme, form=form, question=question, answers=answers,
        pictures=PICTURES,
    )  # fmt: skip
