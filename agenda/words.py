"""What the agenda's values are called, and why a time is not free, in sentences."""

from __future__ import annotations

from agenda.models import CalendarKind
from agenda.rules.ics import Reason as ImportReason
from agenda.rules.why import Reason, ReasonKind
from foundation.i18n import _, _l, day, daytime, wall_clock
from foundation.period import Period

CALENDAR_KINDS = {
    CalendarKind.CLOSURE: _l("Everything is closed"),
    CalendarKind.PUBLIC_HOLIDAY: _l("Public holiday"),
    CalendarKind.SCHOOL_HOLIDAY: _l("School holidays"),
}

IGNORED = {
    ImportReason.NOT_A_CALENDAR: _l("This is not a calendar file."),
    ImportReason.NOT_AN_EVENT: _l("a task or a note, not an event"),
    ImportReason.CANCELLED: _l("cancelled"),
    ImportReason.MARKED_FREE: _l("marked as free time"),
    ImportReason.NO_START: _l("no start"),
    ImportReason.NO_LENGTH: _l("no length"),
    ImportReason.RULE_UNREADABLE: _l("its repetition can not be read: only its first time was kept"),
    ImportReason.TOO_FREQUENT: _l("repeats more often than daily: only its first time was kept"),
    ImportReason.TOO_MANY: _l("too many events: these last ones were left out"),
    ImportReason.UNREADABLE: _l("can not be read"),
}


def why(reason: Reason, *, dated: bool = False) -> str:
    """One reason why a time is not free, as a sentence for the staff; `dated` where several days are asked about."""
    match reason.kind:
        case ReasonKind.TOO_LATE if reason.limit:
            return _("It is too late to book this time: the first possible is %(when)s.", when=daytime(reason.limit))
        case ReasonKind.TOO_FAR if reason.limit:
            return _("It is too far ahead: times open up to %(when)s for now.", when=day(reason.limit))
        case ReasonKind.HOLIDAY:
            return _("The day is closed: %(label)s.", label=reason.label or _("closure"))
        case ReasonKind.ABSENT:
            return _(
                "Absent %(when)s: %(label)s.",
                when=_between(reason.period, dated=dated), label=reason.label or _("no reason given"),
            )  # fmt: skip
        case ReasonKind.HELD:
            return _(
                "Already taken %(when)s: %(label)s.", when=_between(reason.period, dated=dated), label=reason.label
            )
        case _:
            return _("Nobody receives at this time.")


def _between(period: Period | None, *, dated: bool) -> str:
    if period is None:
        return ""
    if day(period.start) == day(period.end):
        start, end = wall_clock(period.start), wall_clock(period.end)
        if dated:
            return _("on %(day)s from %(start)s to %(end)s", day=day(period.start), start=start, end=end)
        return _("from %(start)s to %(end)s", start=start, end=end)
    return _("from %(start)s to %(end)s", start=daytime(period.start), end=daytime(period.end))
