"""The steps of an incident, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from equipment.models import IncidentEvent, IncidentState
from equipment.rules.labels import CONDITIONS
from foundation.i18n import _


@dataclass(frozen=True)
class Told:
    """One step: when, what, by whom."""

    at: datetime
    what: str
    note: str
    who: str
    condition: str


def told(events: Sequence[IncidentEvent]) -> list[Told]:
    """The steps, the latest first."""
    found: list[Told] = []
    before: IncidentState | None = None
    for one in events:
        condition = str(CONDITIONS[one.condition]) if one.condition else ""
        found.append(Told(one.at, _what(one, before), one.note, one.actor.name, condition))
        before = one.state
    return found[::-1]


def _what(step: IncidentEvent, before: IncidentState | None) -> str:
    if before is None:
        return _("Reported")
    if step.state is before:
        return _("Reported again") if step.condition else _("Remark")
    return _("Settled") if step.state is IncidentState.CLOSED else _("Repair begun")
