"""What is told about registrations, and when a message is still true. Pure."""

from __future__ import annotations

from enum import StrEnum

from workshops.models import RegistrationState


class NoticeKind(StrEnum):
    """What a message says of a registration."""

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"
    MOVED = "moved"
    RELOCATED = "relocated"
    SESSION_OFF = "session_off"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


STILL_TRUE = {
    NoticeKind.REGISTERED: {RegistrationState.REGISTERED},
    NoticeKind.WAITING: {RegistrationState.WAITING},
    NoticeKind.OFFERED: {RegistrationState.OFFERED},
    NoticeKind.MOVED: {RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.OFFERED},
    NoticeKind.RELOCATED: {RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.OFFERED},
    NoticeKind.SESSION_OFF: set(RegistrationState),
    NoticeKind.CANCELLED: {RegistrationState.CANCELLED},
    NoticeKind.REMINDER: {RegistrationState.REGISTERED},
}
"""In which states of the registration a message may leave."""
ANSWERS = {NoticeKind.REGISTERED, NoticeKind.WAITING, NoticeKind.CANCELLED}
"""What people wait for, since they have just asked; the others come unasked."""
