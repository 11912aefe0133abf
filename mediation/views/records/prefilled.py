"""What a new record knows before anybody has typed: nothing is typed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request

from accounts.models import Account
from activity import queries as records
from activity.models import ActivityKind, ActivityRecord, Autonomy, Channel, Theme
from foundation import clock
from foundation.fields import row_id
from mediation.forms.records import content, length, moment
from mediation.models import Appointment, Service
from mediation.queries import appointments, offers
from mediation.queries.whereabouts import stay_at
from mediation.rules.booking import NotYourAppointment
from people import queries as people

USUAL_MINUTES = 30


def own_appointment(appointment_id: int | None, actor: Account) -> Appointment | None:
    """The appointment that a record is about.

    Raises:
        NotYourAppointment: it is somebody else's, or unknown.
    """
    if appointment_id is None:
        return None
    found = appointments.by_id(appointment_id)
    if found is None or found.mediator_id != actor.id:
        raise NotYourAppointment
    return found


def of_address(actor: Account) -> dict[str, Any]:
    """The fields that the address of a new record tells: an appointment, a person, a group, or nobody named."""
    appointment = own_appointment(request.args.get("rendez_vous", type=row_id), actor)
    data = _of_appointment(appointment) if appointment else _of_now(actor)
    if "comme" in request.args and (like := last_time(actor, appointment)):
        data |= content(like)
    return data


def last_time(actor: Account, appointment: Appointment | None) -> ActivityRecord | None:
    """The record to take after: the person's last one in the structure, else the mediator's own."""
    person_id = appointment.person_id if appointment else request.args.get("personne", type=row_id)
    theirs = records.last_with(person_id, actor.structure_id) if person_id else None
    return theirs or records.last_by(actor.id)


def _of_appointment(appointment: Appointment) -> dict[str, Any]:
    minutes = (appointment.ends_at - appointment.starts_at) // timedelta(minutes=1)
    return {
        "kind": ActivityKind.INDIVIDUAL.value,
        "appointment_id": appointment.id,
        "person_ids": [appointment.person_id],
        "channel": appointment.channel,
        "venue_id": appointment.venue_id,
        "service_id": appointment.service_id,
        **moment(appointment.starts_at),
        **length(minutes),
        **_of_service(appointment.service),
    }


def _of_now(actor: Account) -> dict[str, Any]:
    """Something that was not planned: now, where the mediator is."""
    now = clock.now()
    stay = stay_at(actor.id, now)
    service_id = request.args.get("motif", type=row_id)
    service = offers.service(service_id) if service_id else None
    group, nobody_named = "groupe" in request.args, "anonyme" in request.args
    person_id = request.args.get("personne", type=row_id)
    minutes = service.duration_minutes if service else USUAL_MINUTES
    return {
        "kind": (ActivityKind.GROUP if group else ActivityKind.INDIVIDUAL).value,
        "person_ids": [people.current(person_id).id] if person_id else [],
        "anonymous_count": 1 if nobody_named and not group else 0,
        "channel": Channel.VENUE,
        "venue_id": request.args.get("lieu", type=row_id)
        or (stay.shift.venue_id if stay else None)
        or records.last_venue_id(actor.id),
        "service_id": service.id if service else None,
        **moment(now.replace(second=0, microsecond=0)),
        **length(minutes),
        **(_of_service(service) if service else {}),
    }


def _of_service(service: Service) -> dict[str, Any]:
    known = {theme.value for theme in Theme}
    return {
        "themes": [Theme(value) for value in service.themes if value in known],
        "autonomy": Autonomy(service.autonomy) if service.autonomy in {one.value for one in Autonomy} else None,
    }
