"""What came of what a record tells: of its referrals, and whether it helped, as somebody said aloud."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import Response, flash, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from activity import queries
from activity.models import Outcome, Referral
from activity.queries import Filter
from activity.rules.labels import OUTCOMES, REFERRALS
from activity.rules.satisfaction import UnreadableAnswer, read_answer
from activity.service import outcomes, satisfaction
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.fields import row_id
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, see_other
from mediation.views.records.blueprint import ID, READERS, bp, seen

LAST_PAGE = 10_000
LIST = "liste"
Kind = TypeVar("Kind", bound=StrEnum)


def _read(kind: type[Kind], name: str) -> Kind:
    """
    Raises:
        UnreadableAnswer
    """
    sent = request.form.get(name, "")
    if sent not in {one.value for one in kind}:
        raise UnreadableAnswer
    return kind(sent)


@bp.get("/equipe/comptes-rendus/orientations")
@allow(*READERS)
def to_follow() -> Response:
    """Referrals of which nobody said yet what came of them: one's own, for a manager those of the structure."""
    actor, now = staff(), clock.now()
    manages = actor.has(Role.MANAGER)
    wanted = Filter(structure_id=actor.structure_id) if manages else Filter(mediator_id=actor.id)
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    waiting, has_next = queries.to_follow(wanted, now, number)
    return draw(
        "records/following.html", waiting=waiting, number=number, has_next=has_next, manages=manages,
        referrals=REFERRALS, outcomes=OUTCOMES, list=LIST,
    )  # fmt: skip


@bp.post(f"/equipe/comptes-rendus/{ID}/orientation")
@allow(*READERS)
def follow(record_id: int) -> AnyResponse:
    """One press; back to the list when it was pressed there, else to the record."""
    actor, now, from_list = staff(), clock.now(), request.form.get("retour") == LIST
    try:
        referral, outcome = _read(Referral, "orientation"), _read(Outcome, "suite")
        in_transaction(lambda: outcomes.note(record_id, referral, outcome, now=now, actor=actor))
    except (Unknown, Forbidden):
        raise
    except Refused as refused:
        flash(str(refused), "warn")
    else:
        flash(_noted(record_id, referral, outcome, leaves=from_list), "good")
    if from_list:
        return see_other("records.to_follow")
    return see_other("records.show", record_id=record_id)


def _noted(record_id: int, referral: Referral, outcome: Outcome, *, leaves: bool) -> str:
    """What was noted of whom; where the line `leaves` the page, with the way to the record, where it can be changed."""
    names = ", ".join(one.person.name for one in seen(record_id).participants if one.person.name)
    said = _("Noted: %(name)s, %(kind)s, %(outcome)s.", name=names, kind=REFERRALS[referral], outcome=OUTCOMES[outcome])
    if not leaves:
        return said
    address = url_for("records.show", record_id=record_id)
    return Markup('{} <a href="{}">{}</a>').format(said, address, _("See the record, or change this"))


@bp.post(f"/equipe/comptes-rendus/{ID}/avis")
@allow(*READERS)
def heard(record_id: int) -> AnyResponse:
    """What somebody said aloud; the page never shows it again."""
    actor, now, person_id = staff(), clock.now(), request.form.get("personne", 0, type=row_id)
    try:
        said = read_answer(request.form.get("reponse"))
        in_transaction(lambda: satisfaction.note_aloud(record_id, person_id, said, now=now, actor=actor))
    except (Conflict, UnreadableAnswer) as refused:
        flash(str(refused), "warn")
    else:
        flash(_("The answer is noted.") if said else _("That is fine: nothing is kept."), "good")
    return see_other("records.show", record_id=record_id)
