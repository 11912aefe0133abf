"""What the report to a school or care home says in figures and rows."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal

from foundation.i18n import _, language, local
from workshops.models import Programme
from workshops.queries.series import HeldSession, Series
from workshops.rules.progress import Progress
from workshops.views.public.blueprint import hours_of


def client_lines(programme: Programme) -> list[str]:
    """The name of the school or home, then its address."""
    client = programme.care_home or programme.school
    if client is None:
        return [programme.title]
    town = f"{client.postcode}\u00a0{client.commune}".strip()
    return [client.name, *filter(None, [", ".join(filter(None, (client.address, town)))])]


def team_of(told: Series) -> list[str]:
    """Who led the sessions, each once."""
    return list(dict.fromkeys(one.account.name for held in told.held for one in held.session.team))


def figures(told: Series) -> list[tuple[str, str]]:
    """(figure, what it counts). There is no average of what nobody counted."""
    shown = [(str(len(told.held)), _("Sessions")), (str(told.people), _("Presences in all"))]
    if told.counted:
        shown.append((_decimal(told.people / told.counted), _("On average at each")))
    return [*shown, (str(told.helpers), _("Helpers in all"))]


def session_rows(told: Series) -> list[list[str]]:
    """A row a session, and what they make together."""
    rows = [_row(one) for one in told.held]
    return [*rows, [_("In all"), str(told.people), str(told.helpers), ""]]


def _row(one: HeldSession) -> list[str]:
    session = one.session
    helpers = "" if one.people is None else str(one.helpers)
    people = "–" if one.people is None else str(one.people)
    return [
        f"{local(session.starts_at):%d/%m/%Y}\n{hours_of(session)}", people, helpers,
        f"{session.title}\n{one.done}" if session.title else f"\n{one.done}",
    ]  # fmt: skip


def progress_rows(skills: Progress, fewest: int) -> list[list[str]]:
    """A row a question that enough people answered both times."""
    return [
        [row.text, _decimal(row.before), _decimal(row.after)]
        for row in skills.rows
        if row.count >= fewest and row.before is not None and row.after is not None
    ]


def things_used(told: Series, named: Sequence[str]) -> list[str]:
    """Devices that the records name, kits that were held, and what was asked for in words; each once.

    A kit of tablets says already that there were tablets.
    """
    kits: dict[str, int] = {}
    for one in told.held:
        for need in one.session.kit_needs:
            kits[need.kind] = max(kits.get(need.kind, 0), need.count)
    notes = [one.session.equipment_note for one in told.held]
    devices = [one for one in named if not any(one.casefold() in kind.casefold() for kind in kits)]
    found = [", ".join(devices), ", ".join(f"{count} × {kind}" for kind, count in sorted(kits.items())), *notes]
    return list(dict.fromkeys(found))


def _decimal(value: float) -> str:
    return str(format_decimal(round(value, 1), locale=language()))
