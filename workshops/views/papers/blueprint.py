"""The blueprint of papers, and the words that they share."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from foundation.i18n import _, full_day
from foundation.pages import town_name
from foundation.security import Role
from workshops.models import Programme, WorkshopSession
from workshops.rules.attendance import in_team
from workshops.views.public.blueprint import hours_of, place_of, street_of

bp = Blueprint("papers", __name__)
WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
PROGRAMME = "/equipe/ateliers/<int(max=2147483647):programme_id>"
SESSION = "/equipe/ateliers/seances/<int(max=2147483647):session_id>"


@bp.app_template_global()
def takes_papers(programme: Programme, session: WorkshopSession | None = None) -> bool:
    """Whether the person at hand prints what names participants: whoever works for its structure, or leads that day."""
    own = staff()
    works_for_it = own.structure_id in {None, programme.structure_id}
    return works_for_it or (session is not None and in_team(session, own))


def house_of(programme: Programme) -> str:
    """Who offers it: the structure, or the whole territory."""
    return programme.structure.name if programme.structure else town_name()


def when_in_full(session: WorkshopSession) -> str:
    """`mercredi 18 mars 2026, 16 h 00 – 18 h 00`."""
    return _("%(day)s, %(hours)s", day=full_day(session.starts_at), hours=hours_of(session))


def where_in_full(session: WorkshopSession) -> str:
    """`Médiathèque du Port · Salle bleue, 2 quai des Lampes, 99100 Rives-sur-Aure`."""
    place = " · ".join(filter(None, (place_of(session).name, session.room.name if session.room else "")))
    return ", ".join(filter(None, (place, street_of(session))))
