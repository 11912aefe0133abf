"""What the enumerations of mediation are called on pages, in messages and in exports."""

from __future__ import annotations

from foundation.i18n import _l
from mediation.models import Attendance, Audience, EventKind, Origin

AUDIENCES = {
    Audience.STAFF: _l("Staff only"),
    Audience.PRESCRIBERS: _l("Staff and prescribers"),
    Audience.EVERYONE: _l("Everyone"),
}
ATTENDANCES = {
    Attendance.EXPECTED: _l("Expected"),
    Attendance.SEEN: _l("Done"),
    Attendance.EXCUSED: _l("Excused"),
    Attendance.REVOKED: _l("Cancelled by the service"),
    Attendance.NOSHOW: _l("Missed"),
}
OUTCOMES = ATTENDANCES | {
    Attendance.SEEN: _l("Came"),
    Attendance.NOSHOW: _l("Did not come"),
}
"""The same, for whoever sent the person: not what was done, only whether they came."""
ORIGINS = {
    Origin.RESIDENT: _l("Booked online"),
    Origin.DESK: _l("Booked by the staff"),
    Origin.PRESCRIBER: _l("Booked by a prescriber"),
    Origin.WALK_IN: _l("Without appointment"),
}
EVENTS = {
    EventKind.BOOKED: _l("Booked"),
    EventKind.MOVED: _l("Moved"),
    EventKind.ARRIVED: _l("Arrived"),
    EventKind.MARKED: _l("Marked"),
    EventKind.REOPENED: _l("Mark taken back"),
}
