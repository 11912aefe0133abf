"""The questions on paper: half a sheet for each person, or a whole one in large type; filled in with a cross."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, request
from reportlab.lib.units import mm

from foundation.i18n import LANGUAGES, RIGHT_TO_LEFT, in_language
from foundation.security import allow
from workshops.models import Programme, SkillMoment, SkillQuestion
from workshops.queries import skills as queries
from workshops.rules.skills import MOMENTS, NoSuchQuestion
from workshops.views.skills.blueprint import PROGRAMME, WORKERS, address_of, bp, moment_at_hand, seen
from workshops.views.skills.form_sheet import HALF, WHOLE, FormSheet

SIDES, TOP_OF_HALF = 14 * mm, 11 * mm


@bp.get(f"{PROGRAMME}/questionnaire.pdf")
@allow(*WORKERS)
def form_paper(programme_id: int) -> Response:
    """A form for each person by name and one without, in the language and for the moment that the address asks for."""
    programme, moment = seen(programme_id), moment_at_hand(programme_id)
    questions = queries.questions_of(programme_id)
    if not questions:
        raise NoSuchQuestion
    names = [one.person.name for one in queries.learners(programme_id)]
    asked = request.args.get("langue", "fr")
    locale, large = asked if asked in LANGUAGES else "fr", request.args.get("format") == "grand"
    with in_language(locale):
        content = forms(programme, moment, questions, names, locale, large=large)
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    name = f"competences-{programme_id}-{address_of(moment)}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def forms(
    programme: Programme,
    moment: SkillMoment,
    questions: Sequence[SkillQuestion],
    names: Sequence[str],
    locale: str,
    *,
    large: bool,
) -> bytes:
    """The PDF, in the language at hand; the last form is for somebody whom nobody expected."""
    title, heading = programme.said("title", locale), str(MOMENTS[moment])
    sheet = FormSheet(title, rtl=locale in RIGHT_TO_LEFT, language=locale, margin=SIDES)
    wanted = [*names, ""]
    if not large and len(wanted) % 2:
        wanted.append("")
    for number, name in enumerate(wanted):
        below = not large and number % 2 == 1
        if number and not below:
            sheet.turn()
        sheet.y = sheet.height / 2 if below else sheet.height
        if below:
            sheet.dashes()
        sheet.gap(SIDES if large else TOP_OF_HALF)
        sheet.form(heading, title, name, questions, WHOLE if large else HALF)
    return sheet.finished()
