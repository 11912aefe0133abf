"""What mediation tells on the page of a resident: appointments, what was done with them, and what can be done next."""

from __future__ import annotations

from flask import url_for

from accounts.models import Account
from activity import queries as records
from activity.models import ActivityRecord, Aspect
from activity.rules.labels import THEMES
from foundation.i18n import _, ngettext
from foundation.labels import labels
from foundation.security import Role
from mediation.models import Appointment, Attendance
from mediation.queries import appointments
from mediation.rules.desk import BOOKERS
from mediation.rules.labels import ATTENDANCES
from people.history import HistoryItem, Step, history_providers, step_providers


def history(person_id: int, viewer: Account) -> list[HistoryItem]:
    """Appointments and records of all structures; only those of the viewer's own can be opened.

    An appointment of which a record tells is one line, that of the record.
    """
    if not viewer.has(Role.MEDIATOR, Role.MANAGER):
        return []
    written = records.of_person(person_id)
    told = {record.reference for record in written}
    return [
        *(_record(record, viewer) for record in written),
        *(_appointment(one, viewer) for one in appointments.of_person(person_id) if one.reference not in told),
    ]


def _own(structure_id: int | None, viewer: Account) -> bool:
    return viewer.structure_id in {None, structure_id}


def _record(record: ActivityRecord, viewer: Account) -> HistoryItem:
    people = len(record.participants) + record.anonymous_count
    return HistoryItem(
        at=record.started_at,
        what=", ".join(labels(THEMES, record.values(Aspect.THEME))) or record.label,
        state=ngettext("%(num)s person", "%(num)s people", people) if people > 1 else str(ATTENDANCES[Attendance.SEEN]),
        url=url_for("records.show", record_id=record.id) if _own(record.structure_id, viewer) else None,
    )


def _appointment(appointment: Appointment, viewer: Account) -> HistoryItem:
    own = _own(appointment.structure_id, viewer)
    return HistoryItem(
        at=appointment.starts_at,
        what=appointment.service_label,
        state=str(ATTENDANCES[appointment.attendance]),
        url=url_for("desk.show_appointment", appointment_id=appointment.id) if own else None,
    )


def steps(person_id: int, viewer: Account) -> list[Step]:
    """Book for them, or receive them now."""
    book = Step(_("New appointment"), url_for("desk.new_appointment", personne=person_id))
    receive = Step(_("Receive without appointment"), url_for("day.welcome", personne=person_id))
    return [*([book] if viewer.has(*BOOKERS) else []), *([receive] if viewer.has(Role.MEDIATOR) else [])]


history_providers.append(history)
step_providers.append(steps)
