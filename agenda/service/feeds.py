"""Calendars kept elsewhere, brought in as absences. What they say of an event is left behind: only its time is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from agenda.download import is_fetchable
from agenda.models import MIDNIGHT, Absence, BusyFeed
from agenda.refusals import NoSuchRecord
from agenda.rules.ics import Imported, busy_times
from agenda.rules.recurrence import DAY, Pattern
from agenda.service.ledger import lock
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.period import Period

BEHIND, AHEAD = timedelta(days=1), timedelta(days=400)


class UnusableAddress(Refused):
    """Not the address of a calendar."""

    def __init__(self) -> None:
        super().__init__(_l("Give the address of a calendar. It begins with https:// or webcal://."), "url")


def add_feed(
    resource_id: int, label: str, *, url: str | None = None, file_name: str | None = None, actor_id: int | None = None
) -> BusyFeed:
    """Note a calendar of `resource_id`: an address to be fetched now and then, or the name of a file given once.

    Raises:
        UnusableAddress: when the address is not one of https, http or webcal.
        NoSuchRecord: when there is no such resource.
    """
    if url is not None and not is_fetchable(url):
        raise UnusableAddress
    lock([resource_id])
    feed = BusyFeed(resource_id=resource_id, label=label, url=url, file_name=None if url else file_name or "")
    db.session.add(feed)
    db.session.flush()
    audit.record("busy_feed.added", f"busy_feed:{feed.id}", actor_id=actor_id, resource_id=resource_id)
    return feed


def import_busy_time(feed_id: int, data: bytes) -> Imported:
    """Replace what the feed made busy by what `data`, a calendar file, says from yesterday to 400 days ahead.

    A file that holds no calendar changes nothing but the error that is shown. Never raises for what is in the file.

    Raises:
        NoSuchRecord: when there is no such feed.
    """
    feed = _feed(feed_id)
    now, zone = clock.now(), clock.territory_zone()
    read = busy_times(data, Period(now - BEHIND, now + AHEAD), zone)
    if not read.is_calendar:
        feed_failed(feed_id, "not_a_calendar")
        return read
    db.session.execute(delete(Absence).where(Absence.feed_id == feed_id))
    db.session.add_all(_absences(feed, read.periods, zone))
    feed.fetched_at, feed.error = now, None
    db.session.flush()
    return read


def _absences(feed: BusyFeed, periods: Iterable[Period], zone: ZoneInfo) -> Iterable[Absence]:
    for period in periods:
        absence = Absence(resource_id=feed.resource_id, feed_id=feed.id, label=feed.label)
        on_the_wall(period, zone).write(absence)
        yield absence


def on_the_wall(period: Period, zone: ZoneInfo) -> Pattern:
    """A period as days and wall times. In the hour that autumn repeats, which a wall clock can not tell apart, more."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    if end.fold:
        end = end.replace(minute=0, second=0, microsecond=0, fold=0) + timedelta(hours=1)
    last_day = end.date() - DAY if end.time() == MIDNIGHT else end.date()
    return Pattern.once(start.date(), start.time(), end.time(), last_day)


def feed_failed(feed_id: int, error: str) -> None:
    """Note why a feed could not be read; the busy time that it gave before stays.

    Raises:
        NoSuchRecord: when there is no such feed.
    """
    _feed(feed_id).error = error[:300]


def remove_feed(feed_id: int, *, actor_id: int | None = None) -> None:
    """Forget a calendar, its address and the busy time that it gave.

    Raises:
        NoSuchRecord: when there is no such feed.
    """
    feed = _feed(feed_id)
    db.session.execute(delete(Absence).where(Absence.feed_id == feed_id))
    db.session.delete(feed)
    audit.record("busy_feed.removed", f"busy_feed:{feed_id}", actor_id=actor_id, resource_id=feed.resource_id)


def _feed(feed_id: int) -> BusyFeed:
    feed = db.session.get(BusyFeed, feed_id, with_for_update=True)
    if feed is None:
        raise NoSuchRecord
    return feed
