"""What the pages of the day of a session share."""

from __future__ import annotations

from flask import Blueprint

from accounts.current import staff
from workshops.models import WorkshopSession
from workshops.queries import sessions
from workshops.rules.attendance import check_may_mark

bp = Blueprint("attendance", __name__)
SESSION = "/equipe/ateliers/seances/<int(max=2147483647):session_id>"


def to_mark(session_id: int) -> WorkshopSession:
    """A session in which the person at hand may mark who is there.

    Raises:
        NoSuchSession, NotInYourStructure, OfTheTerritory
    """
    session = sessions.session_seen(session_id, staff())
    check_may_mark(session, staff())
    return session
