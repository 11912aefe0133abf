"""What the tests of skills begin with: a club that asks three questions, and two children who may answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Account
from foundation.db import db, in_transaction
from tests.cast import NOW, Cast
from tests.workshops.enrolments import family, opened, registered
from workshops.models import Enrolment, Participant, Programme, ProgrammeKind, Registration, SkillMoment, SkillQuestion
from workshops.queries import skills as queries
from workshops.rules.skills import Wording
from workshops.service import questions, skills

BEFORE, AFTER = SkillMoment.BEFORE, SkillMoment.AFTER
TEXTS = ("Ouvrir un projet", "Faire bouger un personnage", "Trouver ce qui ne marche pas")


def wording(text: str = "Montrer mon jeu", **changes: Any) -> Wording:
    return Wording(**{"text": text, "picture": "cat", **changes})


def by(cast: Cast, verb: Callable[..., Any], *args: Any, who: str = "mediator", **more: Any) -> Any:
    """Call a verb as somebody of the cast, and commit."""
    account_id = cast.ids[who]
    return in_transaction(lambda: verb(*args, db.session.get_one(Account, account_id), **more))


def club(cast: Cast, *texts: str, sessions: int = 3, **changes: Any) -> tuple[Programme, list[SkillQuestion]]:
    """A cycle of the town that asks `TEXTS`, unless told otherwise."""
    usual: dict[str, Any] = {"kind": ProgrammeKind.CODING_CLUB, "title": "Club Scratch", "enrolment": Enrolment.CYCLE}
    programme = opened(cast, sessions=sessions, capacity=12, **{**usual, **changes})
    asked = [by(cast, questions.add, programme.id, wording(text)) for text in texts or TEXTS]
    return programme, asked


def children(programme: Programme, *names: str) -> tuple[Registration, list[Participant]]:
    """A family, registered; its children in order."""
    registration = registered(family(programme, *(names or ("Lina", "Noé"))))
    return registration, list(registration.participants)


def answered(
    programme: Programme, moment: SkillMoment, participant: Participant, *values: int | None, **more: Any
) -> int:
    """One answer to each question in order."""
    asked = queries.questions_of(programme.id)
    given = {participant.id: {one.id: value for one, value in zip(asked, values, strict=False)}}
    usual: dict[str, Any] = {"now": NOW, "actor_id": None}
    return in_transaction(lambda: skills.answer(programme.id, moment, given, **{**usual, **more}))


def texts_of(programme: Programme) -> list[str]:
    """The questions as the database has them now, in order."""
    db.session.rollback()
    return [one.text for one in queries.questions_of(programme.id)]
