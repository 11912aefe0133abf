"""Private addresses at which a mediator's own calendar program reads their appointments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from activity.models import Channel
from agenda.queries.holds import holds_between
from foundation import audit, clock
from foundation.db import db
from foundation.diary import Entry, diary
from foundation.errors import Refused, Unknown
from foundation.feeds import AHEAD, BEHIND, hash_of, new_secret
from foundation.i18n import _, _l, in_language, language
from foundation.period import Period
from mediation.models import Appointment, CalendarFeed
from mediation.queries import feeds
from mediation.service.invitations import uid_of
from mediation.service.wording import place_words

MOST = 10


class NoSuchFeed(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This calendar address opens nothing any more. Ask for a new one."))


class TooManyFeeds(Refused):
    def __init__(self) -> None:
        super().__init__(_l("You have ten addresses already. Revoke one that you no longer use."), "label")


def create_feed(account_id: int, label: str, *, shows_names: bool) -> str:
    """A new address for one calendar program; returns its secret, which is kept nowhere.

    Args:
        shows_names: residents by their names; otherwise by initials, because the file leaves for somebody's computer.

    Raises:
        TooManyFeeds
    """
    if len(feeds.feeds_of(account_id)) >= MOST:
        raise TooManyFeeds
    token = new_secret()
    feed = CalendarFeed(
        account_id=account_id,
        label=label,
        token_hash=hash_of(token),
        created_at=clock.now(),
        shows_names=shows_names,
    )
    db.session.add(feed)
    db.session.flush()
    audit.record("calendar_feed.created", f"calendar_feed:{feed.id}", actor_id=account_id, shows_names=shows_names)
    return token


def revoke_feed(feed_id: int, account_id: int) -> None:
    """The address opens nothing from now on.

    Raises:
        NoSuchFeed: also for somebody else's.
    """
    feed = db.session.get(CalendarFeed, feed_id, with_for_update=True)
    if feed is None or feed.account_id != account_id:
        raise NoSuchFeed
    db.session.delete(feed)
    audit.record("calendar_feed.revoked", f"calendar_feed:{feed_id}", actor_id=account_id)
    db.session.flush()


def opened(token: str) -> CalendarFeed:
    """The feed that a secret opens.

    Raises:
        NoSuchFeed
    """
    feed = feeds.feed_with(hash_of(token))
    if feed is None:
        raise NoSuchFeed
    return feed


def note_reading(feed_id: int) -> None:
    """Note that the address is in use, for its page."""
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is not None:
        feed.last_read_at = clock.now()


def diary_of(feed: CalendarFeed) -> str:
    """The file: a month back and a year ahead, without what was cancelled."""
    account, now, zone = feed.account, clock.now(), clock.territory_zone()
    period = Period(now - BEHIND, now + AHEAD)
    with in_language(account.locale):
        name = _("Appointments of %(name)s", name=account.name)
        entries = [_entry(one, changed, feed) for one, changed in feeds.standing(account.id, period)]
        if account.resource_id is not None:
            entries += _other_work(account.resource_id, period)
        return diary(name, entries, zone, clock.today(), "Mediator calendar")


def initials(given_name: str, family_name: str) -> str:
    """`J. L.` for Jeanne Le Goff; empty when nothing is known of the name any more."""
    return " ".join(f"{name.strip()[0].upper()}." for name in (given_name, family_name) if name.strip())


def _entry(appointment: Appointment, changed_at: datetime, feed: CalendarFeed) -> Entry:
    person = appointment.person
    who = person.name if feed.shows_names else initials(person.given_name, person.family_name)
    what = appointment.service.said("label", language())
    return Entry(
        uid=uid_of(appointment),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=f"{who} · {what}" if who else what,
        location=_location(appointment),
        changed_at=changed_at,
    )


def _location(appointment: Appointment) -> str:
    """Never the address of somebody's home: that stays here."""
    if appointment.venue is not None:
        parts = [appointment.venue.name, appointment.venue.whole_address]
        return ", ".join(part for part in parts if part)
    return _("home visit") if appointment.channel is Channel.HOME else place_words(appointment)


def _other_work(resource_id: int, period: Period) -> Iterator[Entry]:
    """What else takes the mediator's time, by the label that colleagues see."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    for hold in holds_between([resource_id], period):
        if not hold.reference.startswith("appointment:"):
            name = f"{hold.reference.replace(':', '-')}-{hold.starts_at:%Y%m%dT%H%M}"
            yield Entry(f"{name}@{host}", hold.starts_at, hold.ends_at, hold.label, "", hold.starts_at)
