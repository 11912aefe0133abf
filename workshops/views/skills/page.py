"""What a programme asks, and how far its participants came: the page of the staff."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.security import allow
from foundation.web import draw
from workshops.queries import asked
from workshops.queries import skills as queries
from workshops.rules.skill_sets import SUGGESTED
from workshops.rules.skills import ABILITIES, MOMENTS, MOST_QUESTIONS, likely_moment
from workshops.views.programmes.blueprint import may_change
from workshops.views.skills.blueprint import ADDRESSES, PROGRAMME, WORKERS, address_of, bp, seen


@bp.get(PROGRAMME)
@allow(*WORKERS)
def show(programme_id: int) -> Response:
    """Questions, papers to print, answers to type in, progress."""
    programme = seen(programme_id)
    return draw(
        "workshops/skills/show.html",
        programme=programme,
        questions=queries.questions_of(programme_id),
        suggested=SUGGESTED[programme.kind],
        editable=may_change(programme),
        room=MOST_QUESTIONS,
        progress=queries.progress(programme_id),
        moment=address_of(likely_moment(asked.periods_of(programme_id), clock.now())),
        moments={address: MOMENTS[moment] for address, moment in ADDRESSES.items()},
        abilities=ABILITIES,
        reader=staff(),
    )
