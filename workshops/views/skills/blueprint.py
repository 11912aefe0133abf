"""What the pages of skills share: who may open them, the moment that an address names, drawings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from accounts.current import staff
from foundation import clock
from foundation.scope import OfTheTerritory
from foundation.security import Role
from foundation.web import draw
from workshops.models import Programme, SkillMoment
from workshops.queries import asked, programmes
from workshops.queries import skills as queries
from workshops.rules.pictures import ANSWERS, PICTURES
from workshops.rules.progress import Progress
from workshops.rules.skills import ABILITIES, MOMENTS, likely_moment

bp = Blueprint("skills", __name__)
WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
PROGRAMME = "/equipe/ateliers/<int(max=2147483647):programme_id>/competences"
ADDRESSES = {"avant": SkillMoment.BEFORE, "apres": SkillMoment.AFTER}


def seen(programme_id: int) -> Programme:
    """A programme whose participants' answers the person at hand may read.

    Raises:
        NotInYourStructure, OfTheTerritory
    """
    programme = programmes.programme_seen(programme_id, staff())
    if not asked.teaches(programme, staff()):
        raise OfTheTerritory
    return programme


def moment_at_hand(programme_id: int) -> SkillMoment:
    """The moment that the address names; the likely one when it names none."""
    named = ADDRESSES.get(request.args.get("moment", ""))
    return named or likely_moment(asked.periods_of(programme_id), clock.now())


def address_of(moment: SkillMoment) -> str:
    """`avant` or `apres`."""
    return next(text for text, one in ADDRESSES.items() if one is moment)


def page_of_moment(
    template: str, programme: Programme, moment: SkillMoment, form: Any, status: int = 200, **more: Any
) -> Response:
    """A page on which staff type in what stands on paper, of one moment; it leads to the other."""
    return draw(
        template,
        status,
        programme=programme,
        form=form,
        questions=queries.questions_of(programme.id),
        moment=address_of(moment),
        moments={address: MOMENTS[one] for address, one in ADDRESSES.items()},
        **more,
    )


@bp.app_template_global()
def drawing(name: str) -> str:
    """The path of a drawing of the set; nothing for one of another version."""
    return PICTURES.get(name, "")


@bp.app_template_global()
def answer_drawings() -> list[tuple[int, str, str]]:
    """(value, words, path) of the four answers."""
    return [(int(value), str(words), ANSWERS[value]) for value, words in ABILITIES.items()]


@bp.app_template_global()
def answer_words() -> list[tuple[int, str]]:
    """(value, words) of the four answers."""
    return [(int(value), str(words)) for value, words in ABILITIES.items()]


@bp.app_template_global()
def skills_told(programme: Programme) -> Progress | None:
    """How far people came, for the page of a programme; None for whom it is not."""
    return queries.progress(programme.id) if asked.teaches(programme, staff()) else None
