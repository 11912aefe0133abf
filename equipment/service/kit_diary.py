"""What a calendar program reads at a secret address: the loans of a kit, of a school or of a care home."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from equipment.models import Handing, Kit, KitFeed, Reservation, ReservationState
from equipment.queries import feeds as queries
from equipment.rules.feeds import classes_in
from foundation import clock
from foundation.diary import Entry, diary
from foundation.feeds import AHEAD, BEHIND
from foundation.i18n import _, in_language
from foundation.period import Period


def diary_of(feed: KitFeed) -> str:
    """The file: a month back and a year ahead. It names kits, schools, homes and levels of classes, and no person."""
    now = clock.now()
    period = Period(now - BEHIND, now + AHEAD)
    with in_language(feed.account.locale):
        name = _("Kits: %(name)s", name=feed.name)
        entries = _of_kit(feed.kit, period) if feed.kit else _of_place(feed, period)
        return diary(name, entries, clock.territory_zone(), clock.today(), "Kits")


def _of_kit(kit: Kit, period: Period) -> list[Entry]:
    rows = queries.taken_of(kit.id, period)
    changed = queries.last_changes([row.reference for row in rows])
    home = kit.home_venue.name if kit.home_venue else ""
    return [
        Entry(
            _uid(row.reference), row.starts_at, row.ends_at, _summary(row.label, waits=row.waits), home,
            changed.get(row.reference, row.starts_at), row.waits,
        )
        for row in rows
    ]  # fmt: skip


def _of_place(feed: KitFeed, period: Period) -> list[Entry]:
    rows = queries.loans_of_place(feed, period)
    changed = queries.last_changes([one.reference for one in rows])
    return [_loan(one, feed, changed.get(one.reference, one.created_at)) for one in rows]


def _loan(one: Reservation, feed: KitFeed, changed_at: datetime) -> Entry:
    waits = one.state is ReservationState.REQUESTED
    words = ", ".join(filter(None, (one.kit.name, classes_in(one.group_label))))
    summary = _summary(words, waits=waits)
    return Entry(_uid(one.reference), one.starts_at, one.ends_at, summary, _where(one, feed), changed_at, waits)


def _summary(words: str, *, waits: bool) -> str:
    """Programs that do not show that an event is tentative show its words."""
    return _("%(what)s (waiting for an answer)", what=words) if waits else words


def _where(one: Reservation, feed: KitFeed) -> str:
    """Where it is collected; the place itself when it is brought."""
    home = one.kit.home_venue
    if one.outward is Handing.DELIVERED or home is None:
        return feed.name
    return _("To collect: %(where)s", where=home.name)


def _uid(reference: str) -> str:
    """The same as long as it is the same act, so that a calendar moves it instead of adding another."""
    return f"{reference.replace(':', '-')}@{urlsplit(current_app.config['BASE_URL']).hostname}"
