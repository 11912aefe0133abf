"""Who is told, by which channel, and when a message may leave. Pure: `now` and the zone are arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import PhoneNumberType

from foundation.outbox.models import Channel
from foundation.outbox.rules import out_of_quiet_hours
from foundation.period import at_wall_time
from mediation.models import Attendance
from people.models import ContactMeans

REMINDED_BEFORE = timedelta(days=2)
WORTH_REMINDING = timedelta(hours=3)
"""A reminder that could only leave later than this before the start helps nobody any more."""
WITHOUT_TEXTS = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.VOIP,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}


class NoticeKind(StrEnum):
    """What a message to a resident says of their appointment."""

    BOOKED = "booked"
    MOVED = "moved"
    OTHER_MEDIATOR = "other_mediator"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


def takes_texts(number: str | None) -> bool:
    """Whether an E.164 number can receive text messages: a landline can not."""
    if not number:
        return False
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) not in WITHOUT_TEXTS


def reached_by(means: ContactMeans, phone: str | None, email: str | None) -> tuple[Channel, str] | None:
    """Channel and address of a resident, or None for somebody who is called, or told nothing.

    Whoever chose a text message but left only an e-mail address gets an e-mail, and the other way round.
    """
    if means not in {ContactMeans.SMS, ContactMeans.EMAIL}:
        return None
    by_text = (Channel.SMS, phone) if phone and takes_texts(phone) else None
    by_mail = (Channel.EMAIL, email) if email else None
    return (by_text or by_mail) if means is ContactMeans.SMS else (by_mail or by_text)


def stands_in(means: ContactMeans, phone: str | None, email: str | None, numbers: Iterable[str]) -> str | None:
    """The first of `numbers`, of those who act for a resident, that takes text messages: it gets them instead.

    Args:
        means, phone, email: of the resident, whom `reached_by` does not reach. Whoever left what a message could be
            sent to, and chose none, or a call, chose for those who act for them too.
    """
    chose = (phone or email) if means is ContactMeans.NONE else (email or takes_texts(phone))
    return None if chose else next(filter(takes_texts, numbers), None)


def leaves_at(kind: NoticeKind, channel: Channel, now: datetime, zone: ZoneInfo) -> datetime:
    """When a message written now may leave.

    An e-mail that answers what has just been done leaves at once: it wakes nobody, and people wait for it. What rings
    (text messages), and reminders, wait for the morning.
    """
    at_once = channel is Channel.EMAIL and kind is not NoticeKind.REMINDER
    return now if at_once else out_of_quiet_hours(now, zone)


def reminder_due(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Two days before, at the same wall time; in the morning that follows when that falls in the quiet hours."""
    local = starts_at.astimezone(zone)
    return out_of_quiet_hours(at_wall_time(local.date() - REMINDED_BEFORE, local.time(), zone), zone)


def worth_reminding(starts_at: datetime, told_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a reminder should leave about now.

    Args:
        told_at: when the appointment was booked, or last moved: whoever heard of it less than two days before the
            start is not told again.
    """
    due = reminder_due(starts_at, zone)
    leaves = out_of_quiet_hours(max(now, due), zone)
    return due <= now and will_be_reminded(starts_at, told_at, zone) and leaves <= starts_at - WORTH_REMINDING


def will_be_reminded(starts_at: datetime, told_at: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who heard of it at `told_at` gets a reminder later."""
    return told_at < reminder_due(starts_at, zone)


def may_tell(kind: NoticeKind, attendance: Attendance, starts_at: datetime, now: datetime) -> bool:
    """Whether the sentence is still true: only what is to come is told, and a no-show was never cancelled."""
    if starts_at <= now:
        return False
    cancelled = attendance in {Attendance.EXCUSED, Attendance.REVOKED}
    return cancelled if kind is NoticeKind.CANCELLED else attendance is Attendance.EXPECTED
