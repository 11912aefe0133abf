"""What is asked for when an appointment is booked, and what may be booked, moved and cancelled, by whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from activity.models import Channel
from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from mediation.models import Appointment, Attendance, Audience, Origin, Service

MOST_COMPANIONS = 5
AUDIENCES = {
    Origin.RESIDENT: {Audience.EVERYONE},
    Origin.PRESCRIBER: {Audience.EVERYONE, Audience.PRESCRIBERS},
    Origin.DESK: set(Audience),
    Origin.WALK_IN: set(Audience),
}


@dataclass(frozen=True)
class Newcomer:
    """Somebody who may not be known yet. Phone is E.164; phone and e-mail may both be missing."""

    given_name: str
    family_name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Booking:
    """All that booking one appointment needs.

    Attributes:
        starts_at: one of the starts that `queries.slots.find_slots` offers.
        venue_id: for the channel `venue` only.
        mediator_id: None: whoever of those free has the least to do that day.
        person_id: a resident who was found; None: `newcomer` is.
        request_key: made with the form, the same when the form is sent twice.
        home_address: for the channel `home` only.
        anywhere: a member of staff chose freely: any start and any venue within the free time of `mediator_id`.
    """

    service_id: int
    starts_at: datetime
    channel: Channel
    origin: Origin
    venue_id: int | None = None
    mediator_id: int | None = None
    person_id: int | None = None
    newcomer: Newcomer | None = None
    companions: int = 0
    remark: str = ""
    locale: str = "fr"
    request_key: str | None = None
    home_address: str = ""
    anywhere: bool = False


class SlotTaken(Conflict):
    """The time is not free (any more). `alternatives` are the nearest slots that are."""

    def __init__(self, alternatives: Sequence[Any] = ()) -> None:
        super().__init__(
            _l("This time has just been taken, or is not offered any more. Choose another one."),
            "starts_at",
            alternatives,
        )


class AlreadyBooked(Conflict):
    """The same form came twice at the same moment; the other one was first."""

    def __init__(self) -> None:
        super().__init__(_l("This appointment was booked already. You will find it with its code."))


class NotOffered(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This help can not be booked here any more. Choose again what you need help with."))


class ChannelNotOffered(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This help is not given there. Choose another place."), "channel")


class VenueMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a place."), "venue_id")


class HomeAddressMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the address where we come to see you."), "home_address")


class PhoneMissing(Refused):
    """We call the person, or send them a link: a number or an address is needed for that."""

    def __init__(self) -> None:
        super().__init__(_l("We need your phone number to call you."), "phone")


class NoSuchAppointment(Unknown):
    sentence = _l("There is no such appointment. Check the code, or call us.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NotYourAppointment(NoSuchAppointment):
    """The same for staff: there is none, or it is not theirs to look after."""

    sentence = _l("This appointment is not among those that you look after. Go back to the day.")


class NotToCome(Conflict):
    """It was cancelled, or has taken place."""

    def __init__(self) -> None:
        super().__init__(_l("This appointment was cancelled or has taken place: it can not be changed any more."))


class TooLateToChange(Refused):
    def __init__(self) -> None:
        super().__init__(_l("It is too late to change this appointment here. Please call us."))


def check_service(service: Service | None, origin: Origin) -> Service:
    """The service, if whoever books may book it.

    Raises:
        NotOffered: it is unknown, switched off, or not for this origin; from outside all look the same.
    """
    if service is None or not service.active or service.audience not in AUDIENCES[origin]:
        raise NotOffered
    return service


def check_booking(booking: Booking, service: Service) -> None:
    """Whether the wish is whole, the service is given that way, and the remark holds nothing that must not be kept.

    Raises:
        ChannelNotOffered, VenueMissing, HomeAddressMissing, PhoneMissing, and what `forbidden.check_text` raises.
    """
    if booking.channel not in service.channels:
        raise ChannelNotOffered
    if booking.channel is Channel.VENUE and booking.venue_id is None:
        raise VenueMissing
    if booking.channel is Channel.HOME and not booking.home_address.strip():
        raise HomeAddressMissing
    if booking.channel is Channel.PHONE and booking.newcomer is not None and not booking.newcomer.phone:
        raise PhoneMissing
    check_text(booking.remark, "remark")


def too_late_for_resident(appointment: Appointment, change_notice_minutes: int, now: datetime) -> bool:
    """Whether the resident has to call instead of changing it alone."""
    return now > appointment.starts_at - timedelta(minutes=change_notice_minutes)


def check_change(appointment: Appointment, change_notice_minutes: int, now: datetime, *, by_staff: bool) -> None:
    """Whether it can still be moved or cancelled. Staff may until the end.

    Raises:
        NotToCome, TooLateToChange
    """
    if appointment.attendance is not Attendance.EXPECTED:
        raise NotToCome
    if not by_staff and too_late_for_resident(appointment, change_notice_minutes, now):
        raise TooLateToChange
