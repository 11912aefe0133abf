"""What the enumerations of workshops are called on pages, in messages and in exports."""

from __future__ import annotations

from foundation.i18n import _l
from workshops.models import (
    Enrolment,
    Level,
    Openness,
    Origin,
    Presence,
    Priority,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
    RegistrationEventKind,
    RegistrationState,
    RequestState,
    SessionEventKind,
    SessionState,
)

PROGRAMME_KINDS = {
    ProgrammeKind.CODING_CLUB: _l("Coding club"),
    ProgrammeKind.CARE_HOME_SERIES: _l("Series in a care home"),
    ProgrammeKind.ADULT_COURSE: _l("Course for adults"),
    ProgrammeKind.OPEN_EVENT: _l("Open event"),
    ProgrammeKind.PAID_TRAINING: _l("Training paid by a voucher"),
}
PROGRAMME_AUDIENCES = {
    ProgrammeAudience.CHILDREN: _l("Children"),
    ProgrammeAudience.TEENAGERS: _l("Teenagers"),
    ProgrammeAudience.ADULTS: _l("Adults"),
    ProgrammeAudience.SENIORS: _l("Seniors"),
    ProgrammeAudience.FAMILIES: _l("Families"),
    ProgrammeAudience.EVERYONE: _l("For everybody"),
}
TRANSLATABLE = {
    "title": _l("the title"),
    "description": _l("the description"),
    "goals": _l("the goals"),
    "material": _l("what to bring"),
    "sessions": _l("what sessions are about"),
    "resources": _l("names of sheets"),
}
"""What residents read, where a list says what of it is missing."""

LEVELS = {
    Level.BEGINNER: _l("Beginners"),
    Level.INTERMEDIATE: _l("Intermediate"),
    Level.ADVANCED: _l("Advanced"),
}
ENROLMENTS = {
    Enrolment.CYCLE: _l("For all sessions at once"),
    Enrolment.SESSION: _l("For each session"),
    Enrolment.DROP_IN: _l("Without registration"),
}
OPENNESS = {
    Openness.EVERYONE: _l("Everyone"),
    Openness.PRESCRIBERS: _l("Staff, prescribers, groups of schools and homes"),
    Openness.STAFF: _l("Staff only"),
}
PROGRAMME_STATES = {
    ProgrammeState.DRAFT: _l("Draft"),
    ProgrammeState.PUBLISHED: _l("Published"),
    ProgrammeState.CLOSED: _l("Closed"),
}
PRIORITIES = {
    Priority.FIRST_TIMER: _l("People who come for the first time"),
    Priority.NEIGHBOURHOOD: _l("People of the chosen neighbourhoods"),
    Priority.PRIORITY_NEIGHBOURHOOD: _l("People of a priority neighbourhood"),
}
SESSION_STATES = {
    SessionState.PLANNED: _l("Planned"),
    SessionState.HELD: _l("Took place"),
    SessionState.CANCELLED: _l("Cancelled"),
}
SESSION_EVENTS = {
    SessionEventKind.PLANNED: _l("Planned"),
    SessionEventKind.MOVED: _l("Session moved"),
    SessionEventKind.RELOCATED: _l("At another place"),
    SessionEventKind.CHANGED: _l("Changed"),
    SessionEventKind.CANCELLED: _l("Cancelled"),
    SessionEventKind.OVERBOOKED: _l("Seats given beyond the capacity"),
    SessionEventKind.HELD: _l("Attendance written"),
}
PRESENCES = {
    Presence.PRESENT: _l("Is here"),
    Presence.ABSENT_EXCUSED: _l("Excused"),
    Presence.ABSENT: _l("Not here"),
}
REQUEST_STATES = {
    RequestState.ASKED: _l("Waits for an answer"),
    RequestState.ACCEPTED: _l("Accepted"),
    RequestState.DECLINED: _l("Declined"),
    RequestState.WITHDRAWN: _l("Withdrawn"),
}
REGISTRATION_STATES = {
    RegistrationState.REGISTERED: _l("Registered"),
    RegistrationState.WAITING: _l("Waits"),
    RegistrationState.OFFERED: _l("Seat offered"),
    RegistrationState.LAPSED: _l("Seat given on"),
    RegistrationState.CANCELLED: _l("Cancelled"),
}
ORIGINS = {
    Origin.RESIDENT: _l("By the person, online"),
    Origin.DESK: _l("By the team"),
    Origin.PRESCRIBER: _l("By a prescriber"),
    Origin.HOST: _l("By the school or care home"),
    Origin.WALK_IN: _l("Came without registration"),
}
REGISTRATION_EVENTS = {
    RegistrationEventKind.REGISTERED: _l("Registered"),
    RegistrationEventKind.JOINED_WAITING: _l("On the waiting list"),
    RegistrationEventKind.OFFERED: _l("Seat offered"),
    RegistrationEventKind.ACCEPTED: _l("Said yes"),
    RegistrationEventKind.DECLINED: _l("Said no"),
    RegistrationEventKind.LAPSED: _l("No answer in time"),
    RegistrationEventKind.CANCELLED: _l("Cancelled by the person"),
    RegistrationEventKind.REVOKED: _l("Called off by the service"),
    RegistrationEventKind.OVERBOOKED: _l("Seats given beyond the capacity"),
    RegistrationEventKind.CHANGED: _l("Changed"),
    RegistrationEventKind.TOLD: _l("Told by telephone what had changed"),
}
REASONS_FIRST = {
    Priority.FIRST_TIMER: _l("first time"),
    Priority.NEIGHBOURHOOD: _l("chosen neighbourhood"),
    Priority.PRIORITY_NEIGHBOURHOOD: _l("priority neighbourhood"),
}
