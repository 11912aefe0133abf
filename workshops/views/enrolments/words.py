"""What became of a registration, in words."""

from __future__ import annotations

from foundation.i18n import _, ngettext
from workshops.queries.sending import Outcome


def came_words(outcome: Outcome) -> str:
    """Whether they came; empty while nobody has noted it."""
    if not outcome.known:
        return ""
    if outcome.known == 1:
        return _("Came") if outcome.came else _("Did not come")
    return ngettext(
        "Came to %(num)s of %(all)s sessions", "Came to %(num)s of %(all)s sessions", outcome.came, all=outcome.known
    )
