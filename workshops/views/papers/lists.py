"""Lists of participants for a spreadsheet: names, whom to call, where they stand, when they were there.

What the team must know of children on the day is in none of them, nor is a guardian's number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response

from accounts.current import staff
from foundation.downloads import CSV, download
from foundation.i18n import _, local, phone
from foundation.scope import check_may_change
from foundation.security import Role, allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes
from workshops.models import Presence, WorkshopSession
from workshops.queries import participants
from workshops.queries.participants import Row
from workshops.queries.programmes import programme_seen
from workshops.queries.sessions import session_seen
from workshops.rules.attendance import check_may_mark
from workshops.rules.labels import PRESENCES, REGISTRATION_STATES
from workshops.views.papers.blueprint import PROGRAMME, SESSION, WORKERS, bp

KIND = "<any(csv, xlsx):kind>"
CALLS_PEOPLE = (Role.MEDIATOR, Role.MANAGER)
"""Whoever calls people when a session changes reads their numbers."""


@bp.get(f"{SESSION}/participants.{KIND}")
@allow(*WORKERS)
def session_list(session_id: int, kind: str) -> Response:
    """One session: a row for each who is registered, waits, or came."""
    session = session_seen(session_id, staff())
    check_may_mark(session, staff())
    header = [*_header(), _("At this session")]
    found = participants.of_session(session)
    rows = [[*_about(row), _presence(row, session)] for row in found.rows]
    if found.unnamed:
        rows.append([*_unnamed(), found.unnamed[session.id]])
    return _file(kind, f"participants-seance-{session.id}-{local(session.starts_at):%Y-%m-%d}", header, rows)


@bp.get(f"{PROGRAMME}/participants.{KIND}")
@allow(*WORKERS)
def programme_list(programme_id: int, kind: str) -> Response:
    """A whole programme: how often each was there, and a column for each session."""
    programme = programme_seen(programme_id, staff())
    check_may_change(staff().structure_id, programme.structure_id)
    found = participants.of_programme(programme_id)
    sessions = found.sessions
    days = [f"{local(one.starts_at):%d/%m/%Y %H:%M}" for one in sessions]
    header = [*_header(), _("Registered for"), _("Times present"), *days]
    rows = [
        [*_about(row), _registered_for(row), _times(row), *(_presence(row, one) for one in sessions)]
        for row in found.rows
    ]
    if found.unnamed:
        rows.append([*_unnamed(), "", "", *(found.unnamed.get(one.id, "") for one in sessions)])
    return _file(kind, f"participants-atelier-{programme_id}", header, rows)


def _header() -> list[str]:
    calls = [_("Phone")] if staff().has(*CALLS_PEOPLE) else []
    return [_("Family name"), _("Given name"), _("Who"), *calls, _("State"), _("How many seats")]


def _about(row: Row) -> list[Any]:
    calls = [phone(row.phone)] if staff().has(*CALLS_PEOPLE) else []
    return [*_name(row), _who(row), *calls, str(REGISTRATION_STATES[row.registration.state]), _seats(row)]


def _unnamed() -> list[Any]:
    """The cells about nobody, before those of a head-count."""
    return ["", "", _("People whom nobody named"), *[""] * (len(_header()) - 3)]


def _name(row: Row) -> tuple[str, str]:
    if row.participant is None:
        return row.registration.group_label, ""
    return row.participant.person.family_name, row.participant.person.given_name


def _who(row: Row) -> str:
    if row.participant is None:
        return _("A group")
    return _("Child") if row.is_child else _("Adult")


def _seats(row: Row) -> int:
    """One for each who is named; a family is as many rows as it has seats."""
    return row.registration.seats if row.participant is None else 1


def _registered_for(row: Row) -> str:
    session = row.registration.session
    return f"{local(session.starts_at):%d/%m/%Y %H:%M}" if session else _("For all sessions at once")


def _times(row: Row) -> int | str:
    """Of a group nobody knows who was there how often."""
    return "" if row.participant is None else sum(one is Presence.PRESENT for one in row.presences.values())


def _presence(row: Row, session: WorkshopSession) -> str | int:
    """How somebody was marked; of a group how many took part."""
    if session.id in row.counts:
        return row.counts[session.id]
    presence = row.presences.get(session.id)
    return str(PRESENCES[presence]) if presence else ""


def _file(kind: str, name: str, header: list[str], rows: Iterable[list[Any]]) -> Response:
    if kind == "csv":
        return download("".join(csv_lines(header, rows)), CSV, f"{name}.csv")
    return download(xlsx_bytes({_("Participants"): (header, rows)}), XLSX_TYPE, f"{name}.xlsx")
