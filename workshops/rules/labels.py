"""What the enumerations of workshops are called on pages, in messages and in exports."""

from __future__ import annotations

from foundation.i18n import _l
from workshops.models import (
    Enrolment,
    Level,
    Openness,
    Priority,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
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
    Openness.PRESCRIBERS: _l("Staff and prescribers"),
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
    SessionEventKind.MOVED: _l("Moved"),
    SessionEventKind.RELOCATED: _l("At another place"),
    SessionEventKind.CHANGED: _l("Changed"),
    SessionEventKind.CANCELLED: _l("Cancelled"),
    SessionEventKind.OVERBOOKED: _l("Seats given beyond the capacity"),
    SessionEventKind.HELD: _l("Attendance written"),
}
