"""How many people have to lead and help, in words, on each page on which a team is looked at."""

from __future__ import annotations

from foundation.i18n import _, ngettext
from workshops.models import Programme, WorkshopSession
from workshops.rules.helping import helpers_missing, helpers_needed
from workshops.views.programmes.blueprint import bp


@bp.app_template_global()
def helping_words(programme: Programme, people: int) -> str:
    """`4 people lead and help for 24 seats: one for 6`; empty where it is not counted."""
    needed, ratio = helpers_needed(people, programme.people_per_helper), programme.people_per_helper
    if needed is None:
        return ""
    return ngettext(
        "%(num)s person leads and helps for %(seats)s seats (one for %(ratio)s)",
        "%(num)s people lead and help for %(seats)s seats (one for %(ratio)s)",
        needed,
        seats=people,
        ratio=ratio,
    )


@bp.app_template_global()
def too_few_words(programme: Programme, people: int, team: int) -> str:
    """That the team is too small for so many people; empty when it is not, or it is not counted."""
    missing = helpers_missing(people, programme.people_per_helper, team)
    if not missing:
        return ""
    return ngettext(
        "%(num)s more person is needed to lead or help, of the team or of the place.",
        "%(num)s more people are needed to lead or help, of the team or of the place.",
        missing,
    )


def helping_of(session: WorkshopSession) -> str:
    """Both of a session, for its paper."""
    programme, seats = session.programme, session.capacity
    said = (helping_words(programme, seats), too_few_words(programme, seats, len(session.team)))
    return _("%(what)s: %(more)s", what=_("Helpers"), more=". ".join(filter(None, said))) if said[0] else ""
