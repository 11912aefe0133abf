"""Whose session was called off takes another one of the programme with one press: nothing is typed twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foundation.errors import Conflict, Refused
from foundation.i18n import _l
from vouchers.queries.counters import code_of
from workshops.models import Origin, Participant, Registration, RegistrationState, SessionState, WorkshopSession
from workshops.queries import registrations
from workshops.queries.paid import promised
from workshops.rules.enrolling import Child, Emergency, Enrolling, Group
from workshops.rules.registration import check_programme
from workshops.service import registering
from workshops.service.noting import locked


class NotCalledOff(Conflict):
    """The registration stands, or ended otherwise: whoever cancelled registers anew."""

    def __init__(self) -> None:
        super().__init__(_l("The session of this registration was not called off."))


def was_called_off(registration: Registration) -> bool:
    """Whether it ended because its one session does not take place."""
    session = registration.session
    off = session is not None and session.state is SessionState.CANCELLED
    return off and registration.state is RegistrationState.CANCELLED


def proposed(registration: Registration, now: datetime, *, by_team: bool = False) -> list[WorkshopSession]:
    """The next sessions of the programme with seats for all of them, if theirs was called off.

    Args:
        by_team: the team takes it for them, even when registration is over.
    """
    if not was_called_off(registration):
        return []
    found = registrations.instead_of(registration, now)
    origin = _origin(registration, by_team)
    try:
        if found:
            check_programme(registration.programme, again(registration, found[0].id, origin), now)
    except Refused:
        return []
    return found


def take(registration_id: int, session_id: int, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Register the same people for another session; on its waiting list when somebody was faster.

    Pressed twice it registers once.

    Args:
        actor_id: the account that does it for them; None for the resident.

    Raises:
        NoSuchRegistration, NotCalledOff, and the refusals of `registering.register`
    """
    registration, _to_come = locked(registration_id, now)
    if not was_called_off(registration):
        raise NotCalledOff
    key = f"instead:{registration.id}:{session_id}"
    ended = registrations.cancelled_with_key(key)
    origin = _origin(registration, actor_id is not None)
    wish = replace(again(registration, session_id, origin), request_key=f"{key}:{ended}")
    return registering.register(wish, now=now, actor_id=actor_id)


def _origin(registration: Registration, by_team: bool) -> Origin:
    return Origin.DESK if by_team else registration.origin


def again(registration: Registration, session_id: int, origin: Origin) -> Enrolling:
    """The same people, for another session."""
    guardian = registration.person_id
    children = [one for one in registration.participants if one.person_id != guardian]
    return Enrolling(
        programme_id=registration.programme_id,
        origin=origin,
        session_id=session_id,
        person_id=guardian,
        children=tuple(_child(one) for one in children),
        comes_too=any(one.person_id == guardian for one in registration.participants),
        emergency=_emergency(children),
        group=_group(registration) if guardian is None else None,
        remark=registration.remark,
        locale=registration.locale,
        voucher_code=_voucher_code(registration),
    )


def _voucher_code(registration: Registration) -> str:
    """Of the voucher to which the units went back; none when the programme is not paid in units any more."""
    found = promised(registration.id)
    return code_of(found.voucher_id) if found and registration.programme.training_units else ""


def _child(one: Participant) -> Child:
    person, sheet = one.person, one.sheet
    return Child(
        person.given_name,
        person.family_name,
        person.birth_year,
        school_level=sheet.school_level if sheet else "",
        may_leave_alone=bool(sheet and sheet.may_leave_alone),
        image_consent=bool(sheet and sheet.image_consent),
    )


def _emergency(children: list[Participant]) -> Emergency | None:
    sheet = next((one.sheet for one in children if one.sheet), None)
    return Emergency(sheet.emergency_name, sheet.emergency_phone, sheet.collectors) if sheet else None


def _group(registration: Registration) -> Group:
    return Group(
        registration.group_label,
        registration.seats,
        registration.contact_name,
        registration.contact_phone or None,
        registration.contact_email or None,
        registration.school_id,
        registration.care_home_id,
    )
